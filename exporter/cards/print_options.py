"""How the sheets of a stock are printed: options for CUPS' `lp`, and words for a print dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from exporter.cards.stocks import A4, LETTER, Stock
from exporter.config.choices import PrintMode

SAME_SIZE_MM = 1.0
"""How much a paper's sides may differ from a sheet's: A6 is 105 × 148 mm, a quarter of A4 105 × 148.5."""

PAPERS: Mapping[str, tuple[float, float]] = {
    "A4": A4,
    "Letter": LETTER,
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "A7": (74.0, 105.0),
    "3x5": (76.2, 127.0),
    "4x6": (101.6, 152.4),
    "5x8": (127.0, 203.2),
}
"""Papers in portrait, in millimetres, by the names that CUPS has for them (`pwg-media.c` in CUPS 2.4)."""

SIDES: Mapping[PrintMode, str] = {
    PrintMode.LONG_EDGE: "two-sided-long-edge",
    PrintMode.SHORT_EDGE: "two-sided-short-edge",
}
"""Values of the option `sides` (RFC 8011); all other modes are `one-sided`.

They are about the edges of the paper. CUPS rotates landscape pages onto the paper by itself, both sides
in the same direction (read back from a queue of cups-filters 1.28.17: also at 100 %, and a larger page is
centred). `orientation-requested` is not set: libcupsfilters 2.2 would scale the pages then.
"""


class Part(Enum):
    """Which pages of a PDF are printed at once; fronts are the first half, backs the second."""

    ALL = "all"
    FRONTS = "fronts"
    BACKS = "backs"


def find_media(stock: Stock) -> str:
    """Return the value of the option `media` for a sheet, which is named in portrait.

    A bleed is no part of the paper: CUPS prints the middle of a page that is larger than its paper.
    """
    short, long = sorted(side - 2 * stock.bleed for side in stock.sheet)
    for name, (width, height) in PAPERS.items():
        if abs(width - short) <= SAME_SIZE_MM and abs(height - long) <= SAME_SIZE_MM:
            return name
    return f"Custom.{short:g}x{long:g}mm"


def describe_media(stock: Stock) -> str:
    """Return the paper of a stock in words: its name, or its sides in millimetres."""
    media = find_media(stock)
    if not media.startswith("Custom."):
        return media
    return media.removeprefix("Custom.").replace("x", " × ").replace("mm", " mm")


def lp_options(stock: Stock, mode: PrintMode, part: Part = Part.ALL, pages: int = 0) -> tuple[str, ...]:
    """Return the options with which `lp` prints a PDF at 100 %; `pages` are all those of the file."""
    options = (f"sides={SIDES.get(mode, 'one-sided')}", "print-scaling=none", f"media={find_media(stock)}")
    fronts = pages // 2
    match part:
        case Part.ALL:
            return options
        case Part.FRONTS:
            return (*options, f"page-ranges=1-{fronts}")
        case Part.BACKS:
            return (*options, f"page-ranges={fronts + 1}-{pages}")


def dialogue_choices(stock: Stock, mode: PrintMode) -> tuple[str, ...]:
    """Return what to choose in a print dialogue."""
    sides = {
        PrintMode.LONG_EDGE: "two-sided, flip on the long edge",
        PrintMode.SHORT_EDGE: "two-sided, flip on the short edge",
        PrintMode.FRONTS_BACKS: "one-sided: fronts; then, with the stack turned on its long edge, backs",
    }.get(mode, "one-sided")
    orientation = "landscape" if stock.is_landscape else "portrait"
    return (
        f"paper: {describe_media(stock)}, {orientation}",
        f"sides: {sides}",
        "scale: 100 % (“actual size”)",
    )
