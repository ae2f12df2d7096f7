"""Pairs for `exporter/checks/`."""

from __future__ import annotations

from collections.abc import Sequence

from tests.reading_pairs.case import Case


def _file(answers: Sequence[str], head: str = "") -> str:
    questions = (
        f"Question {n}: What is item {n}?\nAnswer:\n{answer}\n" for n, answer in enumerate(answers, 1)
    )
    return head + "\n".join(questions)


def _sized(*sizes: int) -> str:
    return _file([("ab " * size)[: size - 1] + "." for size in sizes])


def _case(title: str, text: str, *expected: str) -> Case:
    return Case(title, "a.txt", text, expected, "codes")


def _uneven(title: str, sizes: Sequence[int], is_reported: bool) -> Case:
    line = 4 * sizes.index(max(sizes)) + 1
    return _case(title, _sized(*sizes), *[f"uneven-reading {line}"] * is_reported)


def _introduced(title: str, lines: Sequence[str], is_reported: bool, answer_chars: int = 600) -> Case:
    head = "Interview questions\n\n" + "\n".join(lines) + "\n\n"
    text = _file(["ab " * (answer_chars // 9) + "c."] * 3, head)
    return _case(title, text, "text-before-questions 3" if is_reported else "introduction-skipped 3")


def _asked(title: str, chars: int, is_reported: bool) -> Case:
    asking = "Is it " + "so " * ((chars - 10) // 3) + "then?"
    text = _file(["First.\n\n" + asking + "\nYes.", "Second."])
    return _case(title, text, *["question-within 5"] * is_reported)


def _fence(title: str, chars: int, *expected: str) -> Case:
    fence = "```text title=" + "a" * (chars - 14)
    text = _file([f"This:\n\n{fence}\nQuestion 2: Who?\nAnswer:\n```\n\nDone."])
    return Case(title, "a.txt", text, expected, "count")


def _categorized(title: str, chars: int, *expected: str) -> Case:
    text = f"question,answer,category\nWhat is it?,This.,{'ab ' * (chars // 3)}\nAnd that?,That.,x\n"
    return Case(title, "a.csv", text, expected, "codes")


def _bullets(title: str, asking: int, resemblance: str) -> Case:
    bullets = ["- a thing, and more" + "?" * (n < asking) for n in range(6)]
    message = f"The text before the first question is not exported: lines 3 to 8, {resemblance}"
    text = _file(["a.", "b."], "\n".join(["Notes", "", *bullets, "", ""]))
    marked = "; the questions of this file are marked `Question 1:`."
    return Case(title, "a.txt", text, (message + marked,), "messages")


def _marked(title: str, marks: Sequence[str], end: str) -> Case:
    """Return a case in which a preamble that asks is compared with the marks of the questions."""
    questions = (f"{mark} {n}: What is item {n}?\nAnswer:\nSo.\n" for n, mark in enumerate(marks, 1))
    text = "Notes\n\n- Who reads it?\n- And when?\n\n" + "\n".join(questions)
    message = "The text before the first question is not exported: lines 3 to 4, which look like 2 questions"
    return Case(title, "a.txt", text, (f"{message} marked `-`{end}.",), "messages")


LOREM = "Lorem ipsum dolor sit amet, consectetur adipi"
CASES = (
    _uneven("MIN_QUESTIONS below", (100, 100, 100, 600), False),
    _uneven("MIN_QUESTIONS above", (100, 100, 100, 100, 600), True),
    _uneven("MIN_LARGE_CHARS below", (30, 30, 30, 30, 390), False),
    _uneven("MIN_LARGE_CHARS above", (30, 30, 30, 30, 410), True),
    _uneven("MAX_SHARE below", (*[100] * 24, 600), False),
    _uneven("MAX_SHARE above", (*[100] * 14, 600), True),
    _uneven("MAX_SHARE_RATIO below", (*[200] * 8, 700), False),
    _uneven("MAX_SHARE_RATIO above", (*[100] * 8, 500), True),
    _uneven("MAX_RATIO below", (*[100] * 100, 1100), False),
    _uneven("MAX_RATIO above", (*[100] * 100, 1300), True),
    _case("MAX_QUESTION_CHARS below", _file(["\n".join(["ab " * 300] * 99), "c."])),
    _case("MAX_QUESTION_CHARS above", _file(["\n".join(["ab " * 340] * 102), "c."]), "too-long 1"),
    _categorized("MAX_LINE_CHARS below", 4800),
    _categorized("MAX_LINE_CHARS above", 5400, "too-long 2"),
    _asked("MAX_ASKED_CHARS below", 150, True),
    _asked("MAX_ASKED_CHARS above", 250, False),
    _case("MAX_PLACEHOLDER_CHARS below", _file([LOREM, "b."]), "placeholder-answer 1"),
    _case("MAX_PLACEHOLDER_CHARS above", _file([LOREM + "." * 30, "b."])),
    _introduced("MAX_INTRODUCTION_LINES below", ["A line."] * 7, False),
    _introduced("MAX_INTRODUCTION_LINES above", ["A line."] * 10, True),
    _introduced("MAX_INTRODUCTION_CHARS below", ["A line of words. " * 7] * 6, False, 3000),
    _introduced("MAX_INTRODUCTION_CHARS above", ["A line of words. " * 10] * 6, True, 3000),
    _introduced("MAX_INTRODUCTION_SHARE below", ["A line of words. " * 10, "", "And more."], False, 300),
    _introduced("MAX_INTRODUCTION_SHARE above", ["A line of words. " * 18, "", "And more."], True, 100),
    _case(
        "MIN_SHARED_CHARS below",
        "Notes\n\n" + "A line of words. " * 4 + "\n\nMore.\n\nQ: a?\nA: b.\n\nQ: c?\nA: d.\n",
        "introduction-skipped 3",
    ),
    _introduced("MIN_SHARED_CHARS above", ["A line of words. " * 9, "", "More."], True, 9),
    _introduced("MAX_GREETING_LINES below", ["Some notes of mine.", "Are you ready?"], False),
    _introduced("MAX_GREETING_LINES above", ["Some notes of mine.", "From May.", "Are you ready?"], True),
    _bullets("MIN_ASKING_SHARE below", 2, "of which 2 lines ask"),
    _bullets("MIN_ASKING_SHARE above", 4, "which look like 6 questions marked `-`"),
    _marked("MIN_COMMON_SHARE below", ["Question", "Question", "Frage", "Pregunta", "Domanda"], ""),
    _marked(
        "MIN_COMMON_SHARE above",
        ["Question", "Question", "Question", "Frage", "Pregunta"],
        "; the questions of this file are marked `Question 1:`",
    ),
    _fence("MAX_FENCE_LINE_CHARS below", 90, "1"),
    _fence("MAX_FENCE_LINE_CHARS above", 101, "2"),
)
