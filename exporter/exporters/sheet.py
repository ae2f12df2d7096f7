"""The exporter of the cheat sheet, as an HTML page and as a PDF."""

from __future__ import annotations

from exporter.config.settings import SettingError, Settings
from exporter.exporters import Export, ExportedFile
from exporter.model.deck import Deck
from exporter.model.diagnostics import error, pluralize
from exporter.sheets.html import render_page
from exporter.sheets.pdf import typeset_sheet
from exporter.sheets.sheet_setup import make_setup


def export(deck: Deck, settings: Settings, now: int) -> Export:
    """Return the sheet as `STEM-cheatsheet.html` and `STEM-cheatsheet.pdf`, which contain no date.

    Reports `pdf-setting`, characters without a glyph, and unreadable images.
    """
    try:
        setup = make_setup(settings)
        printed = typeset_sheet(deck, setup, settings)
    except SettingError as exc:
        return Export((), (error("pdf-setting", str(exc)),))
    count = pluralize(len(deck.notes), "question")
    pages = f"{count} on {pluralize(printed.pages, 'page')}, {printed.size:g} pt"
    html = render_page(deck, setup, settings).encode("utf-8", "replace")
    return Export(
        (
            ExportedFile(f"{deck.stem}-cheatsheet.html", html, f"{count}, a page for the browser"),
            ExportedFile(
                f"{deck.stem}-cheatsheet.pdf",
                printed.data,
                pages,
                {"pages": printed.pages, "size": printed.size, "paper": setup.paper.value},
            ),
        ),
        printed.diagnostics,
    )
