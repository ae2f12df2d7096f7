"""Limits of decoding, plain text and tables: one case on each side of each limit, named by its constant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exporter import plain_text
from exporter.config.settings import Settings
from exporter.model.questions import QuestionSet
from exporter.readers import SourceText, load
from exporter.readers.code_fences import MAX_FENCE_LINE_CHARS, find_fenced_lines, find_unclosed_fences
from exporter.readers.decoding.decode import decode
from exporter.readers.format_detection import sniff

ANSWERED = "Question 1: Why?\nAnswer: So.\n\n{}\n\nQuestion 2: How?\nAnswer: Thus.\n"


def read(text: str, reader: str = "plain") -> QuestionSet:
    return load(reader)(SourceText("q.txt", tuple(text.split("\n"))), Settings()).questions


def codes(text: str) -> set[str]:
    result = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings())
    return {diagnostic.code for diagnostic in result.diagnostics}


def is_heading(line: str) -> bool:
    """Return whether a line between two questions is the category of the second."""
    return read(ANSWERED.format(line)).questions[1].category is not None


def is_title(line: str) -> bool:
    """Return whether a line directly above a question is the category of it."""
    numbered = "\n\n".join(f"{number}. Why {number}?\nSo." for number in range(1, 4))
    return read(f"Title\n\n{numbered}\n\n{line}\n4. How?\nThus.").questions[-1].category is not None


def is_category(text: str) -> bool:
    return read(f"Question 1: Why?\nCategory: {text}\nAnswer: So.").questions[0].category is not None


def are_cues(text: str) -> bool:
    return len(read(f"Question 1: Why?\nAnswer: So.\nCues: {text}").questions[0].cues) > 1


def is_misspelt(word: str) -> bool:
    return "unknown-label" in codes(f"Question 1: Why?\nAnswer: So.\n{word}: a, b")


def is_joined(line: str) -> bool:
    """Return whether a line of a question is joined with the next."""
    (question,) = read(f"Question 1: {line}\nitem and so on\nAnswer: So.").questions
    return "\n" not in plain_text(question.question)


def is_header(rows_above: int) -> bool:
    """Return whether the header of a table is found below rows with one cell."""
    rows = ["A line"] * rows_above + ["question,answer", "Why?,So."]
    return len(read("\n".join(rows), "delimited").questions) == 1


def is_column(number: int) -> bool:
    """Return whether a column that Anki's headers declare is used."""
    row = "\t".join(["Why?", "So.", *[""] * (number - 3), "tag"])
    return bool(read(f"#separator:tab\n#tags column:{number}\n{row}", "delimited").questions[0].tags)


def names_question(header: str) -> bool:
    return bool(read(f"{header},second,third\nstack,b,c\nqueue,e,f", "delimited").questions)


def is_table(tabs: int) -> bool:
    return sniff(["a" + "\tb" * tabs] * 3) == "delimited"


def is_fence(line: str) -> bool:
    return bool(find_fenced_lines([line, "code", "```"]))


def is_text(data: bytes) -> bool:
    return decode("q.txt", data)[0] is not None


CASES: dict[str, tuple[Callable[..., bool], object, object]] = {
    "MAX_HEADING_CHARS": (is_heading, f"{'a' * 140}\n{'-' * 140}", f"{'a' * 141}\n{'-' * 141}"),
    "MAX_CAPITALS_CHARS": (is_heading, "A" * 60, "A" * 61),
    "MIN_CAPITALS": (is_heading, "SQL", "UK"),
    "MAX_TITLE_CHARS": (is_title, "a" * 60, "a" * 61),
    "MAX_TITLE_WORDS": (is_title, " ".join("a" * 8), " ".join("a" * 9)),
    "MAX_CATEGORY_CHARS": (is_category, "a" * 100, "a" * 101),
    "MAX_CUE_WORDS": (are_cues, "a, b c d e, f", "a, b c d e f, g"),
    "MIN_SIMILARITY_PERCENT": (is_misspelt, "Anwser", "Answ"),
    "MIN_WORD_CHARS": (is_misspelt, "Tagz", "Tas"),
    "MIN_WRAPPED_CHARS": (is_joined, "a" * 50, "a" * 49),
    "MAX_ROWS_ABOVE_HEADER": (is_header, 5, 6),
    "MIN_PARTIAL_NAME_CHARS": (names_question, "card front", "the term"),
    "MAX_TABS": (is_table, 11, 12),
    "MAX_FENCE_LINE_CHARS": (is_fence, "```".ljust(99), "```".ljust(100)),
    "MAX_CONTROLS_IN_TEXT": (is_text, b"\x01" * 30 + b"a" * 70, b"\x01" * 31 + b"a" * 69),
    "MAX_CONTROLS_IN_LEGACY": (is_text, b"\x01" * 3 + b"\xe9" * 97, b"\x01" * 4 + b"\xe9" * 96),
    "MAX_COLUMN": (is_column, 999, 1000),
}


@pytest.mark.parametrize("name", list(CASES))
def test_limit_holds_on_both_sides(name: str) -> None:
    check, inside, outside = CASES[name]
    assert check(inside)
    assert not check(outside)


@pytest.mark.parametrize(
    ("length", "is_reported"), [(MAX_FENCE_LINE_CHARS, True), (MAX_FENCE_LINE_CHARS + 1, False)]
)
def test_longest_unclosed_fence_is_reported(length: int, is_reported: bool) -> None:
    line = "```sh " + "a" * (length - 6)
    assert find_unclosed_fences((line,), ()) == ([0] if is_reported else [])
