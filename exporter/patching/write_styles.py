"""Styles of writing: how new text is escaped, and where new lines are put."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import product

from exporter.model.questions import Text
from exporter.patching.field_lines import FieldLine, LineKind
from exporter.readers.plain.escaping import escape
from exporter.sheets.markdown.inline import render_cell, render_line


class Markup(Enum):
    """How new text is written: as typed, escaped as plain text or as Markdown, or lines as Markdown."""

    NONE = auto()
    PLAIN = auto()
    MARKDOWN_WORDS = auto()
    MARKDOWN_LINES = auto()


class Insertion(Enum):
    """How a new line follows the one above.

    With its bullet or number, without, below a blank line, or in its cell: after a tag or a line end.
    """

    MARKED = auto()
    BARE = auto()
    PARAGRAPH = auto()
    CELL_TAG = auto()
    CELL_LINE = auto()


@dataclass(frozen=True, slots=True)
class WriteStyle:
    """A way of writing changes into a source."""

    markup: Markup
    insertion: Insertion

    def render(self, line: FieldLine) -> str:
        """Return a whole line as the source has to have it."""
        if self.markup is Markup.NONE or line.kind is LineKind.CODE:
            return line.text
        if self.markup is Markup.PLAIN:
            return escape(line.text)
        spans = line.spans or (Text(line.text),)
        return str(render_cell(spans) if line.kind is LineKind.CELL else render_line(spans))

    def escape(self, text: str) -> str:
        """Return words within a line as the source has to have them."""
        if self.markup is Markup.MARKDOWN_WORDS and text.strip():
            return str(render_line((Text(text),)))
        return text


def write_styles() -> list[WriteStyle]:
    """Return the styles to be tried in order, those that change the least first.

    Markup is tried last whatever the format is: text files, tables and Org hold some, too.
    """
    return [WriteStyle(markup, insertion) for markup, insertion in product(Markup, Insertion)]
