"""Digests of what is exported of a question, by which a change is known from none.

Each kind of block and span has its own letter here, apart from the names in the model, so
that the model can grow without touching the digests of what has not changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from exporter.model import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Span,
    Strong,
    Table,
    Text,
)


def content_digest(question: Question, media: Mapping[str, bytes]) -> str:
    """Return the digest of all that a note shows but its number, file and place.

    Derived cues are not in it: they follow from the answer, and a better way to derive them
    shall not overwrite every note on the phone.
    """
    parts = [
        *_blocks(question.question, media),
        "=",
        *_blocks(question.answer, media),
        "c",
        question.category or "",
        "t",
        *question.tags,
        "n",
        question.notes or "",
        "q",
        *question.cues,
    ]
    return _digest(parts)


def card_digest(question: Question, media: Mapping[str, bytes]) -> str:
    """Return the digest of what a printed card shows but its number and key."""
    parts = _blocks(question.question, media), ("=",), _blocks(question.answer, media), ("c",)
    return _digest([*(part for group in parts for part in group), question.category or ""])


def _digest(parts: Iterable[str]) -> str:
    # A length before each part keeps ("ab", "c") and ("a", "bc") apart.
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _blocks(blocks: Iterable[Block], media: Mapping[str, bytes]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(lines):
                yield "P"
                for line in lines:
                    yield from _line(line)
            case ListBlock(items, ordered, start):
                yield f"L{start}" if ordered else "U"
                for item in items:
                    yield "i"
                    yield from _blocks(item, media)
                yield "l"
            case Table(header, rows, alignments):
                yield "T" + ",".join(alignments)
                for row in (header, *rows):
                    yield "r"
                    for cell in row:
                        yield from _line(cell)
            case CodeBlock(code, language):
                yield from ("C", language, code)
            case Image(target, alt):
                yield from ("I", target, alt)
                yield hashlib.blake2b(media.get(target, b""), digest_size=8).hexdigest()


def _line(line: Line) -> Iterator[str]:
    yield "/"
    yield from _spans(line)


def _spans(spans: Iterable[Span]) -> Iterator[str]:
    for span in spans:
        match span:
            case Text(text):
                yield text
            case Code(text):
                yield from ("`", text)
            case Math(tex, display):
                yield from ("$$" if display else "$", tex)
            case Strong(inner):
                yield from ("*", *_spans(inner), "</*")
            case Emphasis(inner):
                yield from ("_", *_spans(inner), "</_")
            case Link(inner, target):
                yield from ("[", *_spans(inner), "](", target)
