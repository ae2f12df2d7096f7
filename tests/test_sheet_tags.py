"""The structure of the printed sheet, and the claim of PDF/UA."""

from __future__ import annotations

from exporter.exporters.sheet import export
from exporter.model.deck import Deck
from exporter.model.text import plain_text
from tests.pdf_decks import deck, note, options, read, seed
from tests.pdf_structure_reading import read_structure
from tests.test_pdf_accessibility import CLAIM, RICH, failed_rules


def sheet(source: Deck, content: str = "answers") -> bytes:
    return export(source, options(sheet__content=content), 0).files[1].data


def test_the_sheet_is_read_question_by_question() -> None:
    source = seed()
    with read(sheet(source)) as pdf:
        assert len(pdf.pages) > 1
        structure = read_structure(pdf)
    title, *questions = (structure.text(section) for section in structure.root.find("Sect"))
    assert title == source.title
    expected = []
    for asked in source.notes:
        question, answer = (plain_text(side) for side in (asked.question.question, asked.question.answer))
        steps = "".join(f"{number} {step}" for number, step in enumerate(answer.split("\n"), 1))
        expected.append(f"{asked.question.number}. {question}{steps}")
    assert questions == expected


def test_a_list_on_two_pages_is_one_list() -> None:
    steps = "\n".join(f"This is step {number} of an answer that is long." for number in range(200))
    with read(sheet(deck(note("Q?", steps)))) as pdf:
        assert len(pdf.pages) > 1
        structure = read_structure(pdf)
    (found,) = structure.root.find("L")
    assert len(found.kids) == 200
    assert len({page for page, _ in found.places()}) > 1


def test_categories_are_headings_above_questions() -> None:
    source = deck(note("A?", "a", category="First"), note("B?", "b", 2, category="Second"))
    with read(sheet(source)) as pdf:
        structure = read_structure(pdf)
    headings = [
        (found.role, structure.text(found)) for role in ("H2", "H3") for found in structure.root.find(role)
    ]
    assert headings == [("H2", "FIRST"), ("H2", "SECOND"), ("H3", "1. A?"), ("H3", "2. B?")]


def test_a_checker_agrees_with_the_claim_of_the_sheet() -> None:
    source = deck(*RICH.notes[:4], *RICH.notes[6:])
    for content in ("answers", "cues"):
        data = sheet(source, content)
        assert CLAIM in data
        assert failed_rules(data) == []
