"""The style of questions in summaries of `details`, and what else a summary may be."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.text import plain_text
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.style import QuestionStyle

SUMMARY_PATTERN = "<summary>"


def find_summary_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of summaries that are more than the label of an answer."""
    marks: dict[int, int | None] = {}
    enclosing: list[int] = []
    for index, element in enumerate(elements):
        if element.kind in (ElementKind.SUMMARY, ElementKind.DETAILS_END):
            while enclosing and enclosing[-1] >= element.depth:
                enclosing.pop()
        if (
            element.kind == ElementKind.SUMMARY
            and not enclosing
            and not is_answer_label(read_summary(element))
        ):
            if is_section(elements, index):
                continue
            marks[index] = None
            if _answers_with_details(elements, index):
                enclosing.append(element.depth)
    return [QuestionStyle(Style.SUMMARIES, SUMMARY_PATTERN, marks)]


def find_summaries_around(elements: Sequence[Element]) -> list[int | None]:
    """Return for each element the index of the nearest summary whose `details` it is in.

    Summaries that are only the label of an answer are passed over.
    """
    around: list[int | None] = []
    open_summaries: list[int] = []
    for index, element in enumerate(elements):
        if element.kind in (ElementKind.SUMMARY, ElementKind.DETAILS_END):
            while open_summaries and elements[open_summaries[-1]].depth >= element.depth:
                open_summaries.pop()
        around.append(open_summaries[-1] if open_summaries else None)
        if element.kind == ElementKind.SUMMARY and not is_answer_label(read_summary(element)):
            open_summaries.append(index)
    return around


def _answers_with_details(elements: Sequence[Element], index: int) -> bool:
    """Return whether the summaries in a `details` are parts of its answer.

    They are not if all of them ask, and the outer summary does not, or has no other answer.
    """
    depth = elements[index].depth
    nested: list[str] = []
    has_answer = False
    for element in elements[index + 1 :]:
        if element.depth <= depth and element.kind in (ElementKind.SUMMARY, ElementKind.DETAILS_END):
            break
        text = read_summary(element) if element.kind == ElementKind.SUMMARY else ""
        if element.kind == ElementKind.SUMMARY and element.depth == depth + 1 and not is_answer_label(text):
            nested.append(text)
        elif element.kind == ElementKind.SUMMARY or (
            element.depth == depth and element.kind not in (ElementKind.DETAILS_END, ElementKind.RULE)
        ):
            has_answer = True
    asks = has_answer and looks_like_question(read_summary(elements[index]))
    return asks or not all(map(looks_like_question, nested))


def is_section(elements: Sequence[Element], index: int) -> bool:
    """Return whether a summary does not ask, and only other summaries are below it."""
    below = elements[index + 1] if index + 1 < len(elements) else None
    nested = below is not None and below.kind == ElementKind.SUMMARY
    return (
        nested
        and not is_answer_label(read_summary(below or elements[index]))
        and not looks_like_question(read_summary(elements[index]))
    )


def read_summary(element: Element) -> str:
    """Return the first block of a summary as plain text."""
    return plain_text(element.own_blocks[:1]).strip()


def is_answer_label(text: str) -> bool:
    """Return whether a summary or heading says only that the answer follows."""
    words = text.strip(" *_:.!👀💡✅👉▶").lower()
    if words in (
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
    return patterns.match_answer_label(text, letters=False) is not None or words.startswith(
        ("see answer", "show answer", "view answer", "click to", "click here", "show solution", "reveal")
    )
