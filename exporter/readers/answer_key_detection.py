"""Find answer keys: a heading such as `Answers` above answers with the numbers of questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from exporter.readers.code_fences import find_fenced_lines
from exporter.readers.labels.patterns import match_answer_label, match_marker

MIN_ENTRIES = 2
"""Minimum number of questions and of answers; a single one below a heading is a list of steps as often."""

MIN_ANSWERED_SHARE = 0.5
"""Minimum share of the questions that the key answers: below it, the numbers count something else."""

MAX_UNMATCHED_SHARE = 0.2
"""Maximum share of answers whose number no question has, but always one; they are reported."""

MAX_WRITTEN_SHARE = 0.5
"""Maximum share of questions with text below them: above it they have answers already."""

_PAIR = r"\(?{}\s?[.):=–-]{{0,2}}\s?\(?{}\)?(?:[\s,;|]+|$)"
_LETTER = r"(?:[A-H]|true|false|[TF])"
_IN_LINE = re.compile(_PAIR.format(r"(?P<number>\d{1,4})", rf"(?P<text>{_LETTER})"), re.IGNORECASE)
_ANY_PAIR = _PAIR.format(r"\d{1,4}", _LETTER)
_LETTERS = rf"(?:{_ANY_PAIR}){{2,200}}"
_LETTER_LINE = re.compile(rf"[^\d(]{{0,60}}(?P<letters>{_LETTERS})$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ENTRY = re.compile(
    r"(?P<indent>\s{0,8})(?:[-+*•]\s{1,4})?[*_#]{0,6}\s?(?:(?:a|ans|answer|q|question|solution)\.?\s?)?[.(]?"
    r"(?P<number>\d{1,4})(?:\s?[.):：、\]]|\s?[-–—](?=\s)|(?=\s))[*_]{0,2}\s*(?P<text>.*)",
    re.IGNORECASE,
)
_OPTION = re.compile(r"\s*(?:[-*+•]\s+)?(?:\[[ x]?\]\s*)?[*_]{0,2}[(\[]?[a-hA-H][.):\]][*_]{0,2}\s*\S")
_HEADING = re.compile(r"\s{0,3}(?P<signs>#{1,6})\s|\s*(?:[-=*_~]\s?){3,}$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered question or answer, in lines `start` up to `end` (from 0); `text` is of its first line."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The answers of a key by the line (from 0) after their question, and those without a question.

    `headings` are the lines of headings of sections in the key; `end` is the line after its last answer.
    """

    answers: dict[int, tuple[Entry, Entry]]
    unmatched: list[Entry]
    headings: list[int]
    end: int


def find_keys(lines: Sequence[str], headings: Sequence[int]) -> dict[int, AnswerKey]:
    """Return the keys by the line (from 0) of their heading; none if one has other numbers.

    Such a line is then the label of an answer with steps, in which the next heading would find its questions.
    """
    # a number in a heading must be one of pairs
    headings = [
        index for index in headings if not _DIGIT.search(lines[index]) or _LETTER_LINE.match(lines[index])
    ]
    fenced = find_fenced_lines(lines)
    keys: dict[int, AnswerKey] = {}
    start = 0
    for heading, end in pairwise([*headings, len(lines)]):
        above = {line.strip().casefold() for line in lines[start:heading]} - {""}
        repeated = {index for index in range(heading + 1, end) if lines[index].strip().casefold() in above}
        questions = _find_questions(lines, start, end=heading, fenced=fenced)
        answers = _find_answers(lines, heading, end=end, fenced=fenced, repeated=repeated)
        key = _match(lines, questions, answers=answers, repeated=repeated)
        if key is not None:
            keys[heading] = key
        elif questions:
            return {}
        start = heading + 1 if key is None else key.end
    return keys


def _find_questions(
    lines: Sequence[str], start: int, *, end: int, fenced: Collection[int]
) -> list[list[Entry]]:
    """Return the runs of numbered questions between two lines; none if one of them has a labelled answer."""
    marked: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for index in range(start, end):
        if index in fenced:
            continue
        if match_answer_label(lines[index], letters=False) is not None:
            return []
        marker = match_marker(lines[index])
        if marker is not None and marker.number is not None:
            marked.setdefault((marker.style, marker.indent), []).append((index, marker.number))
    starts = max(marked.values(), key=len, default=[])
    entries = [(index, number, lines[index]) for index, number in starts]
    runs = _divide(lines, entries, end=end, fenced=fenced, headings=())
    return [[replace(entry, end=_find_own_end(lines, entry)) for entry in run] for run in runs]


