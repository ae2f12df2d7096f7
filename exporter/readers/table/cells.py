"""Parse the cells of a table to blocks: as plain text or HTML, as declared or as the cell shows."""

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
from exporter.readers.markup.skipped_html import find_skipped_lines
from exporter.readers.markup.tags import TAG
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.skipped_content import report_skipped
from exporter.readers.table.anki_formulas import find_formulas, hide_formulas, mark_formulas, show_formulas

_SOUND = re.compile(r"\[sound:[^\]]{0,200}\]")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_LINE_END = re.compile(r"(?:<br\s*/?>[ \t]*)?\n", re.IGNORECASE)


class CellForm(Enum):
    """How the cells of a table are written, if the file declares it."""

    UNDECLARED = "undeclared"
    ENCODED = "encoded"
    """Not declared, but other cells are HTML: character references are decoded in all."""
    TEXT = "text"
    HTML = "html"


@dataclass(slots=True)
class CellReader:
    """Parses the cells of a table, and collects the row indices of what it skips or rewrites.

    Cells that are declared as HTML mark formulas as Anki does; with `anki`, plain text does, too.
    """

    anki: bool
    sounds: set[int] = field(default_factory=set)
    skipped_html: set[int] = field(default_factory=set)
    rewritten_latex: set[int] = field(default_factory=set)
    kept_latex: set[int] = field(default_factory=set)

    def parse(self, cell: str, form: CellForm, line: int) -> tuple[Block, ...]:
        """Return the blocks of a cell; `line` is the index (from 0) of its row's first line."""
        html = to_html(cell, form)
        if html is None:
            text = _decode_references(cell) if form is CellForm.ENCODED else cell
            return self._plain_blocks(text, line) if text else ()
        if "[sound:" in html and _SOUND.search(html):
            self.sounds.add(line)
            html = _SOUND.sub("", html)
        if form is CellForm.HTML and find_skipped_lines(html):
            self.skipped_html.update(range(line, line + 1 + html.count("\n")))
        if self.anki or form is CellForm.HTML:
            self._note_formulas(html, line, html=True)
            html = mark_formulas(html)
        return html_blocks(html)

    def parse_text(self, cell: str, form: CellForm, line: int) -> str:
        """Return the plain text of a cell."""
        return cell if to_html(cell, form) is None else plain_text(self.parse(cell, form, line))

    def _plain_blocks(self, text: str, line: int) -> tuple[Block, ...]:
        if not self.anki or ("\\" not in text and "[" not in text):
            return parse_blocks(text.split("\n"))
        self._note_formulas(text, line, html=False)
        text, hidden = hide_formulas(text)
        return show_formulas(parse_blocks(text.split("\n")), iter(hidden))

    def _note_formulas(self, text: str, line: int, html: bool) -> None:
        for formula in find_formulas(text, html):
            if formula.is_latex:
                (self.kept_latex if formula.math is None else self.rewritten_latex).add(line)

    def report(self, source: SourceText) -> list[Diagnostic]:
        """Return the diagnostics `html-skipped`, `latex-kept`, `latex-rewritten` and `sound-skipped`."""
        lines_by_code = {
            "sound-skipped": self.sounds,
            "html-skipped": self.skipped_html,
            "latex-rewritten": self.rewritten_latex,
            "latex-kept": self.kept_latex,
        }
        return [
            diagnostic
            for code, lines in lines_by_code.items()
            for diagnostic in report_skipped(source, code, [(line, line + 1) for line in lines])
        ]


def to_html(cell: str, form: CellForm) -> str | None:
    """Return a cell as HTML in which tags that are text are escaped; `None` if it is plain text."""
    if form is CellForm.HTML:
        return cell
    if form is CellForm.TEXT or "<" not in cell:
        return None
    markup = find_markup(cell)
    if not markup:
        return None
    html = quote_text_tags(cell, markup)
    if "\n" in html and not any(match["name"].lower() in BLOCK_TAGS for match in TAG.finditer(html)):
        html = _LINE_END.sub("<br>", html)
    return html


def is_html(cell: str) -> bool:
    """Return whether the content of a cell shows that it is HTML."""
    return _ENTITY.search(cell) is not None or to_html(cell, CellForm.UNDECLARED) is not None


def _decode_references(text: str) -> str:
    return _ENTITY.sub(lambda match: unescape(match[0]).replace("\u00a0", " "), text) if "&" in text else text
