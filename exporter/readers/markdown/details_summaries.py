"""Summaries of `details` as questions, as sections, or as no more than the answer's label."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.text import plain_text
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.style import QuestionStyle, StyleName


def find_summary_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the summaries that are more than the label of an answer."""
    marks: dict[int, int | None] = {}
    asking = 0
    enclosing: list[int] = []
    for index, element in enumerate(elements):
        if element.kind in (ElementKind.SUMMARY, ElementKind.DETAILS_END):
            while enclosing and enclosing[-1] >= element.depth:
                enclosing.pop()
        if (
            element.kind == ElementKind.SUMMARY
            and not enclosing
            and not is_answer_label(text := summary_text(element))
        ):
            if is_section(elements, index):
                continue
            marks[index] = None
            asking += 2 if looks_like_question(text) else 1
            if _holds_details(elements, index):
                enclosing.append(element.depth)
    return [QuestionStyle(StyleName.SUMMARIES, asking / 2, marks, precision=asking / 2 / max(1, len(marks)))]


def _holds_details(elements: Sequence[Element], index: int) -> bool:
    """Return whether the summaries within another one are parts of its answer.

    They are not where all of them ask, and the outer one does not, or has nothing else to say.
    """
    depth = elements[index].depth
    within: list[str] = []
    answers = False
    for element in elements[index + 1 :]:
        if element.depth <= depth and element.kind in (ElementKind.SUMMARY, ElementKind.DETAILS_END):
            break
        text = summary_text(element) if element.kind == ElementKind.SUMMARY else ""
        if element.kind == ElementKind.SUMMARY and element.depth == depth + 1 and not is_answer_label(text):
            within.append(text)
        elif element.kind == ElementKind.SUMMARY or (
            element.depth == depth and element.kind not in (ElementKind.DETAILS_END, ElementKind.RULE)
        ):
            answers = True
    asks = answers and looks_like_question(summary_text(elements[index]))
    return asks or not all(map(looks_like_question, within))


def is_section(elements: Sequence[Element], index: int) -> bool:
    """Say whether a summary does not ask, and has nothing below it but other summaries."""
    below = elements[index + 1] if index + 1 < len(elements) else None
    nested = below is not None and below.kind == ElementKind.SUMMARY
    return (
        nested
        and not is_answer_label(summary_text(below or elements[index]))
        and not looks_like_question(summary_text(elements[index]))
    )


def summary_text(element: Element) -> str:
    """Return the first words of a summary."""
    return plain_text(element.own_blocks[:1]).strip()


def is_answer_label(text: str) -> bool:
    """Say whether a summary or heading says no more than that the answer follows."""
    find_asking_paragraphs = text.strip(" *_:.!👀💡✅👉▶").lower()
    if find_asking_paragraphs in (
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
    return patterns.match_answer_label(text, letters=False) is not None or find_asking_paragraphs.startswith(
        ("see answer", "show answer", "view answer", "click to", "click here", "show solution", "reveal")
    )
