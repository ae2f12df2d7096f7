"""Decks for the tests of the cards, and what is read back from a PDF."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pdfplumber

from exporter.config.settings import Settings, with_values
from exporter.config.settings_table import Value
from exporter.exporters.pdf import export
from exporter.model.deck import Deck, Note
from exporter.model.questions import Block, Question, SourceSpan
from exporter.model.text import paragraph
from tests.notes import make_note

SEED = Path(__file__).parent.parent / "input" / "interview-questions.txt"
MM = 72 / 25.4


def deck(*notes: Note, title: str = "A title") -> Deck:
    return Deck(title, title, "notes", "notes.txt", "en", notes)


def note(
    question: str | tuple[Block, ...], answer: str | tuple[Block, ...], number: int = 1, **fields: object
) -> Note:
    """Return a note; a string becomes one paragraph with its lines."""
    blocks = [
        (paragraph(*side.split("\n")),) if isinstance(side, str) else side for side in (question, answer)
    ]
    asked = Question(*blocks, number=number, span=SourceSpan("notes.txt", number, 1, "…"), **fields)  # type: ignore[arg-type]
    return make_note(
        f"k{number:011d}", asked, modified=1_700_000_000 + number, created=number, position=number
    )


def seed() -> Deck:
    text = SEED.read_text(encoding="utf-8")
    matches = re.findall(r"Question (\d+): (.*)\nAnswer:\n((?:.+\n?)+)", text)
    notes = [note(question, answer.strip(), int(number)) for number, question, answer in matches]
    return deck(*notes, title="Interview Questions – Challenges and Experience (Plain Text)")


def options(**values: Value) -> Settings:
    """Return options; `pdf_stock="a7"` sets `pdf.stock`."""
    keys = {key.replace("__", ".").replace("pdf_", "pdf.", 1): value for key, value in values.items()}
    return with_values(Settings(), keys)


def cards(source: Deck, **values: Value) -> bytes:
    exported = export(source, options(**values), 0)
    assert len(exported.files) == 1, exported.diagnostics
    return exported.files[0].data


def read(data: bytes) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(data))


def without_spaces(text: str) -> str:
    """Return a text without its spaces, which lines are broken at."""
    return "".join(text.split())
