"""The pieces of HTML: runs of blocks, headings, and where `details` and `summary` open and close."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exporter.model.questions import Block


class PieceKind(StrEnum):
    """The kind of a piece of HTML."""

    BLOCKS = "blocks"
    HEADING = "heading"
    DETAILS_START = "details start"
    DETAILS_END = "details end"
    SUMMARY_START = "summary start"
    SUMMARY_END = "summary end"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a piece of HTML; `line` is its first line, counted from 0, and `level` that of a heading."""

    kind: PieceKind
    line: int
    blocks: tuple[Block, ...] = ()
    level: int = 0
