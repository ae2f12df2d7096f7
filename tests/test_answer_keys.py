"""Answers that are listed in a key below the questions are each read below their question."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.readers import ReadResult, SourceText, load

ANSWERS = {"What is a port?": "a number", "Name a switch.": "it joins machines", "And a hub?": "it repeats"}


def read(text: str, reader: str) -> ReadResult:
    return load(reader)(SourceText("q.txt", tuple(text.split("\n"))), Settings())


def read_pairs(text: str, reader: str) -> list[tuple[str, str]]:
    questions = read(text, reader).questions.questions
    return [(plain_text(question.question), plain_text(question.answer)) for question in questions]


def build(asked: str, heading: str, replied: str) -> str:
    questions = "\n".join(asked.format(n, text) for n, text in enumerate(ANSWERS, 1))
    answers = "\n".join(replied.format(n, text) for n, text in enumerate(ANSWERS.values(), 1))
    return f"{questions}\n\n{heading}\n\n{answers}\n"


@pytest.mark.parametrize("reader", ["plain", "markdown"])
@pytest.mark.parametrize(
    ("asked", "heading", "replied"),
    [
        ("{}. {}", "Answers", "{}. {}"),
        ("{}) {}", "ANSWER KEY:", "{}) {}"),
        ("{}. {}", "Solutions", "{}. {}"),
        ("{}. {}\n", "Respuestas", "{}. {}\n"),
        ("Q{}. {}", "Answers", "A{}. {}"),
        ("Question {}: {}\n", "Lösungen", "{}: {}"),
        ("{}. {}", "参考答案", "{}、{}"),
        ("{}. {}", "Answers\n-------", "Ans {}. {}"),
    ],
)
def test_keys_are_divided_among_questions(reader: str, asked: str, heading: str, replied: str) -> None:
    assert read_pairs(build(asked, heading, replied), reader) == list(ANSWERS.items())


@pytest.mark.parametrize(
    ("asked", "heading", "replied"),
    [
        ("### {}. {}\n", "### Answers", "{}. {}"),
        ("### {}. {}\n", "## Answers", "### {}. {}\n"),
        ("**{}. {}**\n", "**Solutions**", "**{}.** {}\n"),
        ("1. {1}", "## Answer key", "1. {1}"),
    ],
)
def test_keys_of_markdown_are_divided(asked: str, heading: str, replied: str) -> None:
    assert read_pairs(build(asked, heading, replied), "markdown") == list(ANSWERS.items())


QUIZ = "1. Two and two?\na) 3\nb) 4\n\n2. Three and three?\na) 6\nb) 7\n\n3. Is one odd?\na) yes\nb) no\n"


@pytest.mark.parametrize(
    "key",
    [
        "Answer key: 1-b, 2-a, 3-a",
        "Answers: 1. B 2. A 3. A",
        "Answers\n1) b  2) a\n3) a",
        "Key:\n\n1 - b\n2 - a\n3 - a",
    ],
)
def test_letters_of_a_key_are_divided(key: str) -> None:
    pairs = read_pairs(f"{QUIZ}\n{key}\n", "plain")
    assert [answer.lower() for _, answer in pairs] == ["b", "a", "a"]
    assert pairs[1][0] == "Three and three?\na) 6\nb) 7"


def test_each_chapter_has_a_key() -> None:
    chapter = build("{}. {}", "Answers", "{}. {}")
    pairs = read_pairs(f"Chapter 1\n\n{chapter}\n\nChapter 2\n\n{chapter}", "plain")
    assert pairs == [*ANSWERS.items()] * 2


def test_sections_of_a_key_are_those_of_the_questions() -> None:
    sections = "Part A\n1. {}?\n2. {}?\n\nPart B\n1. {}?\n2. {}?\n"
    text = sections.format(*"klmn") + "\nAnswers\n\n" + sections.replace("?", "").format(*"wxyz")
    result = read(text, "plain")
    assert read_pairs(text, "plain") == [("k?", "w"), ("l?", "x"), ("m?", "y"), ("n?", "z")]
    assert [question.category for question in result.questions.questions] == ["Part A"] * 2 + ["Part B"] * 2


def test_an_answer_is_above_the_heading_of_the_next_section() -> None:
    text = "Part A\n------\n1. One?\n2. Two?\n\nPart B\n------\n3. Three?\n4. Four?\n\nAnswers\n1. a\n2. b\n3. c\n4. d\n"
    result = read(text, "plain")
    assert [answer for _, answer in read_pairs(text, "plain")] == list("abcd")
    assert [question.category for question in result.questions.questions] == ["Part A"] * 2 + ["Part B"] * 2


def test_questions_repeated_with_answers_are_not_a_key() -> None:
    pairs = read_pairs("1. One?\n2. Two?\n\nAnswers\n\n1. One?\nFirst.\n\n2. Two?\nSecond.\n", "plain")
    assert [answer for _, answer in pairs if answer] == ["First.", "Second."]


def test_lines_of_code_and_lists_move_with_an_answer() -> None:
    text = "1. What?\n2. Which?\n\n## Answers\n\n1. This:\n\n   ```py\n   x = 1\n   ```\n\n   - a\n2. That.\n"
    (_, first), (_, second) = read_pairs(text, "markdown")
    assert (first, second) == ("This:\n\nx = 1\n\n- a", "That.")


def test_diagnostics_of_moved_lines_keep_their_number() -> None:
    result = read("1. What?\n2. Which?\n\nAnswers\n1. This.\n2. That.\n4. Lost.\n", "plain")
    reports = {(item.code, item.span.line) for item in result.diagnostics if item.span}
    assert reports == {("navigation-skipped", 4), ("stray-text", 7)}
    assert [question.span.line for question in result.questions.questions if question.span] == [1, 2]


LIST = "1. One?\n2. Two?\n3. Three?\n4. Four?\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # MIN_ENTRIES
        ("1. One?\n2. Two?\n\nAnswers\n1. x\n2. y\n", 2),
        ("1. One?\n\nAnswers\n1. x\n", 0),
        # MIN_ANSWERED_SHARE
        (f"{LIST}\nAnswers\n1. x\n3. y\n", 2),
        (f"{LIST}5. Five?\n\nAnswers\n1. x\n3. y\n", 0),
        # MAX_UNMATCHED_SHARE: always one, or one of five
        (f"{LIST}\nAnswers\n1. x\n2. y\n3. z\n5. q\n", 3),
        (f"{LIST}\nAnswers\n1. x\n2. y\n3. z\n5. q\n6. r\n", 0),
        # MAX_WRITTEN_SHARE
        ("1. One?\nFirst.\n2. Two?\n\nAnswers\n1. x\n2. y\n", 2),
        ("1. One?\nFirst.\n2. Two?\nSecond.\n\nAnswers\n1. x\n2. y\n", 0),
        # MAX_HEADING_CHARS
        ("1. One?\n2. Two?\n\nAnswers: 1-a, 2-b" + " " * 383 + "\n", 2),
        ("1. One?\n2. Two?\n\nAnswers: 1-a, 2-b" + " " * 384 + "\n", 0),
        # steps under the label of each answer
        ("1. One?\nAnswers:\n1. x\n2. y\n\n2. Two?\nAnswers:\n1. x\n2. y\n\n3. Three?\nAnswers:\n1. z\n", 0),
        ("1. One?\nAnswer: x\n2. Two?\nAnswer: y\n\nSolutions\n1. x\n2. y\n", 0),
        (f"{LIST}\nAnswers 2\n1. x\n2. y\n3. z\n4. q\n", 0),
        (f"{LIST}\nAnswers\n\nThey are at https://example.org.\n1. x\n2. y\n3. z\n", 0),
    ],
)
def test_other_lists_stay_where_they_are(text: str, count: int) -> None:
    result = read(text, "plain")
    assert ("navigation-skipped" in {item.code for item in result.diagnostics}) == bool(count)
    if count:
        assert sum(bool(question.answer) for question in result.questions.questions) == count
