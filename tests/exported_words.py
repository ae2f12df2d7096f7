"""What is exported of a source, to find what is in no export."""

from __future__ import annotations

import html
import re

from exporter.anki.fields import render_answer
from exporter.anki.html import AnkiHtml
from exporter.model.html import render_blocks
from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource

_TAG = re.compile(r"<(?!img)[^>]*>")


def exported_text(source: LoadedSource) -> str:
    """Return the words of all exports: the names, and the fields of each question that has an answer.

    The HTML is that of Anki's fields, without its tags, but with the addresses of pictures.
    """
    questions = source.questions
    texts = [questions.title or "", questions.deck or "", questions.language or ""]
    for question in questions.questions:
        if is_exported(question):
            texts += _iter_fields(question)
    return "\n".join(texts)


def is_exported(question: Question) -> bool:
    """Return whether a question is in the exports."""
    return bool(question.answer) and bool(plain_text(question.question).strip())


def _iter_fields(question: Question) -> list[str]:
    fields = [render_blocks(question.question, AnkiHtml({})), render_answer(question.answer, {})]
    targets = re.findall(r'(?:href|src)="([^"]*)"', "".join(fields))
    return [
        *(html.unescape(_TAG.sub("", field)) for field in fields),
        *map(html.unescape, targets),
        *(plain_text(question.question), plain_text(question.answer)),
        *(question.category or "", question.notes or "", question.id or "", question.label or ""),
        str(question.number or ""),
        *question.tags,
        *question.cues,
    ]


def reported_lines(source: LoadedSource) -> set[int]:
    """Return the lines (from 1, in the file) that a diagnostic is about."""
    return {
        line
        for diagnostic in source.diagnostics
        for first, last in diagnostic.line_ranges
        for line in range(first, last + 1)
    }


def unexported_names(source: LoadedSource) -> str:
    """Return the categories and tags of questions that are not exported, which a diagnostic names instead."""
    return "\n".join(
        text
        for question in source.questions.questions
        if not is_exported(question)
        for text in (question.category or "", *question.tags)
    )
