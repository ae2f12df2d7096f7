"""Files in the styles that people write questions in Markdown, made from questions and answers.

Each style is a function from entries to lines; `join` puts two of them into one file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.reading_styles import Entry, Mixed, Style, entries


def _each(write: Callable[[int, str, tuple[str, ...]], list[str]]) -> Style:
    def style(entries: Sequence[Entry], first: int) -> list[str]:
        lines: list[str] = []
        for number, (question, answer) in enumerate(entries, first):
            lines += [*write(number, question, answer), ""]
        return lines

    return style


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
    "headings-2": _each(lambda n, q, a: [f"## {q}", "", *a]),
    "headings-3": _each(lambda n, q, a: [f"### {q}", "", *a]),
    "headings-4": _each(lambda n, q, a: [f"#### {q}", *a]),
    "headings-numbered": _each(lambda n, q, a: [f"### {n}. {q}", "", *a]),
    "headings-q": _each(lambda n, q, a: [f"### Q{n}: {q}", "", *a]),
    "headings-labelled": _each(lambda n, q, a: [f"### {q}", "", "**Answer:**", "", *a]),
    "letters": _each(lambda n, q, a: [f"Q: {q}", f"A: {a[0]}", *a[1:]]),
    "letters-bold": _each(lambda n, q, a: [f"**Q:** {q}", "", f"**A:** {a[0]}", *a[1:]]),
    "worded-bold": _each(lambda n, q, a: [f"**Question {n}:** {q}", "", f"**Answer:** {a[0]}", *a[1:]]),
    "worded-all-bold": _each(lambda n, q, a: [f"**Q{n}. {q}**", "", *a]),
    "bold": _each(lambda n, q, a: [f"**{q}**", "", *a]),
    "bold-tight": _each(lambda n, q, a: [f"**{q}**", *a]),
    "bold-lead": _each(lambda n, q, a: [f"**{q}** {a[0]}", *a[1:]]),
    "bold-numbered": _each(lambda n, q, a: [f"**{n}. {q}**", "", *a]),
    "bold-number": _each(lambda n, q, a: [f"**{n})** {q}", "", *a]),
    "bold-rulers": _write_rulers,
    "italics": _each(lambda n, q, a: [f"*{q}*", "", *a]),
    "escaped-numbers": _each(lambda n, q, a: [f"{n}\\. {q}", "", *a]),
    "paragraphs": _each(lambda n, q, a: [q, "", *a]),
    "bullets": _each(lambda n, q, a: [f"- {q}", "", *_indent(a, 2)]),
    "bullets-tight": _each(lambda n, q, a: [f"* {q}", *_indent(a, 2)]),
    "bullets-bold": _each(lambda n, q, a: [f"- **{q}** {a[0]}", *_indent(a[1:], 2)]),
    "bullets-nested": _each(lambda n, q, a: [f"- {q}", *(f"  - {line}" for line in a if line)]),
    "bullets-bare": _write_list,
    "numbers": _each(lambda n, q, a: [f"{n}. {q}", "", *_indent(a, 4)]),
    "numbers-bold": _each(lambda n, q, a: [f"{n}. **{q}**", "", *_indent(a, 3)]),
    "numbers-unindented": _each(lambda n, q, a: [f"{n}. {q}", "", *a]),
    "numbers-bare": _write_numbers,
    "details": _each(
        lambda n, q, a: ["<details>", f"<summary>{q}</summary>", "", *a, "", "</details>"],
    ),
    "details-answers": _each(
        lambda n, q, a: [f"**{q}**", "", "<details><summary>Answer</summary>", "", *a, "", "</details>"],
    ),
    "table": _write_table,
    "definitions": _each(lambda n, q, a: [q, f": {' '.join(filter(None, a))}"]),
    "pairs": _each(lambda n, q, a: [f"{q}::{' '.join(filter(None, a))}"]),
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


def join_sections(names: Sequence[str], count: int = 3) -> Mixed:
    """Return a file with a section in each of some styles, below headings of level 2."""
    lines = ["# My interview questions", ""]
    questions: list[str] = []
    for index, name in enumerate(names):
        section = entries(count, index * count)
        lines += [f"## Section {'ABCDEFGH'[index]}", "", *STYLES[name](section, 1)]
        questions += [question for question, _ in section]
    return Mixed("\n".join(lines) + "\n", tuple(questions))
