"""Paragraphs as questions: with labels, in bold or italics, numbered, or as `question::answer`."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.questions import Emphasis, Line, Strong, Text
from exporter.readers.labels import patterns
from exporter.readers.labels.pairs import Pair, find_pair, uses_spaces
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.blocks import read_first_line
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.style import QuestionStyle, StyleName
from exporter.readers.span_builder import span_text


def find_label_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the paragraphs and headings with a label such as `Q:` or `Question 3`."""
    style = QuestionStyle(StyleName.LABELS)
    answers = 0
    for index, element in enumerate(elements):
        if element.kind not in (ElementKind.PARAGRAPH, ElementKind.HEADING):
            continue
        for part in element.parts:
            mark = patterns.match_marker(part.text)
            if mark is not None and mark.style[0] == "q" and not mark.style.endswith(" "):
                style.marks.setdefault(index, mark.number)
                style.score += element.kind == ElementKind.PARAGRAPH
            answers += patterns.match_answer_label(part.text, letters=True) is not None
    if not answers and style.score == 1:
        style.score = 0.5
    if not style.marks and answers > 1:
        style.score = 0
    return [style]


def find_bold_question(part: Line) -> Line | None:
    """Return the words in bold that a line begins with, if they ask something."""
    if not part or not isinstance(part[0], Strong):
        return None
    inner = part[0].spans
    text = span_text(inner)
    mark = patterns.match_marker(text)
    rest = "".join(span.text for span in part[1:] if isinstance(span, Text))
    alone = len(span_text(part)) - len(text) <= 12 and not any(char.isalpha() for char in rest)
    if ends_with_question_mark(text) or (alone and (mark is not None or looks_like_question(text))):
        return inner
    return None


def find_bold_lead(part: Line) -> Line | None:
    """Return the words in bold that a line begins with, whatever they say."""
    return part[0].spans if part and isinstance(part[0], Strong) else None


def find_bold_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the paragraphs that ask in bold, and those that ask in italics."""
    style = QuestionStyle(StyleName.BOLD)
    in_bold = apart = 0
    statements: list[int] = []
    leads: list[int] = []
    for index, element in enumerate(elements):
        if element.kind != ElementKind.PARAGRAPH or not element.parts or element.in_details:
            continue
        line = element.parts[0].line
        if find_bold_question(line) is not None:
            style.marks[index] = None
            in_bold += 1
            apart += element.is_separated
        elif len(element.parts) == 1 and len(line) == 1 and isinstance(line[0], Strong):
            in_bold += 1
            if element.is_separated:
                statements.append(index)
        elif (
            (inner := find_bold_lead(line))
            and looks_like_question(text := span_text(inner))
            and len(text.split()) > 2
        ):
            leads.append(index)
    asked = len(style.marks)
    if asked > 1 and apart * 10 >= asked * 9:
        # Each question stands below a ruler or heading: what stands there too is one.
        style.marks.update(dict.fromkeys(statements))
        in_bold -= len(statements)
    run_on = sum(len(elements[index].parts[0].line) > 1 for index in style.marks)
    if run_on * 2 > asked > 1:
        style.marks.update(dict.fromkeys(leads))
    style.score = 0.8 * len(style.marks)
    style.precision = asked / max(1, in_bold)
    return [style, _emphasised(elements)]


def _emphasised(elements: Sequence[Element]) -> QuestionStyle:
    """Return the paragraphs in italics that ask, of which there are at least two."""
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
    asked = len(style.marks)
    style.score = 0.7 * asked if asked > 1 else 0
    style.precision = asked / max(1, asked + len(statements))
    if asked > len(statements) and all(elements[index].is_separated for index in (*style.marks, *statements)):
        style.marks.update(dict.fromkeys(statements))  # all stand below a ruler or heading of their own
    return style


def find_number_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return paragraphs whose numbers make no list: `1\\. …`, `**1.** …`, `#1 …`."""
    style = QuestionStyle(StyleName.NUMBERS)
    asking = last = 0
    for index, element in enumerate(elements):
        if (
            element.kind == ElementKind.PARAGRAPH
            and element.parts
            and not element.in_details
            and element.number is None
        ):
            mark = patterns.match_marker(element.parts[0].text)
            if mark and mark.tight and mark.number != last + 1:
                continue
            if (
                mark
                and mark.style[0] != "q"
                and mark.rest
                and find_bold_question(element.parts[0].line) is None
            ):
                last = mark.number or 0
                style.marks[index] = mark.number
                asking += looks_like_question(mark.rest)
    counted = list(style.marks.values()) == list(range(1, len(style.marks) + 1)) and len(style.marks) > 1
    style.score = 0.9 * asking if asking > 1 or counted else 0
    style.precision = asking / max(1, len(style.marks))
    return [style]


def find_asking_paragraphs(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the paragraphs of few lines that ask; where most paragraphs do, also those that only demand."""
    style = QuestionStyle(StyleName.NUMBERS)
    demands: list[int] = []
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
        if len(element.parts) < 4 and ends_with_question_mark(element.text):
            style.marks[index] = None
        elif len(element.parts) == 1 and len(element.text) <= 200 and looks_like_question(element.text):
            demands.append(index)
    asked = len(style.marks)
    if asked > 2 and (asked + len(demands)) * 5 >= count * 3:
        style.marks.update(dict.fromkeys(demands))
    style.score = 0.4 * asked if asked > 2 else 0
    return [style]


def find_definition_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the paragraphs with a question, and its answer behind a colon on the next line."""
    style = QuestionStyle(StyleName.DEFINITIONS)
    for index, element in enumerate(elements):
        if (
            element.kind == ElementKind.PARAGRAPH
            and len(element.parts) > 1
            and element.parts[1].text.startswith(": ")
        ):
            style.marks[index] = None
            style.score += 1 if looks_like_question(element.parts[0].text) else 0.5
    return [style]


def find_pair_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the paragraphs and lists of `question::answer`."""
    style = QuestionStyle(StyleName.PAIRS)
    for index, element in enumerate(elements):
        if element.kind == ElementKind.PARAGRAPH:
            lines = [part.line for part in element.parts]
        elif element.kind == ElementKind.LIST and element.node:
            lines = list(map(read_first_line, element.node.children))
        else:
            continue
        count = sum(found is not None for found in split_pairs(lines))
        if count and count * 2 >= len(lines):
            style.marks[index] = None
            style.score += count
    return [style] if style.score > 1 else []


def split_pairs(lines: Sequence[Line]) -> list[Pair | None]:
    """Return where each of several lines `question::answer` is parted; nothing for one that is no pair."""
    texts = [span_text(line) for line in lines]
    if not any("::" in text for text in texts):
        return [None] * len(lines)
    spaced = uses_spaces(texts)
    several = (
        sum(
            find_pair(text, line, spaced_only=spaced) is not None
            for text, line in zip(texts, lines, strict=True)
        )
        > 1
    )
    return [find_pair(text, line, several, spaced) for text, line in zip(texts, lines, strict=True)]
