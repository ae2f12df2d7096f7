"""Calibration, printer corrections, the usage of stocks, and the texts of the document."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import Any

import pypdf
import pytest

from exporter.cards.calibration import calibration_sheet
from exporter.cards.card_foot import group_key
from exporter.cards.printer_correction import PrinterCorrection
from exporter.cards.stock_usage import measure_usage
from exporter.cards.stocks import BY_NAME, STOCKS, Stock
from exporter.exporters.pdf import export
from tests.pdf_decks import MM, cards, deck, note, options, read, seed


def moved(correction: PrinterCorrection, x: float, y: float) -> tuple[float, float]:
    """Where a correction takes a point of an A4 page, in millimetres from its top left corner."""
    operator = correction.operator(BY_NAME["a4-3x5-portrait"])
    a, b, c, d, e, f = map(float, operator.split()[:6])
    x, y = x * MM, (297 - y) * MM
    return (a * x + c * y + e) / MM, 297 - (b * x + d * y + f) / MM


def test_correction_shifts_and_rotates_clockwise_about_centre() -> None:
    assert moved(PrinterCorrection(right=2, down=3), 50, 60) == pytest.approx((52, 63), abs=1e-3)
    assert moved(PrinterCorrection(clockwise=1), 105, 148.5) == pytest.approx((105, 148.5), abs=1e-3)
    right = moved(PrinterCorrection(clockwise=1), 205, 148.5)
    assert right[1] - 148.5 == pytest.approx(100 * 0.017452, abs=1e-3)
    assert PrinterCorrection().operator(BY_NAME["a4-a6"]) == ""


def first_line(data: bytes, page: int) -> tuple[float, float]:
    with read(data) as pdf:
        line = pdf.pages[page].lines[0]
        return line["x0"] / MM, line["top"] / MM


def test_correction_moves_marks_and_cards_of_its_side() -> None:
    source = deck(note("Q?", "A.\nB."))
    plain = cards(source)
    front = cards(source, pdf_printer__offset_x=2, pdf_printer__offset_y=-1)
    back = cards(source, pdf_printer__back_offset_x=-3)
    for page, right, down in ((0, 2, -1), (1, 0, 0)):
        x, y = first_line(plain, page)
        assert first_line(front, page) == pytest.approx((x + right, y + down), abs=0.01)
    x, y = first_line(plain, 1)
    assert first_line(back, 1) == pytest.approx((x - 3, y), abs=0.01)
    with read(plain) as before, read(front) as after:
        for char, moved_char in zip(before.pages[0].chars, after.pages[0].chars, strict=True):
            assert moved_char["x0"] - char["x0"] == pytest.approx(2 * MM, abs=0.01)


def test_calibration_sheet_uses_the_set_corrections() -> None:
    x, y = first_line(calibration_sheet(options()), 0)
    assert first_line(calibration_sheet(options(pdf_printer__offset_x=1.5)), 0) == pytest.approx(
        (x + 1.5, y), abs=0.01
    )


def test_the_survey_says_what_each_stock_takes() -> None:
    usages = {usage.stock.name: usage for usage in measure_usage([seed()], options())}
    assert usages["a4-3x5"].sheets == 7
    assert usages["a4-3x5"].per_sheet == 4
    assert usages["avery-5389"].sheets == 14
    assert usages["a4-a6"].min_size > usages["a4-3x5"].min_size > 9
    for stock in STOCKS:
        (file,) = export(seed(), options(pdf_stock=stock.name), 0).files
        details = file.details
        assert (details["cards"], details["sheets"]) == (usages[stock.name].cards, usages[stock.name].sheets)
    assert measure_usage([seed()], options(pdf_start_slot=2))[0].sheets == 8


def test_what_a_file_holds_is_ready_for_json() -> None:
    long = "\n".join(f"Line {at} of an answer that goes on and on." for at in range(50))
    exported = export(deck(note("Q?", "A.", 1), note("Long?", long, 2)), options(pdf_content="answer"), 0)
    (file,) = exported.files
    details = json.loads(json.dumps(dict(file.details)))
    assert details["continued"] == [{"key": "k00000000002", "number": 2, "cards": details["cards"] - 1}]
    assert (details["largest"], details["question_size"], details["answer_size"]) == (22, 22, 11.75)
    assert details["smallest"] == 11.75
    assert [diagnostic.code for diagnostic in exported.diagnostics] == ["card-continued"]
    assert exported.diagnostics[0].span is not None
    assert file.summary.endswith(", 1 continued; flip on the long edge")


@pytest.mark.parametrize(
    "wrong",
    [
        {"pdf_start_slot": 5},
        {"pdf_start_slot": 1.5},
        {"pdf_font": "/no/such.ttf"},
    ],
)
def test_invalid_print_setting_is_an_error(wrong: dict[str, str | float]) -> None:
    exported = export(deck(note("Q?", "A.")), options(**wrong), 0)
    assert exported.files == ()
    assert [diagnostic.code for diagnostic in exported.diagnostics] == ["pdf-setting"]


def test_the_document_says_what_it_is_and_how_it_is_printed() -> None:
    source = deck(
        note("One?", "A.", 1, category="Début"),
        note("Two (2)?", "A.", 2, category="Début"),
        note("Three?", "A.", 3),
        title="Fragen für „Python“",
    )
    data = cards(source)
    assert data.startswith(b"%PDF-1.7")
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata is not None and reader.metadata.title == "Fragen für „Python“"
    assert "20231114" in str(reader.metadata.get("/CreationDate"))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert root["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipLongEdge"
    assert reader.page_labels == ["1 front", "1 back"]
    start, others = reader.outline[0], reader.outline[1]
    assert start["/Title"] == "Début"  # type: ignore[call-overload,index]
    assert [entry["/Title"] for entry in others] == ["1. One?", "2. Two (2)?"]  # type: ignore[union-attr]
    assert reader.outline[2]["/Title"] == "Other questions"  # type: ignore[call-overload,index]
    assert all(reader.get_destination_page_number(entry) == 0 for entry in others)  # type: ignore[union-attr,arg-type]


def test_a_sheet_says_how_it_is_flipped() -> None:
    source = deck(note("Q?", "A."))
    for mode, words in (
        ("long-edge", "flip on the long edge"),
        ("short-edge", "flip on the short edge"),
        ("fold", "fold between question and answer"),
        ("fronts-backs", "then backs"),
    ):
        with read(cards(source, pdf_duplex=mode)) as pdf:
            assert words in pdf.pages[0].extract_text()
            assert "sheet 1 of 1" in pdf.pages[0].extract_text()


def lines_outside(page: Any, stock: Stock) -> list[dict[str, Any]]:
    """Return the lines of a page that are on no card and not of the scale bar: marks and guides."""
    lowest = max(rect.y + rect.height for rect in stock.rects) + 0.1

    def is_on_card(line: dict[str, Any]) -> bool:
        x, y = ((line[one] + line[other]) / 2 / MM for one, other in (("x0", "x1"), ("top", "bottom")))
        return any(
            rect.x + 1 < x < rect.x + rect.width - 1 and rect.y + 1 < y < rect.y + rect.height - 1
            for rect in stock.rects
        )

    def is_of_bar(line: dict[str, Any]) -> bool:
        length = round(max(line["width"], line["height"]) / MM, 1)
        return line["top"] / MM > lowest and length in (2, 100)

    return [line for line in page.lines if not (is_on_card(line) or is_of_bar(line))]


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_marks_avoid_the_edge_and_perforated_stock(stock: Stock) -> None:
    source = deck(*(note(f"Q{number}?", "A.", number) for number in range(1, 12)))
    is_cut = not (stock.is_perforated or stock.is_one_card)
    with read(cards(source, pdf_stock=stock.name)) as pdf:
        for page in pdf.pages[:2]:
            lines = lines_outside(page, stock)
            assert bool(lines) == is_cut or page.page_number == 2
            for line in lines:
                assert line["linewidth"] == 0.5
                assert line["stroking_color"] in ((0,), 0)
                assert line["x0"] >= 4.9 * MM and line["x1"] <= page.width - 4.9 * MM
                assert line["top"] >= 4.9 * MM and line["bottom"] <= page.height - 4.9 * MM
    with read(cards(source, pdf_stock=stock.name, pdf_marks="none")) as pdf:
        assert not lines_outside(pdf.pages[0], stock)


def test_crop_marks_are_3_mm_off_and_6_mm_long() -> None:
    stock = BY_NAME["a4-3x5"]
    with read(cards(deck(note("Q?", "A.")), pdf_marks="crop")) as pdf:
        lines = lines_outside(pdf.pages[0], stock)
    ends = {tuple(round(line[side] / MM, 1) for side in ("x0", "top", "x1", "bottom")) for line in lines}
    xs, ys = (21.5, 148.5, 275.5), (28.8, 105.0, 181.2)
    assert ends == {
        *((x, y, x, y + 6) for x in xs for y in (28.8 - 9, round(181.2 + 3, 1))),
        *((x, y, x + 6, y) for y in ys for x in (21.5 - 9, 275.5 + 3)),
    }


def test_bytes_are_the_same_under_another_hash_seed() -> None:
    program = (
        "import hashlib, sys; from tests.pdf_decks import cards, seed; "
        "sys.stdout.write(hashlib.sha256(cards(seed())).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": value},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for value in ("1", "2")
    }
    assert len(digests) == 1


def test_a_deck_with_fewer_notes_prints_just_those_the_same_way() -> None:
    source = seed()
    part = deck(*source.notes[4:6], title=source.title)
    with read(cards(part, pdf_start_slot=3)) as pdf:
        text = pdf.pages[0].extract_text()
    assert "5" in text and "6" in text
    keys = [group_key(source.notes[index].key) for index in (4, 0)]
    assert keys[0] in text and keys[1] not in text
