"""Pages: the cards in their places, and what is printed around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from exporter.cards import page_content
from exporter.cards.crop_marks import cut_marks
from exporter.cards.font_set import Fonts, Used
from exporter.cards.imposition import Page, Side
from exporter.cards.pdf_document import Document, compressed
from exporter.cards.print_setup import correction
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings


class RenderedSide(NamedTuple):
    """One side of a card: its operators, and what they use of the fonts."""

    operators: str
    used: Used


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """What is printed around the cards on each page of one side."""

    correction: str
    marks: str
    slug_line: page_content.SlugLine | None

    def on(self, sheet: int) -> tuple[str, ...]:
        """Return the operators on one sheet; sheets count from 0."""
        return self.correction, self.marks, self.slug_line.on(sheet) if self.slug_line else ""


def page_furniture(
    title: str, count: int, stock: Stock, mode: PrintMode, fonts: Fonts, settings: Settings
) -> dict[Side, PageFurniture]:
    """Return what is printed around the cards on both sides of `count` sheets."""
    return {
        side: PageFurniture(
            correction(settings, side).operator(stock),
            cut_marks(stock, mode, side, settings.pdf.marks),
            page_content.slug_line(side, count, title, mode, stock, fonts),
        )
        for side in Side
    }


class PageRenderer:
    """Adds pages to a document; `used` holds whatever any of them needs of fonts."""

    def __init__(
        self,
        document: Document,
        stock: Stock,
        cards: Sequence[Mapping[Side, RenderedSide]],
        furniture: Mapping[Side, PageFurniture],
    ) -> None:
        """Begin with no page; `cards` are all cards of the deck, each with its sides."""
        self._document, self._stock = document, stock
        self._cards, self._furniture = cards, furniture
        self.used: set[tuple[str, bytes]] = set()

    def page(self, page: Page, label: str) -> None:
        """Add a page."""
        furniture = self._furniture[page.side]
        sides = [self._cards[card][slot.side] for card, slot in page.cards]
        content = page_content.content(
            page, [side.operators for side in sides], self._stock, furniture.on(page.sheet)
        )
        self._document.page(compressed(content), label)
        for side in sides:
            self.used.update(side.used)
        if furniture.slug_line:
            self.used.update(furniture.slug_line.used)
