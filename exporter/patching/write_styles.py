"""Styles of writing: how new text is escaped, and where new lines are put."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import product

from exporter.model import html
from exporter.model.questions import Text
from exporter.patching.field_lines import FieldLine, LineKind
from exporter.readers.plain.escaping import escape
from exporter.sheets.markdown.inline import render_cell, render_line


class SourceForm(Enum):
    """What the lines of a source are: text with or without markup, rows of cells, or such of HTML."""

    TEXT = auto()
    CELLS = auto()
    HTML_CELLS = auto()


class Markup(Enum):
    """How new text is written: as typed, or escaped as one of the forms; `…_LINES` write whole lines.

    Whole lines are tried last: the formatting that they have in the source is written again.
    """

    NONE = auto()
    PLAIN = auto()
    MARKDOWN_WORDS = auto()
    CELL_WORDS = auto()
    MARKDOWN_LINES = auto()
    HTML_WORDS = auto()
    HTML_LINES = auto()

    @property
    def is_html(self) -> bool:
        """Return whether text is written as HTML."""
        return self in (Markup.HTML_WORDS, Markup.HTML_LINES)

    @property
    def has_whole_lines(self) -> bool:
        """Return whether changed lines are written as a whole, with their formatting."""
        return self in (Markup.MARKDOWN_LINES, Markup.HTML_LINES)


class Insertion(Enum):
    """How a new line follows the one above.

    With its bullet or number, without, below a blank line, with the bullet or number of its list, or
    both; or in its cell: after a tag, as the next item of its list, or after a line end.
    """

    MARKED = auto()
    BARE = auto()
    PARAGRAPH = auto()
    LISTED = auto()
    LISTED_PARAGRAPH = auto()
    CELL_TAG = auto()
    CELL_ITEM = auto()
    CELL_LINE = auto()

    @property
    def is_listed(self) -> bool:
        """Return whether lines get the bullets, numbers and indentation of their lists."""
        return self in (Insertion.LISTED, Insertion.LISTED_PARAGRAPH)

    @property
    def has_gap(self) -> bool:
        """Return whether a blank line is above the new line."""
        return self in (Insertion.PARAGRAPH, Insertion.LISTED_PARAGRAPH)

    @property
    def is_in_cell(self) -> bool:
        """Return whether the line is written right behind the words of the one above."""
        return self in (Insertion.CELL_TAG, Insertion.CELL_ITEM, Insertion.CELL_LINE)


_MARKUPS = {
    SourceForm.TEXT: tuple(markup for markup in Markup if not markup.is_html),
    SourceForm.CELLS: (Markup.NONE, Markup.PLAIN, Markup.HTML_WORDS, Markup.HTML_LINES),
    SourceForm.HTML_CELLS: (Markup.HTML_WORDS, Markup.HTML_LINES),
}
_INSERTIONS = {
    SourceForm.TEXT: (
        Insertion.MARKED,
        Insertion.BARE,
        Insertion.PARAGRAPH,
        Insertion.LISTED,
        Insertion.LISTED_PARAGRAPH,
        Insertion.CELL_TAG,
        Insertion.CELL_LINE,
    ),
    SourceForm.CELLS: (Insertion.CELL_LINE, Insertion.CELL_TAG, Insertion.CELL_ITEM, Insertion.MARKED),
    SourceForm.HTML_CELLS: (Insertion.CELL_TAG, Insertion.CELL_ITEM, Insertion.CELL_LINE),
}


@dataclass(frozen=True, slots=True)
class WriteStyle:
    """A way of writing changes into a source."""

    markup: Markup
    insertion: Insertion

    def render(self, line: FieldLine) -> str:
        """Return a whole line as the source has to have it."""
        if self.markup is Markup.NONE or (line.kind is LineKind.CODE and not self.markup.is_html):
            return line.text
        if self.markup is Markup.PLAIN:
            return escape(line.text)
        spans = line.spans or (Text(line.text),)
        if self.markup.is_html:
            return html.render_line(spans, html.HtmlPolicy())
        is_cell = line.kind is LineKind.CELL or self.markup is Markup.CELL_WORDS
        return str(render_cell(spans) if is_cell else render_line(spans))

    def escape(self, text: str) -> str:
        """Return words within a line as the source has to have them."""
        words = text.strip()
        if not words or self.markup in (Markup.NONE, Markup.PLAIN):
            return text
        # blanks at the ends are within the line
        start = text.index(words)
        rendered = self.render(FieldLine(LineKind.TEXT, words))
        return text[:start] + rendered + text[start + len(words) :]


def write_styles(form: SourceForm = SourceForm.TEXT, is_words_only: bool = False) -> list[WriteStyle]:
    """Return the styles to be tried in order, those that change the least first.

    Markup is tried last whatever the format is: text files, tables and Org hold some, too. With
    `is_words_only` no line is written as a whole, which would lose the formatting that it has.
    """
    markups = (markup for markup in _MARKUPS[form] if not (is_words_only and markup.has_whole_lines))
    return [WriteStyle(markup, insertion) for markup, insertion in product(markups, _INSERTIONS[form])]
