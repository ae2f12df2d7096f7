"""Whether a file is Org though its name does not say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

MIN_HEADINGS = 2
"""Least number of headings with two stars or more in a file of Org whose name does not say so.

Measured on the corpus: no file of Markdown or plain text has one that does not end in stars, too.
"""

_HEADING = re.compile(r"\*{2,8} (?!.*\*\Z)\S")
_ORG_ONLY = re.compile(
    r"#\+(?:title|begin_\w+|filetags|startup|options|todo)\b|:PROPERTIES:\s*\Z", re.IGNORECASE
)
_MARKDOWN_ONLY = re.compile(r"#{1,6} \S|```|~~~|<details")


def is_org(lines: Sequence[str]) -> bool:
    """Return whether lines are Org by what only Org has: headings of stars, settings, drawers."""
    if any(_MARKDOWN_ONLY.match(line) for line in lines):
        return False
    headings = sum(_HEADING.match(line) is not None for line in lines)
    has_heading = headings > 0 or any(re.match(r"\* \S", line) for line in lines)
    return headings >= MIN_HEADINGS or (has_heading and any(_ORG_ONLY.match(line.lstrip()) for line in lines))
