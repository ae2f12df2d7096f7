"""Text below the last answer that is not a part of it is told with its lines."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.readers import SourceText, load

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
    "two terms": ("\n".join(TERMS.split("\n")[:2]), 0),  # MIN_TERMS
    "paragraph": ("A long one is better.\nNobody guesses it.", 0),
    "underlined line in the answer": ("Which are good\n--------------\nThe long ones.", 0),
    "ruler with nothing below": ("----------", 0),
}


def find_codes(text: str) -> list[str]:
    result = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings())
    return [diagnostic.code for diagnostic in result.diagnostics]


@pytest.mark.parametrize("questions", [ANSWERED, NUMBERED, LABELLED], ids=["asking", "numbered", "labelled"])
@pytest.mark.parametrize("name", NOTES)
def test_notes_below_the_last_answer_are_told(questions: list[str], name: str) -> None:
    notes, count = NOTES[name]
    assert find_codes("\n".join([*questions, notes])) == ["stray-text"] * count


@pytest.mark.parametrize("name", ["ruler", "terms"])
def test_what_another_answer_has_too_is_an_answer(name: str) -> None:
    notes, _ = NOTES[name]
    assert find_codes("\n".join([NUMBERED[0], notes, "", *NUMBERED[1:], notes])) == []


@pytest.mark.parametrize(("count", "codes"), [(3, ["stray-text"]), (2, [])])
def test_few_answers_do_not_show_what_is_usual(count: int, codes: list[str]) -> None:
    assert find_codes("\n".join([*NUMBERED[:count], NOTES["ruler"][0]])) == codes  # MIN_OTHER_ANSWERS
