"""The rehearsal on the preview page: its scripts and styles, and its data of a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exporter.anki.fields import render_answer, render_notes
from exporter.anki.html import AnkiHtml
from exporter.model.deck import Note
from exporter.model.html import render_item, render_line

SCRIPTS = ("stopwatch", "storage", "round", "card", "start", "summary", "page")
"""The templates of its script, in the order of their dependencies."""

SCRIPT_NAMES = tuple(f"preview/rehearsal/{name}.js" for name in SCRIPTS)
PAGE_STYLE_NAME = "preview/rehearsal/page.css"
CARD_STYLE_NAME = "preview/rehearsal/card.css"


@dataclass(frozen=True, slots=True)
class RehearsalCard:
    """A note as the rehearsal shows it, as escaped HTML; each cue is separate.

    It is made of the note's fields and not of the card templates, which users may change.
    """

    question: str
    cues: tuple[str, ...]
    answer: str
    notes: str


def make_rehearsal_card(note: Note, pictures: Mapping[str, str]) -> RehearsalCard:
    """Return the rehearsal data of a note; `pictures` are the URLs of pictures by target."""
    question, policy = note.question, AnkiHtml(pictures)
    return RehearsalCard(
        question=render_item(question.question, policy),
        cues=tuple(render_line(line, policy) for line in note.cue_lines),
        answer=render_answer(note.emphasized_answer, pictures),
        notes=render_notes(question.notes or ""),
    )
