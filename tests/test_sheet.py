"""The cheat sheet for the evening before: one page on paper, and a page for the browser."""

from __future__ import annotations

import io
import re
from html import unescape
from html.parser import HTMLParser

import pdfplumber
import pypdf
import pytest

from exporter.cards.stocks import A4, LETTER, POINTS_PER_MM
from exporter.config.settings import Settings, with_values
from exporter.config.settings_table import Value
from exporter.exporters.sheet import export
from exporter.model.deck import Deck, Note
from exporter.model.questions import Block, CodeBlock, Image, Link, ListBlock, Paragraph, Text
from exporter.model.text import paragraph, plain_text
from exporter.sheets.layout import MAX_SIZE_PT, MIN_SIZE_PT
from tests.pdf_decks import deck, seed
from tests.pdf_decks import note as numbered


def options(**values: Value) -> Settings:
    """Return options; `columns=3` sets `sheet.columns`."""
    return with_values(Settings(), {f"sheet.{key}": value for key, value in values.items()})


ANSWERS = options(content="answers")


def note(question: str, *answer: Block, number: int = 1, **fields: object) -> Note:
    return numbered(question, answer, number, **fields)


def files(source: Deck, chosen: Settings | None = None) -> tuple[str, bytes]:
    """Return the page and the PDF of a deck."""
    html, pdf = export(source, chosen or options(), 0).files
    return html.data.decode(), pdf.data


def words_of(data: bytes) -> str:
    """Return the words of a PDF in reading order: the left column, then the right."""
    texts = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            middle = page.width / 2
            for box in ((0, 0, middle, page.height), (middle, 0, page.width, page.height)):
                texts.append(page.crop(box).extract_text() or "")
    return " ".join(" ".join(texts).split())


def many(count: int) -> Deck:
    lines = [
        paragraph(f"Server {index} of the cluster runs PostgreSQL, and Kafka takes the load.")
        for index in range(9)
    ]
    return deck(
        *(note(f"Question {index} about the cluster?", *lines, number=index + 1) for index in range(count))
    )


def test_seed_is_one_a4_page_with_every_question() -> None:
    source = seed()
    export_ = export(source, options(), 0)
    assert [file.name for file in export_.files] == ["notes-cheatsheet.html", "notes-cheatsheet.pdf"]
    assert export_.diagnostics == ()
    reader = pypdf.PdfReader(io.BytesIO(export_.files[1].data))
    assert len(reader.pages) == 1
    assert tuple(map(float, reader.pages[0].mediabox[2:])) == pytest.approx(
        [side * POINTS_PER_MM for side in A4], abs=0.01
    )
    text = words_of(export_.files[1].data)
    for entry in source.notes:
        for word in plain_text(entry.question.question).split():
            assert word in text
        for cue in entry.cues:
            for word in cue.split():
                assert word in text
    fonts = reader.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in fonts)


def test_order_on_paper_is_that_of_the_source() -> None:
    source = seed()
    text = words_of(files(source)[1])
    positions = [
        text.index(plain_text(entry.question.question).split("?")[0][:20]) for entry in source.notes[:3]
    ]
    assert positions == sorted(positions)


def test_no_question_is_broken_between_columns() -> None:
    _, data = files(many(60))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) > 1
        for page in pdf.pages:
            for left, right in ((0, page.width / 2), (page.width / 2, page.width)):
                lines = page.crop((left, 0, right, page.height)).extract_text_lines()
                first = next(line for line in lines if line["top"] > 45 or page.page_number > 1)
                assert re.match(r"\d+\. Question", first["text"]), first["text"]


def test_nothing_is_outside_the_margins() -> None:
    for columns in (1, 2, 3):
        with pdfplumber.open(io.BytesIO(files(many(40), options(columns=columns))[1])) as pdf:
            for page in pdf.pages:
                assert min(char["x0"] for char in page.chars) > 25
                assert max(char["x1"] for char in page.chars) < page.width - 25
                assert max(char["bottom"] for char in page.chars) < page.height - 25


