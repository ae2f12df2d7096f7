"""Thematic breaks right below a question, which Markdown reads as the underline of a setext heading."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.paragraph_styles import find_asking_paragraphs


def undo_setext_underlines(elements: Sequence[Element]) -> list[Element]:
    """Return elements in which underlined questions are paragraphs, if far more questions are paragraphs."""
    underlined = {
        index
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING
        and element.node is not None
        and element.node.token.markup == "-"
        and ends_with_question_mark(element.text)
    }
    # at least twice as many; unmeasured
    paragraphs = max((len(style.marks) for style in find_asking_paragraphs(elements)), default=0)
    if paragraphs < 2 * len(underlined) or not underlined:
        return list(elements)
    result: list[Element] = []
    for index, element in enumerate(elements):
        if index in underlined and element.node is not None:
            result.append(
                Element(
                    ElementKind.PARAGRAPH,
                    element.line,
                    element.parts,
                    element.node,
                    in_details=element.in_details,
                )
            )
            result.append(Element(ElementKind.RULE, element.node.end - 1, in_details=element.in_details))
        else:
            result.append(element)
    return result
