"""The short form of a deck's title, for the slug line at the top of a card."""

from __future__ import annotations

import re

MAX_TITLE_CHARS = 40
"""Maximum length; a longer title does not fit on one line of a phone or a business card."""


def shorten_title(title: str) -> str:
    """Shorten a long title to its last part, without parentheses at its end."""
    if len(title) <= MAX_TITLE_CHARS:
        return title
    without_parentheses = re.sub(r"\s*\([^()]*\)\s*$", "", title)
    return re.split(r"\s+[–—|:-]\s+|:\s+", without_parentheses)[-1].strip() or title
