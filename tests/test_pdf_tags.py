"""The structure of the cards: every text is in one element or is an artefact, in reading order."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as PillowImage

from exporter.cards.stocks import STOCKS, Stock
from exporter.config.choices import PrintMode
from exporter.model.deck import Deck
from exporter.model.questions import CodeBlock, Image, ListBlock, Math, Paragraph, Quote, Table, Text
from exporter.model.text import paragraph, plain_text
from tests.pdf_decks import MM, cards, deck, note, read, seed
from tests.pdf_structure_reading import Element, Structure, read_structure

SHORT = deck(
    note("What is the first question of these?", "One step of the first answer.\nAnother step.", 1),
    note("What is second?", "The only step.", 2),
)


def structure_of(source: Deck, **values: str) -> Structure:
    """Return the structure of a deck's cards, in which each sequence has one element."""
    with read(cards(source, **values)) as pdf:
        structure = read_structure(pdf)
    owners = {
        place: element.number
        for role in {found.role for found in _all(structure.root)}
        for element in structure.root.find(role)
        for place in element.kids
        if not isinstance(place, Element)
    }
    assert owners == structure.parents, "each sequence is in one element, and knows it"
    assert len(list(structure.root.places())) == len(structure.texts)
    return structure


def _all(element: Element) -> list[Element]:
    return [element, *(found for kid in element.kids if isinstance(kid, Element) for found in _all(kid))]


def outline(answer: object, **values: str) -> str:
    """Return the outline of the back of a card with an answer."""
    structure = structure_of(deck(note("Q?", answer)), **values)  # type: ignore[arg-type]
    return structure.outline(structure.root.find("Sect")[-1])


def test_the_real_questions_are_read_in_their_order() -> None:
    source = seed()
    structure = structure_of(source, pdf_content="answer")
    read_aloud = [structure.text(section) for section in structure.root.find("Sect")]
    for asked, front, back in zip(source.notes, read_aloud[::2], read_aloud[1::2], strict=True):
        question, answer = (plain_text(side) for side in (asked.question.question, asked.question.answer))
        assert front == question
        steps = "".join(f"{n} {step}" for n, step in enumerate(answer.split("\n"), 1))
        assert back.endswith(steps)
        # a back repeats the question on one line, shortened where it must be
        assert question.startswith(back.removesuffix(steps).removesuffix("…"))
    assert [element.role for element in structure.root.find("H1")] == ["H1"] * len(source.notes)


@pytest.mark.parametrize("mode", list(PrintMode), ids=str)
@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_fronts_and_backs_are_sections_on_every_stock(stock: Stock, mode: PrintMode) -> None:
    if mode is PrintMode.FOLD and len(stock.rects) == 1:
        pytest.skip("nothing to fold")
    structure = structure_of(SHORT, pdf_stock=stock.name, pdf_duplex=str(mode), pdf_content="answer")
    texts = [structure.text(section) for section in structure.root.find("Sect")]
    first, second = (
        [
            "What is the first question of these?",
            "What is the first question of these?1 One step of the first answer.2 Another step.",
        ],
        ["What is second?", "What is second?The only step."],
    )
    if mode is PrintMode.SINGLE:
        first, second = [first[1]], [second[1]]
    assert texts == [*first, *second]


def test_lists_in_lists_have_labels_and_bodies() -> None:
    inner = ListBlock(((paragraph("inner"),),), ordered=True, start=3)
    items = ((paragraph("☐ open"),), (paragraph("text"), inner))
    assert outline((paragraph("Before"), ListBlock(items))) == "\n".join(
        (
            "Sect",
            "  H2: Q?",
            "  P: Before",
            "  L",
            "    LI",
            "      Lbl",
            "      LBody: open",
            "    LI",
            "      Lbl: •",
            "      LBody",
            "        P: text",
            "        L",
            "          LI",
            "            Lbl: 3.",
            "            LBody: inner",
        )
    )


def test_a_check_box_is_read_as_its_character() -> None:
    structure = structure_of(deck(note("Q?", (ListBlock(((paragraph("☑ done"),),)),))))
    (label,) = structure.root.find("Lbl")
    assert label.entries["ActualText"].decode("utf-16") == "☑"


def test_tables_code_and_quotes_have_their_elements() -> None:
    cells = tuple((Text(text),) for text in "abcd")
    answer = (Table(cells[:2], (cells[2:],)), CodeBlock("x = 1\ny = 2"), Quote((paragraph("said"),)))
    assert outline(answer).split("\n") == [
        "Sect",
        "  H2: Q?",
        "  Table",
        "    TR",
        "      TH: a",
        "      TH: b",
        "    TR",
        "      TD: c",
        "      TD: d",
        "  P",
        "    Code: x = 1 y = 2",
        "  BlockQuote: said",
    ]


