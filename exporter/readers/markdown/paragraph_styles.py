"""The styles in which paragraphs are questions: labels, bold, italics and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.questions import Emphasis, Line, Strong, Text
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.style import QuestionStyle
from exporter.readers.span_builder import span_text

MAX_SUFFIX_CHARS = 12
"""The most characters after a question in bold that has the line to itself, such as a score; unmeasured."""

MIN_LEAD_WORDS = 3
"""Fewer words in bold at the start of a line are a term and not a question; unmeasured."""

MIN_UNMARKED = 2
"""A single paragraph that asks may be a question to the reader."""

MIN_LISTED_SHARE = 0.8  # unmeasured
"""Minimum share of the paragraphs of one line that look like questions, for all to be a list of questions.

Also of the lines with hard line breaks in one paragraph, of which 0.95 ask in a public list of 40.
"""

MIN_LISTED_WORDS = 3
"""A paragraph of a list with fewer words is the title of those below it; unmeasured."""

MAX_UNMARKED_LINES = 3
MAX_UNMARKED_CHARS = 200
"""A paragraph that is longer is not a question without a mark; unmeasured."""


def find_label_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of paragraphs and headings with a label such as `Q:` or `Question 3`.

    Of a labelled heading and the label right below it, one is the question: the label below if the heading
    has no words, and the heading if the label below has none, as `Question:` above code.
    """
    style = QuestionStyle(Style.LABELLED)
    for index, element in enumerate(elements):
        if element.kind not in (ElementKind.PARAGRAPH, ElementKind.HEADING):
            continue
        for part in element.parts:
            marker = get_label(part.marker)
            if marker is None:
                continue
            above = index - 1
            if above in style.marks and elements[above].kind == ElementKind.HEADING:
                label = get_label(elements[above].typed_marker)
                if label is not None and label.rest and not marker.rest and marker.number is None:
                    continue
                if label is not None and not label.rest and style.marks[above] is not None:
                    del style.marks[above]
            style.marks.setdefault(index, marker.number)
            style.pattern = style.pattern or marker.style
    return [style]


def get_label(marker: patterns.Marker | None) -> patterns.Marker | None:
    """Return a marker if it is the label of a question, as `Q:` or `Question 3`, or nothing."""
    return marker if marker and marker.style[0] == "q" and not marker.style.endswith(" ") else None


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
    """Return the styles of paragraphs that begin in bold.

    These are those that ask, also with lines below a thematic break or heading, with all lines, and all.
    """
    asking = QuestionStyle(Style.BOLD, "**")
    separated = QuestionStyle(Style.BOLD, "**")
    lines = QuestionStyle(Style.BOLD, "**")
    leads = QuestionStyle(Style.BOLD, "**")
    for index, element in enumerate(elements):
        if element.kind != ElementKind.PARAGRAPH or not element.parts or element.in_details:
            continue
        line = element.parts[0].line
        lead = find_bold_lead(line)
        if lead is None or patterns.match_answer_label(element.text, letters=False) is not None:
            continue
        asks = find_bold_question(line) is not None
        is_line = len(line) == 1
        if asks:
            asking.marks[index] = None
        if asks or (is_line and element.is_separated):
            separated.marks[index] = None
        if asks or is_line:
            lines.marks[index] = None
        if asks or is_line or len(span_text(lead).split()) >= MIN_LEAD_WORDS:
            leads.marks[index] = None
    for style in (asking, lines):
        style.unused = len(leads.marks) - len(style.marks)
    if len(asking.marks) > 1 and all(elements[index].is_separated for index in asking.marks):
        return [asking, separated]
    return [asking, separated, lines, leads]


def find_italic_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the styles of paragraphs that are one line in italics: those that ask, and all of them."""
    asking = QuestionStyle(Style.ITALICS, "*")
    lines = QuestionStyle(Style.ITALICS, "*")
    for index, element in enumerate(elements):
        if element.kind == ElementKind.PARAGRAPH and element.parts and not element.in_details:
            line = element.parts[0].line
            if len(line) == 1 and isinstance(line[0], Emphasis):
                lines.marks[index] = None
                if element.parts[0].asks:
                    asking.marks[index] = None
    asking.unused = len(lines.marks) - len(asking.marks)
    return [asking, lines]


def find_number_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the styles of paragraphs with numbers that make no list: `1\\. …`, `**1.** …`, `#1 …`.

    Each way of writing the number is a style, and so are all together.
    """
    styles: dict[str, QuestionStyle] = {"": QuestionStyle(Style.NUMBERED, "N")}
    last = 0
    for index, element in enumerate(elements):
        if (
            element.kind == ElementKind.PARAGRAPH
            and element.parts
            and not element.in_details
            and element.number is None
        ):
            marker = element.parts[0].marker
            if marker is None or (marker.tight and marker.number != last + 1):
                continue
            if marker.style[0] == "q" or not marker.rest:
                continue
            last = marker.number or 0
            for key in ("", marker.style):
                style = styles.setdefault(key, QuestionStyle(Style.NUMBERED, marker.style))
                style.marks[index] = marker.number
    return list(styles.values())


def find_asking_paragraphs(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the styles of short paragraphs with a question mark, also with those that begin as questions.

    The last is that of all paragraphs of one line, where nearly all look like questions.
    """
    asking = QuestionStyle(Style.ASKING)
    sounding = QuestionStyle(Style.ASKING)
    every = QuestionStyle(Style.ASKING)
    for index, element in enumerate(elements):
        if (
            element.kind != ElementKind.PARAGRAPH
            or element.in_details
            or element.is_quoted
            or not element.parts
        ):
            continue
        if is_list_of_questions(element) or (
            len(element.parts) <= MAX_UNMARKED_LINES and ends_with_question_mark(element.text)
        ):
            asking.marks[index] = sounding.marks[index] = every.marks[index] = None
        elif len(element.parts) == 1 and len(element.text) <= MAX_UNMARKED_CHARS:
            if element.asks:
                sounding.marks[index] = every.marks[index] = None
            elif len(element.text.split()) >= MIN_LISTED_WORDS and not element.text.endswith((":", "：")):
                every.marks[index] = None
    if len(sounding.marks) < MIN_LISTED_SHARE * len(every.marks):
        every.marks.clear()
    for style in (asking, sounding):
        style.unused = max(0, len(every.marks) - len(style.marks))
    return [
        style
        for style in (asking, sounding, every)
        if len(style.marks) >= MIN_UNMARKED or any(is_list_of_questions(elements[i]) for i in style.marks)
    ]


def is_list_of_questions(element: Element) -> bool:
    """Return whether a paragraph is a list of questions."""
    return bool(split_list(element))


def split_list(element: Element) -> list[Sequence[Segment]]:
    """Return the lines of each question of a paragraph that is a list of them, or nothing.

    All lines ask; or nearly all questions do, each of which ends with a question mark or a hard line break.
    A list has more lines than one question has.
    """
    if len(element.parts) <= MAX_UNMARKED_LINES:
        return []
    if all(part.has_question_mark for part in element.parts):
        return [(part,) for part in element.parts]
    questions: list[list[Segment]] = [[]]
    for part in element.parts:
        questions[-1].append(part)
        if part.hard or part.has_question_mark:
            questions.append([])
    questions = list(filter(None, questions))
    lasts = [lines[-1] for lines in questions]
    asking = sum(last.has_question_mark for last in lasts)
    is_list = asking >= MIN_LISTED_SHARE * len(lasts) and sum(last.hard for last in lasts) * 2 > len(lasts)
    return [*questions] if is_list and len(lasts) > MAX_UNMARKED_LINES else []
