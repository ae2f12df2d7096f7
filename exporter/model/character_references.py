"""HTML character references (`&amp;`, `&#233;`) of any length."""

from __future__ import annotations

import html
import re

_LONG_REFERENCE = re.compile("&#([0-9]{8,}|[xX][0-9a-fA-F]{7,});?")


def unescape(text: str) -> str:
    """Replace the character references of a text, as HTML 5 defines."""
    return html.unescape(shorten_references(text)) if "&" in text else text


def shorten_references(text: str) -> str:
    """Shorten the numeric references of a text, since Python refuses to parse 4,300 digits as a number."""
    return _LONG_REFERENCE.sub(_shorten, text) if "&#" in text else text


def _shorten(reference: re.Match[str]) -> str:
    base = "x" if reference[1][0] in "xX" else ""
    digits = reference[1].lstrip("xX").lstrip("0")
    return f"&#{base}{digits or 0};" if len(digits) < 8 else "&#xfffd;"  # beyond Unicode
