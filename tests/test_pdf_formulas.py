"""Formulas on cards and sheets: drawn in place, found and copied as TeX, or reported."""

from __future__ import annotations

import ctypes
import io
import re
from itertools import chain

import pdfplumber
import pypdfium2
import pytest
from pypdfium2 import raw

from exporter.cards import formula_set
from exporter.cards.column_context import ONE_LINE_HEIGHT
from exporter.cards.font_set import Fonts
from exporter.cards.formula_checks import (
    MAX_DEPTH,
    MAX_FORMULA_CHARS,
    MAX_FORMULA_WORK,
    FormulaError,
)
from exporter.cards.formula_drawing import draw_formula
from exporter.cards.formula_set import MIN_FORMULA_SCALE, FormulaRoom
from exporter.cards.imposition import card_slots
from exporter.cards.stocks import BY_NAME, STOCKS, Rect
from exporter.cards.svg import cards_svg
from exporter.cards.text_measurement import FORMULA_SLACK, measure_line
from exporter.cards.text_style import DESCENT
from exporter.config.choices import PrintMode
from exporter.exporters.pdf import export
from exporter.exporters.sheet import export as export_sheet
from exporter.model.deck import Deck
from exporter.model.questions import (
    Alignment,
    Block,
    Math,
    Paragraph,
    Span,
    Strikethrough,
    Strong,
    Table,
    Text,
)
from tests.pdf_decks import MM, cards, deck, note, options, read

MARGIN = 4.9
"""Least distance of anything from the edge of a card, in millimetres; text keeps 5.2."""
QUADRATIC = r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}"


def _line(*parts: str | Span) -> Block:
    """Return a paragraph of one line."""
    return Paragraph((tuple(Text(part) if isinstance(part, str) else part for part in parts),))


def _deck(*answers: tuple[Block, ...]) -> Deck:
    return deck(*(note(f"Q{at}?", answer, at) for at, answer in enumerate(answers, 1)))


def _codes(source: Deck, **values: object) -> list[str]:
    return [diagnostic.code for diagnostic in export(source, options(**values), 0).diagnostics]  # type: ignore[arg-type]


def _reason(tex: str) -> str:
    with pytest.raises(FormulaError) as caught:
        draw_formula(tex, True)
    return str(caught.value)


@pytest.mark.parametrize(
    "tex",
    [
        QUADRATIC,
        r"\sum_{i=1}^n i",
        r"\int_0^1 x\,dx",
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}^T",
        r"f(x)=\begin{cases}1&\text{if }x>0\\0&\text{else}\end{cases}",
        r"\begin{aligned}a&=b\\c&=d\end{aligned}",
        r"\begin{align}a&=b\label{e}\nonumber\end{align}",
        r"\underbrace{a+b}_{\text{50\% of it}}",
        r"\overrightarrow{AB}\not=\widehat{abc}",
        r"\binom{n_{i}}{k}",
        r"\mathop{\rm argmin}_x f",
        r"\color{red}{x}+\boxed{y}+\cancel{z}",
        r"\mathbb{R}^\top\in\mathcal{O}(n\log n)",
        r"5\text{-bit größe}",
        r"a<b>c",
        "x\\tag{1}",
    ],
)
def test_ordinary_tex_is_drawn(tex: str) -> None:
    drawing = draw_formula(tex, True).drawing
    assert 0.3 < drawing.width < 30
    assert 0.3 < drawing.height < 5


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\foo{a}", r"\foo"),
        (r"\ce{H2O}", r"\ce"),
        (r"\text{caf\'e}", "not known"),
        (r"\begin{tikzcd}a\end{tikzcd}", "tikzcd"),
        (r"\frac{a", "braces"),
        ("a}{b", "braces"),
        ("50% of x", "percent"),
        (r"\def\a{x}\a", "defines"),
        (r"\text{a {b} c}", "braces within"),
        (r"\text{if $x$}", "dollar"),
        (r"\begin{array}{c|c}1&2\end{array}", "lines"),
        (r"a\rule{1em}{1em}", "rule"),
        (r"\not\heartsuit", r"\not"),
        ("日", "U+65E5"),
        (r"\phantom{x}", "nothing"),
        (r"\left( a", r"\right"),
        ("a & b", "not TeX"),
        ("x^2^3", "two exponents"),
        ("", "empty"),
        (r"\begin{matrix}a", r"\end"),
        ("x^", "without an exponent"),
        ("\x01", "not TeX"),
        ("\ud800", "not TeX"),
        (r"\cancelto{0}{x}", "not known"),
    ],
)
def test_what_is_not_drawn_whole_has_a_reason(tex: str, reason: str) -> None:
    assert reason in _reason(tex)


