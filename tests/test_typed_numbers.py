"""A line that begins with the number missing between two questions is a question, whatever follows it."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.readers import SourceText, load
from exporter.readers.plain.typed_numbers import MAX_MISSING


def read(text: str) -> list[tuple[int | None, str]]:
    result = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings())
    return [(question.number, plain_text(question.question)) for question in result.questions.questions]


def build(form: str, *questions: str) -> str:
    return "\n".join(f"{form.format(number)}{text}\nAn answer.\n" for number, text in enumerate(questions, 1))


@pytest.mark.parametrize(
    "odd", ["[FromBody] or none", "<div> and <span>", "== and ===", "the smaller one", "==> what"]
)
@pytest.mark.parametrize("form", ["{}.", "{}. ", "{})", "{}-", "{} ", "({})"])
@pytest.mark.parametrize("position", [0, 1, 3])
def test_a_missing_number_begins_a_question(odd: str, form: str, position: int) -> None:
    texts = ["What is a port?", "Who gives names?", "How long is it?"]
    texts.insert(position, odd)
    assert read(build(form, *texts)) == list(enumerate(texts, 1))


@pytest.mark.parametrize("form", ["{}.", "{}-"])
def test_first_numbers_without_a_space_are_of_the_same_form(form: str) -> None:
    texts = ["What is a seam?", "Wool and cotton", "What is felt?"]
    text = "\n".join(f"{form.format(number)}{words}" for number, words in enumerate(texts, 1))
    rest = "\n".join(f"{form.format(number)} What is {number}?" for number in (4, 5, 6))
    assert [number for number, _ in read(f"{text}\n{rest}")] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "answer",
    [
        "There are\n2 wheels.",  # without a mark, a line that continues a paragraph
        "Steps:\n1.[a]\n2.[b]",  # below the number before
        "   2.[indented]",
        "2)[another mark]",
    ],
)
def test_numbers_in_answers_stay_in_them(answer: str) -> None:
    form = "{} " if "wheels" in answer else "{}."
    text = build(form, "What is a cart?", "x", "Who pulls it?").replace("An answer.", answer, 1)
    text = text.replace(f"{form.format(2)}x\nAn answer.\n", "")
    assert [number for number, _ in read(text)] == [1, 3]


@pytest.mark.parametrize(("count", "is_filled"), [(MAX_MISSING, True), (MAX_MISSING + 1, False)])
def test_a_long_gap_is_not_filled(count: int, is_filled: bool) -> None:
    texts = ["What is a port?", *["==x"] * count, "Who gives names?"]
    assert (len(read(build("{}.", *texts))) == count + 2) == is_filled
