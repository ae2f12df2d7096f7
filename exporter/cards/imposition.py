"""Imposition: which side of which card is printed on which page, where, and whether rotated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exporter.cards.card_order import arrange_cards
from exporter.cards.stocks import Rect, Stock
from exporter.config.choices import CardOrder, PrintMode
from exporter.config.settings import SettingError


class Side(StrEnum):
    """A side of a card, or of a sheet of paper."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Slot:
    """The position of one side of a card: its rectangle on the page, and whether it is rotated by 180°."""

    rect: Rect
    side: Side
    is_rotated: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be printed; `sheet` is the index of its sheet, from 0, and `side` the side of that sheet.

    `cards` are pairs of the index of a card, from 0, and the slot of one of its sides.
    """

    sheet: int
    side: Side
    cards: tuple[tuple[int, Slot], ...]


def back_slot(rect: Rect, stock: Stock, mode: PrintMode) -> Slot:
    """Return the slot of the back that is behind a card's front once the sheet is printed on both sides.

    The printer flips the sheet about one of its edges. If that edge is vertical (long edge in
    portrait, short edge in landscape), left and right are exchanged, and the back stays upright.
    If it is horizontal, top and bottom are exchanged; the back must be rotated by 180°, so that it
    reads upright when the card is turned over like the page of a book.
    """
    width, height = stock.sheet
    is_edge_vertical = (mode is PrintMode.SHORT_EDGE) == stock.is_landscape
    if is_edge_vertical:
        return Slot(Rect(width - rect.x - rect.width, rect.y, rect.width, rect.height), Side.BACK)
    mirrored = Rect(rect.x, height - rect.y - rect.height, rect.width, rect.height)
    return Slot(mirrored, Side.BACK, is_rotated=True)


CardSlots = tuple[Slot, ...]
"""The slots of one card on one sheet: that of its front, then that of its back, if it has one."""


def card_slots(stock: Stock, mode: PrintMode) -> tuple[CardSlots, ...]:
    """Return the slots of a sheet in the order in which cards fill them.

    Raise `SettingError` if cards are to be folded and the stock has no two adjacent cards.
    """
    rects = stock.rects
    if mode is PrintMode.SINGLE:
        return tuple((Slot(rect, Side.FRONT),) for rect in rects)
    if mode is not PrintMode.FOLD:
        return tuple((Slot(rect, Side.FRONT), back_slot(rect, stock, mode)) for rect in rects)
    if stock.columns > 1:
        # folded backwards about a vertical line, the right half comes behind the left one, upright
        return tuple(
            (Slot(rects[index], Side.FRONT), Slot(rects[index + 1], Side.BACK))
            for row in range(stock.rows)
            for index in range(row * stock.columns, (row + 1) * stock.columns - 1, 2)
        )
    if stock.rows > 1:
        # folded backwards about a horizontal line, the lower half comes behind the upper one, upside down
        return tuple(
            (Slot(rects[row], Side.FRONT), Slot(rects[row + 1], Side.BACK, is_rotated=True))
            for row in range(0, stock.rows - 1, 2)
        )
    raise SettingError(
        f"The stock {stock.name} has one card per sheet, so there is nothing to fold; "
        "set `pdf.duplex` to long-edge, short-edge, fronts-backs or single."
    )


def has_turned_backs(stock: Stock, mode: PrintMode) -> bool:
    """Return whether backs are printed upside down, and so shown on a screen, to read like a page's back."""
    return any(slot.is_rotated for slots in card_slots(stock, mode) for slot in slots)


def card_rects(stock: Stock, mode: PrintMode, side: Side) -> tuple[Rect, ...]:
    """Return the rectangles of all cards on one side of a sheet."""
    if side is Side.BACK:
        return tuple(back_slot(rect, stock, mode).rect for rect in stock.rects)
    return stock.rects


def check_start_slot(start_slot: int, stock: Stock, per_sheet: int) -> None:
    """Raise `SettingError` if a sheet with `per_sheet` slots has no slot of this position, from 1."""
    if not 1 <= start_slot <= per_sheet:
        raise SettingError(
            f"A sheet of {stock.name} has no slot {start_slot}; "
            f"set `pdf.start_slot` to a number from 1 to {per_sheet}."
        )


def impose(
    count: int,
    stock: Stock,
    *,
    mode: PrintMode,
    order: CardOrder = CardOrder.STACK,
    start_slot: int = 1,
    reverse_backs: bool = False,
) -> tuple[Page, ...]:
    """Return the pages of `count` cards in the order of printing.

    `order` is how the cards run through the sheets. `start_slot` is the position of the first free
    slot on the first sheet, from 1. `reverse_backs` applies to `PrintMode.FRONTS_BACKS` only. Raise
    `SettingError` if there is no such slot.
    """
    slots = card_slots(stock, mode)
    check_start_slot(start_slot, stock, len(slots))
    positions = arrange_cards(count, len(slots), start_slot - 1, order)
    sheets: list[list[tuple[int, CardSlots]]] = [
        [] for _ in range(1 + max((sheet for sheet, _ in positions), default=-1))
    ]
    for card, (sheet, index) in enumerate(positions):
        sheets[sheet].append((card, slots[index]))
    if not mode.two_sided:
        return tuple(
            Page(index, Side.FRONT, tuple((card, slot) for card, slots in cards for slot in slots))
            for index, cards in enumerate(sheets)
        )
    fronts, backs = (
        [
            Page(index, side, tuple((card, slots[position]) for card, slots in cards))
            for index, cards in enumerate(sheets)
        ]
        for position, side in enumerate((Side.FRONT, Side.BACK))
    )
    if mode is PrintMode.FRONTS_BACKS:
        return (*fronts, *(reversed(backs) if reverse_backs else backs))
    return tuple(page for pair in zip(fronts, backs, strict=True) for page in pair)
