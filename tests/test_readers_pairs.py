"""`question::answer` lines whose question or answer contains `::`, too."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.readers import SourceText, load
from exporter.readers.labels.pairs import find_pair

PAIRS = [
    ("What is std::map?", "::", "A tree map."),
    ("What is std::map?", "::", "A std::map is a tree."),
    ("What is `a::b`?", "::", "A path in `c::d`."),
    ("Who wrote “Foo::Bar”?", " :: ", "Nobody::ever"),
    ("What does ::new do?", "::", "It calls the global one."),
    ("Is ::1 an address?", " :: ", "Yes, like fe80::1."),
    ("The std::map container", " :: ", "A tree."),
    ("Vec::new()", " :: ", "Makes an empty vector."),
    ("Explain Vec::new", "::", "Makes an empty vector."),
    ("Describe std::move", "::", "A cast to an rvalue"),
    ("Explain the scope operator of C++", "::", "It is written as in std::map."),
    ("List what `x::y` is", "::", "A name, `z::y` too"),
    ("When was it, at 10::20?", "::", "At 11::30."),
    ("Which way round?", ":::", "Both, as in Obsidian."),
    ("什么是std::map？", "::", "一种树。"),
    ("Explain ActiveRecord::Base", " :: ", "The parent of each model."),
    ("What is `?::`", "::", "Nothing."),
    ("Define the term", "::", "See std::string."),
]


@pytest.mark.parametrize(("question", "separator", "answer"), PAIRS, ids=lambda text: text)
def test_pair_is_separated_at_its_separator(question: str, separator: str, answer: str) -> None:
    text = question + separator + answer
    pair = find_pair(text)
    assert pair is not None
    assert (text[: pair.question_end], text[pair.answer_start :]) == (question, answer)


@pytest.mark.parametrize(
    "text",
    [
        "Use std::map and std::set.",
        "The path `Explain a::b` is code",
        "Cells of ::::::::",
        "std::map::iterator",
        "The address ::1 is this machine.",
    ],
)
def test_sentence_with_double_colons_is_not_a_pair(text: str) -> None:
    assert find_pair(text) is None


@pytest.mark.parametrize("name", ["plain", "markdown"])
def test_all_lines_of_a_file_are_separated_alike(name: str) -> None:
    lines = [f"{question}{separator}{answer}" for question, separator, answer in PAIRS]
    between = ("",) if name == "markdown" else ()
    source = SourceText("x", tuple(part for line in lines for part in (line, *between)))
    read = load(name)(source, Settings()).questions.questions
    expected = [(question, answer) for question, _, answer in PAIRS]
    shown = [(plain_text(question.question), plain_text(question.answer)) for question in read]
    expected = [(question.replace("`", ""), answer.replace("`", "")) for question, answer in expected]
    assert shown == expected


@pytest.mark.parametrize("name", ["plain", "markdown"])
def test_separators_with_spaces_exclude_names(name: str) -> None:
    lines = (
        "Explain std::move :: A cast.",
        "What is it?::A question mark tells as well.",
        "Foo::Bar::He :: A class",
        "Explain Foo::baz :: A method",
        "it may need std::utility for that.",
    )
    read = load(name)(SourceText("x", lines), Settings()).questions.questions
    assert [plain_text(question.question) for question in read] == [
        "Explain std::move",
        "What is it?",
        "Foo::Bar::He",
        "Explain Foo::baz",
    ]
    assert "std::utility" in plain_text(read[-1].answer)
