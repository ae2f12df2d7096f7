"""Detect the styles in which a Markdown file marks its questions.

Each finder returns styles whatever their marks say; the readings of the whole file that they make are
compared like those of plain text, and what the best one leaves out is read in its own style.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.description import describe_layout
from exporter.readers.layout.detection import find_layout
from exporter.readers.layout.evidence import EvidenceCollector
from exporter.readers.layout.layout import Layout, Part, Style
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.markdown.cards import find_card_styles, find_pairs
from exporter.readers.markdown.details_summaries import SUMMARY_PATTERN, find_summary_styles, read_summary
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import EventKind
from exporter.readers.markdown.heading_styles import find_heading_styles
from exporter.readers.markdown.headings import find_question_below
from exporter.readers.markdown.list_questions import find_question_items
from exporter.readers.markdown.list_styles import find_list_styles
from exporter.readers.markdown.paragraph_styles import (
    find_asking_paragraphs,
    find_bold_styles,
    find_italic_styles,
    find_label_styles,
    find_number_styles,
    split_list,
)
from exporter.readers.markdown.style import ElementStyles, QuestionStyle, StyleMarker
from exporter.readers.markdown.tables import find_question_rows, find_table_styles
from exporter.readers.markdown.tokens import NO_LEVEL, ROW_LINES, MarkdownText, get_level, tokenize_elements
from exporter.readers.plain.answer_labels import find_answers

STYLE_FINDERS = (
    find_label_styles,
    find_summary_styles,
    find_heading_styles,
    find_bold_styles,
    find_italic_styles,
    find_number_styles,
    find_asking_paragraphs,
    find_card_styles,
    find_list_styles,
    find_table_styles,
)
"""The finders of styles; of readings with equal scores, that of the earlier finder is chosen."""


def detect_styles(
    elements: Sequence[Element], source: Sequence[str], forced: Sequence[str] = ()
) -> ElementStyles:
    """Return the styles in which the elements of a file are questions.

    `source` are the lines of the file, and `forced` the values of `source.questions`.
    """
    text = tokenize_elements(elements, source)
    layout = find_layout(text, MARKDOWN, forced)
    if layout is None:
        return ElementStyles()
    if not forced:
        layout.read_as = describe_layout(text, layout)
    return replace(build_styles(text, layout), layout=layout)


class _Markdown:
    has_many_sections = True

    def find_candidates(self, text: TokenizedText) -> list[Layout]:
        assert isinstance(text, MarkdownText)
        return find_candidates(text)

    def find_fully_labelled(self, collector: EvidenceCollector) -> Layout | None:
        """Return the reading by labels if every question has an answer label and begins a paragraph."""
        text = collector.text
        assert isinstance(text, MarkdownText)
        for style in find_label_styles(text.elements):
            if markers := dict[int, Marker](_iter_markers(text, style)):
                layout = _build_layout(text, style, markers)
                evidence = collector.collect(layout)
                if len(markers) > 1 and evidence.labelled == evidence.free == 1.0:
                    return layout
        return None

    def build_layout(
        self, text: TokenizedText, style: Style, pattern: str, markers: list[tuple[int, Marker]]
    ) -> Layout:
        assert isinstance(text, MarkdownText)
        question_style = QuestionStyle(style, pattern)
        by_line: dict[int, Marker] = {
            index: replace(
                _build_text_marker(marker.rest, question_style, marker.number), column=marker.column
            )
            for index, marker in markers
        }
        return _build_layout(text, question_style, by_line)

    def find_section(
        self, text: TokenizedText, marker: Marker | None, start: int, end: int, is_labelled: bool
    ) -> int | None:
        """Return the line of the first heading that is not deeper than that of the question."""
        assert isinstance(text, MarkdownText)
        return text.find_section(marker, start, end)

    def is_consistent(self, text: TokenizedText, layout: Layout) -> bool:
        """Return whether no question is below the heading, or in the `details`, of one in another style."""
        assert isinstance(text, MarkdownText)
        for (start, above), (end, below) in pairwise(sorted(layout.markers.items())):
            level = get_level(above)
            is_deeper = above.style != below.style and level < get_level(below) < NO_LEVEL
            if is_deeper and all(inner > level for _, inner in text.iter_headings(start + 1, end)):
                return False
            if isinstance(below, StyleMarker) and isinstance(above, StyleMarker):
                is_other = above.question_style is not below.question_style
                if is_other and 0 < above.depth < below.depth:
                    return False
        return not _asks_in_answers(text, layout)


def _asks_in_answers(text: MarkdownText, layout: Layout) -> bool:
    """Return whether questions in another style are in the `details` of a summary that is or asks one.

    This is so only where other summaries are questions: else the summaries are titles. A summary that does
    not ask is the title of lines of which more than half ask (unmeasured).
    """
    others = {index: marker for index, marker in layout.markers.items() if marker.style != SUMMARY_PATTERN}
    if len(others) == len(layout.markers):
        return False
    balances: dict[int, int] = {}
    for index, marker in others.items():
        found = text.find_summary_around(index)
        if found is None:
            continue
        line, summary = found
        if line in layout.markers or looks_like_question(read_summary(summary)):
            return True
        balances[line] = balances.get(line, 0) + (1 if looks_like_question(marker.rest) else -1)
    return any(balance <= 0 for balance in balances.values())


MARKDOWN = _Markdown()


_WEAK_STYLES = (Style.BOLD, Style.ITALICS)
"""Styles that other text has as well, as lists are: in one of them, at least one question asks."""


def find_candidates(text: MarkdownText) -> list[Layout]:
    """Return all readings of a text, without duplicates."""
    candidates: dict[tuple[tuple[int, str], ...], Layout] = {}
    tried: set[tuple[object, ...]] = set()
    for find_styles in STYLE_FINDERS:
        for style in find_styles(text.elements):
            marks = (style.name, *style.marks.items(), *style.skipped_lines)
            if marks in tried:
                continue
            tried.add(marks)
            markers: dict[int, Marker] = dict(_iter_markers(text, style))
            if not markers or _is_shared(text, style):
                continue
            first = text.elements[min(style.marks)]
            is_weak = style.name in _WEAK_STYLES or (
                first.kind == ElementKind.LIST and style.name is not Style.PAIRS
            )
            if (
                is_weak
                and not _is_glossary(text.elements, style)
                and not any(looks_like_question(marker.rest) for marker in markers.values())
            ):
                continue
            key = tuple(sorted((index, marker.rest) for index, marker in markers.items()))
            if key not in candidates:
                candidates[key] = _build_layout(text, style, markers)
    return list(candidates.values())


MIN_TERMS = 3  # unmeasured
"""Minimum number of terms in bold, each above its text, that are a glossary."""


def _is_glossary(elements: Sequence[Element], style: QuestionStyle) -> bool:
    """Return whether all text of some elements is paragraphs that begin with a line in bold, the term."""
    texts = [
        index
        for index, element in enumerate(elements)
        if element.kind not in (ElementKind.HEADING, ElementKind.TITLE, ElementKind.RULE)
    ]
    return (
        style.name is Style.BOLD
        and len(style.marks) >= MIN_TERMS
        and texts == sorted(style.marks)
        and all(len(elements[i].parts) > 1 and len(elements[i].parts[0].line) == 1 for i in texts)
    )


def _is_shared(text: MarkdownText, style: QuestionStyle) -> bool:
    """Return whether most marks of a style are questions that headings share."""
    shared = sum(text.elements[index].line in text.shared for index in style.marks) if text.shared else 0
    return shared * 2 > len(style.marks)


def _build_layout(text: MarkdownText, style: QuestionStyle, markers: dict[int, Marker]) -> Layout:
    """Return the layout of questions in one style, with their answers."""
    answers = find_answers(text, style.pattern, markers)
    for index, marker in markers.items():
        if isinstance(marker, StyleMarker) and marker.answer:
            answers[index] = marker.answer
    part = Part(style.name, style.pattern, min(markers, default=0), len(markers))
    return Layout((part,), markers, answers, unused=style.unused)


def _iter_markers(text: MarkdownText, style: QuestionStyle) -> Iterator[tuple[int, StyleMarker]]:
    """Yield the line and the marker of each question in a style."""
    for element_index, number in style.marks.items():
        element = text.elements[element_index]
        first = text.element_lines[element_index] - text.first_line
        if element.kind == ElementKind.CARDS:
            for event in element.events:
                if event.kind == EventKind.QUESTION:
                    index = text.find_line(event.line)
                    yield index, _build_marker(text, index, style, event.number)
        elif style.name is Style.PAIRS and not element.is_front:
            for line, question, answer in find_pairs(element):
                marker = _build_text_marker(question, style, None)
                yield text.find_line(line), replace(marker, answer=answer)
        elif element.kind == ElementKind.LIST and element.node is not None and not element.is_front:
            for item, item_number in find_question_items(element.node, style):
                index = text.find_line(item.line)
                yield index, _build_marker(text, index, style, item_number)
        elif element.kind == ElementKind.TABLE:
            for row, row_number, words in find_question_rows(element):
                yield first + row * ROW_LINES, _build_text_marker(words, style, row_number)
        elif style.name is Style.LABELLED and element.kind == ElementKind.PARAGRAPH:
            for part in element.parts:
                index = text.find_line(element.line + part.row)
                # a section may end inside the paragraph
                if index < len(text.tokens) and text.tokens[index].kind is TokenKind.QUESTION_LABEL:
                    yield index, _build_marker(text, index, style, number)
        elif element.kind == ElementKind.HEADING:
            heading = element.marker
            below = find_question_below(text.elements, element_index)
            words = below.text if below else heading.rest if heading else element.text
            yield first, _build_text_marker(words, style, number)
        elif element.kind == ElementKind.SUMMARY:
            yield first, replace(_build_marker(text, first, style, number), depth=element.depth)
        elif style.name is Style.ASKING and (questions := split_list(element)):
            for parts in questions:
                words = " ".join(part.text for part in parts)
                yield text.find_line(element.line + parts[0].row), _build_text_marker(words, style, None)
        elif style.name is Style.ASKING:
            yield first, _build_text_marker(element.text, style, number)
        else:
            yield first, _build_marker(text, first, style, number)


def _build_marker(text: MarkdownText, index: int, style: QuestionStyle, number: int | None) -> StyleMarker:
    marker = text.tokens[index].marker
    return _build_text_marker(
        marker.rest if marker else text.lines[index].strip(),
        style,
        marker.number if marker and number is None else number,
    )


def _build_text_marker(text: str, style: QuestionStyle, number: int | None) -> StyleMarker:
    return StyleMarker(number, text, 1, style.pattern, question_style=style)


def build_styles(text: MarkdownText, layout: Layout) -> ElementStyles:
    """Return the styles of the elements in which a layout has questions."""
    styles = ElementStyles()
    parts: list[Part] = []
    for index, marker in sorted(layout.markers.items()):
        assert isinstance(marker, StyleMarker)
        element_index = bisect_right(text.element_lines, index) - 1
        style = marker.question_style
        styles.styles.setdefault(element_index, style)
        styles.numbers.setdefault(element_index, marker.number)
        styles.marks.setdefault(element_index, text.get_typed_line(index)[: marker.column - 1])
        if parts and (parts[-1].style, parts[-1].pattern) == (style.name, style.pattern):
            parts[-1] = replace(parts[-1], count=parts[-1].count + 1)
        else:
            parts.append(Part(style.name, style.pattern, text.source_lines[index], 1))
    styles.parts = tuple(parts)
    styles.doubtful = [text.source_lines[index] for index in layout.doubtful]
    return styles
