from __future__ import annotations

import io

import pypdf

from exporter.exporters.pdf import export
from tests.pdf_decks import cards, deck, note, options, read, seed


def text_of(data: bytes) -> str:
    with read(data) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_the_seed_gives_two_pages_for_each_four_questions() -> None:
    (file,) = export(seed(), options(), 0).files
    assert file.name == "notes-cards.pdf"
    assert file.summary.startswith("28 cards on 14 pages, ")
    with read(file.data) as pdf:
        assert len(pdf.pages) == 14


def test_all_questions_and_answer_lines_are_searchable() -> None:
    source = seed()
    # flipped on the short edge nothing is upside down, and text comes out in its order
    text = " ".join(text_of(cards(source, pdf_duplex="short-edge")).split())
    for entry in source.notes:
        for block in (*entry.question.question, *entry.question.answer):
            for line in block.lines:  # type: ignore[union-attr]
                for word in line[0].text.split():
                    assert word in text


def test_all_fonts_are_embedded() -> None:
    reader = pypdf.PdfReader(io.BytesIO(cards(seed())))
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert fonts
    for font in fonts.values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"], font


def test_the_bytes_do_not_depend_on_the_clock() -> None:
    source = seed()
    first, second = (export(source, options(), now).files[0].data for now in (1, 2_000_000_000))
    assert first == second


def test_an_empty_deck_gives_a_file_without_a_fault() -> None:
    assert export(deck(), options(), 0).diagnostics == ()


def test_an_unknown_stock_is_an_error_that_names_those_there_are() -> None:
    exported = export(deck(note("Q?", "A.")), options(pdf_stock="a4-9x9"), 0)
    assert exported.files == ()
    assert [diagnostic.code for diagnostic in exported.diagnostics] == ["pdf-setting"]
    assert "a4-3x5" in exported.diagnostics[0].message
