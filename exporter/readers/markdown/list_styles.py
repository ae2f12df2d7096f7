"""Items of lists, and rows of tables, as questions."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown import navigation
from exporter.readers.markdown.blocks import read_first_words, read_segments
from exporter.readers.markdown.details_summaries import is_answer_label, summary_text
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.heading_styles import is_aside
from exporter.readers.markdown.paragraph_styles import find_bold_lead
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.style import QuestionStyle, StyleName


def find_list_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the lists whose items ask, numbered ones and others."""
    headings = {element.text.strip().lower() for element in elements if element.kind == ElementKind.HEADING}
    styles: list[QuestionStyle] = []
    for kind in ("ordered_list", "bullet_list"):
        style = QuestionStyle(StyleName.LISTS)
        asking = last = total = 0
        rest: list[int] = []
        alike: list[int] = []
        lone: list[int] = []
        asked = False
        for index, element in enumerate(elements):
            if element.kind == ElementKind.SUMMARY:
                asked = looks_like_question(summary_text(element)) or is_answer_label(summary_text(element))
            if (
                element.kind != ElementKind.LIST
                or element.node is None
                or element.node.kind != kind
                or (element.in_details and asked)
            ):
                continue
            own = [each for each in element.node.children if not navigation.is_contents_item(each)]
            texts = [read_first_words(each) for each in own]
            asks = sum(map(item_asks, own))
            nested = sum(_nested_asking(each) for each in own)
            if own and all(text.lower() in headings for text in texts):
                continue  # a table of contents without links
            first = element.node.children[0].token.info
            follows = kind == "ordered_list" and first.isdigit() and int(first) == last + 1 and last > 0
            if asks * 3 >= len(own) > 0 or (follows and (asks or len(own) == 1)) or nested > len(own) / 2:
                style.marks[index] = None
                asking += max(asks, nested)
                total += len(own)
                _leave_out(
                    style, own, 0 if index and elements[index - 1].kind == ElementKind.HEADING else last
                )
                last = int(first) + len(own) - 1 if first.isdigit() else 0
            elif (
                index
                and elements[index - 1].kind == ElementKind.HEADING
                and (style.marks or kind == "ordered_list")
            ):
                if not is_aside(elements[index - 1].text) and not all(map(navigation.is_link_item, own)):
                    rest.append(index)
            elif len(own) == 1 and last and first == str(last):
                alike.append(index)
            elif len(own) == 1 and kind == "bullet_list" and style.marks:
                lone.append(index)
        if asking * 5 >= total * 3:
            # Lists under headings of the level that the others stand under.
            levels = {elements[index - 1].level for index in style.marks if index}
            style.marks.update((index, None) for index in rest if elements[index - 1].level in levels)
        style.score = 0.5 * asking
        _look_at_items(style, [elements[index].node for index in style.marks])
        if style.has_bold_leads:
            # Each question is a list of its own, `1.` throughout.
            style.marks.update((index, None) for index in alike if _is_lead(elements[index].node))
        if total == len(style.marks) and len(lone) * 4 <= total:
            style.marks.update(dict.fromkeys(lone))  # each question is a list of its own
        styles.append(style)
    return styles


def item_asks(node: Node) -> bool:
    """Say whether a list item asks: in its first words, or at the end of one of its first two lines."""
    if not node.children or node.children[0].kind != "paragraph":
        return False
    parts = read_segments(node.children[0])
    return looks_like_question(read_first_words(node)) or any(
        ends_with_question_mark(part.text) for part in parts[:2]
    )


def _is_lead(node: Node | None) -> bool:
    parts = read_segments(node.children[0].children[0]) if node and node.children[0].children else []
    return bool(parts) and len(parts[0].line) == 1 and find_bold_lead(parts[0].line) is not None


def _look_at_items(style: QuestionStyle, find_list_styles: Sequence[Node | None]) -> None:
    """Find out where in the items of a family's lists the question ends."""
    first = [
        read_segments(item.children[0])
        for node in find_list_styles
        if node
        for item in node.children
        if item.children and item.children[0].kind == "paragraph"
    ]
    style.has_bold_leads = sum(
        bool(parts) and find_bold_lead(parts[0].line) is not None for parts in first
    ) * 5 >= 4 * len(first)
    asked = [
        parts
        for parts in first
        if len(parts) > 1 and any(ends_with_question_mark(part.text) for part in parts)
    ]
    lazy = sum(
        ends_with_question_mark(parts[0].text) and not ends_with_question_mark(parts[-1].text)
        for parts in asked
    )
    style.first_line_only = lazy > 1 and lazy * 10 >= len(asked) * 8


def _leave_out(style: QuestionStyle, own: Sequence[Node], last: int) -> None:
    """Leave out of a numbered list what neither asks nor goes on with the numbers of the questions."""
    numbers = [node.token.info for node in own]
    if not last or len(set(numbers)) < len(numbers) or not all(number.isdigit() for number in numbers):
        return
    for node in own:
        asks = looks_like_question(read_first_words(node))
        if asks or int(node.token.info) == last + 1:
            last = int(node.token.info)
        else:
            style.skipped_lines.add(node.line)


def _nested_asking(item: Node) -> int:
    if looks_like_question(read_first_words(item)):
        return 0
    return sum(
        ends_with_question_mark(read_first_words(each))
        for child in item.children
        if child.kind in ("bullet_list", "ordered_list")
        for each in child.children
        if not navigation.is_contents_item(each)
    )
