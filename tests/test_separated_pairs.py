"""Lines of question and answer with a separator between them."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.readers import SourceText, load
from exporter.readers.labels.patterns import split_inline_answer

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


@pytest.mark.parametrize(
    "label", ["Answer:", "Ans -", "A:", "Antwort:", "Respuesta:", "Ответ:", "Réponse :", "answer 1:", "ANS -"]
)
def test_a_label_after_a_question_mark_divides_a_line(label: str) -> None:
    lines = [f"{question} {label} {answer}" for question, answer in ANSWERS.items()]
    assert read_pairs(*lines) == list(ANSWERS.items())


def test_a_label_without_spaces_divides_a_line() -> None:
    assert read_pairs("堆是什么？答案：树", "栈呢？答案：后进先出") == [
        ("堆是什么？", "树"),
        ("栈呢？", "后进先出"),
    ]


def test_questions_between_labelled_lines_keep_answers_below() -> None:
    lines = [
        "p. 3: what is a heap? Answer - a tree.",
        "p. 5: and a trie?",
        "p. 9: why hash?",
        "For speed.",
        "",
    ]
    assert read_pairs(*lines, "p. 11: who sorts? A: the library.") == [
        ("p. 3: what is a heap?", "a tree."),
        ("p. 5: and a trie?", ""),
        ("p. 9: why hash?", "For speed."),
        ("p. 11: who sorts?", "the library."),
    ]


@pytest.mark.parametrize("line", ["Is the answer 42? Answers vary.", "Why ask? A dash - as here"])
def test_a_word_that_is_no_label_does_not_divide_a_line(line: str) -> None:
    assert split_inline_answer(line) is None
