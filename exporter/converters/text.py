"""Questions as plain text: `Question N:`, `Answer:` and labels for metadata, in their language."""

from __future__ import annotations

import re

from exporter.converters.text_blocks import render_lines, render_tags
from exporter.model.labels import Labels, find_labels
from exporter.model.question_numbers import number_text
from exporter.model.questions import Question, QuestionSet
from exporter.readers.labels.metadata import MAX_CATEGORY_CHARS
from exporter.readers.labels.patterns import IDENTIFIER
from exporter.readers.plain.escaping import escape, is_markup
from exporter.readers.plain.headings import name_category
from exporter.readers.plain.layout_detection import detect_layout
from exporter.readers.plain.preamble import is_title

_NEXT_LINE = re.compile(r"`|[*_].*[*_]$")
"""Text that must not follow a label on its line: fences, and emphasis, which the reader removes there."""


def convert(questions: QuestionSet, language: str = "") -> str:
    """Return the questions as plain text, with labels in a language (BCP 47).

    Emphasis, links and tables become plain text. Omitted are an id that is not a single word, and a category
    that has several lines or is longer than `MAX_CATEGORY_CHARS`. Lines that ask are escaped where the text
    would otherwise be read as more questions.
    """
    labels = find_labels(questions.language or language)
    text = _render(questions, labels, asking=False)
    found = len(detect_layout(text.split("\n")).markers)
    return text if found == len(questions.questions) else _render(questions, labels, asking=True)


def _render(questions: QuestionSet, labels: Labels, asking: bool) -> str:
    is_numbered = any(question.number is not None for question in questions.questions)
    has_sections = _can_be_sections([question.category for question in questions.questions])
    parts = _render_head(questions, asking)
    current: str | None = None
    for question in questions.questions:
        if has_sections and question.category != current:
            current = question.category
            parts.append([f"{labels.category}: {current}"])
        with_category = not has_sections
        lines = _render_question(question, labels, is_numbered, with_category=with_category, asking=asking)
        parts.append(lines)
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _can_be_sections(categories: list[str | None]) -> bool:
    """Return whether labels between the questions can express these categories.

    A label applies to all questions below it: questions without a category must come first.
    """
    is_named = [category is not None for category in categories]
    return is_named == sorted(is_named) and all(
        _is_short_category(category) and name_category(category) == category
        for category in categories
        if category is not None
    )


def _is_short_category(category: str) -> bool:
    return len(category) <= MAX_CATEGORY_CHARS and "\n" not in category


def _render_head(questions: QuestionSet, asking: bool) -> list[list[str]]:
    title = questions.title
    labelled = [
        f"{key}: {value}"
        for key, value in (("Deck", questions.deck), ("Language", questions.language))
        if value
    ]
    is_unlabelled = (
        title is not None
        and not labelled
        and is_title(title)
        and not is_markup(title)
        and not title.startswith("\\")
    )
    if is_unlabelled and title is not None:
        lines = [title]
    elif title is not None or labelled or questions.preamble:
        lines = [f"Title: {title or ''}".rstrip(), *labelled]
    else:
        lines = []
    return [lines, render_lines(questions.preamble, asking)]


def _render_question(
    question: Question, labels: Labels, is_numbered: bool, *, with_category: bool, asking: bool
) -> list[str]:
    number = f" {number_text(question) or '#'}" if is_numbered else ""
    first, *more = render_lines(question.question, asking) or [""]
    lines = [f"{labels.question}{number}: {first}".rstrip()]
    if _NEXT_LINE.match(first):
        lines, more = [f"{labels.question}{number}:"], [first, *more]
    lines += [*more, f"{labels.answer}:", *render_lines(question.answer, asking)]
    if question.id is not None and IDENTIFIER.fullmatch(question.id):
        lines.append(f"{labels.id}: {question.id}")
    if question.tags:
        lines.append(f"{labels.tags}: {render_tags(question.tags)}")
    if with_category and question.category is not None and _is_short_category(question.category):
        lines.append(f"{labels.category}: {question.category}")
    if question.cues:
        lines += [f"{labels.cues}:", *(f"- {escape(' '.join(cue.split()))}" for cue in question.cues)]
    if question.notes is not None:
        note, *rest = question.notes.split("\n")
        lines += [f"{labels.notes}: {note}".rstrip(), *(escape(line, asking) for line in rest)]
    return lines
