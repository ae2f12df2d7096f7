"""Parse one question of a plain-text file: sort its lines into question, answer and metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.model.questions import Block, Line, Paragraph, Question, Text
from exporter.model.text import line_text, merge_texts
from exporter.readers.labels import patterns
from exporter.readers.labels.bullets import BULLET_SIGN
from exporter.readers.labels.metadata import MAX_LABEL_CHARS, Metadata
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.labels.vocabulary import MetadataField
from exporter.readers.layout.layout import Layout
from exporter.readers.plain.block_parser import keep_first_indent, parse_blocks, parse_line
from exporter.readers.plain.escaping import unescape
from exporter.readers.plain.headings import is_ruler

MIN_WRAPPED_CHARS = 50
"""Minimum length of a wrapped line that does not end a sentence.

25 changes two files of the corpus, 100 one.
"""

MAX_QUESTION_LINES = 6  # unmeasured
"""Maximum number of lines of an unlabelled question."""

_match_label = re.compile(r"[^\W\d_]{2,20}(?:\s[^\W\d_]{1,20})?\s?:\s").match
"""One or two words and a colon, as `situation: …`: a part of an answer, not the rest of a question."""

MAX_MARKER_CHARS = 14
"""Maximum length of a marker, such as `Question 12: `, which is not part of the text of its line."""

_ends_unfinished = re.compile(
    r".*\s(?:an?|the|of|in|on|at|to|for|from|with|by|and|or|but|if|as|than|between|that|which|is|are|your|its"
    r"|der|die|das|den|dem|des|ein|eine|einer|und|oder|von|mit|zu|zwischen"
    r"|el|la|los|las|un|una|de|del|en|y|o|con|entre|le|les|des|du|et|ou|avec|do|da|um|uma|e|com)"
).fullmatch
_BULLET = re.compile(rf"\s*(?:{BULLET_SIGN}|\d{{1,3}}[.)])\s+(?P<rest>\S.*)")
_TERM_AND_MEANING = re.compile(
    r"(?P<term>[^\s:?][^:?]{0,60}?(?<!\s))\s{1,4}[:–—]\s{1,4}(?P<meaning>\S.{20,})"
    r"|(?P<asked>\S.{0,200}\?)\s{0,4}(?:(?<=\s)[-–—:=]{1,2}>?(?=\s)|[-=]{1,2}>|[→⇒|\t])\s{0,4}(?P<reply>\S.{1,})"
)
"""`Term : what it means`, or `What is it? - What it is.`, on one line."""
_OPTION = re.compile(r"\(?[A-Za-z0-9]{1,2}[.)]\s")


@dataclass(slots=True)
class _Parts:
    question: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)


def read_question(lines: Sequence[str], layout: Layout, start: int, end: int) -> Question:
    """Return the question whose marker has the index `start`, and whose last line is before `end`."""
    marker = layout.markers[start]
    if (plain_question := _read_plain_question(lines, layout, start, end, marker)) is not None:
        return plain_question
    parts, metadata = _Parts(), Metadata()
    has_label = False
    part, after_label = parts.question, parts.question
    in_cues = False
    is_pending = not marker.rest  # the question is below its number
    for index in range(start, end):
        line = marker.rest if index == start else lines[index]
        if is_pending and line.strip():
            is_pending, line = False, _drop_label(line)
        if index == start:
            part.append(line)
            if index not in layout.answers:
                continue
        if index in layout.answers:
            has_label = True
            part = after_label = parts.answer
            part.append(layout.answers[index])
            in_cues = False
            continue
        if in_cues:
            bullet = _BULLET.match(line)
            if bullet or not line.strip():
                if bullet:
                    metadata.cues.append(unescape(bullet["rest"].strip()))
                continue
            in_cues = False
            part = after_label
        if index not in layout.fenced and (label := metadata.match(line)):
            field_name, text = label
            part = metadata.notes if field_name is MetadataField.NOTES else after_label
            in_cues = field_name is MetadataField.CUES
            metadata.add(field_name, text)
            continue
        part.append(line)
    if not has_label:
        parts.question, parts.answer = split_unlabelled(
            parts.question, layout.framed and _is_between_rulers(lines, start)
        )
    answer: Sequence[str] = _trim(_drop_underline(parts.answer))
    answer = answer if has_label else keep_first_indent(answer)
    return Question(
        join_wrapped_lines(parse_blocks(_trim(parts.question), inline=True)),
        parse_blocks(answer, inline=True),
        marker.number,
        metadata.category,
        tuple(metadata.tags),
        tuple(metadata.cues),
        _join_notes(metadata.notes),
        metadata.id,
        label=marker.label,
    )


def _read_plain_question(
    lines: Sequence[str], layout: Layout, start: int, end: int, marker: patterns.Marker
) -> Question | None:
    """Return a question of the simplest form, or nothing: a fast path for most questions.

    It has one line, an answer label on the next, and no further labels.
    """
    has_label = start + 1 < end and start + 1 in layout.answers
    if not has_label or start in layout.answers or not marker.rest:
        return None
    while end > start and not lines[end - 1]:
        end -= 1
    first_line = layout.answers[start + 1]
    below = lines[start + 2 : end]
    answer = [first_line, *below] if first_line else keep_first_indent(below)
    text = "\n".join(answer)
    may_have_labels = ":" in text or "：" in text
    if may_have_labels and any(
        ":" in line[:MAX_LABEL_CHARS] or "：" in line[:MAX_LABEL_CHARS] for line in answer
    ):
        return None
    if is_ruler(lines[end - 1]):
        return None
    return Question(
        parse_line(marker.rest),
        parse_blocks(answer, inline=True),
        marker.number,
        label=marker.label,
    )


def split_unlabelled(lines: list[str], is_framed: bool = False) -> tuple[list[str], list[str]]:
    """Return the lines of question and answer if no label separates them.

    The question ends with the line that ends in a question mark, in the first paragraph; otherwise it is the
    first line, with the lines wrapped from it. A question in a frame ends at the ruler below it.
    """
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    end = start
    while end < len(lines) and lines[end].strip() and not is_ruler(lines[end]):
        end += 1
    if start >= end:
        return [], lines
    if is_framed:
        return lines[:end], lines[end:]
    match = _TERM_AND_MEANING.fullmatch(lines[start])
    if match is not None and (match["asked"] or start + 1 == end):
        term, meaning = match["term"] or match["asked"], match["meaning"] or match["reply"]
        if match["term"] and ends_with_question_mark(meaning):
            return lines[:end], lines[end:]
        return [*lines[:start], term], [meaning, *lines[start + 1 :]]
    cut = start + 1
    while cut < end and _is_wrapped(lines[cut - 1], lines[cut]):
        cut += 1
    for index in range(start, min(end, start + MAX_QUESTION_LINES)):
        is_item = index > start and _BULLET.match(lines[index]) is not None
        next_is_item = index + 1 < end and _BULLET.match(lines[index + 1]) is not None
        if is_item and (
            not ends_with_question_mark(lines[index])
            or (next_is_item and ends_with_question_mark(lines[start]))
        ):
            break  # the list is the answer
        if index > start and lines[index][0].isspace() and _begins_sentence(lines[start], lines[index]):
            break  # below a short title, indented text is the answer
        if (
            ends_with_question_mark(lines[index])
            and index + 1 > cut
            and all(not line.rstrip().endswith((".", ":")) for line in lines[start:index])
        ):
            cut = index + 1
            break
    return lines[:cut], lines[cut:]


def _drop_label(line: str) -> str:
    """Return the first line of a question below its number, without a label such as `Q:`."""
    match = patterns.UNNUMBERED_WORD.fullmatch(line)
    return match["rest"] if match and match["rest"] else line


def _is_between_rulers(lines: Sequence[str], start: int) -> bool:
    """Return whether rulers are directly above a line and directly below its paragraph."""
    if start == 0 or not is_ruler(lines[start - 1]):
        return False
    for index in range(start + 1, len(lines)):
        if not lines[index].strip() or is_ruler(lines[index]):
            return is_ruler(lines[index])
    return False


def _begins_sentence(title: str, line: str) -> bool:
    """Return whether a line begins a sentence below a line that is too short to be wrapped."""
    return len(title) < MIN_WRAPPED_CHARS and line.lstrip()[:1].isupper()


def _is_wrapped(line: str, following: str) -> bool:
    """Return whether a line was wrapped, so that the following line continues its sentence.

    The following line then begins in lower case, which says little if the line does, too; or the line ends in
    a comma, or in a word that needs another one. It was not wrapped if the next word would have fitted, as
    the length of the following line shows.
    """
    line, following = line.rstrip(" *_"), following.strip()
    last_char, first_char = line[-1:], following[:1]
    if last_char in ".?!:;？。" or not first_char or _OPTION.match(following) or _match_label(following):
        return False
    if first_char.islower() and ends_with_question_mark(following):
        return True
    if len(following) > len(line) + MAX_MARKER_CHARS + len(following.split(None, 1)[0]):
        return False
    if last_char == "," or (first_char.isalnum() and _ends_unfinished(line)):
        return True
    if first_char.islower():
        return len(line) >= (MIN_WRAPPED_CHARS if line[:1].islower() else MIN_WRAPPED_CHARS // 2)
    return len(line) >= MIN_WRAPPED_CHARS and first_char.isalpha() and not first_char.isupper()


def join_wrapped_lines(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return a question's blocks with wrapped lines joined."""
    return tuple(
        _join_paragraph(block) if isinstance(block, Paragraph) and len(block.lines) > 1 else block
        for block in blocks
    )


def _join_paragraph(block: Paragraph) -> Paragraph:
    joined: list[Line] = []
    for line in block.lines:
        if joined and _is_wrapped(line_text(joined[-1]), line_text(line)):
            joined[-1] = tuple(merge_texts((*joined[-1], Text(" "), *line)))
        else:
            joined.append(line)
    return Paragraph(tuple(joined))


def _drop_underline(lines: list[str]) -> list[str]:
    """Return the lines of an answer without the ruler that underlines its question."""
    return lines[1:] if lines and lines[0].strip() and is_ruler(lines[0]) else lines


def _trim(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and (not lines[end - 1].strip() or is_ruler(lines[end - 1])):
        end -= 1
    return ["", *lines[start:end]] if start else lines[:end]


def _join_notes(lines: list[str]) -> str | None:
    return "\n".join([*lines[:1], *(unescape(line.strip()) for line in lines[1:])]).strip() or None
