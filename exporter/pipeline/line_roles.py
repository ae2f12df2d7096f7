"""What each line of a source was taken for, found by searching its words in what was read.

The readers do not take part, so that a line whose words are in no question is found whatever the reason is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from exporter.model.line_words import split_words
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, CodeBlock, ListBlock, Question, Quote
from exporter.model.source_lines import find_number
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.word_alignment import Match, WordStream, find_label_lengths
from exporter.readers.format_detection import MAX_HEADER_LINES
from exporter.readers.labels.patterns import match_answer_label, match_marker
from exporter.readers.table.anki_headers import read_headers
from exporter.readers.table.header_names import find_question_and_answer


class LineRole(StrEnum):
    """What a line of a source was taken for."""

    BLANK = "blank"
    TITLE = "title"
    SETTING = "setting"
    HEADER = "header"
    INTRODUCTION = "introduction"
    CATEGORY = "category"
    QUESTION = "question"
    CONTINUED = "question, continued"
    PAIR = "question and answer"
    ANSWER_LABEL = "answer label"
    ANSWER = "answer"
    CODE = "code"
    CUES = "cues"
    TAGS = "tags"
    NOTES = "notes"
    ID = "id"
    SEPARATOR = "separator"
    UNUSED = "not used"


_OWNED = frozenset(
    (
        *(LineRole.QUESTION, LineRole.CONTINUED, LineRole.PAIR, LineRole.ANSWER_LABEL, LineRole.ANSWER),
        *(LineRole.CODE, LineRole.CUES, LineRole.NOTES, LineRole.ID),
    )
)
"""The roles of lines that belong to one question."""


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line of a source: its number, its text, its role, and the question that it belongs to.

    `question` is the position of the question (from 1), 0 for none. `unused` are the words of the line that
    are in no export; `is_lost` is true if these are all of them, as in an introduction. `reason` is the code
    of a diagnostic about the line.
    """

    line: int
    text: str
    role: LineRole
    question: int = 0
    unused: tuple[str, ...] = ()
    is_lost: bool = False
    reason: str = ""


_NONE: tuple[str, ...] = ()

_MARKUP = re.compile(r"\s\{#[^{}\s]{1,200}\}\s*$|(?<=>)\s*\[![\w-]{1,40}\][+-]?")
"""The name of a heading for links, as `{#anchor}`, and the kind of a call-out, as `[!note]`."""

_LABELS = re.compile(
    r"^\s*o\s|\b(?:[A-Za-z]\s?\d*|[A-Za-z]+\s?\d*|\d+)[*_]{0,3}\s?[:.)\]/：、）．\ufe0f\u20e3]"
)
"""A word or number that may be a label in a line, as in “Q: … A: …”, or a bullet of a word processor."""

