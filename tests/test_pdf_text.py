"""Any text: every character is printed, and inside its card."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Picture

from exporter.cards.break_opportunities import DivisionRules, split_word
from exporter.cards.hyphenation import keep_undivided
from exporter.cards.imposition import Side
from exporter.cards.stock_choice import find_stock
from exporter.cards.stocks import BY_NAME, STOCKS, Stock
from exporter.cards.text_style import SHIFTED_SCALE
from exporter.config.choices import PrintMode
from exporter.config.settings_table import Value
from exporter.exporters.pdf import export
from exporter.model.deck import Deck
from exporter.model.questions import (
    Alignment,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from exporter.model.short_title import shorten_title
from exporter.model.text import line_text, paragraph, plain_text
from tests.endless import ends
from tests.pdf_decks import MM, body_chars, deck, find_body, note, options, read, side_slots, without_spaces
from tests.pdf_decks import cards as stacked_cards

# letters that the built-in fonts have, and characters that PDF, fonts or line breaking treat specially
LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=("Cc", "Cf"))
OTHERS = st.sampled_from("αβγδΩЖщ—–…“”‘’€™•→\u00a0\u200b\u00ad\ufeff\t\\()<>&{}%$#_^~`'\"[]")
WORDS = st.text(st.one_of(LETTERS, OTHERS), max_size=60)
LINES = st.lists(WORDS, min_size=1, max_size=8)


DEFAULT = BY_NAME["a4-3x5"]
MARK_WIDTH_PT = 0.5


def cards(source: Deck, **values: Value) -> bytes:
    """Return the cards sheet by sheet, so that those of one note follow each other."""
    return stacked_cards(source, pdf_order="sheet", **values)


@lru_cache(maxsize=1)
def read_chars(data: bytes) -> list[list[dict[str, Any]]]:
    """Return the characters of each page; to read a PDF takes longer than to write it."""
    with read(data) as pdf:
        return [page.chars for page in pdf.pages]


def printed(data: bytes, stock: Stock = DEFAULT) -> tuple[str, str]:
    """Return questions and answers in drawing order, without spaces and soft hyphens."""
    fronts, backs = [], []
    for index, chars in enumerate(read_chars(data)):
        slots = side_slots(stock, Side.BACK if index % 2 else Side.FRONT)
        body = [char["text"] for char in find_body(chars, slots, stock)]
        (backs if index % 2 else fronts).extend(body)
    front, back = (without_spaces("".join(side)).replace("\u00ad", "") for side in (fronts, backs))
    return front, back


def visible(text: str) -> str:
    """Return a text as it is printed: in NFC, without spaces and invisible characters."""
    text = unicodedata.normalize("NFC", text)
    return without_spaces(re.sub("[\u00ad\u200b\ufeff]", "", text))


def inside(data: bytes, stock: Stock) -> bool:
    """Return whether every character is in a card, 5 mm from its edges, or in the slug line."""
    rects = stock.rects
    lowest = max(rect.y + rect.height for rect in rects)
    for chars in read_chars(data):
        for char in chars:
            x0, x1, top, bottom = (char[side] / MM for side in ("x0", "x1", "top", "bottom"))
            is_on_card = any(
                rect.x + 4.99 <= x0 and x1 <= rect.x + rect.width - 4.99
                and rect.y + 4.99 <= top and bottom <= rect.y + rect.height - 4.99
                for rect in rects
            )  # fmt: skip
            if not is_on_card and top <= lowest:
                return False
    return True


@settings(max_examples=25)
@given(WORDS.filter(lambda text: bool(visible(text))), LINES, st.sampled_from(STOCKS))
def test_nothing_typed_is_lost_and_nothing_leaves_its_card(
    question: str, lines: list[str], stock: object
) -> None:
    name = stock.name  # type: ignore[attr-defined]
    source = deck(note((paragraph(question),), (paragraph(*lines),)))
    data = cards(source, pdf_stock=name, pdf_content="answer")
    front, back = printed(data, BY_NAME[name])
    # a question is repeated on each further card
    assert front.replace(visible(question), "") == ""
    assert back == visible("".join(lines))
    assert inside(data, BY_NAME[name])


@settings(max_examples=8)
@given(st.integers(1, 400), st.integers(1, 90), st.sampled_from(STOCKS))
def test_an_answer_of_any_length_is_continued_and_never_cut(count: int, length: int, stock: object) -> None:
    name = stock.name  # type: ignore[attr-defined]
    words = [f"{'x' * (at % length + 1)}{at}" for at in range(count)]
    data = cards(deck(note("Q?", " ".join(words))), pdf_stock=name, pdf_content="answer")
    assert printed(data, BY_NAME[name])[1] == "".join(words)
    assert inside(data, BY_NAME[name])


SPANS = st.recursive(
    st.one_of(st.builds(Text, WORDS), st.builds(Code, WORDS), st.builds(Math, WORDS)),
    lambda inner: st.one_of(
        st.builds(Strong, st.lists(inner, min_size=1, max_size=2).map(tuple)),
        st.builds(Emphasis, st.lists(inner, min_size=1, max_size=2).map(tuple)),
        st.builds(Link, st.lists(inner, min_size=1, max_size=2).map(tuple), st.just("https://example.com")),
        *(
            st.builds(kind, st.lists(inner, min_size=1, max_size=2).map(tuple))
            for kind in (Superscript, Subscript, Strikethrough)
        ),
        st.just(LineBreak()),
    ),
    max_leaves=4,
)
LINE: st.SearchStrategy[Line] = st.lists(SPANS, min_size=1, max_size=3).map(tuple)
PARAGRAPHS = st.builds(Paragraph, st.lists(LINE, min_size=1, max_size=3).map(tuple))
CODE = st.builds(CodeBlock, st.lists(WORDS, min_size=1, max_size=5).map("\n".join))
TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.builds(
        Table,
        st.tuples(*[LINE] * columns),
        st.lists(st.tuples(*[LINE] * columns), max_size=3).map(tuple),
        st.just((Alignment.RIGHT,) * columns),
    )
)
BLOCKS: st.SearchStrategy[Block] = st.recursive(
    st.one_of(PARAGRAPHS, CODE, TABLES),
    lambda inner: st.one_of(
        st.builds(
            ListBlock,
            st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
            st.booleans(),
        ),
        st.builds(Quote, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)


@settings(max_examples=25)
@given(st.lists(BLOCKS, min_size=1, max_size=3).map(tuple), st.sampled_from(STOCKS))
def test_no_character_of_rich_text_is_lost(blocks: tuple[Block, ...], stock: object) -> None:
    name = stock.name  # type: ignore[attr-defined]
    data = cards(deck(note("Q?", blocks)), pdf_stock=name, pdf_content="answer")
    # signs between cells of wide tables, and markers before items, are not the user's
    drop = str.maketrans("", "", "|·-")
    shown, wanted = (
        Counter(text.translate(drop)) for text in (printed(data, BY_NAME[name])[1], visible(words(blocks)))
    )
    assert not wanted - shown
    # every row of a wide table says again what its cells are; items of lists have markers
    assert set(shown - wanted) <= set(headers(blocks)) | set(":•.0123456789")
    assert inside(data, BY_NAME[name])


def headers(blocks: tuple[Block, ...]) -> str:
    """Return the words that tables say of their columns."""
    return "".join(
        "".join(map(headers, block.items))
        if isinstance(block, ListBlock)
        else headers(block.blocks)
        if isinstance(block, Quote)
        else visible("".join(map(level, block.header)))
        if isinstance(block, Table)
        else ""
        for block in blocks
    )


def words(blocks: tuple[Block, ...]) -> str:
    """Return the words of blocks, without the markers of lists."""
    return "".join(map(_words, blocks))


def _words(block: Block) -> str:
    match block:
        case ListBlock(items):
            return "".join(map(words, items))
        case Quote(quoted):
            return words(quoted)
        case Paragraph(lines):
            return "".join(map(level, lines))
        case Table(header, rows):
            return "".join(map(level, (*header, *(cell for row in rows for cell in row))))
    return plain_text((block,))


def level(line: Line, shifted: bool = False) -> str:
    """Return the words of a line as they are drawn: raised and lowered text has no signs, but in other such text."""
    return "".join(_level(span, shifted) for span in line)


def _level(span: Span, shifted: bool) -> str:
    match span:
        case Superscript(spans) | Subscript(spans) if not shifted:
            return level(spans, shifted=True)
        case Strong(spans) | Emphasis(spans) | Strikethrough(spans) | Link(spans, _):
            return level(spans, shifted)
    return line_text((span,))


def one_sided(*answer: Block) -> pdfplumber.page.Page:
    """Return a card that has question and answer on one side, which is not turned, without its cuts."""
    page = read(cards(deck(note("Q?", answer)), pdf_duplex="single", pdf_content="answer")).pages[0]
    rect = BY_NAME["a4-3x5"].rects[0]
    inner = (rect.x + 1, rect.y + 1, rect.x + rect.width - 1, rect.y + rect.height - 1)
    return page.crop(tuple(side * MM for side in inner))


def drawn_paths(page: pdfplumber.page.Page) -> list[dict[str, Any]]:
    return [path for path in (*page.curves, *page.lines) if path["linewidth"] != MARK_WIDTH_PT]


def test_raised_and_lowered_text_is_small_and_off_the_line() -> None:
    line = (Text("ab"), Superscript((Text("31"),)), Text("cd"), Subscript((Text("nm"),)), Text("fg"))
    chars = {char["text"]: char for char in one_sided(Paragraph((line,))).chars if char["size"] > 9}
    middle = {text: (char["y0"] + char["y1"]) / 2 for text, char in chars.items()}
    level = {text: height - middle["a"] for text, height in middle.items()}
    size = chars["a"]["size"]
    assert [chars["3"]["size"], chars["n"]["size"]] == pytest.approx([size * SHIFTED_SCALE] * 2, abs=0.1)
    assert level["3"] > 0.2 * size
    assert level["n"] < -0.1 * size
    assert [level["c"], level["f"]] == pytest.approx([0, 0], abs=0.01)
    assert chars["c"]["x0"] == pytest.approx(chars["1"]["x1"], abs=0.5)


def test_a_line_goes_through_struck_out_text_and_no_other() -> None:
    line = (Text("ab "), Strikethrough((Text("cd "), Strong((Text("fg"),)))), Text(" jk"))
    page = one_sided(Paragraph((line,)))
    chars = {char["text"]: char for char in page.chars if char["size"] > 9}
    lines = drawn_paths(page)
    assert min(path["x0"] for path in lines) == pytest.approx(chars["c"]["x0"], abs=0.5)
    assert max(path["x1"] for path in lines) == pytest.approx(chars["g"]["x1"], abs=0.5)
    assert all(chars["c"]["top"] < path["top"] < chars["c"]["bottom"] for path in lines)


def test_lines_in_cells_are_set_below_each_other() -> None:
    cell = (Text("one"), LineBreak(), Strong((Text("two"), LineBreak(), Text("four"))))
    table = Table(((Text("a"),), (Text("b"),)), ((cell, (Text("three"),)),))
    assert one_sided(table).extract_text().split("\n")[2:-1] == ["a b", "one three", "two", "four"]


def test_items_of_a_task_list_have_boxes() -> None:
    tasks = ListBlock(((paragraph("☐ open"),), (paragraph("☑ done"),)))
    answer = (tasks, paragraph("a ☑ b"))
    assert not export(deck(note("Q?", answer)), options(), 0).diagnostics
    page = one_sided(*answer)
    assert page.extract_text().split("\n")[2:-1] == ["open", "done", "a ☑ b"]
    assert len(drawn_paths(page)) == 3  # two boxes, one of them ticked


def test_a_quotation_is_indented_behind_a_bar() -> None:
    page = one_sided(paragraph("plain"), Quote((paragraph("said", "more"),)))
    chars = {char["text"]: char for char in page.chars if char["text"] in "psm" and char["size"] > 9}
    (bar,) = drawn_paths(page)
    assert chars["p"]["x0"] < bar["x0"] < chars["s"]["x0"]
    assert bar["top"] < chars["s"]["bottom"] < chars["m"]["top"] < bar["bottom"]


def back_lines(data: bytes) -> list[str]:
    with read(data) as pdf:
        return [line for line in pdf.pages[1].extract_text().split("\n") if line.strip()]


def test_answer_lines_are_steps_only_without_other_blocks() -> None:
    steps = back_lines(cards(deck(note("Q?", "First.\nSecond.")), pdf_duplex="short-edge"))
    assert steps[1:3] == ["1 First.", "2 Second."]
    single = back_lines(cards(deck(note("Q?", "Only.")), pdf_duplex="short-edge"))
    assert single[1] == "Only."
    mixed = (paragraph("First.", "Second."), CodeBlock("x = 1"))
    assert back_lines(cards(deck(note("Q?", mixed)), pdf_duplex="short-edge"))[1:4] == [
        "First.",
        "Second.",
        "x = 1",
    ]


def test_code_keeps_its_indentation_and_its_face() -> None:
    code = "def f():\n    if x:\n\treturn  1"
    with read(cards(deck(note("Q?", (CodeBlock(code),))), pdf_duplex="short-edge")) as pdf:
        chars = [char for char in pdf.pages[1].chars if "Mono" in char["fontname"]]
    starts = {char["text"]: char["x0"] for char in reversed(chars)}
    width = chars[0]["width"]
    assert starts["i"] - starts["d"] == pytest.approx(4 * width, abs=0.1)
    assert starts["r"] - starts["d"] == pytest.approx(4 * width, abs=0.1)
    assert "return  1" in "".join(char["text"] for char in chars)


def test_long_code_lines_hang_instead_of_being_clipped() -> None:
    code = "result = " + " + ".join(f"variable_number_{at}" for at in range(14))
    data = cards(deck(note("Q?", (CodeBlock(code),))), pdf_stock="avery-5371", pdf_content="answer")
    assert printed(data, BY_NAME["avery-5371"])[1] == without_spaces(code)
    assert inside(data, BY_NAME["avery-5371"])


def test_small_table_is_in_columns_and_wide_one_in_rows() -> None:
    def cells(*texts: str) -> tuple[Line, ...]:
        return tuple((Text(text),) for text in texts)

    small = Table(cells("Point", "SQL"), (cells("Schema", "fixed"), cells("x", "y")))
    lines = back_lines(cards(deck(note("Q?", (small,))), pdf_duplex="short-edge"))
    assert lines[1:4] == ["Point SQL", "Schema fixed", "x y"]
    wide = Table(cells("A " * 30, "B " * 30), (cells("c " * 30, "d " * 30),))
    text = printed(cards(deck(note("Q?", (wide,))), pdf_content="answer"))[1]
    assert text == "A" * 30 + ":" + "c" * 30 + "·" + "B" * 30 + ":" + "d" * 30


def picture(mode: str = "RGB", kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    Picture.new(mode, (300, 150)).save(data, kind)
    return data.getvalue()


def with_media(source: Deck, **media: bytes) -> Deck:
    from dataclasses import replace

    return replace(source, media={name.replace("_", "."): data for name, data in media.items()})


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "PNG"), ("RGBA", "PNG"), ("L", "PNG"), ("P", "PNG"), ("RGB", "JPEG")]
)
def test_an_image_is_drawn_inside_its_card(mode: str, kind: str) -> None:
    source = deck(note("Q?", (paragraph("See:"), Image("a.png", "a box"), paragraph("After."))))
    for stock in ("a4-3x5", "avery-5371", "a4-a6"):
        data = cards(with_media(source, a_png=picture(mode, kind)), pdf_stock=stock)
        with read(data) as pdf:
            (image,) = pdf.pages[1].images
            assert image["width"] / image["height"] == pytest.approx(2, rel=1e-3)
            assert any(
                rect.x + 5 <= image["x0"] / MM and image["x1"] / MM <= rect.x + rect.width - 5
                and rect.y + 5 <= image["top"] / MM and image["bottom"] / MM <= rect.y + rect.height - 5
                for rect in BY_NAME[stock].rects
            )  # fmt: skip
        assert inside(data, BY_NAME[stock])


def test_missing_or_damaged_image_shows_its_description() -> None:
    source = deck(note("Q?", (Image("gone.png", "what it shows"), Image("bad.png", "what else"))))
    exported = export(with_media(source, bad_png=b"\x89PNG no"), options(), 0)
    assert printed(exported.files[0].data)[1] == "whatitshowswhatelse"
    assert [diagnostic.code for diagnostic in exported.diagnostics] == ["unreadable-image"]
    assert " at 0x" not in exported.diagnostics[0].message, "an address is another at each build"
    assert "bad.png" in exported.diagnostics[0].message


def test_characters_fall_back_one_by_one() -> None:
    source = deck(note("Größe → Ω?", "Привет, Αθήνα"))
    exported = export(source, options(), 0)
    assert exported.diagnostics == ()
    assert printed(exported.files[0].data) == ("Größe→Ω?", "Привет,Αθήνα")


def test_character_without_glyph_is_reported_with_question() -> None:
    source = deck(note("Fine?", "Yes.", 1), note("What is 漢?", "語", 2), note("Again 漢?", "No.", 3))
    diagnostics = export(source, options(), 0).diagnostics
    assert [(diagnostic.code, diagnostic.span.line) for diagnostic in diagnostics if diagnostic.span] == [
        ("missing-glyph", 2),
        ("missing-glyph", 3),
    ]
    assert "U+6F22" in diagnostics[0].message and "U+8A9E" in diagnostics[0].message
    assert diagnostics[0].hint is not None and "pdf.font" in diagnostics[0].hint


def test_chinese_breaks_not_before_a_full_stop() -> None:
    rules = DivisionRules(lambda _: True, keep_undivided)
    parts = [
        "".join(text for text, _ in part) for part in split_word((("執行緒（thread）是。", 0),), False, rules)
    ]
    assert parts == ["執", "行", "緒", "（thread）", "是。"]


def test_a_long_title_is_shortened_to_its_last_part() -> None:
    assert shorten_title("Short – title") == "Short – title"
    long = "Interview Questions and Sample Answers – Challenges and Experience (Plain Text)"
    assert shorten_title(long) == "Challenges and Experience"


def nested(depth: int) -> ListBlock:
    inner: tuple[Block, ...] = (paragraph("deep words that are long"), CodeBlock(" " * 300 + "code = here"))
    for _ in range(depth):
        inner = (ListBlock((inner,)),)
    return inner[0]  # type: ignore[return-value]


TINY: dict[str, str | float] = {
    "pdf_stock": "custom",
    "pdf_custom__card_width": 40,
    "pdf_custom__card_height": 30,
    "pdf_custom__columns": 3,
    "pdf_custom__rows": 3,
    "pdf_custom__left": 45,
}


def test_deep_lists_on_tiny_cards_stay_inside_margins() -> None:
    blocks = (nested(40), paragraph("W" * 200, "supercalifragilisticexpialidocious"), CodeBlock("y" * 99))
    for values in (TINY, {"pdf_stock": "avery-5371"}):
        stock = find_stock(options(**values))
        data = cards(deck(note("Whatever" * 9, blocks)), pdf_content="answer", **values)
        assert sorted(printed(data, stock)[1].replace("•", "")) == sorted(without_spaces(words(blocks)))
        assert inside(data, stock)


def test_words_are_in_the_faces_their_spans_ask_for() -> None:
    line: Line = (
        Text("plain "),
        Strong((Text("strong "), Emphasis((Text("both "),)))),
        Emphasis((Text("slanted "),)),
        Code("code "),
        Link((Text("link"),), "https://example.com"),
    )
    with read(
        cards(deck(note("Bold?", (Paragraph((line,)),), cues=("Elsewhere",))), pdf_duplex="short-edge")
    ) as pdf:
        front, faces = (
            [
                (char["text"], char["fontname"].partition("+")[2])
                for char in body_chars(page, PrintMode.SHORT_EDGE)
            ]
            for page in pdf.pages
        )
    assert {face for _, face in front} == {"AtkinsonHyperlegible-Bold"}
    text = "".join(char for char, _ in faces)
    expected = {
        "plain": "AtkinsonHyperlegible-Regular",
        "strong": "AtkinsonHyperlegible-Bold",
        "both": "AtkinsonHyperlegible-BoldItalic",
        "slanted": "AtkinsonHyperlegible-Italic",
        "code": "IBMPlexMono-Regular",
        "link": "AtkinsonHyperlegible-Regular",
    }
    for word, face in expected.items():
        assert faces[text.index(word)][1] == face


def test_many_cards_and_endless_answers_are_set() -> None:
    with ends():
        cards(deck(*(note(f"Question {at}?", "One line.\n" * 3 + "word " * 60, at) for at in range(250))))
        for answer in ("word " * 3500, "x" * 7500, "(" * 3500, "a-" * 3500):
            cards(deck(note("Q?", answer)))