def test_work_on_a_formula_is_limited() -> None:
    assert draw_formula(r"\frac{1}{" * 6 + "x" + "}" * 6, True).work < MAX_FORMULA_WORK
    assert "nested" in _reason(r"\frac{1}{" * 10 + "x" + "}" * 10)
    # each of these would take minutes or more
    for opening, closing in (
        (r"\sqrt{", "}"),
        (r"\begin{cases}", r"\end{cases}"),
        (r"\phantom{", "}"),
        ("{", "}"),
    ):
        assert "nested" in _reason(opening * 35 + "x" + closing * 35)
    assert "nested" in _reason("{" * 400 + "x" + "}" * 400)
    assert "longer" in _reason("x" * (MAX_FORMULA_CHARS + 1))
    assert "defines" in _reason(r"\newcommand{\a}{xx}" + r"\a" * 9)


def test_depth_of_a_formula_is_limited() -> None:
    # scripts of scripts are the deepest that takes little work
    roots = MAX_DEPTH // 2
    assert "nested" in _reason(r"\sqrt{" * roots + "x" + "}" * roots)


def test_a_formula_is_drawn_and_copied_as_tex() -> None:
    source = _deck((_line("The root ", Math(QUADRATIC, True), " and ", Math("x^2"), "."),))
    data = cards(source)
    assert not _codes(source)
    with read(data) as pdf:
        back = pdf.pages[1]
        text = "".join(char["text"] for char in back.chars)
        assert f"$${QUADRATIC}$$" in text
        assert r"\(x^2\)." in text
        assert len(back.curves) >= 2
    page = pypdfium2.PdfDocument(data)[1]
    assert r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}" in page.get_textpage().get_text_range()


def test_hidden_tex_is_as_wide_as_its_drawing() -> None:
    with read(cards(_deck((_line("Of ", Math(QUADRATIC), " and"),)))) as pdf:
        back = pdf.pages[1]
        found = "".join(char["text"] for char in back.chars)
        first = found.index(r"\(x=")
        hidden = back.chars[first : found.index(r"\)", first) + 2]
        left, right = min(c["x0"] for c in hidden), max(c["x1"] for c in hidden)
        drawn = [(curve["x0"], curve["x1"]) for curve in back.curves]
        # a fraction has a thin space after it
        assert min(x0 for x0, _ in drawn) == pytest.approx(left, abs=3.5)
        assert max(x1 for _, x1 in drawn) == pytest.approx(right, abs=3.5)


def test_a_formula_not_drawn_stays_as_typed() -> None:
    source = _deck((_line("Water is ", Math(r"\ce{H2O}"), "."),))
    exported = export(source, options(), 0)
    (diagnostic,) = exported.diagnostics
    assert diagnostic.code == "formula-as-source"
    assert r"\ce{H2O}" in diagnostic.message
    assert diagnostic.span is not None
    assert diagnostic.span.line == 1
    with read(exported.files[0].data) as pdf:
        assert r"\(\ce{H2O}\)" in "".join(char["text"] for char in pdf.pages[1].chars)


@pytest.mark.parametrize("smallest", [9.0, 18.0])
def test_nothing_drawn_leaves_its_card_on_any_stock(smallest: float) -> None:
    matrix = r"\begin{pmatrix}" + r"a&b_2&c&d&e\\" * 5 + r"z\end{pmatrix}"
    answers = [
        (_line("Wide ", Math("+".join(f"a_{at}x^{at}" for at in range(7)))), _line("And more.")),
        (_line(Math(matrix, True)),),
        tuple(_line(Math(r"\int_0^1 x\,dx", True)) for _ in range(9)),
        (_line("Deep ", Strong((Math(r"\frac{\frac{a}{b}}{\frac{c}{d}}"),)), Strikethrough((Math("x_i"),))),),
    ]
    source = _deck(*answers)
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM]
    for stock in STOCKS:
        slots = _slots(stock.name)
        count = 0
        for page in pypdfium2.PdfDocument(_cards_of(source, stock.name, smallest)):
            height = page.get_height()
            for drawn in page.get_objects(kinds, max_depth=1):
                left, bottom, right, top = drawn.get_bounds()
                box = left / MM, (height - top) / MM, right / MM, (height - bottom) / MM
                if _is_formula(drawn):
                    count += 1
                    assert any(_holds(rect, box) for rect in slots), (stock.name, box)
        assert count


