"""Paragraphs as questions: with labels, in bold or italics, numbered, or as `question::answer`."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.questions import Emphasis, Line, Strong, Text
from exporter.readers.labels import patterns
from exporter.readers.labels.pairs import Pair, find_pair, uses_spaces
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.blocks import first_line
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.style import Family
from exporter.readers.span_builder import span_text


def worded(items: Sequence[Item]) -> list[Family]:
    """Return the paragraphs and headings with a label such as `Q:` or `Question 3`."""
    family = Family("labels")
    answers = cloze = 0
    for index, item in enumerate(items):
        if item.kind not in ("para", "heading"):
            continue
        for part in item.parts:
            mark = patterns.match_marker(part.text)
            if mark is not None and mark.style[0] == "q" and not mark.style.endswith(" "):
                family.marks.setdefault(index, mark.number)
                family.worth += item.kind == "para"
            answers += patterns.match_answer_label(part.text, letters=True) is not None
            cloze += part.text.startswith("C:")
    if not answers and family.worth == 1:
        family.worth = 0.5
    if not family.marks and answers > 1:
        family.worth = 0
    return [family]


def bold_question(part: Line) -> Line | None:
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


def lead(part: Line) -> Line | None:
    """Return the words in bold that a line begins with, whatever they say."""
    return part[0].spans if part and isinstance(part[0], Strong) else None


def bold(items: Sequence[Item]) -> list[Family]:
    """Return the paragraphs that ask in bold, and those that ask in italics."""
    family = Family("bold")
    in_bold = apart = 0
    statements: list[int] = []
    leads: list[int] = []
    for index, item in enumerate(items):
        if item.kind != "para" or not item.parts or item.inside:
            continue
        line = item.parts[0].line
        if bold_question(line) is not None:
            family.marks[index] = None
            in_bold += 1
            apart += item.apart
        elif len(item.parts) == 1 and len(line) == 1 and isinstance(line[0], Strong):
            in_bold += 1
            if item.apart:
                statements.append(index)
        elif (
            (inner := lead(line)) and looks_like_question(text := span_text(inner)) and len(text.split()) > 2
        ):
            leads.append(index)
    asked = len(family.marks)
    if asked > 1 and apart * 10 >= asked * 9:
        # Each question stands below a ruler or heading: what stands there too is one.
        family.marks.update(dict.fromkeys(statements))
        in_bold -= len(statements)
    run_on = sum(len(items[index].parts[0].line) > 1 for index in family.marks)
    if run_on * 2 > asked > 1:
        family.marks.update(dict.fromkeys(leads))
    family.worth = 0.8 * len(family.marks)
    family.precision = asked / max(1, in_bold)
    return [family, _emphasised(items)]


def _emphasised(items: Sequence[Item]) -> Family:
    """Return the paragraphs in italics that ask, of which there are at least two."""
    family = Family("bold")
    statements: list[int] = []
    for index, item in enumerate(items):
        if item.kind == "para" and item.parts and not item.inside:
            line = item.parts[0].line
            if len(line) == 1 and isinstance(line[0], Emphasis):
                if looks_like_question(item.parts[0].text):
                    family.marks[index] = None
                else:
                    statements.append(index)
    asked = len(family.marks)
    family.worth = 0.7 * asked if asked > 1 else 0
    family.precision = asked / max(1, asked + len(statements))
    if asked > len(statements) and all(items[index].apart for index in (*family.marks, *statements)):
        family.marks.update(dict.fromkeys(statements))  # all stand below a ruler or heading of their own
    return family


def numbered_paragraphs(items: Sequence[Item]) -> list[Family]:
    """Return paragraphs whose numbers make no list: `1\\. …`, `**1.** …`, `#1 …`."""
    family = Family("numbers")
    asking = last = 0
    for index, item in enumerate(items):
        if item.kind == "para" and item.parts and not item.inside and item.number is None:
            mark = patterns.match_marker(item.parts[0].text)
            if mark and mark.tight and mark.number != last + 1:
                continue
            if mark and mark.style[0] != "q" and mark.rest and bold_question(item.parts[0].line) is None:
                last = mark.number or 0
                family.marks[index] = mark.number
                asking += looks_like_question(mark.rest)
    counted = list(family.marks.values()) == list(range(1, len(family.marks) + 1)) and len(family.marks) > 1
    family.worth = 0.9 * asking if asking > 1 or counted else 0
    family.precision = asking / max(1, len(family.marks))
    return [family]


def bare(items: Sequence[Item]) -> list[Family]:
    """Return the paragraphs of few lines that ask; where most paragraphs do, also those that only demand."""
    family = Family("numbers")
    demands: list[int] = []
    count = 0
    for index, item in enumerate(items):
        if item.kind != "para" or item.inside or item.quoted or not item.parts:
            continue
        count += 1
        if len(item.parts) < 4 and ends_with_question_mark(item.text):
            family.marks[index] = None
        elif len(item.parts) == 1 and len(item.text) <= 200 and looks_like_question(item.text):
            demands.append(index)
    asked = len(family.marks)
    if asked > 2 and (asked + len(demands)) * 5 >= count * 3:
        family.marks.update(dict.fromkeys(demands))
    family.worth = 0.4 * asked if asked > 2 else 0
    return [family]


def definitions(items: Sequence[Item]) -> list[Family]:
    """Return the paragraphs with a question, and its answer behind a colon on the next line."""
    family = Family("definitions")
    for index, item in enumerate(items):
        if item.kind == "para" and len(item.parts) > 1 and item.parts[1].text.startswith(": "):
            family.marks[index] = None
            family.worth += 1 if looks_like_question(item.parts[0].text) else 0.5
    return [family]


def pairs(items: Sequence[Item]) -> list[Family]:
    """Return the paragraphs and lists of `question::answer`."""
    family = Family("pairs")
    for index, item in enumerate(items):
        lines = [part.line for part in item.parts] if item.kind == "para" else [
            first_line(child) for child in (item.node.children if item.kind == "list" and item.node else ())
        ]  # fmt: skip
        count = sum(found is not None for found in split_pairs(lines))
        if count and count * 2 >= len(lines):
            family.marks[index] = None
            family.worth += count
    return [family] if family.worth > 1 else []


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
