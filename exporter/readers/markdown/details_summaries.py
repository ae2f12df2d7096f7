"""Summaries of `details` as questions, as sections, or as no more than the answer's label."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.text import plain_text
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.style import Family


def summaries(items: Sequence[Item]) -> list[Family]:
    """Return the summaries that are more than the label of an answer."""
    marks: dict[int, int | None] = {}
    asking = 0
    enclosing: list[int] = []
    for index, item in enumerate(items):
        if item.kind in ("summary", "end"):
            while enclosing and enclosing[-1] >= item.depth:
                enclosing.pop()
        if item.kind == "summary" and not enclosing and not is_answer_label(text := summary_text(item)):
            if is_section(items, index):
                continue
            marks[index] = None
            asking += 2 if looks_like_question(text) else 1
            if _holds_details(items, index):
                enclosing.append(item.depth)
    return [Family("summaries", asking / 2, marks, precision=asking / 2 / max(1, len(marks)))]


def _holds_details(items: Sequence[Item], index: int) -> bool:
    """Return whether the summaries within another one are parts of its answer.

    They are not where all of them ask, and the outer one does not, or has nothing else to say.
    """
    depth = items[index].depth
    within: list[str] = []
    answers = False
    for item in items[index + 1 :]:
        if item.depth <= depth and item.kind in ("summary", "end"):
            break
        text = summary_text(item) if item.kind == "summary" else ""
        if item.kind == "summary" and item.depth == depth + 1 and not is_answer_label(text):
            within.append(text)
        elif item.kind == "summary" or (item.depth == depth and item.kind not in ("end", "rule")):
            answers = True
    asks = answers and looks_like_question(summary_text(items[index]))
    return asks or not all(map(looks_like_question, within))


def is_section(items: Sequence[Item], index: int) -> bool:
    """Say whether a summary does not ask, and has nothing below it but other summaries."""
    below = items[index + 1] if index + 1 < len(items) else None
    nested = below is not None and below.kind == "summary"
    return (
        nested
        and not is_answer_label(summary_text(below or items[index]))
        and not looks_like_question(summary_text(items[index]))
    )


def summary_text(item: Item) -> str:
    """Return the first words of a summary."""
    return plain_text(item.ready[:1]).strip()


def is_answer_label(text: str) -> bool:
    """Say whether a summary or heading says no more than that the answer follows."""
    bare = text.strip(" *_:.!👀💡✅👉▶").lower()
    if bare in (
        "answer",
        "solution",
        "click to expand",
        "spoiler",
        "hint",
        "explanation",
        "show answer",
        "details",
    ):
        return True
    return patterns.match_answer_label(text, letters=False) is not None or bare.startswith(
        ("see answer", "show answer", "view answer", "click to", "click here", "show solution", "reveal")
    )
