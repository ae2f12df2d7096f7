"""The structure of a side for screen readers: which element everything drawn belongs to."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Role(StrEnum):
    """The standard structure types of PDF 1.7 that cards and sheets use."""

    SECTION = "Sect"
    HEADING_1 = "H1"
    HEADING_2 = "H2"
    HEADING_3 = "H3"
    PARAGRAPH = "P"
    LIST = "L"
    ORDERED_LIST = "OL"
    """A list whose labels are numbers; written as `L` with an attribute."""
    ITEM = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    CODE = "Code"
    QUOTE = "BlockQuote"
    TABLE = "Table"
    ROW = "TR"
    HEADER_CELL = "TH"
    CELL = "TD"
    SPAN = "Span"
    FIGURE = "Figure"
    FORMULA = "Formula"
    EMPTY = ""
    """No element: what ends the tags of an element that has nothing in it, such as an empty cell."""


class Tag(NamedTuple):
    """A structure element.

    `number` distinguishes it from others of its role in the same element. `alternative` is the text that
    is read instead of a picture, a formula, a box or letters that are not in reading order.
    """

    role: Role
    number: int = 0
    alternative: str = ""


MARK = "\x80"
"""Placeholder of the number of a marked-content sequence; the page renderer replaces it.

Operators never have it otherwise: codes beyond ASCII are escaped.
"""

Tags = tuple[Tag, ...]
"""The elements that something drawn is in, from the outermost; empty for an artefact, such as a rule."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points; the origin is at the lower left."""

PARAGRAPH: Tags = (Tag(Role.PARAGRAPH),)
REPEATED_QUESTION: Tags = (Tag(Role.HEADING_2),)
"""The question above an answer, which is already the heading of the front."""
EMPTY = Tag(Role.EMPTY)
LEVELS = {Role.HEADING_1: 1, Role.HEADING_2: 2, Role.HEADING_3: 3}
CELLS = Role.HEADER_CELL, Role.CELL
_BODY, _LABEL = Tag(Role.BODY), Tag(Role.LABEL)


def item_tags(tags: Tags, item: int) -> Tags:
    """Return the tags of the text of a list's item, from 0; `tags` are those of the list."""
    return (*tags, Tag(Role.ITEM, item), _BODY)


@lru_cache(maxsize=128)
def step_tags(number: int) -> Tags:
    """Return the tags of the text of a step, from 0, of an answer that has only steps."""
    return item_tags((Tag(Role.ORDERED_LIST),), number)


@lru_cache(maxsize=128)
def label_tags(tags: Tags) -> Tags:
    """Return the tags of the label before a text: those of its list item's label, or its own."""
    for depth in range(len(tags) - 1, -1, -1):
        if tags[depth].role is Role.ITEM:
            return (*tags[: depth + 1], _LABEL)
    return tags


def number_marks(content: str) -> str:
    """Return the content of a page with its marked-content sequences numbered from 0."""
    texts = content.split(MARK)
    parts = [""] * (2 * len(texts) - 1)
    parts[::2] = texts
    parts[1::2] = map(str, range(len(texts) - 1))
    return "".join(parts)
