"""Questions as plain text: `Question N:` and `Answer:`, with labels for what else there is."""

from __future__ import annotations

from exporter.converters.text_blocks import render_lines
from exporter.model.question_numbers import number_text
from exporter.model.questions import Question, QuestionSet
from exporter.readers.labels.patterns import IDENTIFIER
from exporter.readers.plain.escaping import escape, is_markup


def convert(questions: QuestionSet) -> str:
    """Return the questions as plain text.

    Emphasis, links and tables become the words that a person reads; an id that is no single word, and
    a category that is no short line, are left out. All else is kept.
    """
    numbered = any(question.number is not None for question in questions.questions)
    categories = [question.category for question in questions.questions]
    named = [category is not None for category in categories]
    sections = named == sorted(named) and all(
        _is_short_category(category) for category in categories if category
    )
    parts = _render_head(questions)
    current: str | None = None
    for question in questions.questions:
        if sections and question.category != current:
            current = question.category
            parts.append([f"Category: {current}"])
        parts.append(_render_question(question, numbered, not sections))
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _is_short_category(category: str) -> bool:
    return len(category) <= 100 and "\n" not in category


def _render_head(questions: QuestionSet) -> list[list[str]]:
    title = questions.title
    named = [
        f"{key}: {value}"
        for key, value in (("Deck", questions.deck), ("Language", questions.language))
        if value
    ]
    plain = title is not None and not named and not is_markup(title) and not title.startswith("\\")
    if plain and title is not None:
        lines = [title]
    elif title is not None or named or questions.preamble:
        lines = [f"Title: {title or ''}".rstrip(), *named]
    else:
        lines = []
    return [lines, render_lines(questions.preamble)]


def _render_question(question: Question, numbered: bool, with_category: bool) -> list[str]:
    number = "" if not numbered else f" {number_text(question) or '#'}"
    first, *more = render_lines(question.question) or [""]
    lines = [f"Question{number}: {first}".rstrip()]
    if first.startswith("`"):
        lines, more = [f"Question{number}:"], [first, *more]
    lines += [*more, "Answer:", *render_lines(question.answer)]
    if question.id is not None and IDENTIFIER.fullmatch(question.id):
        lines.append(f"Id: {question.id}")
    if question.tags:
        tags = ", ".join(question.tags)
        lines.append(f"Tags: {tags}" + ("," if len(question.tags) == 1 and " " in tags else ""))
    if with_category and question.category is not None and _is_short_category(question.category):
        lines.append(f"Category: {question.category}")
    if question.cues:
        lines += ["Cues:", *(f"- {escape(' '.join(cue.split()))}" for cue in question.cues)]
    if question.notes is not None:
        note, *rest = question.notes.split("\n")
        lines += [f"Notes: {note}".rstrip(), *map(escape, rest)]
    return lines
