"""Imposition: which side of which card goes where on which page, and turned how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exporter.cards.stocks import Rect, Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import SettingError


class Side(StrEnum):
    """A side of a card, or of a sheet."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one side of a card goes: its rectangle on the page, turned by 180° or not."""

    rect: Rect
    side: Side
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be printed: `sheet` counts from 0, `side` is the sheet's own.

    `cards` pairs the index of a card, from 0, with the place of one of its sides.
    """

    sheet: int
    side: Side
    cards: tuple[tuple[int, Place], ...]


def mirrored(slot: Rect, stock: Stock, duplex: PrintMode) -> Place:
    """Return the place of a back that lies behind `slot` once the sheet is printed on both sides.

    A printer turns the sheet about one of its edges. If that edge stands upright (long edge of
    a portrait page, short edge of a landscape page), left and right change places, and what is
    up stays up. If it lies level, top and bottom change places: the page's top is then behind
    the front's bottom, and only a back set upside down reads upright once the card is turned
    like a page of a book.
    """
    width, height = stock.sheet
    upright_edge = (duplex is PrintMode.SHORT_EDGE) == stock.is_landscape
    if upright_edge:
        return Place(Rect(width - slot.x - slot.width, slot.y, slot.width, slot.height), Side.BACK)
    return Place(Rect(slot.x, height - slot.y - slot.height, slot.width, slot.height), Side.BACK, turned=True)


Slot = tuple[Place, ...]
"""The sides of one card that are on one sheet: its front, then its back, if it has one."""


def slots(stock: Stock, duplex: PrintMode) -> tuple[Slot, ...]:
    """Return the slots of a sheet in the order that cards fill them.

    Raises `SettingError` if the stock has no two cards side by side to be folded.
    """
    rects = stock.rects
    if duplex is PrintMode.SINGLE:
        return tuple((Place(rect, Side.FRONT),) for rect in rects)
    if duplex is not PrintMode.FOLD:
        return tuple((Place(rect, Side.FRONT), mirrored(rect, stock, duplex)) for rect in rects)
    if stock.columns > 1:
        # folded backwards about an upright line, the right half comes to lie behind, still upright
        return tuple(
            (Place(rects[at], Side.FRONT), Place(rects[at + 1], Side.BACK))
            for row in range(stock.rows)
            for at in range(row * stock.columns, (row + 1) * stock.columns - 1, 2)
        )
    if stock.rows > 1:
        # folded backwards about a level line, the lower half comes to lie behind, upside down
        return tuple(
            (Place(rects[row], Side.FRONT), Place(rects[row + 1], Side.BACK, turned=True))
            for row in range(0, stock.rows - 1, 2)
        )
    raise SettingError(
        f"The stock {stock.name} has one card per sheet, so there is nothing to fold; "
        "set `pdf.duplex` to long-edge, short-edge, fronts-backs or single."
    )


def impose(
    cards: int, stock: Stock, duplex: PrintMode, start_slot: int = 1, reverse_backs: bool = False
) -> tuple[Page, ...]:
    """Return the pages in the order of printing.

    `start_slot` counts from 1: that many slots less one are left empty on the first sheet.
    """
    order = slots(stock, duplex)
    if not 1 <= start_slot <= len(order):
        raise SettingError(
            f"There is no slot {start_slot} on a sheet of {stock.name}; "
            f"set `pdf.start_slot` to a number from 1 to {len(order)}."
        )
    start = start_slot - 1
    sheets: list[list[tuple[int, Slot]]] = []
    for card in range(cards):
        sheet, slot = divmod(card + start, len(order))
        if sheet == len(sheets):
            sheets.append([])
        sheets[sheet].append((card, order[slot]))
    if not duplex.two_sided:
        return tuple(
            Page(number, Side.FRONT, tuple((card, place) for card, slot in sheet for place in slot))
            for number, sheet in enumerate(sheets)
        )
    fronts = [
        Page(number, Side.FRONT, tuple((card, slot[0]) for card, slot in sheet))
        for number, sheet in enumerate(sheets)
    ]
    backs = [
        Page(number, Side.BACK, tuple((card, slot[1]) for card, slot in sheet))
        for number, sheet in enumerate(sheets)
    ]
    if duplex is PrintMode.FRONTS_BACKS:
        return (*fronts, *(reversed(backs) if reverse_backs else backs))
    return tuple(page for pair in zip(fronts, backs, strict=True) for page in pair)


def rects(stock: Stock, duplex: PrintMode, side: Side) -> tuple[Rect, ...]:
    """Return the rectangles of all cards on one side of a sheet."""
    if side is Side.BACK:
        return tuple(mirrored(slot, stock, duplex).rect for slot in stock.rects)
    return stock.rects