@pytest.mark.parametrize("mode", ["long-edge", "short-edge"])
def test_a_picture_has_its_alternative_text_and_place(mode: str) -> None:
    data = BytesIO()
    PillowImage.new("RGB", (96, 48), "red").save(data, "PNG")
    source = replace(
        deck(note("Q?", (Image("a.png", "a red (box), 100 %"),))), media={"a.png": data.getvalue()}
    )
    with read(cards(source, pdf_duplex=mode)) as pdf:
        (figure,) = read_structure(pdf).root.find("Figure")
        (image,) = pdf.pages[1].images
        height = pdf.pages[1].height
    assert figure.entries["Alt"] == b"a red (box), 100 %"
    box = figure.entries["A"]["BBox"]
    assert box == pytest.approx(
        [image["x0"], height - image["bottom"], image["x1"], height - image["top"]], abs=0.02
    )
    assert box[2] - box[0] > 20 * MM


def test_a_picture_without_description_is_named_by_its_file() -> None:
    data = BytesIO()
    PillowImage.new("RGB", (9, 9)).save(data, "PNG")
    source = replace(deck(note("Q?", (Image("a.png"),))), media={"a.png": data.getvalue()})
    (figure,) = structure_of(source).root.find("Figure")
    assert figure.entries["Alt"] == b"a.png"


def test_a_continued_answer_is_a_list_on_each_card() -> None:
    steps = "\n".join(
        f"This is the step with number {number}, which is somewhat long." for number in range(30)
    )
    structure = structure_of(deck(note("Q?", steps)), pdf_content="answer")
    lists = structure.root.find("L")
    assert len(lists) > 1
    assert "".join(structure.text(body) for body in structure.root.find("LBody")) == steps.replace("\n", "")


def test_furniture_is_an_artefact() -> None:
    structure = structure_of(SHORT)
    artefacts = "".join(structure.artefacts)
    assert "k00000000001" in artefacts.replace(" ", "")
    assert "sheet" in artefacts and "step" not in artefacts


def test_right_to_left_lines_are_read_in_logical_order() -> None:
    answer = "كتاب abc (12)"
    structure = structure_of(deck(note("ما هذا؟", answer)), pdf_font="Noto Sans Arabic")
    spans = [span.entries["ActualText"].decode("utf-16").strip() for span in structure.root.find("Span")]
    assert spans == ["ما هذا؟", "ما هذا؟", answer]


def test_the_end_of_a_right_to_left_line_is_in_logical_order() -> None:
    # the last line has Latin letters alone, and its full stop is drawn first
    answer = "كتاب كتاب كتاب كتاب كتاب كتاب كتاب كتاب كتاب كتاب كتاب كتاب factorial(5)."
    structure = structure_of(deck(note("Q?", answer)), pdf_font="Noto Sans Arabic", pdf_stock="c32011")
    spans = [span.entries["ActualText"] for span in structure.root.find("Span")]
    texts = [text.decode("utf-16" if text.startswith(b"\xfe\xff") else "ascii") for text in spans]
    assert "".join(texts).strip() == answer


def test_what_follows_a_divided_word_is_in_its_element() -> None:
    word = "Unternehmenssoftwareentwicklungsprojektverwaltungsgesellschaftsvertrag"
    source = replace(deck(note("Q?", f"Der {word} ist da.\nJa.")), language="de")
    structure = structure_of(source, pdf_stock="c32011", pdf_content="answer")
    step, *_ = structure.root.find("LBody")
    assert "\u00ad" in structure.text(step)
    assert structure.text(step).replace("\u00ad", "") == f"Der {word} ist da."


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="needs Debian's package poppler-utils")
def test_poppler_reads_what_follows_a_divided_word(tmp_path: Path) -> None:
    # its reader ends an element's text at the end of a nested sequence
    path = tmp_path / "cards.pdf"
    path.write_bytes(
        cards(
            replace(deck(note("Q?", f"Der {'Unternehmens' * 6} ist da.\nJa.")), language="de"),
            pdf_stock="c32011",
        )
    )
    shown = subprocess.run(
        ["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True
    ).stdout.decode()
    assert "ist da." in shown


def test_an_empty_cell_is_a_cell() -> None:
    cells = [(Text(text),) if text else () for text in ("a", "b", "", "d", "e")]
    table = Table(tuple(cells[:2]), (tuple(cells[2:4]), tuple(cells[4:])))
    assert [line.strip() for line in outline((table,)).split("\n")[3:]] == [
        *("TR", "TH: a", "TH: b"),
        *("TR", "TD", "TD: d"),
        *("TR", "TD: e", "TD"),
    ]


def test_a_question_without_text_has_a_heading() -> None:
    structure = structure_of(deck(note((CodeBlock("print(1)"),), "a")))
    assert structure.outline(structure.root.find("Sect")[0]) == "Sect\n  H1\n    Code: print(1)"


def test_a_formula_is_read_as_its_source() -> None:
    formula = Paragraph(((Text("so "), Math("x^2"), Text(" is")),))
    structure = structure_of(deck(note("Q?", (formula,))))
    (found,) = structure.root.find("Formula")
    assert found.entries["Alt"] == b"x^2"
    (text,) = structure.root.find("P")
    assert [kid is found for kid in text.kids] == [False, True, False]
