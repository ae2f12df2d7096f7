"""The calibration sheet on a printer that is off, and the corrections that follow from what is read."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from math import cos, dist, radians, sin

import pypdf
import pytest

from exporter.cards.calibration import calibration_sheet
from exporter.cards.calibration_scales import correct, find_scales
from exporter.cards.imposition import card_slots
from exporter.cards.printer_correction import PrinterCorrection
from exporter.cards.stock_choice import find_stock
from exporter.cards.stocks import STOCKS, Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import SettingError, Settings, with_values
from tests.pdf_decks import MM, options, read

MAX_LEFT_MM = 0.3
"""What may be left of a printer's drift after one calibration."""
KEYS = ("offset_x", "offset_y", "rotation")
SMALL: dict[str, str | float] = {"pdf_stock": "card-85x54"}
"""A sheet that is one business card."""

Point = tuple[float, float]
"""Millimetres from the upper left corner."""


@dataclass(frozen=True)
class Printer:
    """A printer that moves a page by millimetres, and turns it clockwise about its centre by degrees."""

    right: float
    down: float
    clockwise: float

    def on_paper(self, stock: Stock, point: Point) -> Point:
        """Where a point of a page is on the paper."""
        middle_x, middle_y = (side / 2 for side in stock.sheet)
        c, s = cos(radians(self.clockwise)), sin(radians(self.clockwise))
        x, y = point[0] - middle_x, point[1] - middle_y
        return middle_x + c * x - s * y + self.right, middle_y + s * x + c * y + self.down


EXACT = Printer(0, 0, 0)
OFF = Printer(2.7, -1.8, 0.45), Printer(-3.1, 2.2, -0.6)
"""How the front and the back of a sheet are off; a usual drift is 3 to 4 mm."""


@lru_cache(maxsize=8)
def sheet(settings: Settings) -> bytes:
    return calibration_sheet(settings)


def printed_lines(settings: Settings, side: int, printer: Printer) -> list[list[Point]]:
    """Return both ends of each line of a calibration sheet, where they are on the paper."""
    stock = find_stock(settings)
    page = pypdf.PdfReader(io.BytesIO(sheet(settings))).pages[side]
    content = page.get_contents().get_data().decode("latin-1")  # type: ignore[union-attr]
    number = r"(-?[\d.]+) "
    matrix = re.search(f"^{number * 6}cm$", content, re.MULTILINE)
    a, b, c, d, e, f = map(float, matrix.groups()) if matrix else (1, 0, 0, 1, 0, 0)
    return [
        [
            printer.on_paper(stock, ((a * x + c * y + e) / MM, stock.sheet[1] - (b * x + d * y + f) / MM))
            for x, y in pairwise(map(float, found))
        ][::2]
        for found in re.findall(f"^{number * 2}m {number * 2}l S$", content, re.MULTILINE)
    ]


def read_by_eye(settings: Settings, side: int, printer: Printer) -> list[float]:
    """Return what a person reads at the folds, to a tenth: the place between two marks, counted from 0."""
    stock, lines = find_stock(settings), printed_lines(settings, side, printer)
    readings = []
    for scale, axis in enumerate((0, 1, 1)):
        base, *marks = lines[scale * 42 : scale * 42 + 42]
        assert dist(*base) == pytest.approx(20, abs=0.02)
        fold = stock.sheet[axis] / 2
        for place, ((before, _), (after, _)) in enumerate(pairwise(marks)):
            if before[axis] <= fold < after[axis]:
                share = (fold - before[axis]) / (after[axis] - before[axis])
                readings.append(round((place + share) / 2, 1))
    return readings


def calibrated(settings: Settings, printers: tuple[Printer, ...] = OFF) -> Settings:
    """Return the settings after a sheet is printed and read, and what is read is applied."""
    values: dict[str, float] = {}
    for side, printer in enumerate(printers):
        keys = [f"back_{key}" if side else key for key in KEYS]
        current = PrinterCorrection(*(getattr(settings.pdf.printer, key) for key in keys))
        new = correct(current, find_stock(settings), read_by_eye(settings, side, printer))
        for key, value in zip(keys, (new.right, new.down, new.clockwise), strict=True):
            values[f"pdf.printer.{key}"] = value
    return with_values(settings, values)


def plain(settings: Settings) -> Settings:
    """Return settings without corrections."""
    keys = [f"pdf.printer.{back}{key}" for back in ("", "back_") for key in KEYS]
    return with_values(settings, dict.fromkeys(keys, 0.0))


