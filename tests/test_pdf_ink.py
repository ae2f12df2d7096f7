"""All ink is pure black: laser printers print grey as a pattern of dots."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from exporter.cards.calibration import calibration_sheet
from exporter.config.choices import CutMarks, PrintMode
from exporter.exporters.sheet import export as export_sheet
from exporter.model.questions import ListBlock, Quote
from exporter.model.text import paragraph
from tests.pdf_decks import cards, deck, note, options

COLOUR = re.compile(r"(?<!\S)((?:[\d.-]+ )+)(?:g|G|rg|RG|k|K|sc|SC|scn|SCN)(?!\S)|/\w+ (?:cs|CS|gs|sh)\b")
RICH = (
    Quote((paragraph("said"),)),
    ListBlock(((paragraph("☐ open"),), (paragraph("plain"),))),
    ListBlock(((paragraph("one"),), (paragraph("two"),)), True, 1),
)


def colours(data: bytes) -> set[str]:
    """Return the operators that set a colour, on all pages, and what they are set to."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    streams = [page.get_contents().get_data().decode("latin-1") for page in pages]  # type: ignore[union-attr]
    return {
        match[0]
        for stream in streams
        for match in COLOUR.finditer(re.sub(r"\((?:\\.|[^)])*\)", "()", stream))
    }


@pytest.mark.parametrize("mode", list(PrintMode), ids=str)
def test_cards_and_marks_have_no_ink_but_black(mode: PrintMode) -> None:
    source = deck(note("Q?", "One step.\nAnother step."), note("R?", RICH, 2))
    for marks in CutMarks:
        data = cards(source, pdf_duplex=str(mode), pdf_marks=str(marks), pdf_content="both")
        assert colours(data) == {"0 g", "0 G"}


def test_sheets_have_no_ink_but_black() -> None:
    assert colours(calibration_sheet(options())) == {"0 g", "0 G"}
    _, file = export_sheet(deck(note("Q?", RICH)), options(), 0).files
    assert colours(file.data) == {"0 g", "0 G"}
