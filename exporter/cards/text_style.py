"""The styles of text: the font face, raised, lowered or level, struck out or not, a formula or not."""

from __future__ import annotations

REGULAR, BOLD, ITALIC, BOLD_ITALIC, MONO, MONO_BOLD = range(6)
"""The basic styles, each with its font face."""
Style = int
"""A basic style, plus `RAISED` or `LOWERED`, plus `STRUCK`, plus `FORMULA`.

It is an index, for lookups in the inner loops.
"""

RAISED, LOWERED, STRUCK, FORMULA = 6, 12, 18, 36
"""What is added to a style for superscripts, for subscripts, for struck-out text and for formulas.

The text of a formula is a key of the document's `FormulaSet`.
"""

BOLD_STYLES = (BOLD, BOLD_ITALIC, MONO_BOLD)

ASCENT, DESCENT = 0.76, 0.29  # unmeasured
"""Space for letters above the first and below the last base line, as fractions of the type size."""

SHIFTED_SCALE, RISE, DROP = 0.68, 0.34, -0.09
"""Size of superscripts and subscripts, and how far each is raised, as fractions of the line's type size.

A subscript's descender does not go below that of the line: 0.09 + 0.68 × 0.29 < 0.29 (`DESCENT`).
"""

StyledText = tuple[str, Style]
"""Text in one style."""


def basic_style(style: Style) -> Style:
    """Return the basic style of a style, which decides the font face."""
    return style % RAISED


def with_face(style: Style, basic: Style) -> Style:
    """Return a style with another basic style, raised, lowered or struck out as before."""
    return style - basic_style(style) + basic


def is_shifted(style: Style) -> bool:
    """Return whether text of a style is raised or lowered."""
    return style % STRUCK >= RAISED


def is_struck(style: Style) -> bool:
    """Return whether text of a style is struck out."""
    return style % FORMULA >= STRUCK


def is_formula(style: Style) -> bool:
    """Return whether the text of a style is the key of a formula that is drawn."""
    return style >= FORMULA


def is_monospaced(style: Style) -> bool:
    """Return whether text of a style is in the monospaced face."""
    return basic_style(style) in (MONO, MONO_BOLD)


def scale_of(style: Style) -> float:
    """Return the size of text of a style, as a fraction of its line's type size."""
    return SHIFTED_SCALE if is_shifted(style) else 1.0


def rise_of(style: Style) -> float:
    """Return how far text of a style is above its base line, as a fraction of the line's type size."""
    return (0.0, RISE, DROP)[style % STRUCK // RAISED]
