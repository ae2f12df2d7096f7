"""Segments: the lines of an answer from which cues are extracted, and the cues of tables and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exporter.model.emphasis import iter_lines
from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Line,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from exporter.model.text import line_text

GLUE = "\ue000"
"""Replaces each space in code and formulas, so that they are not divided."""

MAX_CODE_CUE_CHARS = 48
"""Maximum length of the cue of a code block; a line of a cheat sheet has about 60 characters."""

_DEFINITION = r"""
    ^\s*(?:export\s+|default\s+|public\s+|private\s+|static\s+|async\s+|pub\s+|abstract\s+|final\s+)*
        (?:def|class|function|func|fn|fun|interface|struct|enum|trait|impl|module|type|sub|proc|const
          |CREATE\s+(?:TABLE|VIEW|INDEX|FUNCTION)|SELECT|INSERT|UPDATE|DELETE|WITH)\b"""
_COMMENT = re.compile(r"^\s*(?:#|//|--|/\*|\*|<!--|%|;)")
_SPACE = re.compile(r"\s")
_TRAILING = " {:(,;="


@dataclass(frozen=True, slots=True)
class Segment:
    """A line of an answer; `index` is its index among the answer's lines of text.

    `text` is as long as the line's plain text; `code_starts` are the indices at which code begins.
    """

    index: int
    text: str
    code_starts: frozenset[int] = frozenset()


def iter_segments(blocks: Iterable[Block], first: int = 0) -> Iterator[Segment | str]:
    """Yield the lines of an answer as segments, and the cue of each table and code block as text.

    `first` is the index of the first line.
    """
    for block in blocks:
        match block:
            case Paragraph(lines):
                for line in lines:
                    yield _segment(first, line)
                    first += 1
            case ListBlock(items):
                for item in items:
                    yield from iter_segments(item, first)
                    first += sum(1 for _ in iter_lines(item))
            case Quote(quoted):
                yield from iter_segments(quoted, first)
                first += sum(1 for _ in iter_lines(quoted))
            case Table(header, _, _):
                cue = " · ".join(filter(None, (" ".join(line_text(cell).split()) for cell in header)))
                if cue:
                    yield cue
            case CodeBlock(code, language):
                if cue := _code_cue(code, language):
                    yield cue


def _segment(index: int, line: Line) -> Segment:
    if len(line) == 1 and type(line[0]) is Text:
        return Segment(index, line[0].text)
    texts = []
    code_starts = set()
    length = 0
    for span in _leaves(line):
        text = line_text((span,))
        match span:
            case Code() | Math():
                code_starts.add(length + len(text) - len(text.lstrip()))
                text = _glue(text)
            case Superscript() | Subscript():
                text = _glue(text)
            case Strikethrough():
                text = " " * len(text)  # not part of a cue
        texts.append(text)
        length += len(text)
    return Segment(index, "".join(texts), frozenset(code_starts))


def _glue(text: str) -> str:
    """Return a text with `GLUE` for the spaces between its words; spaces at its ends are unchanged."""
    words = text.strip()
    start = text.index(words)
    return text[:start] + _SPACE.sub(GLUE, words) + text[start + len(words) :]


def _leaves(line: Line) -> Iterator[Span]:
    """Yield the spans of a line, with bold, emphasized and linked spans replaced by their content."""
    for span in line:
        if isinstance(span, Strong | Emphasis | Link):
            yield from _leaves(span.spans)
        else:
            yield span


def _code_cue(code: str, language: str) -> str:
    """Return the language of a code block with its first definition, else its first line of code."""
    lines = [line for line in code.split("\n") if line.strip()]
    code_lines = [line for line in lines if not _COMMENT.match(line)] or lines
    is_definition = re.compile(_DEFINITION, re.VERBOSE | re.IGNORECASE).match
    line = next(filter(is_definition, code_lines), code_lines[0] if code_lines else "")
    cue = " ".join(line.split())
    if len(cue) > MAX_CODE_CUE_CHARS:
        cue = cue[:MAX_CODE_CUE_CHARS].rpartition(" ")[0] or cue[:MAX_CODE_CUE_CHARS]
    cue = cue.rstrip(_TRAILING) or cue
    return " ".join(f"{language}: {cue}".split()) if language and cue else cue or language
