"""Comparison of what is read before and after a fix: what may differ, and what may not.

Each function returns what differs, such as “the question in line 7”, or an empty string. `lines` are those
that a fix is about, as they were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from exporter.checks.line_markers import has_question_word
from exporter.model.line_words import split_words
from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.readers.plain.label_typos import find_nearest_label

Comparison = Callable[[LoadedSource, LoadedSource, Sequence[str]], str]

_HEAD = ("title", "deck", "language", "preamble")


def compare_all(before: LoadedSource, after: LoadedSource, _lines: Sequence[str]) -> str:
    """Return what differs."""
    return _compare(before, after, lambda question: question)


def compare_without_numbers(before: LoadedSource, after: LoadedSource, _lines: Sequence[str]) -> str:
    """Return what differs besides the numbers of questions."""
    return _compare(before, after, _without_number)


def compare_without_form(before: LoadedSource, after: LoadedSource, lines: Sequence[str]) -> str:
    """Return what differs besides the form of answers, and the words of fences that are no longer text."""
    if difference := _compare(before, after, lambda question: replace(question, answer=())):
        return difference
    return _compare_words(before, after, set(split_words("\n".join(lines).strip("`~ \t"))).__contains__)


def compare_without_labels(before: LoadedSource, after: LoadedSource, lines: Sequence[str]) -> str:
    """Return what differs besides misspelt labels, and the fields that their lines are in."""
    if difference := _compare(before, after, lambda question: (question.number, question.label)):
        return difference
    first_words = {word for line in lines for word in split_words(line)[:2]}
    return _compare_words(
        before, after, lambda word: word in first_words and find_nearest_label(word.lower()) is not None
    )


def compare_with_questions(before: LoadedSource, after: LoadedSource, lines: Sequence[str]) -> str:
    """Return what differs besides new questions at `lines`, which are made of answers' words, and numbers."""
    if difference := _compare_head(before, after):
        return difference
    old, new = before.questions.questions, after.questions.questions
    if len(new) != len(old) + len(lines):
        return f"the number of questions ({len(new):,} instead of {len(old) + len(lines):,})"
    position = 0
    for index, question in enumerate(old):
        following = old[index + 1].question if index + 1 < len(old) else None
        stop = position + 1
        while stop < len(new) and new[stop].question != following:
            stop += 1
        part = new[position:stop]
        if part[0].question != question.question or _have_other_words(question, part, _is_mark):
            return f"the words of {_name(question)}"
        if len(part) == 1 and _without_number(part[0]) != _without_number(question):
            return _name(question)
        if not all(entry.answer for entry in part):
            return f"the answer of {_name(question)}"
        position = stop
    return ""


def _compare(before: LoadedSource, after: LoadedSource, key: Callable[[Question], object]) -> str:
    """Return what differs in the titles, the number of questions, or in a key of each."""
    if difference := _compare_head(before, after):
        return difference
    old, new = before.questions.questions, after.questions.questions
    if len(old) != len(new):
        return f"the number of questions ({len(new):,} instead of {len(old):,})"
    pairs = zip(old, new, strict=True)
    return next((_name(question) for question, other in pairs if key(question) != key(other)), "")


def _compare_words(before: LoadedSource, after: LoadedSource, may_be_lost: Callable[[str], bool]) -> str:
    """Return the first question that has other words, besides those that may be lost."""
    for old, new in zip(before.questions.questions, after.questions.questions, strict=True):
        if _have_other_words(old, [new], may_be_lost):
            return f"the words of {_name(old)}"
    return ""


def _have_other_words(
    before: Question, after: Sequence[Question], may_be_lost: Callable[[str], bool]
) -> bool:
    """Return whether questions have words that a question had not, or lack some that it had."""
    old, new = _words([before]), _words(after)
    return bool(new - old) or not all(map(may_be_lost, old - new))


def _compare_head(before: LoadedSource, after: LoadedSource) -> str:
    old, new = before.questions, after.questions
    return next((f"the {name}" for name in _HEAD if getattr(old, name) != getattr(new, name)), "")


def _without_number(question: Question) -> Question:
    return replace(question, number=None, label=None)


def _words(questions: Iterable[Question]) -> Counter[str]:
    """Return the words of questions in all of their fields."""
    texts = []
    for question in questions:
        texts += [plain_text(question.question), plain_text(question.answer), question.notes or ""]
        texts += [*question.tags, *question.cues, question.category or "", question.id or ""]
    return Counter(split_words("\n".join(texts)))


def _is_mark(word: str) -> bool:
    """Return whether a word is the mark of a question: a number, or a word for “question” with one."""
    return word.strip("Qq").isdigit() or has_question_word(f"{word}:")


def _name(question: Question) -> str:
    return f"the question in line {question.span.line}" if question.span else "a question"
