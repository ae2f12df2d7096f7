"""The accent colour of the project: `color.accent`, made legible by day and by night."""

from __future__ import annotations

import re
from typing import NamedTuple

Rgb = tuple[float, float, float]
"""Red, green and blue of sRGB, from 0 to 1."""

DAY_GROUND: Rgb = (0xF1 / 255, 0xEF / 255, 0xE8 / 255)
NIGHT_GROUND: Rgb = (0x15 / 255, 0x18 / 255, 0x1F / 255)
"""The grounds on which the accent has the least contrast: of the page by day, of the card by night."""

MIN_CONTRAST = 4.5
"""Smallest contrast of text to its ground (WCAG 2.2, 1.4.3, level AA)."""

STEPS = 100
"""In how many steps a colour is mixed with black or white, until its contrast is sufficient."""

COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
"""A colour as in HTML: `#2f4fc4` or `#24c`."""

NIGHT_SELECTORS = ".card.nightMode, .card.night_mode, .nightMode .card, .night_mode .card"
"""The cards at night, as in `anki/style.css`."""


class Accent(NamedTuple):
    """The accent by day and by night, as in HTML."""

    day: str
    night: str


def find_accent(color: str) -> Accent | None:
    """Return the accent of a colour, darker by day and lighter by night if it must be; None for no colour."""
    if not color:
        return None
    rgb = parse_color(color)
    return Accent(
        _format(_mix_until_legible(rgb, DAY_GROUND, (0.0, 0.0, 0.0))),
        _format(_mix_until_legible(rgb, NIGHT_GROUND, (1.0, 1.0, 1.0))),
    )


def parse_color(color: str) -> Rgb:
    """Return the colour of a text that `COLOR` matches."""
    digits = color[1:] if len(color) > 4 else "".join(digit * 2 for digit in color[1:])
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def contrast(first: Rgb, second: Rgb) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def card_style(color: str) -> str:
    """Return the CSS that gives Anki's cards the accent; empty for no colour."""
    accent = find_accent(color)
    if accent is None:
        return ""
    return f".card {{ --accent: {accent.day}; }}\n{NIGHT_SELECTORS} {{ --accent: {accent.night}; }}\n"


def sheet_style(color: str) -> str:
    """Return the CSS that gives the cheat sheet the accent on screens; empty for no colour."""
    accent = find_accent(color)
    if accent is None:
        return ""
    return (
        f"@media screen {{ :root {{ --accent: {accent.day}; }} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {accent.night}; }} }}\n"
    )


def preview_style(color: str) -> str:
    """Return the CSS that gives the page of the preview the accent; empty for no colour."""
    accent = find_accent(color)
    if accent is None:
        return ""
    return f":root {{ --accent: {accent.day}; }}\n:root.night {{ --accent: {accent.night}; }}\n"


def _mix_until_legible(color: Rgb, ground: Rgb, end: Rgb) -> Rgb:
    for step in range(STEPS):
        share = step / STEPS
        red, green, blue = (a + (b - a) * share for a, b in zip(color, end, strict=True))
        if contrast((red, green, blue), ground) >= MIN_CONTRAST:
            return red, green, blue
    return end


def _luminance(color: Rgb) -> float:
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _format(color: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in color)