def _is_formula(drawn: pypdfium2.PdfObject) -> bool:
    """Return whether something is part of a formula: a glyph, or a filled path; marks are strokes."""
    if drawn.type == raw.FPDF_PAGEOBJ_FORM:
        return True
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, mode, stroke)
    return mode.value != 0


def _holds(rect: Rect, box: tuple[float, ...]) -> bool:
    left, top, right, bottom = box
    return (
        rect.x + MARGIN <= left
        and right <= rect.x + rect.width - MARGIN
        and rect.y + MARGIN <= top
        and bottom <= rect.y + rect.height - MARGIN
    )


def _cards_of(source: Deck, stock: str, smallest: float) -> bytes:
    return cards(source, pdf_stock=stock, pdf_content="answer", pdf_smallest=smallest)


def _slots(name: str) -> list[Rect]:
    return [slot.rect for slot in chain(*card_slots(BY_NAME[name], PrintMode.LONG_EDGE))]


def test_a_wide_formula_is_scaled_down_to_the_least() -> None:
    fonts = Fonts()
    math = Math("a+b+c+d+e+f+g+h")
    natural = measure_line((math,), fonts=fonts, max_word_width=100.0).width

    def measure(share: float) -> float:
        return measure_line((math,), fonts=fonts, max_word_width=natural * share).width

    assert measure(0.8) == pytest.approx(natural * 0.8, rel=0.02)
    assert measure(0.5) == pytest.approx(natural * MIN_FORMULA_SCALE)
    for share, is_drawn in ((MIN_FORMULA_SCALE + 0.01, True), (MIN_FORMULA_SCALE - 0.01, False)):
        key = fonts.formulas.find_key(math, FormulaRoom(width=natural * share))
        assert (key is not None) == is_drawn
    assert "wider" in fonts.formulas.unset[math]


def test_high_formulas_make_their_lines_higher() -> None:
    fonts = Fonts()

    def extra(tex: str) -> float:
        return measure_line((Text("a "), Math(tex)), fonts=fonts, max_word_width=100.0).extra_height

    assert FORMULA_SLACK > 0
    assert extra("x^2") == 0.0
    assert extra(r"\frac{a}{b}") > 0.1


def test_cells_of_a_row_keep_one_base_line() -> None:
    table = Table((), (((Text("force"),), (Math(r"F=G\frac{m_1m_2}{r^2}"),)),), (Alignment.LEFT,) * 2)
    with read(cards(_deck((table,)))) as pdf:
        chars = pdf.pages[1].chars
        text = "".join(char["text"] for char in chars)
        word, hidden = chars[text.index("force")], chars[text.index("\\(F")]
        assert word["matrix"][5] == pytest.approx(hidden["matrix"][5], abs=0.02)


def test_the_preview_draws_the_same_formulas() -> None:
    source = _deck((_line("Of ", Math("x^2"), " and"),))
    drawn = cards_svg(source, options(), str)
    (card,) = drawn.cards[source.notes[0].key]
    assert card.back is not None
    assert card.back.count("<path d=") >= 1
    assert r"<title>\(x^2\)</title>" in card.back
    assert not drawn.diagnostics


def test_the_printed_sheet_draws_formulas() -> None:
    source = _deck((_line("Of ", Math(QUADRATIC), " and ", Math(r"\foo")),))
    exported = export_sheet(source, options(sheet__content="answers"), 0)
    pdfs = [file.data for file in exported.files if file.name.endswith(".pdf")]
    with pdfplumber.open(io.BytesIO(pdfs[0])) as pdf:
        assert any(page.curves for page in pdf.pages)
    assert "formula-as-source" in [diagnostic.code for diagnostic in exported.diagnostics]


def test_cards_with_formulas_have_the_same_bytes() -> None:
    source = _deck((_line(Math(QUADRATIC, True)),))
    first = cards(source)
    draw_formula.cache_clear()
    assert cards(source) == first


def test_the_head_of_a_back_draws_its_formulas() -> None:
    asked = (_line("What is the cost ", Strong((Math(r"\frac{n^2}{2}"),)), " of ", Math(r"\foo"), "?"),)
    source = deck(note(asked, "It is high."))
    assert _codes(source) == ["formula-as-source"]
    with read(cards(source)) as pdf:
        assert pdf.pages[1].curves
        text = "".join(char["text"] for char in pdf.pages[1].chars)
    assert r"What is the cost \(\frac{n^2}{2}\) of \(\foo\)?" in text


