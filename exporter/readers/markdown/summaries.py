"""Summaries of `details` as questions, as sections, or as no more than the answer's label."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model import plain_text
from exporter.readers import labels
from exporter.readers.asking import sounds_asking
from exporter.readers.markdown.family import Family
from exporter.readers.markdown.item import Item


def summaries(items: Sequence[Item]) -> list[Family]:
    """Return the summaries that are more than the label of an answer."""
    marks: dict[int, int | None] = {}
    asking = 0
    for index, item in enumerate(items):
        if item.kind == "summary" and not is_answer_label(text := summary_text(item)):
            if is_section(items, index):
                continue
            marks[index] = None
            asking += 2 if sounds_asking(text) else 1
    return [Family("summaries", asking / 2, marks, precision=asking / 2 / max(1, len(marks)))]


def is_section(items: Sequence[Item], index: int) -> bool:
    """Say whether a summary does not ask, and has nothing below it but other summaries."""
    below = items[index + 1] if index + 1 < len(items) else None
    nested = below is not None and below.kind == "summary"
    return (
        nested
        and not is_answer_label(summary_text(below or items[index]))
        and not sounds_asking(summary_text(items[index]))
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
    return labels.answer_label(text, letters=False) is not None or bare.startswith(
        ("see answer", "show answer", "view answer", "click to", "click here", "show solution", "reveal")
    )
