"""Character references of HTML (`&amp;`, `&#233;`), of any length."""

from __future__ import annotations

import html
import re

_LONG = re.compile("&#([0-9]{8,}|[xX][0-9a-fA-F]{7,});?")


def unescape(text: str) -> str:
    """Return a text with its character references replaced, as HTML 5 does."""
    return html.unescape(shorten_references(text)) if "&" in text else text


def shorten_references(text: str) -> str:
    """Return a text whose numeric references are short: Python refuses to read 4,300 digits as a number."""
    return _LONG.sub(_shortened, text) if "&#" in text else text


def _shortened(reference: re.Match[str]) -> str:
    base = "x" if reference[1][0] in "xX" else ""
    digits = reference[1].lstrip("xX").lstrip("0")
    return f"&#{base}{digits or 0};" if len(digits) < 8 else "&#xfffd;"  # beyond Unicode
