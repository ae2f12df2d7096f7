"""An exporter: a slide per question, for a screen. A reader: questions and answers with Q and A."""

from __future__ import annotations

from html import escape

from exporter.config import Settings
from exporter.exporters import Export, ExportedFile
from exporter.model import Deck, Question, QuestionSet, paragraph, plain_text
from exporter.readers import ReadResult, SourceText

PAGE = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>section {{ min-height: 100vh; font: 5vmin sans-serif; white-space: pre-line }}</style>
"""


def export(deck: Deck, settings: Settings, now: int) -> Export:
    """Return all questions as slides in one HTML page."""
    page = PAGE.format(title=escape(deck.title))
    for note in deck.notes:
        question, answer = plain_text(note.question.question), plain_text(note.question.answer)
        page += f"<section><h1>{escape(question)}</h1>{escape(answer)}</section>\n"
    return Export((ExportedFile(f"{deck.stem}-slides.html", page.encode(), f"{len(deck.notes)} slides"),))


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read lines that begin with “Q ” or “A ”."""
    questions: list[Question] = []
    for number, line in enumerate(source.lines, 1):
        if line.startswith("Q "):
            questions.append(Question((paragraph(line[2:]),), span=source.span(number)))
        elif line.startswith("A ") and questions:
            last = questions.pop()
            questions.append(Question(last.question, (paragraph(line[2:]),), span=last.span))
    return ReadResult(QuestionSet(tuple(questions), source=source.path))
