"""The style of words: what a style sheet says of classes, and which spans a style makes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.readers.markup.inline_tags import iter_span_kinds
from exporter.readers.span_builder import SpanKind

_RULE = re.compile(r"([^{}]{1,4000})\{([^{}]{0,20000})\}")
_CLASS = re.compile(r"\s*(?:[a-z]+[0-9]?)?\.([\w-]+)\s*")
_USED = re.compile(
    r"font-(?:weight|style|family)\s*:[^;]*|text-decoration[\w-]*\s*:[^;]*|vertical-align\s*:[^;]*"
)
_WEIGHT = re.compile(r"font-weight\s*:\s*([\w.]+)")
_SLANT = re.compile(r"font-style\s*:\s*(\w+)")
_FAMILY = re.compile(r"font-family\s*:\s*([^;]*)")
_MONOSPACED = re.compile(r"mono|courier|consolas|menlo|monaco|source code|inconsolata")

MIN_BOLD_WEIGHT = 600
"""The least weight of a bold face (CSS Fonts: 600 is semi-bold, 700 bold)."""


def parse_rules(sheet: str) -> dict[str, str]:
    """Return the declarations that matter for spans, by the class that alone selects them."""
    rules: dict[str, str] = {}
    for selectors, body in _RULE.findall(sheet.lower()):
        if declarations := ";".join(_USED.findall(body)):
            for selector in selectors.split(","):
                if match := _CLASS.fullmatch(selector):
                    rules[match[1]] = ";".join(filter(None, (rules.get(match[1]), declarations)))
    return rules


def iter_style_kinds(name: str, style: str, href: str) -> Iterator[SpanKind]:
    """Yield the kinds of span that an element makes by its name and its style.

    A weight or slant that the style sets outweighs that of the name, as in `<b style="font-weight:normal">`.
    """
    weight, slant = _last(_WEIGHT, style), _last(_SLANT, style)
    for kind in iter_span_kinds(name, {"style": style, "href": href}):
        if (kind is SpanKind.STRONG and weight) or (kind is SpanKind.EMPHASIS and slant):
            continue
        yield kind
    if weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:4]) >= MIN_BOLD_WEIGHT):
        yield SpanKind.STRONG
    if slant in ("italic", "oblique"):
        yield SpanKind.EMPHASIS
    if name in ("span", "font") and is_monospaced(read_font_family(style)):
        yield SpanKind.CODE


def is_monospaced(family: str) -> bool:
    """Return whether a font family is monospaced."""
    return _MONOSPACED.search(family.lower()) is not None


def read_font_family(style: str) -> str:
    """Return the font family that a style sets, or an empty string."""
    return _last(_FAMILY, style).strip()


def _last(pattern: re.Pattern[str], style: str) -> str:
    """Return the last value that a style sets, which is the one in effect."""
    return next(iter(reversed(pattern.findall(style))), "")
