"""The structure of a side for screen readers: which element everything drawn belongs to."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Role(StrEnum):
    """The standard structure types of PDF 1.7 that cards and sheets use."""

    SECTION = "Sect"
    TITLE = "H1"
    CATEGORY = "H2"
    SUBHEADING = "H3"
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
    FIGURE = "Figure"
    FORMULA = "Formula"


class Tag(NamedTuple):
    """A structure element.

    `number` distinguishes it from others of its role in the same element. `alternative` is the text that
    is read instead of a picture or formula.
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


def number_marks(operators: str, first: int) -> str:
    """Return operators with the numbers of their marked-content sequences, which begin with `first`."""
    before, *parts = operators.split(MARK)
    return before + "".join(f"{number}{part}" for number, part in enumerate(parts, first))