_DETAIL_LABEL = re.compile(r"[\s*_#>-]*[^\W\d]+(?: [^\W\d]+)?[*_]*\s?[:：][*_]*\s*")
"""A label with nothing after it, as “Key points:”."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """What may be read from some lines: those before the first question, or from a question to the next.

    `number` is the position of the question (from 1), 0 before the first. `text` are its words, `fields` the
    words of headings and details, each with its role, and `code_lines` the lines of code without indentation.
    """

    number: int
    is_exported: bool
    text: WordStream[LineRole]
    fields: Mapping[tuple[str, ...], LineRole]
    code_lines: frozenset[str] = frozenset()


def read_lines(source: LoadedSource) -> tuple[LineReading, ...]:
    """Return what each line of a source was taken for."""
    questions = source.questions.questions
    reasons = {
        line: item.code
        for item in source.diagnostics
        for first, last in item.line_ranges
        for line in range(first, last + 1)
    }
    header = source.read_as.header if source.read_as else 0
    settings = read_headers(source.lines[:MAX_HEADER_LINES]).length
    settings = settings or int(source.lines[:1] != () and source.lines[0].startswith("sep="))
    starts = [question.span.index if question.span else 0 for question in questions]
    passages = [_make_head(source), *(_make_passage(questions, index) for index in range(len(questions)))]
    readings: list[LineReading] = []
    for passage, (start, end) in zip(passages, pairwise([0, *starts, len(source.lines)]), strict=True):
        previous: LineRole | None = None
        for index in range(start, end):
            text, number = source.lines[index], find_number(source.lines, index + 1)
            if index < settings:
                role, unused = LineRole.SETTING, _NONE
            elif number == header:
                role, unused = LineRole.HEADER, _NONE
            else:
                role, unused = _read_line(passage, text, previous)
            previous = previous if role is LineRole.BLANK else role
            if role is LineRole.QUESTION and index > start:
                role = LineRole.CONTINUED
            owner = passage.number if role in _OWNED else 0
            if not questions and role is not LineRole.BLANK:
                unused = tuple(split_words(text))
            is_lost = role in (LineRole.UNUSED, LineRole.INTRODUCTION) or not passage.is_exported
            reason = reasons.get(number, "") if unused else ""
            readings.append(LineReading(number, text, role, owner, unused, is_lost and bool(unused), reason))
    return tuple(readings)


def _make_head(source: LoadedSource) -> _Passage:
    questions = source.questions
    first = questions.questions[0] if questions.questions else None
    tags = dict.fromkeys(tag for question in questions.questions for tag in question.tags)
    fields = _make_fields(
        (LineRole.TITLE, [questions.title or ""]),
        (LineRole.CATEGORY, _split_category(first)),
        (LineRole.SETTING, [questions.deck or "", questions.language or ""]),
        (LineRole.TAGS, list(tags)),
    )
    return _Passage(0, False, WordStream([(LineRole.INTRODUCTION, plain_text(questions.preamble))]), fields)


def _make_passage(questions: Sequence[Question], index: int) -> _Passage:
    question = questions[index]
    following = questions[index + 1] if index + 1 < len(questions) else None
    answer = list(_iter_answer_parts(question.answer))
    details = [(LineRole.NOTES, question.notes or ""), (LineRole.CUES, "\n".join(question.cues))]
    fields = _make_fields(
        (LineRole.CATEGORY, [*_split_category(following), *_split_category(question)]),
        (LineRole.TAGS, [" ".join(question.tags), *question.tags]),
        (LineRole.ID, [question.id or ""]),
        (LineRole.QUESTION, [number_text(question)]),
    )
    code = (text for role, text in answer if role is LineRole.CODE)
    return _Passage(
        index + 1,
        bool(question.answer),
        WordStream([(LineRole.QUESTION, plain_text(question.question)), *answer, *details]),
        fields,
        frozenset(line.strip() for text in code for line in text.split("\n")),
    )


def _read_line(passage: _Passage, text: str, previous: LineRole | None) -> tuple[LineRole, tuple[str, ...]]:
    """Return the role of a line and its words that are in no export; `previous` is the role above."""
    if not text.strip():
        return LineRole.BLANK, ()
    text = _MARKUP.sub("", text)
    words = split_words(text)
    if not words:
        in_code = previous is LineRole.CODE and text.strip() in passage.code_lines
        return LineRole.CODE if in_code else LineRole.SEPARATOR, ()
    if passage.number and _is_answer_label(text):
        return LineRole.ANSWER_LABEL, ()
    lengths = find_label_lengths(text)
    if not passage.text.is_next(words):
        for length in lengths:
            if (role := passage.fields.get(tuple(words[length:]))) is not None:
                return role, ()
    match = passage.text.match(words, lengths)
    if match is None and passage.text.has_letters(words):
        role = LineRole.ANSWER if passage.number else LineRole.INTRODUCTION
        return role, () if passage.is_exported else tuple(words)
    if match is None:
        return _name_unmatched(passage, text, words)
    role = _choose_role(match)
    is_lost = role is LineRole.INTRODUCTION or not passage.is_exported
    return role, tuple(words) if is_lost else _drop_labels(passage, text, match)


def _drop_labels(passage: _Passage, text: str, match: Match[LineRole]) -> tuple[str, ...]:
    """Return the words of a line that are neither read nor labels."""
    if not match.unused or passage.text.has_letters(match.unused):
        return ()
    kept = Counter(split_words(_LABELS.sub(" ", text)))
    details = {word for key in passage.fields for word in key}
    return tuple(word for word in match.unused if kept[word] and word not in details)


def _name_unmatched(passage: _Passage, text: str, words: Sequence[str]) -> tuple[LineRole, tuple[str, ...]]:
    """Return the role of a line none of whose words are in the text."""
    if _is_answer_label(text) or _is_answer_label(" ".join(words)):
        return LineRole.ANSWER_LABEL, ()
    marker = match_marker(text)
    is_marker = (marker is not None and not marker.rest) or all(word.isdigit() for word in words)
    if passage.number and is_marker:
        return LineRole.QUESTION, ()
    if find_question_and_answer(re.split(r"\s*[|\t;,]\s*", text.strip().strip("|").strip())) is not None:
        return LineRole.HEADER, ()
    if passage.number and _DETAIL_LABEL.fullmatch(text):
        return LineRole.SEPARATOR, ()
    return LineRole.UNUSED, tuple(words)


def _is_answer_label(text: str) -> bool:
    return any(match_answer_label(text, letters) == "" for letters in (False, True))


def _iter_answer_parts(blocks: Sequence[Block]) -> Iterator[tuple[LineRole, str]]:
    """Yield the texts of an answer in order, code apart from the rest."""
    for block in blocks:
        match block:
            case CodeBlock():
                yield LineRole.CODE, block.code
            case ListBlock():
                for item in block.items:
                    yield from _iter_answer_parts(item)
            case Quote():
                yield from _iter_answer_parts(block.blocks)
            case _:
                yield LineRole.ANSWER, plain_text([block])


def _make_fields(*fields: tuple[LineRole, Sequence[str]]) -> dict[tuple[str, ...], LineRole]:
    """Return the roles of texts by their words; of equal texts, the role of the first."""
    roles: dict[tuple[str, ...], LineRole] = {}
    for role, texts in fields:
        for text in texts:
            if words := tuple(split_words(text)):
                roles.setdefault(words, role)
    return roles


def _split_category(question: Question | None) -> list[str]:
    """Return the category of a question, and the headings that it consists of."""
    category = question.category if question else None
    return [category, *category.split(" / ")] if category else []


def _choose_role(match: Match[LineRole]) -> LineRole:
    """Return the role of a line from those of its words."""
    counts = Counter(match.roles)
    if counts[LineRole.QUESTION] and counts[LineRole.ANSWER] + counts[LineRole.CODE]:
        return LineRole.PAIR
    return counts.most_common(1)[0][0]
