"""One question of a plain-text file: its lines sorted into question, answer and details."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.model.questions import Block, Paragraph, Question, Text
from exporter.readers.labels import patterns
from exporter.readers.labels.metadata import Metadata
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.plain.block_parser import keep_first_indent, parse_blocks
from exporter.readers.plain.escaping import unescape
from exporter.readers.plain.headings import is_ruler
from exporter.readers.plain.layout_detection import Layout

WRAPPED = 50
"""A line of so many characters that does not end a sentence was probably wrapped."""

_BULLET = re.compile(r"\s*(?:[-*•‣◦·+–]|\d{1,3}[.)])\s+(?P<rest>\S.*)")
_DEFINED = re.compile(
    r"(?P<term>[^\s:?][^:?]{0,60}?(?<!\s))\s{1,4}[:–—]\s{1,4}(?P<meaning>\S.{20,})"
    r"|(?P<asked>\S.{0,200}\?)\s{1,4}[-–—:=]{1,2}>?\s{1,4}(?P<told>\S.{1,})"
)
"""`Term : what it means`, or `What is it? - What it is.`, on one line."""
_OPTION = re.compile(r"\(?[A-Za-z0-9]{1,2}[.)]\s")


@dataclass(slots=True)
class _Parts:
    question: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)


def read_question(lines: Sequence[str], convention: Layout, place: int, end: int) -> Question:
    """Return the question whose marker stands at `place`, and whose last line is before `end`."""
    mark = convention.marks[place]
    if (quick := _plainest(lines, convention, place, end, mark)) is not None:
        return quick
    parts, details = _Parts(), Metadata()
    labelled = False
    part, after_label = parts.question, parts.question
    in_cues = False
    for index in range(place, end):
        line = mark.rest if index == place else lines[index]
        if index == place:
            part.append(line)
            if index not in convention.answers:
                continue
        if index in convention.answers:
            labelled = True
            part = after_label = parts.answer
            part.append(convention.answers[index])
            in_cues = False
            continue
        if in_cues:
            bullet = _BULLET.match(line)
            if bullet or not line.strip():
                if bullet:
                    details.cues.append(unescape(bullet["rest"].strip()))
                continue
            in_cues = False
            part = after_label
        if index not in convention.fenced and (found := details.match(line)):
            kind, rest = found
            part = details.notes if kind == "notes" else after_label
            in_cues = kind == "cues"
            details.add(kind, rest)
            continue
        part.append(line)
    if not labelled:
        parts.question, parts.answer = split_unlabelled(parts.question)
    answer: Sequence[str] = _trimmed(_without_underline(parts.answer))
    answer = answer if labelled else keep_first_indent(answer)
    return Question(
        join_wrapped_lines(parse_blocks(_trimmed(parts.question))),
        parse_blocks(answer),
        mark.number,
        details.category,
        tuple(details.tags),
        tuple(details.cues),
        _joined(details.notes),
        details.id,
        label=mark.label,
    )


def _plainest(
    lines: Sequence[str], convention: Layout, place: int, end: int, mark: patterns.Marker
) -> Question | None:
    """Return a question of the plainest form: one line, an answer's label on the next, and the answer."""
    labelled = place + 1 < end and place + 1 in convention.answers
    if not labelled or place in convention.answers or not mark.rest:
        return None
    while end > place and not lines[end - 1]:
        end -= 1
    rest = convention.answers[place + 1]
    below = lines[place + 2 : end]
    answer = [rest, *below] if rest else keep_first_indent(below)
    text = "\n".join(answer)
    labels_maybe = ":" in text or "：" in text
    if labels_maybe and any(":" in line[:40] or "：" in line[:40] for line in answer):
        return None
    if is_ruler(lines[end - 1]):
        return None
    return Question(parse_blocks([mark.rest]), parse_blocks(answer), mark.number, label=mark.label)


def split_unlabelled(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return question and answer where no label stands between them.

    The question is the text up to a line that ends in a question mark, within the first
    paragraph; else the first line, with what was wrapped from it.
    """
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    end = start
    while end < len(lines) and lines[end].strip() and not is_ruler(lines[end]):
        end += 1
    if start >= end:
        return [], lines
    if start + 1 == end and (found := _DEFINED.fullmatch(lines[start])):
        term, meaning = found["term"] or found["asked"], found["meaning"] or found["told"]
        return [*lines[:start], term], [meaning, *lines[end:]]
    cut = start + 1
    while cut < end and _goes_on(lines[cut - 1], lines[cut]):
        cut += 1
    for index in range(start, min(end, start + 6)):
        listed = index > start and _BULLET.match(lines[index]) is not None
        several = index + 1 < end and _BULLET.match(lines[index + 1]) is not None
        if listed and (
            not ends_with_question_mark(lines[index]) or (several and ends_with_question_mark(lines[start]))
        ):
            break  # a list answers
        if (
            ends_with_question_mark(lines[index])
            and index + 1 > cut
            and all(not line.rstrip().endswith((".", ":")) for line in lines[start:index])
        ):
            cut = index + 1
            break
    return lines[:cut], lines[cut:]


def _goes_on(line: str, following: str) -> bool:
    """Say whether a line was wrapped, so that the one after it belongs to the same sentence."""
    end, begin = line.rstrip(" *_")[-1:], following.lstrip()[:1]
    if end in ".?!:;？。" or _OPTION.match(following.lstrip()) or not begin:
        return False
    lower = begin.islower() and (len(line) >= WRAPPED // 2 or ends_with_question_mark(following))
    return lower or end == "," or (len(line) >= WRAPPED and begin.isalnum())


def join_wrapped_lines(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return a question's blocks with wrapped lines joined again."""
    return tuple(
        _unwrapped(block) if isinstance(block, Paragraph) and len(block.lines) > 1 else block
        for block in blocks
    )


def _unwrapped(block: Paragraph) -> Paragraph:
    joined: list[str] = []
    for line in block.lines:
        text = "".join(span.text for span in line if isinstance(span, Text))
        if joined and _goes_on(joined[-1], text):
            joined[-1] += " " + text
        else:
            joined.append(text)
    return Paragraph(tuple((Text(text),) for text in joined))


def _without_underline(lines: list[str]) -> list[str]:
    """Return an answer without the ruler that underlines its question."""
    return lines[1:] if lines and lines[0].strip() and is_ruler(lines[0]) else lines


def _trimmed(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and (not lines[end - 1].strip() or is_ruler(lines[end - 1])):
        end -= 1
    return ["", *lines[start:end]] if start else lines[:end]


def _joined(lines: list[str]) -> str | None:
    return "\n".join([*lines[:1], *(unescape(line.strip()) for line in lines[1:])]).strip() or None
