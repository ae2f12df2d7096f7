"""HTML to blocks and spans: fields of spreadsheets and Anki, and HTML in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.model.character_references import shorten_references
from exporter.model.questions import Block
from exporter.model.text import plain_text
from exporter.readers.html.block_stack import read_cell_line
from exporter.readers.html.fragments import EMBEDDED, split_html
from exporter.readers.html.piece import HtmlCell, HtmlEntry, HtmlRow, Piece, PieceKind
from exporter.readers.html.tag_names import KNOWN_TAGS
from exporter.readers.html.tree_reader import read_fragment

__all__ = [
    "EMBEDDED",
    "KNOWN_TAGS",
    "HtmlCell",
    "HtmlEntry",
    "HtmlRow",
    "Piece",
    "PieceKind",
    "html_blocks",
    "html_text",
    "parse_html",
    "read_cell_line",
]


def html_blocks(html: str, embedded: Iterable[tuple[Block, ...]] | None = None) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML; `embedded` as in `parse_html`."""
    return tuple(block for piece in parse_html(html, embedded) for block in piece.blocks)


def html_text(html: str) -> str:
    """Return the plain text of a piece of HTML, such as a field of a note in Anki."""
    return plain_text(html_blocks(html)).replace("\xa0", " ")


def parse_html(html: str, embedded: Iterable[tuple[Block, ...]] | None = None) -> list[Piece]:
    """Return the blocks of a piece of HTML, divided where `details` and `summary` open and close.

    Markdown leaves `details` open over several blocks of HTML, so that no tree holds all of it. `embedded`
    are the blocks of Markdown in the HTML, one after another for each `EMBEDDED` in it.
    """
    pieces: list[Piece] = []
    remaining = None if embedded is None else iter(embedded)
    for fragment in split_html(shorten_references(html)):
        if fragment.boundary is not None:
            pieces.append(Piece(fragment.boundary, fragment.line))
        elif fragment.html.strip(" \t\n\r\f"):
            pieces += read_fragment(fragment.html, fragment.line, remaining)
    return pieces