def test_size_is_the_largest_that_takes_no_further_page() -> None:
    sizes = {}
    for count in (1, 28, 60):
        (_, pdf) = export(many(count), options(), 0).files
        sizes[count] = pdf.details["size"], pdf.details["pages"]
    assert sizes[1] == (MAX_SIZE_PT, 1)
    assert MIN_SIZE_PT <= sizes[28][0] < MAX_SIZE_PT
    assert sizes[60][1] > 1


def test_paper_and_columns_are_chosen() -> None:
    reader = pypdf.PdfReader(io.BytesIO(files(seed(), options(paper="letter"))[1]))
    assert tuple(map(float, reader.pages[0].mediabox[2:])) == pytest.approx(
        [side * POINTS_PER_MM for side in LETTER], abs=0.01
    )


@pytest.mark.parametrize("columns", [0, 4, 1.5])
def test_columns_that_cannot_be_are_an_error(columns: float) -> None:
    made = export(seed(), options(columns=columns), 0)
    assert made.files == ()
    assert [found.code for found in made.diagnostics] == ["pdf-setting"]
    assert "sheet.columns" in made.diagnostics[0].message


def test_answers_are_whole_on_both_sheets() -> None:
    source = seed()
    html, pdf = files(source, ANSWERS)
    shown, printed = visible(html), words_of(pdf)
    for entry in source.notes:
        for word in plain_text(entry.question.answer).split():
            assert word in shown
            assert word in printed


def test_answer_higher_than_a_column_continues_in_the_next() -> None:
    lines = [f"line-{index}" for index in range(400)]
    _, pdf = files(deck(note("Long?", paragraph(*lines)), note("Next?", paragraph("Yes."))), ANSWERS)
    text = words_of(pdf)
    assert [text.index(f"{line} ") for line in lines[:-1]] == sorted(
        text.index(f"{line} ") for line in lines[:-1]
    )
    assert "Next?" in text


def test_categories_are_headings() -> None:
    notes = [
        note(f"Q{index}?", paragraph("Redis absorbs the peaks."), number=index + 1, category=name)
        for index, name in enumerate("AAB")
    ]
    html, pdf = files(deck(*notes))
    assert html.count("<details") == 2
    assert re.search(r"\bA 1\. Q0\? .*\bB 3\. Q2\?", words_of(pdf))


def test_same_deck_gives_the_same_bytes_whatever_the_clock() -> None:
    first, second = (export(seed(), options(), now).files for now in (1, 2_000_000_000))
    assert [file.data for file in first] == [file.data for file in second]


class _Words(HTMLParser):
    """The words of a page that a person sees, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self._hidden += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def visible(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    return " ".join("".join(parser.words).split())


def test_page_needs_no_other_file() -> None:
    html, _ = files(seed())
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", html)
    assert "default-src 'none'" in unescape(html)


def test_page_shows_what_was_typed_and_runs_nothing() -> None:
    hostile = note(
        "What does <script>alert(1)</script> & {{ 7 * 7 }} do?",
        paragraph("It <b>runs</b> & alerts."),
        ListBlock(((paragraph("a < b"),),)),
        CodeBlock("<i>x</i>", "html"),
        Image("missing.png", "A missing picture"),
    )
    html, _ = files(deck(hostile), ANSWERS)
    shown = visible(html)
    for words in (
        "<script>alert(1)</script> & {{ 7 * 7 }}",
        "<b>runs</b> & alerts",
        "a < b",
        "<i>x</i>",
        "A missing picture",
    ):
        assert words in shown
    assert html.count("<script") == 1


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_page_links_only_to_safe_addresses(target: str) -> None:
    html, _ = files(deck(note("Q?", Paragraph(((Link((Text("here"),), target),),)))), ANSWERS)
    assert target not in html
    assert "here" in visible(html)
