"""The rehearsal's part of the page: its scripts and styles, and what it shows of a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exporter.anki.fields import render_answer, render_notes
from exporter.anki.html import AnkiHtml
from exporter.model.deck import Note
from exporter.model.html import render_item, render_line

SCRIPTS = ("stopwatch", "storage", "round", "card", "start", "summary", "page")
"""The templates of its script, in the order in which they use each other."""

SCRIPT_NAMES = tuple(f"preview/rehearsal/{name}.js" for name in SCRIPTS)
PAGE_STYLE_NAME = "preview/rehearsal/page.css"
CARD_STYLE_NAME = "preview/rehearsal/card.css"


@dataclass(frozen=True, slots=True)
class RehearsalCard:
    """A note as the rehearsal shows it: HTML with everything escaped, each cue on its own.

    It comes from the note's fields, not from the phone's templates, which may show anything.
    """

    question: str
    cues: tuple[str, ...]
    answer: str
    notes: str


def rehearsal_card(note: Note, pictures: Mapping[str, str]) -> RehearsalCard:
    """Return what the rehearsal shows of a note; `pictures` has the address for each target."""
    question, policy = note.question, AnkiHtml(pictures)
    return RehearsalCard(
        question=render_item(question.question, policy),
        cues=tuple(render_line(line, policy) for line in note.cue_lines),
        answer=render_answer(note.emphasized_answer, pictures),
        notes=render_notes(question.notes or ""),
    )
