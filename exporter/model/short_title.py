"""The short form of a deck's title, for the small line at the top of a card."""

from __future__ import annotations

import re

MAX_TITLE_CHARS = 40
"""A longer title is shortened: more does not fit on one line of a phone or a business card."""


def running_title(title: str) -> str:
    """Return a title short enough for the small line: its last part, without a final parenthesis."""
    if len(title) <= MAX_TITLE_CHARS:
        return title
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", title)
    return re.split(r"\s+[–—|:-]\s+|:\s+", bare)[-1].strip() or title
