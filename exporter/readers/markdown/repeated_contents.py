"""Tables that only list the questions which the file has below: contents without links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.model.text import plain_text
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.list_items import read_start
from exporter.readers.table.header_names import ColumnRole

_NUMBER = re.compile(r"\W*(?:(?:question|q)?\W?\d{1,6}\W+)?", re.IGNORECASE)
_HTML_ELEMENTS = (ElementKind.BLOCK, ElementKind.SUMMARY)


def skip_repeated_contents(elements: Sequence[Element]) -> None:
    """Make a table navigation if it has no answers, and most of its questions are elsewhere in the file."""
    tables = [element for element in elements if element.kind == ElementKind.TABLE]
    unanswered = [(table, questions) for table in tables if (questions := _read_questions(table))]
    if not unanswered:
        return
    texts = {_normalize(text) for element in elements for text in _iter_texts(element)}
    for table, questions in unanswered:
        repeated = sum(_normalize(question) in texts for question in questions)
        if repeated * 2 > len(questions):  # unmeasured, as for links in `navigation`
            table.kind = ElementKind.NAVIGATION


def _iter_texts(element: Element) -> Iterator[str]:
    if element.kind in (ElementKind.HEADING, ElementKind.PARAGRAPH):
        yield from (part.text for part in element.parts[:1])
    elif element.kind in _HTML_ELEMENTS and element.own_blocks:
        yield plain_text(element.own_blocks[:1])
    elif element.kind == ElementKind.LIST and element.node is not None:
        yield from (read_start(item).text for item in element.node.children)


def _read_questions(table: Element) -> list[str]:
    """Return the questions of a table without answers; none if it has answers."""
    question, answer = (table.columns.get(role) for role in (ColumnRole.QUESTION, ColumnRole.ANSWER))
    if question is None:
        return []
    rows = [row.cells for row in table.grid.rows]
    if answer is not None and any(
        answer < len(cells) and any(map(str.isalpha, cells[answer].text)) for cells in rows
    ):
        return []
    return [cells[question].text for cells in rows if question < len(cells) and cells[question].line]


def _normalize(text: str) -> str:
    """Return a question without its number, in lower case and without marks at its end."""
    return _NUMBER.sub("", text.split("\n")[0], count=1).casefold().strip(" *:?.#")