def iter_left(settings: Settings, printers: tuple[Printer, ...] = OFF) -> Iterator[float]:
    """Yield how far each mark and each corner of a sheet is off, on both sides."""
    width, height = find_stock(settings).sheet
    for side, printer in enumerate(printers):
        wanted_lines = printed_lines(plain(settings), side, EXACT)
        lines = printed_lines(settings, side, printer)
        for ends, wanted_ends in zip(lines, wanted_lines, strict=True):
            yield from map(dist, ends, wanted_ends)
        keys = [f"back_{key}" if side else key for key in KEYS]
        moved = Printer(*(getattr(settings.pdf.printer, key) for key in keys))
        for corner in ((0, 0), (width, 0), (0, height), (width, height)):
            stock = find_stock(settings)
            yield dist(printer.on_paper(stock, moved.on_paper(stock, corner)), corner)


MODES = ("long-edge", "short-edge", "fronts-backs")
SHEETS: tuple[dict[str, str | float], ...] = ({}, {"pdf_stock": "c32011"})


@pytest.mark.parametrize(("values", "mode"), [*product(SHEETS, MODES), (SMALL, "long-edge")])
def test_one_sheet_corrects_a_printer(values: dict[str, str | float], mode: str) -> None:
    settings = options(pdf_duplex=mode, **values)
    assert max(iter_left(settings)) > 4
    once = calibrated(settings)
    assert max(iter_left(once)) < MAX_LEFT_MM
    # a second sheet, printed with the corrections of the first, does not spoil them
    assert max(iter_left(calibrated(once))) < MAX_LEFT_MM


@pytest.mark.parametrize(("values", "mode"), [*product(SHEETS, MODES)])
def test_backs_are_behind_their_fronts(values: dict[str, str | float], mode: str) -> None:
    settings = calibrated(options(pdf_duplex=mode, **values))
    stock, printer = find_stock(settings), settings.pdf.printer
    is_edge_vertical = (mode == "short-edge") == stock.is_landscape
    moves = (
        Printer(printer.offset_x, printer.offset_y, printer.rotation),
        Printer(printer.back_offset_x, printer.back_offset_y, printer.back_rotation),
    )
    for slots in card_slots(stock, PrintMode(mode)):
        centres = []
        for slot, moved, off in zip(slots, moves, OFF, strict=True):
            rect = slot.rect
            centre = rect.x + rect.width / 2, rect.y + rect.height / 2
            centres.append(off.on_paper(stock, moved.on_paper(stock, centre)))
        x, y = centres[1]
        turned = (stock.sheet[0] - x, y) if is_edge_vertical else (x, stock.sheet[1] - y)
        assert dist(centres[0], turned) < MAX_LEFT_MM


def test_readings_without_rounding_are_exact() -> None:
    chance = random.Random(1)
    for stock in STOCKS:
        printer = Printer(*(chance.uniform(-limit, limit) for limit in (4, 4, 2)))
        current = PrinterCorrection(*(chance.uniform(-limit, limit) for limit in (4, 4, 2)))
        new = correct(current, stock, exact_readings(stock, current, printer))
        moved = Printer(new.right, new.down, new.clockwise)
        for corner in ((0.0, 0.0), stock.sheet):
            assert dist(printer.on_paper(stock, moved.on_paper(stock, corner)), corner) < 1e-9


def exact_readings(stock: Stock, current: PrinterCorrection, printer: Printer) -> list[float]:
    """Return where the folds cross the base lines of the scales, found by halving."""
    moved = Printer(current.right, current.down, current.clockwise)
    readings = []
    for scale, axis in zip(find_scales(stock), (0, 1, 1), strict=True):
        low, high = -50.0, 50.0
        for _ in range(60):
            along = (low + high) / 2
            point = (scale.x, scale.y + along) if scale.is_vertical else (scale.x + along, scale.y)
            is_low = printer.on_paper(stock, moved.on_paper(stock, point))[axis] < stock.sheet[axis] / 2
            low, high = (along, high) if is_low else (low, along)
        readings.append(10 + low)
    return readings