def test_a_long_question_is_cut_before_a_formula() -> None:
    words = "word " * 40
    with read(cards(deck(note((_line("Why ", Math("x^2"), f"? {words}", Math("y^2")),), "Yes.")))) as pdf:
        text = "".join(char["text"] for char in pdf.pages[1].chars)
    assert r"Why \(x^2\)? word word" in text
    assert "…" in text
    assert "y^2" not in text


def test_formulas_of_cues_on_a_front_keep_their_lines() -> None:
    room = FormulaRoom(height=ONE_LINE_HEIGHT, depth=DESCENT, is_main=False)
    formulas = Fonts().formulas
    for tex, is_drawn in (("x_i^2", True), (r"\frac{a}{b}", False)):
        key = formulas.find_key(Math(tex), room)
        assert (key is not None) == is_drawn
        assert key is None or formulas[key].depth <= DESCENT
    assert not formulas.unset


def test_what_does_not_fit_a_head_is_not_reported() -> None:
    high = Math(r"\begin{matrix}a\\b\\c\\d\end{matrix}")
    source = deck(note((_line("What is ", high, "?"),), "A column."))
    assert _codes(source) == []
    with read(cards(source)) as pdf:
        assert pdf.pages[0].curves
        assert not pdf.pages[1].curves


def test_the_cues_of_the_printed_sheet_have_formulas() -> None:
    source = _deck((_line("The side is ", Math("a^2"), "."), _line("The height is ", Math("b^2"), ".")))
    pdfs = [file.data for file in export_sheet(source, options(), 0).files if file.name.endswith(".pdf")]
    with pdfplumber.open(io.BytesIO(pdfs[0])) as pdf:
        assert pdf.pages[0].curves


def test_a_file_has_each_glyph_once() -> None:
    once, often = (cards(_deck(*[(_line("Of ", Math("x^2")),)] * count)) for count in (1, 9))
    forms = [data.count(b"/Subtype /Form") for data in (once, often)]
    assert forms == [2, 2]


def test_bold_glyphs_differ_from_regular_ones() -> None:
    data = cards(deck(note((_line("Q ", Math("x")),), (_line("Is ", Math("x")),))))
    assert data.count(b"/Subtype /Form") == 2


def test_the_preview_keeps_spaces_beside_formulas() -> None:
    source = _deck((_line("Of ", Math("x^2"), " and"),))
    (card,) = cards_svg(source, options(), str).cards[source.notes[0].key]
    assert card.back is not None
    texts = re.findall("<text [^>]*>", card.back)
    assert len([text for text in texts if 'xml:space="preserve"' in text]) >= 2


def test_formulas_run_right_to_left_in_their_lines() -> None:
    pytest.importorskip("bidi")
    pytest.importorskip("uharfbuzz")
    line = _line("\u05d0\u05d1 ", Math("a"), Math("b"), " \u05d2")
    with read(cards(_deck((line,)), pdf_duplex="single")) as pdf:
        (page,) = pdf.pages
        text = "".join(char["text"] for char in page.chars)
    assert r"\(b\)\(a\)" in text


def test_work_on_a_document_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formula_set, "MAX_DOCUMENT_WORK", 20)
    source = _deck(*((_line("Of ", Math(f"x_{at}")),) for at in range(9)))
    assert 5 < _codes(source).count("formula-as-source") < 9


def test_nothing_leaves_the_columns_of_the_printed_sheet() -> None:
    wide = Math("+".join(f"a_{at}x^{at}" for at in range(9)))
    source = _deck(*[(_line("Wide ", wide), _line("And more."))] * 4)
    exported = export_sheet(source, options(sheet__content="answers"), 0)
    pdfs = [file.data for file in exported.files if file.name.endswith(".pdf")]
    with pdfplumber.open(io.BytesIO(pdfs[0])) as pdf:
        (page,) = pdf.pages
        (rule,) = {round(line["x0"]) for line in page.lines if line["x0"] == line["x1"]}
        hidden = [char for char in page.chars if char["text"] == "x"]
        assert hidden
        assert not any(char["x0"] < rule < char["x1"] for char in page.chars)
        assert max(char["x1"] for char in hidden) < rule
    assert not exported.diagnostics
