"""The type sizes that a card may have: by the size of the card, and by `pdf.smallest` and `pdf.largest`."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt

from exporter.cards.card_figures import has_sides
from exporter.cards.copyfitting import SizeRange
from exporter.cards.size_search import QUARTERS_PER_POINT
from exporter.config.settings import SettingError, Settings

MIN_SETTING_PT, MAX_SETTING_PT = 6.0, 72.0
"""Range of `pdf.smallest` and `pdf.largest`.

The capitals of the built-in font are 0.67 em high, so those of 6 pt are 1.4 mm: 12 minutes of arc at
40 cm, less than the 16 that ISO 9241-303 requires at least, which 8 pt has. An inch is 72 pt.
"""

QUESTION_SIZES_PT: dict[tuple[float, float], tuple[float, float]] = {
    (85.0, 54.0): (15.5, 18.0),
    (127.0, 76.2): (19.0, 22.0),
    (148.5, 105.0): (22.5, 26.0),
    (152.4, 101.6): (22.5, 26.0),
}
"""Smallest and largest size of a stack's questions, by the sides of a card in millimetres.

At the largest size the 28 questions of the user's file, of 39 to 81 characters, take 2 to 4 lines in bold.
Capitals of 18 pt are 4.2 mm and those of 22 pt 5.2 mm high: 21 and 25 minutes of arc at 70 cm, the distance
of a card on a desk; ISO 9241-303 recommends 20 to 22.
"""
QUESTION_SIZE_FACTOR = 2.5
"""Largest question size of other cards, in points for the square root of the shorter side in millimetres.

It gives 18.4 pt for 54 mm, 21.8 for 76.2 and 25.6 for 105, so that no two similar cards differ much.
"""
QUESTION_RANGE = 0.86
"""Smallest size of a stack's questions as a fraction of the largest, as 19 of 22 pt."""
ANSWER_SHARE = 0.82
"""Largest size of an answer as a fraction of that of a question, as 18 of 22 pt."""

MIN_LINE_CHARS, CHAR_WIDTH_EM = 45, 0.45
"""Least characters of a broken line, and their average width.

The book typographer's measure is 45 to 75 characters a line (Bringhurst, The Elements of Typographic
Style, 2.1.2). Regular letters and spaces of the answers of the user's file are 0.448 em wide.
"""
MIN_WRAPPED_PT = 15.0
"""Size up to which lines may be broken whatever the number of their characters, on narrow cards.

An upright A6 card has 36 characters of 15 pt on a line; with 45, the answers of the user's 28 questions
would be 12 pt.
"""


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """The sizes of questions and answers on one card, in quarter points.

    `question_floor` is the least common size of a stack's questions; single ones may be smaller.
    """

    question: SizeRange
    question_floor: int
    answer: SizeRange


def find_size_limits(card: tuple[float, float], column_width: float, settings: Settings) -> SizeLimits:
    """Return the sizes that a card may have; `card` is in millimetres, `column_width` in points.

    Raise `SettingError` if `pdf.smallest` and `pdf.largest` are impossible.
    """
    smallest, largest = read_smallest(settings), settings.pdf.largest
    question_floor, question_ceiling = question_sizes(card)
    answer_ceiling = question_ceiling * ANSWER_SHARE
    if largest is not None:
        _check("largest", largest)
        if smallest > largest:
            raise SettingError(
                f"The smallest type size, {smallest:g} pt, is larger than the largest, {largest:g} pt; "
                "set `pdf.smallest` to at most `pdf.largest`."
            )
        question_ceiling = answer_ceiling = largest
    low = ceil(smallest * QUARTERS_PER_POINT)
    # a range that is less than a quarter point wide may have no quarter point in it
    question_high, answer_high = (
        max(low, floor(ceiling * QUARTERS_PER_POINT)) for ceiling in (question_ceiling, answer_ceiling)
    )
    wrapped = max(MIN_WRAPPED_PT, column_width / (MIN_LINE_CHARS * CHAR_WIDTH_EM))
    return SizeLimits(
        SizeRange(low, question_high),
        max(low, min(question_high, floor(question_floor * QUARTERS_PER_POINT))),
        SizeRange(low, answer_high, max(low, min(answer_high, floor(wrapped * QUARTERS_PER_POINT)))),
    )


def question_sizes(card: tuple[float, float]) -> tuple[float, float]:
    """Return the smallest and the largest size of a stack's questions in points; `card` is in millimetres."""
    for sides, sizes in QUESTION_SIZES_PT.items():
        if has_sides(card, sides):
            return sizes
    ceiling = round(QUESTION_SIZE_FACTOR * sqrt(min(card)) * 2) / 2
    return round(ceiling * QUESTION_RANGE * 2) / 2, ceiling


def read_smallest(settings: Settings) -> float:
    """Return the smallest type size in points; raise `SettingError` if it is out of range."""
    _check("smallest", settings.pdf.smallest)
    return settings.pdf.smallest


def _check(name: str, size: float) -> None:
    if not MIN_SETTING_PT <= size <= MAX_SETTING_PT:
        raise SettingError(
            f"A {name} type size of {size:g} pt is not possible; "
            f"set `pdf.{name}` to {MIN_SETTING_PT:g} to {MAX_SETTING_PT:g} points."
        )
