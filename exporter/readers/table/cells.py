"""Cells of a table to blocks: as plain text, as HTML, or as what the cell itself shows that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from html import unescape

from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import Block
from exporter.model.text import plain_text
from exporter.readers import SourceText
from exporter.readers.html import html_blocks
from exporter.readers.markup.detection import BLOCK_TAGS, find_markup, quote_text_tags
from exporter.readers.markup.skipped_html import unread_lines
from exporter.readers.markup.tags import TAG
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.skipped_content import report_skipped
from exporter.readers.table.anki_formulas import find_formulas, hide_formulas, mark_formulas, show_formulas

_MEDIA = re.compile(r"\[sound:[^\]]{0,200}\]")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_LINE_END = re.compile(r"(?:<br\s*/?>[ \t]*)?\n", re.IGNORECASE)


class CellForm(Enum):
    """How the cells of a table are written, as far as the file says it."""

    UNDECLARED = "undeclared"
    ENCODED = "encoded"
    """Nothing declares it, but other cells are HTML: entities stand for characters in all."""
    TEXT = "text"
    HTML = "html"


@dataclass(slots=True)
class CellReader:
    """Reads the cells of a table; what it does not keep as it is written is noted with its line.

    What is declared as HTML marks its formulas as Anki does; with `anki`, its plain text does, too.
    """

    anki: bool
    sounds: set[int] = field(default_factory=set)
    unread: set[int] = field(default_factory=set)
    rewritten: set[int] = field(default_factory=set)
    latex: set[int] = field(default_factory=set)

    def blocks(self, cell: str, form: CellForm, line: int) -> tuple[Block, ...]:
        """Return the blocks of a cell; `line` is the index of its row's first line."""
        html = as_html(cell, form)
        if html is None:
            text = _decoded(cell) if form is CellForm.ENCODED else cell
            return self._plain_blocks(text, line) if text else ()
        if "[sound:" in html and _MEDIA.search(html):
            self.sounds.add(line)
            html = _MEDIA.sub("", html)
        if form is CellForm.HTML and unread_lines(html):
            self.unread.update(range(line, line + 1 + html.count("\n")))
        if self.anki or form is CellForm.HTML:
            self._note_formulas(html, line, html=True)
            html = mark_formulas(html)
        return html_blocks(html)

    def text(self, cell: str, form: CellForm, line: int) -> str:
        """Return the words of a cell."""
        return cell if as_html(cell, form) is None else plain_text(self.blocks(cell, form, line))

    def _plain_blocks(self, text: str, line: int) -> tuple[Block, ...]:
        if not self.anki or ("\\" not in text and "[" not in text):
            return parse_blocks(text.split("\n"))
        self._note_formulas(text, line, html=False)
        text, hidden = hide_formulas(text)
        return show_formulas(parse_blocks(text.split("\n")), iter(hidden))

    def _note_formulas(self, text: str, line: int, html: bool) -> None:
        for formula in find_formulas(text, html):
            if formula.is_latex:
                (self.latex if formula.math is None else self.rewritten).add(line)

    def diagnostics(self, source: SourceText) -> list[Diagnostic]:
        """Return what was noted: `html-skipped`, `latex-kept`, `latex-rewritten` and `sound-skipped`."""
        noted = {
            "sound-skipped": self.sounds,
            "html-skipped": self.unread,
            "latex-rewritten": self.rewritten,
            "latex-kept": self.latex,
        }
        return [
            diagnostic
            for code, lines in noted.items()
            for diagnostic in report_skipped(source, code, [(line, line + 1) for line in lines])
        ]


def as_html(cell: str, form: CellForm) -> str | None:
    """Return a cell as HTML, in which what is no markup is escaped; nothing where the cell is plain text."""
    if form is CellForm.HTML:
        return cell
    if form is CellForm.TEXT or "<" not in cell:
        return None
    markup = find_markup(cell)
    if not markup:
        return None
    html = quote_text_tags(cell, markup)
    if "\n" in html and not any(found["name"].lower() in BLOCK_TAGS for found in TAG.finditer(html)):
        html = _LINE_END.sub("<br>", html)
    return html


def is_encoded(cell: str) -> bool:
    """Return whether a cell is HTML by what is in it."""
    return _ENTITY.search(cell) is not None or as_html(cell, CellForm.UNDECLARED) is not None


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda found: unescape(found[0]).replace("\u00a0", " "), text) if "&" in text else text
