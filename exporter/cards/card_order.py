"""The order of cards through the sheets: as a pile that is cut at once, or sheet by sheet."""

from __future__ import annotations

from exporter.config.choices import CardOrder

Positions = list[tuple[int, int]]
"""Where each card is: the index of its sheet and that of its slot on the sheet, both from 0."""


def arrange_cards(count: int, per_sheet: int, used: int, order: CardOrder) -> Positions:
    """Return where `count` cards are; the first `used` slots of the first sheet are not free."""
    arrange = _stack_positions if order is CardOrder.STACK else _sheet_positions
    return arrange(count, per_sheet, used)


def _sheet_positions(count: int, per_sheet: int, used: int) -> Positions:
    """Return where the cards are if they fill sheet after sheet; the first `used` slots are not free."""
    return [divmod(card + used, per_sheet) for card in range(count)]


def _stack_positions(count: int, per_sheet: int, used: int) -> Positions:
    """Return where the cards are if they fill slot after slot, through all sheets (cut and stack).

    A pile of sheets that is cut gives one pile for each slot; laid on each other in the order of the
    slots, they have the cards in order, and then the slots that stay empty. Where the first `used`
    slots are not free, no slot of the first sheet stays empty: that sheet is there to be used up.
    """
    sheets = -(-(count + used) // per_sheet)
    free = [(sheet, slot) for slot in range(per_sheet) for sheet in range(sheets) if sheet or slot >= used]
    if used and sheets > 1:
        others = [position for position in free if position[0]]
        unused = set(others[len(others) - (len(free) - count) :])
        return [position for position in free if position not in unused]
    return free[:count]
