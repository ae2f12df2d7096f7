"""Headings of a Markdown file: their numbers, and which of them are not questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from exporter.readers.labels import patterns
from exporter.readers.markdown.details_summaries import is_answer_label
from exporter.readers.markdown.element import Element, ElementKind

_OUTER_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
_LABEL = re.compile(r"[^\s:：]+(?: [^\s:：]+){0,2}\s?[:：]\s")
"""One to three words and a colon: the line is a part of a card, as `Front: …`."""

MIN_REPEATS = 3
"""A heading that occurs this often may be a part of each question, as `Source` is; unmeasured."""

MIN_DISTINCT_HEADINGS = 4
"""With fewer different headings, a repeated one may be the only sign of questions; unmeasured."""

ASIDE_HEADINGS = frozenset(
    (
        "índice|contenido|contenidos|tabla de contenidos|sumário|conteúdo|inhalt|inhaltsverzeichnis|sommaire"
        "|содержание|оглавление|目录|目錄|目次|목차|reference links|referencias|参考|参考资料"
        "|内容列表"
        "|table of contents|contents|content|index|toc|license|licence|contributing|contributors|contribution"
        "|references|reference|resources|credits|disclaimer|introduction|about|summary|answer|answers|solution"
        "|example|examples|source|sources|links|further reading|see also|useful links|acknowledgements|note"
        "|notes|contact|support"
    ).split("|")
)
"""Headings that lists of questions have for other content."""


def is_aside(text: str) -> bool:
    """Return whether a heading is one that lists of questions have for other content."""
    return _OUTER_SIGNS.sub("", text).lower() in ASIDE_HEADINGS


def uses_question_letter(elements: Sequence[Element]) -> bool:
    """Return whether several headings begin with `Q`, so that those that begin with `A` are answers."""
    markers = [element.typed_marker for element in elements if element.kind == ElementKind.HEADING]
    return sum(marker is not None and marker.style == "q" for marker in markers) > 1


def find_repeated_headings(elements: Sequence[Element]) -> set[str]:
    """Return the texts of headings without a number that a file repeats, such as `Source`."""
    counts = Counter(
        element.text for element in elements if element.kind == ElementKind.HEADING and element.text
    )
    return {
        text
        for text, count in counts.items()
        if count >= MIN_REPEATS
        and patterns.match_marker(text) is None
        and (_is_frequent(count, counts) or is_answer_label(text))
    }


def _is_frequent(count: int, counts: Counter[str]) -> bool:
    """Return whether there is one heading of a text for at most four others (unmeasured)."""
    return count * 4 >= counts.total() - count and len(counts) >= MIN_DISTINCT_HEADINGS


def find_question_below(elements: Sequence[Element], index: int) -> Element | None:
    """Return the heading, line or code right below a heading that is only the number of a question."""
    marker = elements[index].marker
    below = elements[index + 1] if index + 1 < len(elements) else None
    if marker is None or marker.rest or below is None or below.in_details:
        return None
    if below.kind == ElementKind.HEADING:
        is_deeper = below.level > elements[index].level and bool(below.parts)
        return below if is_deeper and not _has_sister(elements, index + 1, elements[index].level) else None
    if below.kind == ElementKind.PARAGRAPH and (len(below.parts) == 1 or _is_wrapped(elements, index + 1)):
        return below
    return below if below.kind == ElementKind.BLOCK and below.node and below.node.kind == "fence" else None


def _is_wrapped(elements: Sequence[Element], index: int) -> bool:
    """Return whether a paragraph is one question in several lines, with its answer below the paragraph.

    It is not one if it has a label, a picture, or a line after its question mark.
    """
    *lines, last = elements[index].parts
    has_answer = index + 1 < len(elements) and elements[index + 1].kind not in (
        ElementKind.HEADING,
        ElementKind.RULE,
    )
    return (
        has_answer
        and not last.image
        and not any(line.image or line.has_question_mark or _LABEL.match(line.text) for line in lines)
    )


def _has_sister(elements: Sequence[Element], index: int, level: int) -> bool:
    """Return whether a section of a level has another heading like the first in it, which is at an index.

    Headings of answers and of other content, or with one word below a longer one, are parts of a question.
    """
    first = elements[index]
    for position in range(index + 1, len(elements)):
        element = elements[position]
        if element.kind != ElementKind.HEADING:
            continue
        if element.level <= level:
            return False
        is_word = " " not in element.text.strip() and " " in first.text
        is_answer = patterns.match_answer_label(element.text, letters=False) is not None
        if element.level == first.level and not (is_word or is_answer or is_aside(element.text)):
            return True
    return False
