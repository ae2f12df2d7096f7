"""Rulers right below a question, which Markdown takes for the underline of a heading."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.paragraph_styles import bare


def without_underlines(items: Sequence[Item]) -> list[Item]:
    """Return items with underlined questions as paragraphs, where far more questions are paragraphs."""
    underlined = {
        index
        for index, item in enumerate(items)
        if item.kind == "heading"
        and item.node is not None
        and item.node.token.markup == "-"
        and ends_with_question_mark(item.text)
    }
    if not underlined or len(bare(items)[0].marks) < 2 * len(underlined):
        return list(items)
    found: list[Item] = []
    for index, item in enumerate(items):
        if index in underlined and item.node is not None:
            found.append(Item("para", item.line, item.parts, item.node, inside=item.inside))
            found.append(Item("rule", item.node.end - 1, inside=item.inside))
        else:
            found.append(item)
    return found