def _find_own_end(lines: Sequence[str], entry: Entry) -> int:
    """Return the end of a question without a line apart at its end, which is the heading of the next ones."""
    last = entry.end - 1
    is_apart = last > entry.start and not lines[last - 1].strip()
    if not is_apart or lines[last][:1].isspace() or _OPTION.match(lines[last]):
        return entry.end
    while not lines[last - 1].strip():
        last -= 1
    return last


def _find_answers(
    lines: Sequence[str], heading: int, *, end: int, fenced: Collection[int], repeated: Collection[int]
) -> list[list[Entry]]:
    """Return the runs of numbered answers below a heading, or of letters in one line.

    `repeated` are the lines that are above the heading, too: the headings of sections.
    """
    starts: list[tuple[int, int, str]] = []
    margin: int | None = None
    for index in range(heading, end):
        if letters := _LETTER_LINE.match(lines[index]):
            pairs = _IN_LINE.finditer(letters["letters"])
            starts += ((index, int(pair["number"]), pair["text"]) for pair in pairs)
        elif index > heading and index not in fenced and (entry := _ENTRY.match(lines[index])):
            margin = len(entry["indent"]) if margin is None else margin
            if len(entry["indent"]) <= margin:
                starts.append((index, int(entry["number"]), entry["text"]))
        elif index > heading and not starts and not _is_heading(lines[index]) and index not in repeated:
            return []
    return _divide(lines, starts, end=end, fenced=fenced, headings=repeated)


def _is_heading(line: str) -> bool:
    return not line.strip() or _HEADING.match(line) is not None


def _divide(
    lines: Sequence[str],
    starts: Sequence[tuple[int, int, str]],
    *,
    end: int,
    fenced: Collection[int],
    headings: Collection[int],
) -> list[list[Entry]]:
    """Return entries by their line, number and text, divided where the numbers begin again."""
    if len(starts) > 1 and {number for _, number, _ in starts} == {1}:
        # Markdown counts lists of which each item is typed with the same number
        starts = [(index, position, text) for position, (index, _, text) in enumerate(starts, 1)]
    runs: list[list[Entry]] = []
    for (index, number, text), (below, *_) in pairwise([*starts, (end, 0, "")]):
        below = next((line for line in range(index + 1, below) if line in headings), below)
        entry = Entry(number, index, max(index + 1, _trim(lines, index, end=below, fenced=fenced)), text)
        if not runs or number <= runs[-1][-1].number:
            runs.append([])
        runs[-1].append(entry)
    return runs


def _trim(lines: Sequence[str], start: int, *, end: int, fenced: Collection[int]) -> int:
    """Return the end of an entry without the headings, rulers and blank lines between it and the next one."""
    opening = _HEADING.match(lines[start])
    depth = len(opening["signs"] or "") if opening else 6
    for index in range(start + 1, end):
        heading = None if index in fenced else _HEADING.match(lines[index])
        # a line after text that begins with a number sign is a comment in code
        is_comment = heading is not None and heading["signs"] and lines[index - 1].strip()
        if heading is not None and not is_comment and len(heading["signs"] or "") <= depth:
            end = index
            break
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _match(
    lines: Sequence[str],
    questions: Sequence[list[Entry]],
    *,
    answers: Sequence[list[Entry]],
    repeated: Collection[int],
) -> AnswerKey | None:
    """Return the key that the first runs of answers are for the last runs of questions, or nothing.

    It is not a key if it has the questions again (`repeated`), now with their answers.
    """
    count = min(len(questions), len(answers))
    moved: dict[int, tuple[Entry, Entry]] = {}
    unmatched: list[Entry] = []
    for asked, replied in zip(questions[len(questions) - count :], answers[:count], strict=True):
        by_number = {entry.number: entry for entry in asked}
        matched = [entry for entry in replied if entry.number in by_number]
        if (
            any(entry.start in repeated for entry in replied)
            or len(matched) < max(MIN_ENTRIES, MIN_ANSWERED_SHARE * len(asked))
            or len(replied) - len(matched) > max(1, MAX_UNMATCHED_SHARE * len(replied))
            or sum(_has_text(lines, entry) for entry in asked) > MAX_WRITTEN_SHARE * len(asked)
        ):
            return None
        for entry in matched:
            question = by_number[entry.number]
            moved[question.end] = (question, entry)
        unmatched += (entry for entry in replied if entry.number not in by_number)
    if not count:
        return None
    end = answers[count - 1][-1].end
    return AnswerKey(moved, unmatched, [line for line in repeated if line < end], end)


def _has_text(lines: Sequence[str], entry: Entry) -> bool:
    """Return whether something else than options is below the first paragraph of a question."""
    is_complete = lines[entry.start].rstrip(" *_")[-1:] in "?？.:："
    for index in range(entry.start + 1, entry.end):
        if not lines[index].strip():
            is_complete = True
        elif is_complete and not _OPTION.match(lines[index]):
            return True
    return False
