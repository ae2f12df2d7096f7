"""The pieces of HTML: runs of blocks, headings, tables, definitions, the tags of `details` and `summary`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exporter.model.questions import Block


class PieceKind(StrEnum):
    """The kind of a piece of HTML."""

    BLOCKS = "blocks"
    HEADING = "heading"
    TABLE = "table"
    DEFINITIONS = "definitions"
    DETAILS_START = "details start"
    DETAILS_END = "details end"
    SUMMARY_START = "summary start"
    SUMMARY_END = "summary end"


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """A cell of a table; `columns` and `rows` are how many of them it spans."""

    blocks: tuple[Block, ...]
    is_header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """A row of a table; `line` counts from 0."""

    line: int
    cells: tuple[HtmlCell, ...]


@dataclass(frozen=True, slots=True)
class HtmlEntry:
    """A term of a definition list, or a meaning; `line` counts from 0."""

    line: int
    is_term: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a piece of HTML; `line` is its first line, counted from 0, and `level` that of a heading.

    `rows` are those of a table, and `entries` those of a definition list; their blocks are in `blocks`, too.
    """

    kind: PieceKind
    line: int
    blocks: tuple[Block, ...] = ()
    level: int = 0
    rows: tuple[HtmlRow, ...] = ()
    entries: tuple[HtmlEntry, ...] = ()
