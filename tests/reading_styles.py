"""Files in the styles that people write questions in, made from questions and answers.

Each style is a function from entries to lines of plain text; `join` puts two of them into one file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Entry = tuple[str, tuple[str, ...]]
"""A question, and the lines of its answer."""

QUESTIONS = (
    "What is the difference between a process and a thread?",
    "How would you find a memory leak?",
    "Tell me about a time you missed a deadline.",
    "Why do you want to work here?",
    "Explain how a hash table resolves collisions.",
    "Which index would you add, and why?",
    "Describe a conflict with a colleague.",
    "What happens when you type an address into a browser?",
    "How do you review a large change?",
    "When would you choose a queue over a direct call?",
    "What is eventual consistency?",
    "Give an example of a goal that you reached.",
)
ANSWERS: tuple[tuple[str, ...], ...] = (
    ("It depends on what is shared between the two.",),
    ("I measured first, and changed one thing at a time.", "After a week the numbers were right."),
    ("I told the team early.", "", "We moved the date, and kept it."),
    ("Three steps helped:", "1. write the case down", "2. make it fail", "3. repair it"),
    ("The usual signs:", "- it grows every hour", "- it never shrinks"),
    ("I would ask who reads it, and how often.", "Then I would draw the path of a request."),
    ("One copy is written, the others follow.",),
    ("It keeps the order of the work, and lets each side rest.", "", "A direct call is simpler to follow."),
)

Style = Callable[[Sequence[Entry], int], list[str]]
"""Writes entries as lines; the number is that of the first question."""


def write_each(write: Callable[[int, str, tuple[str, ...]], list[str]]) -> Style:
    def style(entries: Sequence[Entry], first: int) -> list[str]:
        lines: list[str] = []
        for number, (question, answer) in enumerate(entries, first):
            lines += [*write(number, question, answer), ""]
        return lines

    return style


_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()

STYLES: dict[str, Style] = {
    "worded": write_each(lambda n, q, a: [f"Question {n}: {q}", "Answer:", *a]),
    "letters": write_each(lambda n, q, a: [f"Q: {q}", f"A: {a[0]}", *a[1:]]),
    "counted-letters": write_each(lambda n, q, a: [f"Q{n}. {q}", f"A{n}. {a[0]}", *a[1:]]),
    "dots": write_each(lambda n, q, a: [f"{n}. {q}", *a]),
    "dots-gap": write_each(lambda n, q, a: [f"{n}. {q}", "", *a]),
    "brackets": write_each(lambda n, q, a: [f"{n}) {q}", *a]),
    "dots-labelled": write_each(lambda n, q, a: [f"{n}. {q}", f"Ans: {a[0]}", *a[1:]]),
    "hashed": write_each(lambda n, q, a: [f"#{n} {q}", *a]),
    "speakers": write_each(lambda n, q, a: [f"Interviewer: {q}", f"Candidate: {a[0]}", *a[1:]]),
    "paragraphs": write_each(lambda n, q, a: [q, *a]),
    "labelled-above": write_each(lambda n, q, a: [q, f"Answer: {a[0]}", *a[1:]]),
    "arrows": write_each(lambda n, q, a: [f"==> {q}", *a]),
    "signs": write_each(lambda n, q, a: [f"#Q {q}", *a]),
    "headings": write_each(lambda n, q, a: [f"### {q}", "", *a]),
    "stars": write_each(lambda n, q, a: [f"**{q}**", "", *a]),
    "bullets": write_each(lambda n, q, a: [f"- {q}", *("  " + line if line else "" for line in a)]),
    "underlined": write_each(lambda n, q, a: [q, "-" * len(q), *a]),
    "records": write_each(lambda n, q, a: [q, *a, "", "-----"]),
    "gaps": write_each(lambda n, q, a: [q, "", *a, "", ""]),
    "q-dots": write_each(lambda n, q, a: [f"Q.{n} {q}", f"Ans. {a[0]}", *a[1:]]),
    "que": write_each(lambda n, q, a: [f"Que-{n}: {q}", f"Ans-{n}: {a[0]}", *a[1:]]),
    "spanish": write_each(lambda n, q, a: [f"Pregunta {n}. {q}", f"Respuesta: {a[0]}", *a[1:]]),
    "boxed": write_each(lambda n, q, a: [f"[Q] {q}", f"[A] {a[0]}", *a[1:]]),
    "replies": write_each(lambda n, q, a: [f"Interviewer: {q}", f"Me: {a[0]}", *a[1:]]),
    "bulleted-letters": write_each(lambda n, q, a: [f"- Q: {q}", f"- A: {a[0]}", *a[1:]]),
    "dashes": write_each(lambda n, q, a: [f"{n} - {q}", *a]),
    "hyphens": write_each(lambda n, q, a: [f"{n}- {q}", "", *a]),
    "bold-numbers": write_each(lambda n, q, a: [f"**{n}.** {q}", "", *a]),
    "bare-numbers": write_each(lambda n, q, a: [f"{n} {q}", *a]),
    "numbers-above": write_each(lambda n, q, a: [f"{n}.", q, *a]),
    "roman": write_each(lambda n, q, a: [f"{_ROMAN[n - 1]}. {q}", *a]),
    "emoji": write_each(lambda n, q, a: [f"\u2753 {q}", *a]),
    "hanging": write_each(lambda n, q, a: [q, *("\t" + line if line else "" for line in a)]),
    "chevrons": write_each(lambda n, q, a: [f">> {q}", "", *a]),
    "stories": write_each(lambda n, q, a: [f"*{q}*", *a]),
}


@dataclass(frozen=True, slots=True)
class Mixed:
    """A file of two styles: its text, and its questions in order."""

    text: str
    questions: tuple[str, ...]


def entries(count: int, first: int = 0) -> list[Entry]:
    """Return questions with answers; `first` is the index (from 0) of the first in the lists above."""
    return [
        (QUESTIONS[i % len(QUESTIONS)], ANSWERS[(i * 5 + 3) % len(ANSWERS)])
        for i in range(first, first + count)
    ]


def join(upper: str, lower: str, counts: tuple[int, int], between: str = "", goes_on: bool = False) -> Mixed:
    """Return a file of two styles. `between` is a line between the two, such as a section's heading.

    The numbers of the second part go on where `goes_on`, else they begin again at 1.
    """
    return join_all((upper, lower), counts, between, goes_on=goes_on)


def join_all(
    styles: Sequence[str],
    counts: Sequence[int],
    between: str = "",
    *,
    goes_on: bool = False,
    title: str = "My interview questions",
) -> Mixed:
    """Return a file of several styles, each with a number of questions; see `join`."""
    lines = [title, ""] if title else []
    written: list[Entry] = []
    for style, count in zip(styles, counts, strict=True):
        part = entries(count, len(written))
        lines += [between, ""] if between and written else []
        lines += STYLES[style](part, len(written) + 1 if goes_on else 1)
        written += part
    return Mixed("\n".join(lines) + "\n", tuple(question for question, _ in written))
