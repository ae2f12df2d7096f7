"""Pages: the cards in their places and what stands around them, drawn or taken from an earlier document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from exporter.cards import page_content
from exporter.cards.card_renderer import DrawnSide
from exporter.cards.crop_marks import cut_marks
from exporter.cards.deck_renderer import Card
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Page, Side
from exporter.cards.pdf_document import Document, compressed
from exporter.cards.print_setup import correction
from exporter.cards.reuse import Made, PlacedFace, Printed
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.model.deck import digest


@dataclass(frozen=True)
class Surroundings:
    """What stands around the cards on each page of one side."""

    correction: str
    marks: str
    line: page_content.SmallLine | None

    def on(self, sheet: int) -> tuple[str, ...]:
        """Return the operators on one sheet; sheets count from 0."""
        return self.correction, self.marks, self.line.on(sheet) if self.line else ""

    @cached_property
    def digest(self) -> str:
        """The digest of all of it but the sheet's number."""
        return digest(self.correction, self.marks, self.line)


def surroundings(
    title: str, count: int, stock: Stock, way: PrintMode, fonts: Fonts, settings: Settings
) -> dict[Side, Surroundings]:
    """Return what stands around the cards on both sides of so many sheets."""
    return {
        side: Surroundings(
            correction(settings, side).operator(stock),
            cut_marks(stock, way, side, settings.pdf.marks),
            page_content.small_line(side, count, title, way, stock, fonts),
        )
        for side in Side
    }


class Printer:
    """Adds pages to a document; one on which nothing changed is taken as it was made earlier.

    `printed` are the pages in their order, and `used` holds whatever any of them needs of fonts.
    """

    def __init__(
        self,
        document: Document,
        stock: Stock,
        cards: Sequence[Card],
        around: Mapping[Side, Surroundings],
        made: Made,
    ) -> None:
        """Begin with no page."""
        self._document, self._stock, self._made = document, stock, made
        self._cards, self._around = cards, around
        self.printed: list[Printed] = []
        self.used: set[tuple[str, bytes]] = set()

    def page(self, page: Page, label: str) -> None:
        """Add a page."""
        around = self._around[page.side]
        keys = [
            f"{self._cards[card].key}.{place.side}" if self._cards[card].key else ""
            for card, place in page.cards
        ]
        # cards stand in one order on every sheet but the first, which may begin with a slot left empty
        number = page.sheet if around.line else None
        key = digest(page.side, page.sheet == 0, number, around.digest, keys) if all(keys) else ""
        printed = self._made.pages.get(key) if key else None
        if printed is not None:
            self._document.page(self._made.stream(printed), label)
        else:
            faces = [
                self._face(card, place.side, key) for (card, place), key in zip(page.cards, keys, strict=True)
            ]
            operators = [face.operators for face in faces]
            content, starts = page_content.content(page, operators, self._stock, around.on(page.sheet))
            self._document.page(compressed(content), label)
            printed = Printed(key, tuple(map(PlacedFace.of, keys, starts, faces)))
        self.printed.append(printed)
        for piece in printed.pieces:
            self.used.update(piece.used)
        if around.line:
            self.used.update(around.line.used)

    def _face(self, card: int, side: Side, key: str) -> DrawnSide:
        sides = self._cards[card].sides
        return self._made.face(key) if sides is None else sides[side]
