"""Lines of question and answer with a separator between them."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.readers import SourceText, load

ANSWERS = {"What is a port?": "A number.", "Who gives names?": "People, mostly.", "And why?": "To remember."}


def read_pairs(*lines: str) -> list[tuple[str, str]]:
    result = load("plain")(SourceText("q.txt", lines), Settings())
    return [
        (plain_text(question.question), plain_text(question.answer))
        for question in result.questions.questions
    ]


@pytest.mark.parametrize(
    "separator", [" -> ", "->", " => ", " → ", " | ", "|", "\t", " - ", " – ", ": ", " : "]
)
@pytest.mark.parametrize("form", ["{}{}{}", '"{}"{}"{}",', "{}{}{}\n"])
def test_a_separator_divides_question_and_answer(separator: str, form: str) -> None:
    text = "\n".join(form.format(question, separator, answer) for question, answer in ANSWERS.items())
    assert read_pairs(*text.split("\n")) == list(ANSWERS.items())


@pytest.mark.parametrize("separator", [" -> ", " => ", "|", "\t"])
def test_a_numbered_question_is_divided_from_its_answer(separator: str) -> None:
    lines = [
        f"{number}. {question}{separator}{answer}"
        for number, (question, answer) in enumerate(ANSWERS.items(), 1)
    ]
    lines.insert(2, "And some more.")
    assert read_pairs(*lines)[1] == ("Who gives names?", "People, mostly.\nAnd some more.")


@pytest.mark.parametrize(
    ("line", "is_pair"),
    [
        ("port forwarding -> another host answers", True),
        ("explain NAT -> one address for many", True),
        ("port forwarding: another host answers", False),
    ],
)
def test_an_arrow_divides_other_lines_of_such_a_file(line: str, is_pair: bool) -> None:
    lines = [f"{question} -> {answer}" for question, answer in ANSWERS.items()]
    assert (len(read_pairs(*lines, line)) == 4) == is_pair


def test_a_colon_divides_lines_that_begin_like_a_question() -> None:
    lines = [f"{question} : {answer}" for question, answer in ANSWERS.items()]
    assert read_pairs(*lines, "Explain NAT : one address.")[-1] == ("Explain NAT", "one address.")
    assert len(read_pairs(*lines, "NAT : one address.")) == 3


def test_labelled_questions_keep_their_arrows() -> None:
    lines = ["Q: Ready? -> Go?", "A: It maps x -> y.", "", "Q: Why? -> so", "A: x? -> y"]
    assert [question for question, _ in read_pairs(*lines)] == ["Ready? -> Go?", "Why? -> so"]


@pytest.mark.parametrize("sign", ["▬", "─", "═", "•", "░"])
def test_a_row_of_any_sign_is_a_ruler(sign: str) -> None:
    for count, answer in ((8, "x"), (7, f"x\n{sign * 7}")):  # MIN_RULER_SIGNS
        lines = ["Q: What?", "A: x", sign * count, "Q: Who?", "A: y", sign * count]
        assert read_pairs(*lines)[0] == ("What?", answer)
