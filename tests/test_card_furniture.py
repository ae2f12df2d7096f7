"""What is on a card beside its text: swatches, totals, dates, QR codes and cues on the front."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pypdfium2
import pytest
import segno
from PIL import Image, ImageChops, ImageStat

from exporter.anki.note_type import build_key_query
from exporter.cards.card_furniture import card_furniture, find_total, format_date
from exporter.cards.category_swatch import SWATCHES, assign_swatches
from exporter.cards.font_set import Fonts
from exporter.cards.one_line import truncate
from exporter.cards.qr_code import build_search
from exporter.cards.svg import cards_svg
from exporter.config.words import ENGLISH, find_words
from exporter.exporters.pdf import export
from exporter.model.deck import Deck, Note
from exporter.model.questions import Math, Text
from tests.pdf_decks import MM, cards, deck, note, options, read, without_spaces

DPI = 600
CARD = {"pdf_stock": "card-3x5", "pdf_duplex": "short-edge"}


def categorized(count: int) -> Deck:
    return deck(*(note("Q?", "A.", n, category=f"Part {n}") for n in range(1, count + 1)))


def drawn_swatches(count: int) -> list[Image.Image]:
    """Return the swatches of the first categories, as a printer of 600 dpi without grey prints them."""
    pictures = []
    with pypdfium2.PdfDocument(cards(categorized(count), **CARD)) as document:
        for page in range(0, 2 * count, 2):
            picture = document[page].render(scale=DPI / 72).to_pil().convert("1", dither=Image.Dither.NONE)
            box = [round(length / 25.4 * DPI) for length in (6.0, 6.4, 9.0, 9.4)]
            pictures.append(picture.crop((box[0], box[1], box[2], box[3])))
    return pictures


def test_eight_swatches_differ_without_any_grey() -> None:
    *pictures, ninth = drawn_swatches(9)
    assert len(pictures) == len(SWATCHES) == 8
    assert ImageChops.difference(ninth.convert("L"), pictures[0].convert("L")).getbbox() is None
    for one, other in combinations(pictures, 2):
        # at least a sixth of the square is white on one and black on the other
        assert ImageStat.Stat(ImageChops.logical_xor(one, other).convert("L")).mean[0] / 255 > 1 / 6
    shares = [1 - ImageStat.Stat(picture.convert("L")).mean[0] / 255 for picture in pictures]
    assert shares[0] > 0.97 and shares[1] < 0.4


def test_categories_get_swatches_as_they_occur() -> None:
    names = ["b", "a", None, "b", "c"]
    notes = [note("Q?", "A.", n, category=name) for n, name in enumerate(names, 1)]
    swatches = assign_swatches(notes)
    assert list(swatches) == ["b", "a", "c"]
    assert list(swatches.values()) == list(SWATCHES[:3])
    # a part of the stack, as in a reprint, has the swatches and the total of the whole
    part = replace(deck(*notes[3:]), stack=tuple(notes))
    assert card_furniture(part, ENGLISH).swatches == swatches
    assert card_furniture(part, ENGLISH).total == 5


def test_decks_without_categories_have_no_swatch() -> None:
    with read(cards(deck(note("Q?", "A.")), **CARD)) as pdf:
        assert not (pdf.pages[0].rects or pdf.pages[0].curves or pdf.pages[0].lines)


def numbered(*numbers: int | str | None) -> list[Note]:
    return [
        replace(
            note("Q?", "A.", position),
            question=replace(
                note("Q?", "A.").question,
                number=number if isinstance(number, int) else None,
                label=number if isinstance(number, str) else None,
            ),
        )
        for position, number in enumerate(numbers, 1)
    ]


@pytest.mark.parametrize(
    ("numbers", "total"),
    [
        ((1, 2, 3), 3),
        ((None, None), 2),
        ((2, 1, 3), 3),
        ((1, 2, 2), 0),
        ((1, 2, 4), 0),
        ((11, 12), 0),
        ((1, "1b", 2), 0),
        ((), 0),
    ],
)
def test_total_is_printed_where_numbers_count(numbers: tuple[int | str | None, ...], total: int) -> None:
    assert find_total(numbered(*numbers)) == total


def test_total_counts_questions_without_an_answer() -> None:
    first, _, third = numbered(1, 2, 3)
    assert find_total([first, third]) == 3


def test_dates_cannot_be_misread() -> None:
    new_year = 1_767_225_600
    assert [format_date(new_year, find_words(language)) for language in ("en", "en-US", "")] == [
        "1 Jan 2026"
    ] * 3
    assert format_date(new_year - 1, ENGLISH) == "31 Dec 2025"
    assert format_date(new_year, find_words("de")) == "1. Jan. 2026"
    assert format_date(new_year, find_words("nl")) == "2026-01-01"
    assert format_date(0, ENGLISH) == ""


def test_a_total_and_a_date_change_no_print_state() -> None:
    from exporter.identity.print_state import print_state
    from exporter.model.deck import CardContent

    one = note("Q?", "A.")
    later = replace(one, modified=one.modified + 86_400, position=7)
    assert print_state(one, {}, CardContent.ANSWER) == print_state(later, {}, CardContent.ANSWER)


def modules(data: bytes) -> tuple[list[list[int]], float, float, float]:
    """Return the modules of the code on the first page, its side, and how far it is from right and below."""
    with read(data) as pdf:
        page = pdf.pages[0]
        runs = [*page.rects, *page.curves]
        left, right = min(run["x0"] for run in runs), max(run["x1"] for run in runs)
        top, bottom = min(run["top"] for run in runs), max(run["bottom"] for run in runs)
        distances = (page.width - right) / MM, (page.height - bottom) / MM
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=DPI / 72).to_pil().convert("L")
    module = (right - left) / 25
    centres = [(step + 0.5) * module for step in range(25)]
    pixels = [
        [
            int(picture.getpixel((int((left + x) * DPI / 72), int((top + y) * DPI / 72))) < 128)
            for x in centres
        ]
        for y in centres
    ]
    return pixels, (right - left) / MM, *distances


@pytest.mark.parametrize(("stock", "up"), [("card-3x5", 10.28), ("card-a7", 11.28), ("card-85x54", 5.2)])
def test_a_code_has_the_search_for_the_note(stock: str, up: float) -> None:
    pixels, side, right, bottom = modules(cards(deck(note("Q?", "A.")), pdf_stock=stock, pdf_qr=True))
    search = build_search("k00000000001")
    assert search == build_key_query(["k00000000001"])
    expected = segno.make_qr(search, error="q", version=2, boost_error=False)
    assert pixels == [list(row) for row in expected.matrix]
    assert (side, bottom) == (pytest.approx(10.5, abs=0.01), pytest.approx(up, abs=0.01))
    assert right == pytest.approx({"card-3x5": 6.0, "card-a7": 7.0}.get(stock, 5.2), abs=0.01)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"pdf_qr": True, "card_height": 43.8}, "no room for a QR code; set `pdf.qr` to false"),
        ({"pdf_qr": True, "card_height": 44}, ""),
        ({"pdf_front_cues": True, "card_width": 70.1}, "no room for cues on its front; set `pdf.front_cues`"),
        ({"pdf_front_cues": True, "card_width": 70.3}, ""),
        ({"pdf_front_cues": True, "card_height": 38}, "no room for cues"),
    ],
)
def test_cards_that_are_too_small_are_told(values: dict[str, Any], words: str) -> None:
    size = {
        "width": 90,
        "height": 54,
        **{key[5:]: value for key, value in values.items() if key[:5] == "card_"},
    }
    custom = {f"pdf_custom__card_{name}": value for name, value in size.items()}
    custom |= {f"pdf_custom__sheet_{name}": value for name, value in size.items()}
    custom |= {"pdf_custom__left": 0, "pdf_custom__top": 0}
    custom |= {"pdf_custom__columns": 1, "pdf_custom__rows": 1, "pdf_stock": "custom"}
    wanted = {key: value for key, value in values.items() if key[:4] == "pdf_"}
    exported = export(deck(note("Q?", "A.", cues=("A",))), options(**custom, **wanted), 0)
    codes = [diagnostic.code for diagnostic in exported.diagnostics]
    assert codes == (["pdf-setting"] if words else [])
    assert not words or (exported.files == () and words in exported.diagnostics[0].message)


def front_cues(source: Deck, **values: Any) -> tuple[str, list[dict[str, Any]], Any]:
    """Return the text of the cues on the first front, their characters, and the page."""
    with read(cards(source, **{**CARD, "pdf_front_cues": True, **values})) as pdf:
        page = pdf.pages[0]
        chars = [char for char in page.chars if char["size"] == pytest.approx(9.5, abs=0.01)]
        return without_spaces("".join(char["text"] for char in chars)), chars, page


def test_cues_are_on_the_front_if_wanted() -> None:
    source = deck(note("Q?", "Some words and others.", cues=("Some words", "others")))
    text, chars, page = front_cues(source)
    assert text == "CUESSomewords·others"
    (rule,) = page.lines
    assert rule["top"] < min(char["top"] for char in chars)
    assert max(char["bottom"] for char in chars) <= page.height - 6 * MM + 0.1
    assert front_cues(replace(source, language="de"))[0] == "STICHWORTESomewords·others"
    assert front_cues(replace(source, language="nl"))[0] == "Somewords·others"
    assert front_cues(source, pdf_front_cues=False)[0] == ""
    assert front_cues(source, pdf_duplex="single")[0] == ""
    with read(cards(source, **CARD, pdf_front_cues=True)) as pdf:
        assert "Some words" in pdf.pages[1].extract_text()


@pytest.mark.parametrize(("stock", "lines"), [("card-3x5", 4), ("card-a6", 4), ("card-85x54", 3)])
def test_cues_that_do_not_fit_end_with_an_ellipsis(stock: str, lines: int) -> None:
    cues = tuple(f"the cue of step number {n}" for n in range(20))
    text, chars, page = front_cues(deck(note("Q?", "A.", cues=cues)), pdf_stock=stock, pdf_qr=True)
    assert text.endswith("…") and not text.endswith("·…")
    assert len({round(char["matrix"][5]) for char in chars}) == lines
    assert max(char["bottom"] for char in chars) - min(char["top"] for char in chars) < 18 * MM
    key = [char for char in page.chars if "Mono" in char["fontname"]]
    assert max(char["x1"] for char in chars) < min(char["x0"] for char in key) - 3.9 * MM
    question = [char for char in page.chars if char["size"] > 12.5]
    assert max(char["bottom"] for char in question) < min(line["top"] for line in page.lines)


def test_preview_shows_swatch_code_and_cues() -> None:
    source = categorized(2)
    source = replace(
        source,
        notes=tuple(
            replace(one, cues=("Cue",), cue_lines=note("Cue", "A.").question.question[0].lines)
            for one in source.notes
        ),
    )  # type: ignore[union-attr]
    plain = cards_svg(source, options(), str).cards["k00000000001"][0]
    full = cards_svg(source, options(pdf_qr=True, pdf_front_cues=True), str).cards["k00000000001"][0]
    assert [plain.front.count("<g "), full.front.count("<g ")] == [1, 3]
    assert ">CUES<" in full.front and ">CUES<" not in plain.front
    assert (
        ">14 Nov 2023<" in str(plain.back) and "> / 2<" in plain.front and ">k000 0000 0001<" in plain.front
    )


@pytest.mark.parametrize(("width", "is_printed"), [(58, True), (56, False)])
def test_total_is_left_out_where_the_head_is_full(width: int, is_printed: bool) -> None:
    custom = {"pdf_custom__columns": 1, "pdf_custom__rows": 1, "pdf_custom__left": 0, "pdf_custom__top": 0}
    for side, length in (("width", width), ("height", 40)):
        custom |= {f"pdf_custom__card_{side}": length, f"pdf_custom__sheet_{side}": length}
    answer = "\n".join(f"Step {n} of many." for n in range(40))
    source = deck(replace(note("Q?", answer, 1234), position=1234))
    with read(cards(source, **custom, pdf_stock="custom", pdf_content="answer")) as pdf:
        words = without_spaces(pdf.pages[0].extract_text())
        chars = pdf.pages[0].chars
    assert ("1234/1234·1of" in words) is is_printed and "1234·1of" in words
    assert all(char["x0"] >= 5.19 * MM and char["x1"] <= (width - 5.19) * MM for char in chars)


def test_formulas_in_front_cues_are_as_high_as_the_line() -> None:
    cue = (Text("energy "), Math("x_i^2"), Text(" is"))
    source = deck(replace(note("Q?", "A.", cues=("a", "b")), cue_lines=(cue, cue)))
    text, chars, page = front_cues(source)
    assert text.startswith("CUESenergy")
    assert len({round(char["matrix"][5]) for char in chars if char["text"] in "energy"}) == 1
    (rule,) = [line for line in page.lines if line["width"] > 200]
    assert "x_i^2" in "".join(char["text"] for char in page.chars if char["top"] > rule["top"])


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Tell me about a time you worked with unclear requirements", 200, "Tell me about a time you worked with unclear…"),
        ("Explain antidisestablishmentarianism to me", 60, "Explain…"),
        ("Explain antidisestablishmentarianism to me", 90, "Explain antidisestabl…"),
    ],
)  # fmt: skip
def test_a_long_word_is_cut_where_half_a_head_would_be_empty(text: str, width: float, shown: str) -> None:
    assert truncate(text, Fonts(), size=9, max_width=width) == shown
