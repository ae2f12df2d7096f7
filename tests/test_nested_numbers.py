"""A numbered list in a question or an answer is a part of it if the numbers of the questions continue below."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.readers import SourceText, load
from exporter.readers.labels.patterns import match_marker
from exporter.readers.plain.numbering import drop_nested_lists

ITEMS = ["day ships leave", "towed ships wait", "a pilot comes"]


def read_numbers(text: str) -> list[int | None]:
    result = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings())
    return [question.number for question in result.questions.questions]


def build(above: str, margin: str, items: list[str], last: int = 4) -> str:
    nested = "\n".join(f"{margin}{number}. {item}" for number, item in enumerate(items, 1))
    rest = "\n".join(f"{number}. What is {number}?\nIt is a number.\n" for number in range(3, last + 1))
    return f"1. What is a rule?\nA line.\n\n2. What do these say?\n{above}\n{nested}\n\n{rest}"


@pytest.mark.parametrize("above", ["The rules:", "**Rules:**", "Правила：", "They say"])
@pytest.mark.parametrize("margin", ["", "   ", "\t"])
def test_a_list_in_an_answer_has_no_questions(above: str, margin: str) -> None:
    is_list = bool(margin) or above != "They say"
    numbers = read_numbers(build(above, margin, ITEMS))
    assert (numbers == [1, 2, 3, 4]) == is_list or numbers == [1, 2, 3, 4]


@pytest.mark.parametrize(("mark", "count"), [("?", 7), (".", 4)])
def test_a_section_that_asks_keeps_its_numbers(mark: str, count: int) -> None:
    lines = build("Another part:", "", [f"What about {item}{mark}" for item in ITEMS]).split("\n")
    lines = [line.replace("What about", "About") if mark == "." else line for line in lines]
    markers = [(index, marker) for index, line in enumerate(lines) if (marker := match_marker(line))]
    assert len(drop_nested_lists(lines, markers)) == count


def test_numbers_that_do_not_continue_are_those_of_a_section() -> None:
    text = (
        build("Another part:", "", ITEMS)
        .replace("3. What is 3?", "1. What is 3?")
        .replace("4. What", "2. What")
    )
    assert read_numbers(text)[-2:] == [1, 2]


def test_lists_in_lists_are_left_out() -> None:
    inner = ["first:\n   1. a\n   2. b", "second", "third"]
    assert read_numbers(build("The rules:", "  ", inner)) == [1, 2, 3, 4]


LISTS = {
    "rules": ["A layer has one job.", "Layers know only those below.", "Errors go up."],
    "steps": ["lift the lid", "turn the valve", "wait", "close the lid"],
    "Russian": ["Ведущий принимает запись.", "Ведомые читают журнал.", "Отставание растёт."],
    "Chinese": ["list 属性规定输入域的列表。", "min 属性规定最小值。", "step 属性规定间隔。"],
    "terms": ["Latency", "Throughput", "Jitter", "Loss"],
}


def build_topics(items: list[str], form: str, *, above: str, tight: int = 0) -> str:
    """Return 20 topics, the first `tight` without a blank line below, and a list with code in the last one."""
    topics = "".join(
        f"{form.format(number)} Topic {number}\nSome text on it, in one line.\n" + "\n" * (number > tight)
        for number in range(1, 21)
    )
    code = "\n".join(f"{form.format(number)} {item}\nx = {number}" for number, item in enumerate(items, 1))
    return f"{topics.rstrip()}\n{above}\n{code}"


@pytest.mark.parametrize("form", ["{}.", "{})"])
@pytest.mark.parametrize("items", LISTS.values(), ids=LISTS)
def test_a_list_in_the_last_answer_has_no_questions(items: list[str], form: str) -> None:
    text = build_topics(items, form, above="From the manual, as far as I remember it.")
    assert read_numbers(text) == list(range(1, 21))


def test_a_list_below_its_title_is_a_section() -> None:
    assert len(read_numbers(build_topics(LISTS["terms"], "{}.", above="\nNetworks"))) == 24


@pytest.mark.parametrize(("tight", "count"), [(3, 20), (4, 24)])
def test_a_list_below_topics_of_one_form_is_text(tight: int, count: int) -> None:
    text = build_topics(LISTS["terms"], "{}.", above="From the manual, it says.", tight=tight)
    assert len(read_numbers(text)) == count


@pytest.mark.parametrize(
    "line",
    [
        "以数字形式返回类型，文本节点为三",
        "限制范围；三项",
        "It is rare. See the manual",
        "No tree! Only lists",
    ],
)
def test_a_line_with_the_end_of_a_sentence_is_no_title(line: str) -> None:
    blocks = [f"{number}. Topic {number}\nText on topic {number}\n" for number in range(1, 9)]
    blocks.insert(4, f"More text.\n\n{line}")
    result = load("plain")(SourceText("q.txt", tuple("\n".join(blocks).split("\n"))), Settings())
    questions = result.questions.questions
    assert len(questions) == 8
    assert {question.category for question in questions} == {None}


@pytest.mark.parametrize("line", ["Node.js and Deno", "Mr. Bean", "数据库"])
def test_a_short_line_with_a_dot_in_it_may_be_a_title(line: str) -> None:
    blocks = [f"{number}. Topic {number}\nText on topic {number}\n" for number in range(1, 9)]
    blocks.insert(4, line)
    result = load("plain")(SourceText("q.txt", tuple("\n".join(blocks).split("\n"))), Settings())
    assert result.questions.questions[-1].category == line
