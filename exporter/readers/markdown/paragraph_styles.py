"""The styles in which paragraphs are questions: labels, bold, italics and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.questions import Emphasis, Line, Strong, Text
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.style import QuestionStyle, StyleName
from exporter.readers.span_builder import span_text

BOLD_SCORE = 0.8
ITALIC_SCORE = 0.7
NUMBER_SCORE = 0.9
UNMARKED_SCORE = 0.4
"""The score of one question in a style; a label has 1. The surer mark wins; the figures are unmeasured."""

MAX_SUFFIX_CHARS = 12
"""The most characters after a question in bold that has the line to itself, such as a score; unmeasured."""

MIN_LEAD_WORDS = 3
"""Fewer words in bold at the start of a line are a term and not a question; unmeasured."""

MAX_UNMARKED_LINES = 3
MAX_UNMARKED_CHARS = 200
"""A paragraph that is longer is not a question without a mark; unmeasured."""

MIN_UNMARKED = 3
"""Fewer paragraphs with a question mark are rhetorical questions in a text; unmeasured."""


def find_label_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of paragraphs and headings with a label such as `Q:` or `Question 3`."""
    style = QuestionStyle(StyleName.LABELS)
    answers = 0
    for index, element in enumerate(elements):
        if element.kind not in (ElementKind.PARAGRAPH, ElementKind.HEADING):
            continue
        for part in element.parts:
            marker = patterns.match_marker(part.text)
            if marker is not None and marker.style[0] == "q" and not marker.style.endswith(" "):
                style.marks.setdefault(index, marker.number)
                style.score += element.kind == ElementKind.PARAGRAPH
            answers += patterns.match_answer_label(part.text, letters=True) is not None
    if not answers and style.score == 1:
        style.score = 0.5  # a single label without an answer is a weak sign; unmeasured
    if not style.marks and answers > 1:
        style.score = 0
    return [style]


def find_bold_question(line: Line) -> Line | None:
    """Return the words in bold at the start of a line, if they are a question."""
    if not line or not isinstance(line[0], Strong):
        return None
    spans = line[0].spans
    text = span_text(spans)
    rest = "".join(span.text for span in line[1:] if isinstance(span, Text))
    is_alone = len(span_text(line)) - len(text) <= MAX_SUFFIX_CHARS and not any(map(str.isalpha, rest))
    if ends_with_question_mark(text):
        return spans
    if is_alone and (patterns.match_marker(text) is not None or looks_like_question(text)):
        return spans
    return None


def find_bold_lead(line: Line) -> Line | None:
    """Return the words in bold at the start of a line, whatever they say."""
    return line[0].spans if line and isinstance(line[0], Strong) else None


def find_bold_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of paragraphs that ask in bold, and that of those that ask in italics."""
    style = QuestionStyle(StyleName.BOLD)
    in_bold = separated = 0
    statements: list[int] = []
    leads: list[int] = []
    for index, element in enumerate(elements):
        if element.kind != ElementKind.PARAGRAPH or not element.parts or element.in_details:
            continue
        line = element.parts[0].line
        if find_bold_question(line) is not None:
            style.marks[index] = None
            in_bold += 1
            separated += element.is_separated
        elif len(element.parts) == 1 and len(line) == 1 and isinstance(line[0], Strong):
            in_bold += 1
            if element.is_separated:
                statements.append(index)
        elif (
            (lead := find_bold_lead(line))
            and looks_like_question(text := span_text(lead))
            and len(text.split()) >= MIN_LEAD_WORDS
        ):
            leads.append(index)
    asking = len(style.marks)
    if asking > 1 and separated * 10 >= asking * 9:
        # nine of ten questions are below a thematic break or heading, so a statement there is one, too
        # (unmeasured)
        style.marks.update(dict.fromkeys(statements))
        in_bold -= len(statements)
    with_text_after = sum(len(elements[index].parts[0].line) > 1 for index in style.marks)
    if with_text_after * 2 > asking > 1:  # unmeasured
        style.marks.update(dict.fromkeys(leads))
    style.score = BOLD_SCORE * len(style.marks)
    style.precision = asking / max(1, in_bold)
    return [style, _find_italic_style(elements)]


def _find_italic_style(elements: Sequence[Element]) -> QuestionStyle:
    """Return the style of paragraphs that ask in italics; it needs at least two of them."""
    style = QuestionStyle(StyleName.BOLD)
    statements: list[int] = []
    for index, element in enumerate(elements):
        if element.kind == ElementKind.PARAGRAPH and element.parts and not element.in_details:
            line = element.parts[0].line
            if len(line) == 1 and isinstance(line[0], Emphasis):
                if looks_like_question(element.parts[0].text):
                    style.marks[index] = None
                else:
                    statements.append(index)
    asking = len(style.marks)
    style.score = ITALIC_SCORE * asking if asking > 1 else 0
    style.precision = asking / max(1, asking + len(statements))
    if asking > len(statements) and all(
        elements[index].is_separated for index in (*style.marks, *statements)
    ):
        style.marks.update(dict.fromkeys(statements))  # all are below a thematic break or heading
    return style


def find_number_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of paragraphs with numbers that make no list: `1\\. …`, `**1.** …`, `#1 …`."""
    style = QuestionStyle(StyleName.NUMBERS)
    asking = last = 0
    for index, element in enumerate(elements):
        if (
            element.kind == ElementKind.PARAGRAPH
            and element.parts
            and not element.in_details
            and element.number is None
        ):
            marker = patterns.match_marker(element.parts[0].text)
            if marker is None or (marker.tight and marker.number != last + 1):
                continue
            if marker.style[0] == "q" or not marker.rest or find_bold_question(element.parts[0].line):
                continue
            last = marker.number or 0
            style.marks[index] = marker.number
            asking += looks_like_question(marker.rest)
    numbers = list(style.marks.values())
    is_sequence = numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1
    style.score = NUMBER_SCORE * asking if asking > 1 or is_sequence else 0
    style.precision = asking / max(1, len(style.marks))
    return [style]


def find_asking_paragraphs(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of short paragraphs with a question mark.

    Where most paragraphs have one, others that begin as questions do are questions, too.
    """
    style = QuestionStyle(StyleName.NUMBERS)
    unpunctuated: list[int] = []
    count = 0
    for index, element in enumerate(elements):
        if (
            element.kind != ElementKind.PARAGRAPH
            or element.in_details
            or element.is_quoted
            or not element.parts
        ):
            continue
        count += 1
        if len(element.parts) <= MAX_UNMARKED_LINES and ends_with_question_mark(element.text):
            style.marks[index] = None
        elif (
            len(element.parts) == 1
            and len(element.text) <= MAX_UNMARKED_CHARS
            and looks_like_question(element.text)
        ):
            unpunctuated.append(index)
    asking = len(style.marks)
    if asking >= MIN_UNMARKED and (asking + len(unpunctuated)) * 5 >= count * 3:
        style.marks.update(dict.fromkeys(unpunctuated))  # three of five paragraphs; unmeasured
    style.score = UNMARKED_SCORE * asking if asking >= MIN_UNMARKED else 0
    return [style]
