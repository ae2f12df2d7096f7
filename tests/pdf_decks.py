"""Decks for the tests of the cards, and what is read back from a PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pdfplumber

from exporter.cards.card_metrics import CardMetrics, card_metrics
from exporter.cards.deck_renderer import render_deck
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Side, Slot, card_slots
from exporter.cards.note_fitting import FittedNote
from exporter.cards.stock_choice import find_stock
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
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


def fit_deck(source: Deck, **values: Value) -> list[FittedNote]:
    """Return the notes of a deck as they are set on their cards."""
    settings = options(**values)
    surface = _FittingSurface(source)
    render_deck(source, find_stock(settings), settings=settings, surface=surface)
    return list(surface.fits.values())


class _FittingSurface:
    """Draws nothing, and keeps the notes; `fits` are by their keys."""

    gallery: Gallery

    def __init__(self, source: Deck) -> None:
        self.fonts = Fonts()
        self._deck = source

    def begin(self, metrics: CardMetrics) -> None:
        self.gallery = Gallery(self._deck.media, metrics.column_width, metrics.picture_height)
        self.fits: dict[str, FittedNote] = {}

    def draw(self, fit: FittedNote, part: int, side: Side) -> None:
        self.fits[fit.note.key] = fit


def read(data: bytes) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(data))


def body_chars(page: pdfplumber.page.Page, mode: PrintMode = PrintMode.LONG_EDGE) -> list[dict[str, Any]]:
    """Return the characters of questions and answers on a page of the default stock: see `find_body`."""
    stock = find_stock(options())
    is_back = mode.two_sided and page.page_number % 2 == 0
    return find_body(page.chars, side_slots(stock, Side.BACK if is_back else Side.FRONT, mode), stock, mode)


def side_slots(stock: Stock, side: Side, mode: PrintMode = PrintMode.LONG_EDGE) -> list[Slot]:
    """Return the slots of one side of the cards."""
    return [slot for slots in card_slots(stock, mode) for slot in slots if slot.side is side]


def find_body(
    chars: Iterable[dict[str, Any]],
    slots: Iterable[Slot],
    stock: Stock,
    mode: PrintMode = PrintMode.LONG_EDGE,
) -> list[dict[str, Any]]:
    """Return the characters on cards without those of the header, of the key and of steps' numbers.

    A step's number is a row of bold digits that begins at the margin.
    """
    metrics = card_metrics(stock.card)
    top = metrics.body_top
    bottoms = {Side.FRONT: top + metrics.front_height, Side.BACK: top + metrics.back_height}
    answer_side = Side.FRONT if mode is PrintMode.SINGLE else Side.BACK
    body = []
    label_end = 0.0
    for char in chars:
        for slot in slots:
            left, down = char["x0"] - slot.rect.x * MM, (char["top"] + char["bottom"]) / 2 - slot.rect.y * MM
            width = char["x1"] - char["x0"]
            if slot.is_rotated:
                left, down = metrics.width - left - width, metrics.height - down
            if not (0 < left < metrics.width and top < down < bottoms[slot.side]):
                continue
            is_number = char["text"].isdigit() and "Bold" in char["fontname"] and slot.side is answer_side
            if is_number and (abs(left - metrics.margin) < 0.1 or abs(left - label_end) < 0.1):
                label_end = left + width
            else:
                body.append(char)
    return body


def without_spaces(text: str) -> str:
    """Return a text without its spaces, which lines are broken at."""
    return "".join(text.split())
