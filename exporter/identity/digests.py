"""Digests of the exported content of questions, which detect changes.

Each type of block and span has a code here that does not depend on the model's names, so that the
model can change without changing the digests.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)


def content_digest(question: Question, media: Mapping[str, bytes]) -> str:
    """Return the digest of the content of a note, without its number, source and position.

    Derived cues are not included: they depend on the answer, and a new derivation of cues must not
    overwrite every note in Anki.
    """
    return _digest(
        [
            _blocks(question.question, media),
            _parts("="),
            _blocks(question.answer, media),
            _parts("c", question.category or "", "t", *question.tags),
            _parts("n", question.notes or "", "q", *question.cues),
        ]
    )


def part_digest(block: Block) -> str:
    """Return the digest of a part of a field in Anki: 24 bits as four characters."""
    data = _block(block, {}).encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(hashlib.blake2b(data, digest_size=3).digest()).decode("ascii")


def card_digest(
    question: Question, media: Mapping[str, bytes], *, cues: Sequence[str] = (), has_answer: bool = True
) -> str:
    """Return the digest of the content of a printed card, without its number and key.

    `cues` are the cues listed on the card, apart from the answer.
    """
    question_side = _blocks(question.question, media)
    answer_side = _blocks(question.answer, media) if has_answer else ""
    cue_list = _parts("q", *cues) if cues else ""
    return _digest([question_side, _parts("="), answer_side, cue_list, _parts("c", question.category or "")])


def _digest(parts: Iterable[str]) -> str:
    data = "".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _parts(*parts: str) -> str:
    """Join parts, each with its length as a prefix, so that ("ab", "c") and ("a", "bc") differ."""
    return "".join([f"{len(part)}:{part}" for part in parts])


def _blocks(blocks: Iterable[Block], media: Mapping[str, bytes]) -> str:
    return "".join([_block(block, media) for block in blocks])


def _block(block: Block, media: Mapping[str, bytes]) -> str:
    match block:
        case Paragraph(lines):
            return _parts("P") + "".join(map(_line, lines))
        case ListBlock(items, ordered, start):
            item_parts = "".join([_parts("i") + _blocks(item, media) for item in items])
            return _parts(f"L{start}" if ordered else "U") + item_parts + _parts("l")
        case Table(header, rows, alignments):
            row_parts = [_parts("r") + "".join(map(_line, row)) for row in (header, *rows)]
            return _parts("T" + ",".join(alignments)) + "".join(row_parts)
        case CodeBlock(code, language):
            return _parts("C", language, code)
        case Image(target, alt):
            digest = hashlib.blake2b(media.get(target, b""), digest_size=8).hexdigest()
            return _parts("I", target, alt, digest)
        case Quote(inner):
            return _parts(">") + _blocks(inner, media) + _parts("</>")


def _line(line: Line) -> str:
    return _parts("/") + _spans(line)


def _spans(spans: Iterable[Span]) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    match span:
        case Text(text):
            return _parts(text)
        case Code(text):
            return _parts("`", text)
        case Math(tex, display):
            return _parts("$$" if display else "$", tex)
        case Strong(inner):
            return _parts("*") + _spans(inner) + _parts("</*")
        case Emphasis(inner):
            return _parts("_") + _spans(inner) + _parts("</_")
        case Superscript(inner):
            return _parts("^") + _spans(inner) + _parts("</^")
        case Subscript(inner):
            return _parts(",") + _spans(inner) + _parts("</,")
        case Strikethrough(inner):
            return _parts("~") + _spans(inner) + _parts("</~")
        case LineBreak():
            return _parts("br")
        case Link(inner, target):
            return _parts("[") + _spans(inner) + _parts("](", target)
