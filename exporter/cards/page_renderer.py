"""The rendering of pages: cards in their slots, with what is printed around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from exporter.cards.crop_marks import cut_mark_operators
from exporter.cards.font_set import Fonts, Used
from exporter.cards.imposition import Page, Side, Slot
from exporter.cards.pdf_canvas import format_number
from exporter.cards.pdf_document import PdfDocument, compress
from exporter.cards.pdf_structure import Fragment
from exporter.cards.printer_correction import read_correction
from exporter.cards.slug_line import SlugLine, slug_line
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.cards.structure_tags import MARK, Box, Tags, number_marks
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.config.words import Words


class RenderedSide(NamedTuple):
    """One side of a card: its operators, what they use of the fonts, and their structure elements.

    `marks` and `boxes` are those of a canvas.
    """

    operators: str
    used: Used
    marks: tuple[Tags, ...] = ()
    boxes: Mapping[int, Box] = {}


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """What is printed around the cards on all pages of one side, as operators."""

    correction: str
    marks: str
    slug_line: SlugLine | None

    def on_sheet(self, sheet: int) -> tuple[str, ...]:
        """Return the operators for a sheet; `sheet` is its index, from 0."""
        marks = f"/Artifact BMC\n{self.marks}\nEMC" if self.marks else ""
        return self.correction, marks, self.slug_line.on_sheet(sheet) if self.slug_line else ""


def page_furniture(
    settings: Settings, stock: Stock, *, mode: PrintMode, sheets: int, title: str, words: Words, fonts: Fonts
) -> dict[Side, PageFurniture]:
    """Return what is printed around the cards on both sides of `sheets` sheets.

    Raise `SettingError` for an impossible printer correction.
    """
    return {
        side: PageFurniture(
            read_correction(settings, side).operator(stock),
            cut_mark_operators(stock, mode, side=side, kind=settings.pdf.marks),
            slug_line(side, stock, mode=mode, sheets=sheets, title=title, words=words, fonts=fonts),
        )
        for side in Side
    }


class PageRenderer:
    """Adds pages to a document; `used` collects what they use of the fonts.

    `fragments` has where the texts of each side of each card are.
    """

    def __init__(
        self,
        document: PdfDocument,
        stock: Stock,
        *,
        cards: Sequence[Mapping[Side, RenderedSide]],
        furniture: Mapping[Side, PageFurniture],
    ) -> None:
        """Begin with no pages; `cards` are all cards of the deck."""
        self._document, self._stock = document, stock
        self._cards, self._furniture = cards, furniture
        self.used: set[tuple[str, bytes]] = set()
        self.fragments: dict[tuple[int, Side], Fragment] = {}
        self._pages = 0

    def add(self, page: Page, label: str) -> None:
        """Add a page to the document; viewers show `label` as its number."""
        furniture = self._furniture[page.side]
        parts = ["q", *filter(None, furniture.on_sheet(page.sheet))]
        marks = 0
        for card, slot in page.cards:
            side = self._cards[card][slot.side]
            self.fragments[card, slot.side] = Fragment(
                self._pages,
                marks,
                side.marks,
                {mark: box_on_page(box, slot, self._stock) for mark, box in side.boxes.items()},
            )
            marks += side.operators.count(MARK)
            parts += (f"q\n{slot_operator(slot, self._stock)}", side.operators, "Q")
            self.used.update(side.used)
        if furniture.slug_line:
            self.used.update(furniture.slug_line.used)
        self._document.add_page(compress(number_marks("\n".join((*parts, "Q\n")))), label)
        self._pages += 1


def slot_operator(slot: Slot, stock: Stock) -> str:
    """Return the operator that moves a card from the origin to its slot, and rotates it if it must be."""
    rect = slot.rect
    x, y = rect.x, stock.sheet[1] - rect.y - rect.height
    matrix = "1 0 0 1"
    if slot.is_rotated:
        x, y, matrix = x + rect.width, y + rect.height, "-1 0 0 -1"
    return f"{matrix} {format_number(x * POINTS_PER_MM)} {format_number(y * POINTS_PER_MM)} cm"


def box_on_page(box: Box, slot: Slot, stock: Stock) -> Box:
    """Return where a box of a card is on its page; the printer's correction is not added."""
    rect = slot.rect
    x, y = rect.x * POINTS_PER_MM, (stock.sheet[1] - rect.y - rect.height) * POINTS_PER_MM
    left, bottom, right, top = box
    if slot.is_rotated:
        width, height = rect.width * POINTS_PER_MM, rect.height * POINTS_PER_MM
        left, bottom, right, top = width - right, height - top, width - left, height - bottom
    return left + x, bottom + y, right + x, top + y
