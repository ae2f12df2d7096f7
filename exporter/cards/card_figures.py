"""The card in figures: where everything on a card is and how large, with the source of each figure.

Sizes of type and rules are in points, all other lengths in millimetres. The sizes of questions and
answers are in `size_limits` and `stack_sizes`, their leading in `copyfitting`.
"""

from __future__ import annotations

from typing import NamedTuple

MIN_LARGE_CARD_MM = 60.0
"""Cards that are less wide or high than this are small: business cards are 51 to 55 mm high, A7 is 74."""
MAX_DIFFERENCE_MM = 1.0
"""How much a side may differ from that of a card in a table: A6 is 148 mm, a quarter of A4 148.5 mm high."""


def has_sides(card: tuple[float, float], sides: tuple[float, float]) -> bool:
    """Return whether a card, in either orientation, has about these sides; all lengths in millimetres."""
    pairs = zip(sorted(card), sorted(sides), strict=True)
    return all(abs(side - other) <= MAX_DIFFERENCE_MM for side, other in pairs)


class Frame(NamedTuple):
    """Where text may be: lengths from the cut, in millimetres.

    `margin` is that of all text, `head_base_line`, `head_rule` and `body_top` are below the upper cut.
    The capitals of the head's 12 pt, 2.9 mm high, stay below the margin; descenders of 9 pt, 0.9 mm
    deep, above the rule.
    """

    margin: float
    head_base_line: float
    head_rule: float
    body_top: float


LARGE_FRAME = Frame(6.0, 9.4, 11.6, 13.6)
"""Printers drift by 3 to 4 mm, so at least 2 mm of 6 are left."""
SMALL_FRAME = Frame(5.2, 8.2, 9.8, 11.2)
"""Distances in the head are smaller by a quarter, so that a business card has 37.6 mm for its answer."""
A6_FRAME = Frame(7.0, 10.4, 12.6, 14.6)
A7_FRAME = Frame(7.0, 9.9, 11.4, 12.6)
"""A6 and A7 are cut from A4: their edges are the paper's, where printers drift the most.

On A7, the answers of the user's 28 questions are set in 9.75 pt; with the head of A6 it would be 9.25 pt.
"""
ISO_FRAMES = (((105.0, 148.0), A6_FRAME), ((74.0, 105.0), A7_FRAME))
"""Shorter and longer side in millimetres, and the frame."""

RULE_PT = 0.7
"""Width of rules: six dots of a printer of 600 dots an inch, and thinner than the stems of 9 pt bold."""

HEAD_PT, NUMBER_PT, TOTAL_PT, DATE_PT = 9.0, 12.0, 8.0, 7.0
"""Category and question; number, in bold; total and part; date of the answer's last change.

Without grey, size and weight show what is looked for: the number, to sort a stack. Capitals of 9 pt are
2.1 mm high: 18 minutes of arc at 40 cm, more than the 16 that ISO 9241-303 requires.
"""
MAX_NUMBER_SHARE = 0.6
"""Share of the head that the number takes at most with its total, which is else left out.

On a business card, “999999 / 999999 · 1 of 2” takes 0.53; on a custom card of 40 mm, it would take 1.35.
"""
SWATCH_MM, SWATCH_GAP_MM = 3.0, 1.5
"""Side of a category's swatch, as high as the capitals of the number, and its distance to the text."""
DATE_GAP_MM = 3.0
"""Distance of the date from the number: more than three spaces, so that they are not read as one."""

KEY_PT, KEY_GROUP = 7.0, 4
"""Size of the key, in the monospaced face, and how many of its letters are a group, as on bank cards."""
KEY_BASE_LINE_MM = 0.7
"""Distance of the key's base line from the margin: the descenders of 7 pt are 0.68 mm deep."""
KEY_HEIGHT_MM = 1.9
"""Height of the ascenders of 7 pt above the base line."""
KEY_WIDTH_MM = 20.8
"""Width of the key: twelve letters and two spaces, each 0.6 em wide."""
FOOT_GAP_MM = 2.0
"""Distance of the question from what is below it."""

OPTICAL_MIDDLE = 0.42
"""Share of the free height between head and foot that is above the question.

What is in the geometric middle looks as if it had sunk. Two lines of 20 pt on 3 × 5 inches have their
middle at 46 % of the card's height.
"""

STEP_COLUMN_EM = 1.29
"""Width of the column of step numbers: 5 mm at 11 pt, the size of answers on 3 × 5 inches.

In units of the type size, since two bold digits of 0.8 em take 1.0 em at any size.
"""
STEP_NUMBER_EM = 0.8
"""Size of a step's number, in bold: smaller than the bold words of the steps."""

CUES_PT, CUES_LEADING = 9.5, 1.27
"""Cues on the front: smaller than any question, and not smaller than the least of an answer, 9 pt."""
MAX_CUES_MM, MAX_CUES_SHARE = 18.0, 0.25
"""Height of the cues on a front, also as a share of the card's height, so that questions keep their size.

It is four lines on 3 × 5 inches, and three on business cards.
"""
CUES_GAP_MM = 4.0
"""Distance of the cues from the column of the key."""
CUES_RULE_GAP_MM = 2.0
"""Distance of the dotted rule from the cues below it."""
DOT_PT, DOT_PITCH_PT = 0.7, 2.0
"""Length of a dot of the dotted rule, and the distance of two."""

QR_MODULES, QR_MODULE_MM = 25, 0.42
"""A code of version 2 has 25 × 25 modules. One of 0.42 mm is ten dots of a printer of 600 dots an inch."""
QR_QUIET_MM = 4 * QR_MODULE_MM
"""Width of the quiet zone around a code: four modules (ISO/IEC 18004, 5.3.8)."""
MIN_QUESTION_MM = 15.0
"""Least height for the question above a code or cues: three lines of 12 pt."""
MIN_CUES_WIDTH_MM = 35.0
"""Least width of cues on a front: 20 characters of 9.5 pt, each 0.48 em wide."""