def test_scales_are_numbered_and_10_is_at_the_fold() -> None:
    with read(calibration_sheet(options())) as pdf:
        front, back = pdf.pages
        for page, names in ((front, "ABC"), (back, "DEF")):
            words = page.extract_words()
            tens = [word for word in words if word["text"] == "10"]
            middles = [((word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2) for word in tens]
            assert [x for x, _ in middles[:1]] == pytest.approx([page.width / 2], abs=0.5)
            assert [y for _, y in middles[1:3]] == pytest.approx([page.height / 2] * 2, abs=1.5)
            assert sorted(word["text"] for word in words if word["bottom"] - word["top"] > 13) == list(names)
            assert {char["non_stroking_color"] for char in page.chars} <= {(0,), (0.0,), 0, None}
            assert min(char["size"] for char in page.chars) >= 8


@pytest.mark.parametrize(
    "stock", {stock.sheet: stock for stock in STOCKS}.values(), ids=lambda stock: stock.name
)
def test_a_sheet_keeps_its_distance_from_the_edge(stock: Stock) -> None:
    with read(calibration_sheet(options(pdf_stock=stock.name))) as pdf:
        for page in pdf.pages:
            for thing in (*page.lines, *page.chars):
                assert thing["x0"] >= 5 * MM and thing["x1"] <= page.width - 5 * MM
                assert thing["top"] >= 5 * MM and thing["bottom"] <= page.height - 5 * MM
            lengths = [line["width"] / MM for line in page.lines]
            assert max(lengths) == pytest.approx(100 if page.width > 110 * MM else 50, abs=0.01)


def test_the_texts_of_a_small_sheet_do_not_touch() -> None:
    with read(calibration_sheet(options(**SMALL))) as pdf:
        assert "calibrate --sheet" in pdf.pages[0].extract_text().replace("\n", " ")
        for page in pdf.pages:
            words = page.extract_words()
            for index, one in enumerate(words):
                for two in words[index + 1 :]:
                    apart = one["x1"] <= two["x0"] or two["x1"] <= one["x0"]
                    # lines of text are closer than the boxes of their letters
                    assert apart or abs(one["bottom"] - two["bottom"]) > 9, (one["text"], two["text"])


@pytest.mark.parametrize(("width", "height"), [(74, 105), (85, 54)])
def test_a_sheet_that_is_too_small_is_refused(width: float, height: float) -> None:
    values = {"stock": "custom", "custom.card_width": 60, "custom.card_height": 40, "custom.columns": 1}
    values |= {"custom.rows": 1, "custom.left": 0, "custom.top": 0}
    for smaller in (0, 1):
        size = (width - smaller, height) if width < height else (width, height - smaller)
        values |= {"custom.sheet_width": size[0], "custom.sheet_height": size[1]}
        settings = with_values(Settings(), {f"pdf.{key}": value for key, value in values.items()})
        if smaller:
            with pytest.raises(SettingError, match="too small for the calibration sheet"):
                calibration_sheet(settings)
        else:
            assert calibration_sheet(settings)


def test_a_sheet_says_what_it_was_printed_with() -> None:
    settings = options(pdf_printer__offset_x=1.5, pdf_printer__back_rotation=-0.25)
    with read(calibration_sheet(settings)) as pdf:
        front, back = (" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "Printed with 1.5 mm to the right, 0 mm down, 0° clockwise." in front
    assert "Printed with 0 mm to the right, 0 mm down, -0.25° clockwise." in back
    number = re.compile(r"Calibration sheet (\d{4})")
    with read(calibration_sheet(options())) as pdf:
        other = number.search(pdf.pages[0].extract_text())
    assert other and other[0] not in front
    assert number.findall(front) == number.findall(back)


def test_scales_are_clear_of_a_bleed() -> None:
    for key, bleed in (("card-85x54", 3.0), ("card-4x6", 5.0)):
        with read(calibration_sheet(options(pdf_stock=key, pdf_bleed=bleed))) as pdf:
            (page, _) = pdf.pages
            middle = f"{find_stock(options(pdf_stock=key)).sheet[0] / 2:g} mm from the left"
            assert key == "card-85x54" or middle in " ".join(page.extract_text().split())
            things = (*page.lines, *page.chars)
            assert min(thing["x0"] for thing in things) >= (5 + bleed) * MM
            assert page.height - max(thing["bottom"] for thing in things) >= (5 + bleed) * MM
    assert calibrated(options(pdf_stock="card-3x5")).pdf.printer.rotation == pytest.approx(-0.45, abs=0.07)


@pytest.mark.parametrize("mode", ["single", "fold"])
def test_a_sheet_for_one_side_has_no_back(mode: str) -> None:
    with read(calibration_sheet(options(pdf_duplex=mode))) as pdf:
        assert len(pdf.pages) == 1
        assert "--back" not in pdf.pages[0].extract_text()
