"""Files in the styles that people write questions in Markdown, made from questions and answers.

Each style is a function from entries to lines; `join` puts two of them into one file.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.reading_styles import Entry, Mixed, Style, entries, write_each


def _indent(answer: Sequence[str], columns: int) -> list[str]:
    return [" " * columns + line if line else "" for line in answer]


def _write_table(entries: Sequence[Entry], first: int) -> list[str]:
    rows = [f"| {question} | {' '.join(filter(None, answer))} |" for question, answer in entries]
    return ["| Question | Answer |", "| --- | --- |", *rows, ""]


def _write_list(entries: Sequence[Entry], first: int) -> list[str]:
    return [*(f"- {question}" for question, _ in entries), ""]


def _write_numbers(entries: Sequence[Entry], first: int) -> list[str]:
    return [*(f"{number}. {question}" for number, (question, _) in enumerate(entries, first)), ""]


def _write_rulers(entries: Sequence[Entry], first: int) -> list[str]:
    return [line for question, answer in entries for line in (f"**{question}**", "", *answer, "", "---", "")]


STYLES: dict[str, Style] = {
    "headings-2": write_each(lambda n, q, a: [f"## {q}", "", *a]),
    "headings-3": write_each(lambda n, q, a: [f"### {q}", "", *a]),
    "headings-4": write_each(lambda n, q, a: [f"#### {q}", *a]),
    "headings-numbered": write_each(lambda n, q, a: [f"### {n}. {q}", "", *a]),
    "headings-q": write_each(lambda n, q, a: [f"### Q{n}: {q}", "", *a]),
    "headings-labelled": write_each(lambda n, q, a: [f"### {q}", "", "**Answer:**", "", *a]),
    "letters": write_each(lambda n, q, a: [f"Q: {q}", f"A: {a[0]}", *a[1:]]),
    "letters-bold": write_each(lambda n, q, a: [f"**Q:** {q}", "", f"**A:** {a[0]}", *a[1:]]),
    "worded-bold": write_each(lambda n, q, a: [f"**Question {n}:** {q}", "", f"**Answer:** {a[0]}", *a[1:]]),
    "worded-all-bold": write_each(lambda n, q, a: [f"**Q{n}. {q}**", "", *a]),
    "bold": write_each(lambda n, q, a: [f"**{q}**", "", *a]),
    "bold-tight": write_each(lambda n, q, a: [f"**{q}**", *a]),
    "bold-lead": write_each(lambda n, q, a: [f"**{q}** {a[0]}", *a[1:]]),
    "bold-numbered": write_each(lambda n, q, a: [f"**{n}. {q}**", "", *a]),
    "bold-number": write_each(lambda n, q, a: [f"**{n})** {q}", "", *a]),
    "bold-rulers": _write_rulers,
    "italics": write_each(lambda n, q, a: [f"*{q}*", "", *a]),
    "escaped-numbers": write_each(lambda n, q, a: [f"{n}\\. {q}", "", *a]),
    "paragraphs": write_each(lambda n, q, a: [q, "", *a]),
    "bullets": write_each(lambda n, q, a: [f"- {q}", "", *_indent(a, 2)]),
    "bullets-tight": write_each(lambda n, q, a: [f"* {q}", *_indent(a, 2)]),
    "bullets-bold": write_each(lambda n, q, a: [f"- **{q}** {a[0]}", *_indent(a[1:], 2)]),
    "bullets-nested": write_each(lambda n, q, a: [f"- {q}", *(f"  - {line}" for line in a if line)]),
    "bullets-bare": _write_list,
    "numbers": write_each(lambda n, q, a: [f"{n}. {q}", "", *_indent(a, 4)]),
    "numbers-bold": write_each(lambda n, q, a: [f"{n}. **{q}**", "", *_indent(a, 3)]),
    "numbers-unindented": write_each(lambda n, q, a: [f"{n}. {q}", "", *a]),
    "numbers-bare": _write_numbers,
    "details": write_each(
        lambda n, q, a: ["<details>", f"<summary>{q}</summary>", "", *a, "", "</details>"],
    ),
    "details-answers": write_each(
        lambda n, q, a: [f"**{q}**", "", "<details><summary>Answer</summary>", "", *a, "", "</details>"],
    ),
    "table": _write_table,
    "definitions": write_each(lambda n, q, a: [q, f": {' '.join(filter(None, a))}"]),
    "pairs": write_each(lambda n, q, a: [f"{q}::{' '.join(filter(None, a))}"]),
}

BETWEEN: dict[str, list[str]] = {
    "nothing": [],
    "heading": ["# Second part", ""],
    "ruler": ["---", ""],
}
"""What is between two parts."""


def join(upper: str, lower: str, counts: tuple[int, int], between: str = "nothing") -> Mixed:
    """Return a file of two styles, whose numbers begin at 1 in each."""
    above = entries(counts[0])
    below = entries(counts[1], counts[0])
    lines = ["# My interview questions", "", *STYLES[upper](above, 1), *BETWEEN[between]]
    lines += STYLES[lower](below, 1)
    return Mixed("\n".join(lines) + "\n", tuple(question for question, _ in (*above, *below)))


def join_parts(parts: Sequence[tuple[str, int]], between: str) -> Mixed:
    """Return a file of several styles, each with a number of questions."""
    lines = ["# My interview questions", ""]
    questions: list[str] = []
    for name, count in parts:
        part = entries(count, len(questions))
        lines += [*(BETWEEN[between] if questions else ()), *STYLES[name](part, 1)]
        questions += [question for question, _ in part]
    return Mixed("\n".join(lines) + "\n", tuple(questions))


def join_sections(names: Sequence[str], count: int = 3) -> Mixed:
    """Return a file with a section in each of some styles, below headings of level 2."""
    lines = ["# My interview questions", ""]
    questions: list[str] = []
    for index, name in enumerate(names):
        section = entries(count, index * count)
        lines += [f"## Section {'ABCDEFGH'[index]}", "", *STYLES[name](section, 1)]
        questions += [question for question, _ in section]
    return Mixed("\n".join(lines) + "\n", tuple(questions))
