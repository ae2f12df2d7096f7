"""Text below the last answer that is not a part of it is told with its lines."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.readers import SourceText, load
from exporter.readers.labels.note_titles import is_note_title

ANSWERED = ["What is a port?\nA number.\n", "What is a name?\nA word.\n", "What is a key?\nA secret.\n"]
NUMBERED = [f"{number}. {text}" for number, text in enumerate(ANSWERED, 1)]
LABELLED = [text.replace("What", "Q: What").replace("\n", "\nA: ", 1) for text in ANSWERED]
TERMS = "router - joins networks\nswitch - joins machines\nhub - repeats"
NOTES = {
    "ruler": ("----------\ncall back on Monday", 1),
    "two rulers": ("----------\nask about pay\n\n==========\ncall back", 1),
    "terms": (TERMS, 1),
    "terms in Russian": ("порт – число\nимя – слово\nключ – тайна", 1),
    "terms with arrows": (TERMS.replace(" - ", " => "), 1),
    "terms above a ruler": (f"{TERMS}\n\n----------\ncall back", 1),
    "title": ("Useful links\nports.example", 1),
    "ruler with nothing below": ("----------", 0),
}


def find_codes(text: str) -> list[str]:
    result = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings())
    return [diagnostic.code for diagnostic in result.diagnostics]


@pytest.mark.parametrize("questions", [ANSWERED, NUMBERED, LABELLED], ids=["asking", "numbered", "labelled"])
@pytest.mark.parametrize("name", NOTES)
def test_notes_below_the_last_answer_are_reported(questions: list[str], name: str) -> None:
    notes, count = NOTES[name]
    assert find_codes("\n".join([*questions, notes])) == ["stray-text"] * count


@pytest.mark.parametrize("name", ["ruler", "terms"])
def test_what_another_answer_has_too_is_an_answer(name: str) -> None:
    notes, _ = NOTES[name]
    assert find_codes("\n".join([NUMBERED[0], notes, "", *NUMBERED[1:], notes])) == []


@pytest.mark.parametrize(("count", "codes"), [(3, ["stray-text"]), (2, [])])
def test_few_answers_do_not_show_what_is_usual(count: int, codes: list[str]) -> None:
    assert find_codes("\n".join([*NUMBERED[:count], NOTES["ruler"][0]])) == codes  # MIN_OTHER_ANSWERS


FURTHER = {
    "two terms": ("\n".join(TERMS.split("\n")[:2]), 1),  # MIN_TERMS
    "underlined line": ("Which are good\n--------------\nThe long ones.", 1),
    "notes": ("Notes from Tuesday\nI talked too fast.", 1),
    "list of topics": ("(1) Ports\n(2) Names", 1),
    "indented": ("   And a part of the answer.", 0),
    "text that another answer has": ("Nobody guesses it.", 0),
}


@pytest.mark.parametrize("name", FURTHER)
def test_a_paragraph_only_the_last_answer_has_is_reported(name: str) -> None:
    text, count = FURTHER[name]
    lines = [*NUMBERED[:2], text if name.endswith("has") else "", *NUMBERED[2:], text]
    assert find_codes("\n".join(lines)) == ["closing-text"] * count


@pytest.mark.parametrize(
    ("title", "is_note"),
    [
        *(("Tips:", True), ("Common mistakes", True), ("DO'S AND DON'TS", True), ("Useful links", True)),
        *(("Tips for the interview", True), ("Häufige Fehler:", True), ("Errores comunes", True)),
        *(("References", True), ("Советы", True), ("Reference counting", False), ("Linked lists", False)),
        *(("Notes on pointers in C", True), ("Rules engines", False), ("Error handling", False)),
    ],
)
def test_titles_of_notes(title: str, is_note: bool) -> None:
    assert is_note_title(title) is is_note


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("Tips\n1. Be on time\n2. Show interest", ["stray-text"]),
        ("Tips\n1. Be on time?\n2. Show interest", []),  # what asks is a question under any title
        ("Ports\n1. Well-known ones\n2. Others", []),
    ],
)
def test_sections_of_notes_are_not_questions(section: str, codes: list[str]) -> None:
    assert find_codes(f"Questions\n1. What is a port?\n2. What is a name?\n\n{section}\n") == codes
