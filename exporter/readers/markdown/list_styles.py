"""The styles in which the items of lists are questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.layout import Style
from exporter.readers.markdown import navigation
from exporter.readers.markdown.blocks import read_segments
from exporter.readers.markdown.details_summaries import is_answer_label, read_summary
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.headings import is_aside
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.list_items import read_start
from exporter.readers.markdown.paragraph_styles import find_bold_lead
from exporter.readers.markdown.parser import LIST_KINDS, Node
from exporter.readers.markdown.style import QuestionStyle
from exporter.readers.span_builder import span_text


def find_list_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the styles of numbered lists and of bulleted ones: those that ask, surely ask, and all."""
    styles: list[QuestionStyle] = []
    for kind in ("ordered_list", "bullet_list"):
        found = [_find_list_style(elements, kind), *_find_plain_list_styles(elements, kind)]
        for style in found:
            style.unused = max(0, len(found[-1].marks) - len(style.marks))
        styles += found
    return styles


def _make_style(kind: str) -> QuestionStyle:
    return QuestionStyle(*((Style.NUMBERED, "N.") if kind == "ordered_list" else (Style.BULLETS, "-")))


def _find_plain_list_styles(elements: Sequence[Element], kind: str) -> list[QuestionStyle]:
    """Return the style of the lists most of whose items ask, and that of all lists of a kind."""
    asking, every = _make_style(kind), _make_style(kind)
    for index, element in enumerate(elements):
        if element.kind != ElementKind.LIST or element.node is None or element.node.kind != kind:
            continue
        items = [item for item in element.node.children if not read_start(item).is_contents]
        if not items or all(map(navigation.is_link_item, items)):
            continue
        every.marks[index] = None
        # two of three items; unmeasured
        if sum(read_start(item).is_asking for item in items) * 3 >= len(items) * 2:
            asking.marks[index] = None
    for style in (asking, every):
        _detect_question_ends(style, [elements[index].node for index in style.marks])
    return [asking, every]


def _find_list_style(elements: Sequence[Element], kind: str) -> QuestionStyle:
    headings = {element.text.strip().lower() for element in elements if element.kind == ElementKind.HEADING}
    style = _make_style(kind)
    asking = last_number = total = 0
    below_headings: list[int] = []
    repeated_numbers: list[int] = []
    single_bullets: list[int] = []
    is_answer = False
    for index, element in enumerate(elements):
        if element.kind == ElementKind.SUMMARY:
            is_answer = looks_like_question(read_summary(element)) or is_answer_label(read_summary(element))
        if element.kind != ElementKind.LIST or element.node is None or element.node.kind != kind:
            continue
        if element.in_details and is_answer:
            continue
        items = [item for item in element.node.children if not read_start(item).is_contents]
        if items and all(read_start(item).text.lower() in headings for item in items):
            continue  # a table of contents without links
        above = elements[index - 1] if index else None
        is_below_heading = above is not None and above.kind == ElementKind.HEADING
        asking_here = sum(read_start(item).is_asking for item in items)
        nested = sum(map(_count_nested_questions, items))
        first = _read_number(element.node.children[0])
        is_sections = nested > len(items) / 2
        # the numbers may begin again in a list of questions: two of three items ask; unmeasured
        is_whole = is_below_heading or is_sections or asking_here * 3 >= len(items) * 2
        asked, skipped = _divide_items(items, 0 if is_whole else last_number)
        # a third of the items ask; unmeasured
        if asked and (
            is_sections
            or asking_here * 3 >= len(items)
            or (_read_number(asked[0]) == last_number + 1 > 1 and (asking_here or len(items) == 1))
        ):
            style.marks[index] = None
            asking += max(asking_here, nested)
            total += len(items)
            style.skipped_lines.update(item.line for item in skipped)
            # all items of a list may have one number
            last = first + len(items) - 1 if len(asked) == len(items) else _read_number(asked[-1])
            last_number = last if first else 0
        elif above is not None and is_below_heading and (style.marks or kind == "ordered_list"):
            if not is_aside(above.text) and not all(map(navigation.is_link_item, items)):
                below_headings.append(index)
        elif len(items) == 1 and last_number and first == last_number:
            repeated_numbers.append(index)
        elif len(items) == 1 and kind == "bullet_list" and style.marks:
            single_bullets.append(index)
    if asking * 5 >= total * 3:
        # three of five items ask, so lists below headings of the same level are questions, too; unmeasured
        levels = {elements[index - 1].level for index in style.marks if index}
        style.marks.update((index, None) for index in below_headings if elements[index - 1].level in levels)
    _detect_question_ends(style, [elements[index].node for index in style.marks])
    if style.has_bold_leads:
        # each question is a list with the number `1.`
        style.marks.update((index, None) for index in repeated_numbers if _is_bold_lead(elements[index].node))
    if total == len(style.marks) and len(single_bullets) * 4 <= total:
        # each question is a list with one item; up to a fifth of them need not ask (unmeasured)
        style.marks.update(dict.fromkeys(single_bullets))
    return style


def _is_bold_lead(node: Node | None) -> bool:
    """Return whether the first line of a list is bold as a whole."""
    parts = read_segments(node.children[0].children[0]) if node and node.children[0].children else []
    return bool(parts) and len(parts[0].line) == 1 and find_bold_lead(parts[0].line) is not None


def _detect_question_ends(style: QuestionStyle, lists: Sequence[Node | None]) -> None:
    """Detect where the question ends in the items of a style's lists."""
    bold = total = 0
    paragraphs: list[Sequence[Segment]] = []
    single: list[Node] = []
    for node in filter(None, lists):
        items = [item for item in node.children if item.children and item.children[0].kind == "paragraph"]
        parts_of_items = [read_segments(item.children[0]) for item in items]
        paragraphs += parts_of_items
        bold_here = sum(bool(parts) and find_bold_lead(parts[0].line) is not None for parts in parts_of_items)
        bold += bold_here
        total += len(items)
        if len(items) == 1:
            single += items
        elif bold_here * 5 >= 4 * len(items):  # four of five items; unmeasured
            style.bold_items.update(item.line for item in items)
        else:
            style.bold_items.update(_find_bold_run(items, parts_of_items))
    style.has_bold_leads = bold * 5 >= 4 * total
    if style.has_bold_leads:
        style.bold_items.update(item.line for item in single)
    asking = [
        parts for parts in paragraphs if len(parts) > 1 and any(part.has_question_mark for part in parts)
    ]
    first_lines = sum(parts[0].has_question_mark and not parts[-1].has_question_mark for parts in asking)
    style.first_line_only = first_lines * 10 >= max(1, len(asking)) * 8  # unmeasured


def _find_bold_run(items: Sequence[Node], parts_of_items: Sequence[Sequence[Segment]]) -> Iterator[int]:
    """Yield the lines of items, next to each other, that begin in bold and sound like a question there."""
    leads = [find_bold_lead(parts[0].line) if parts else None for parts in parts_of_items]
    sounds = [False, *(lead is not None and looks_like_question(span_text(lead)) for lead in leads), False]
    for item, above, here, below in zip(items, sounds, sounds[1:], sounds[2:], strict=False):
        if here and (above or below):
            yield item.line


def _divide_items(items: Sequence[Node], last_number: int) -> tuple[Sequence[Node], Sequence[Node]]:
    """Return the items of a numbered list that are questions, and those of an answer above them.

    Below a question with the number `last_number`, an answer's items have no question mark and not the next
    number, or have it below others of the answer; a question there sounds like one, or the numbers fall at
    it, and of several with the number the last is meant. An equal number right below a question is a slip.
    """
    numbers = [number for item in items if (number := _read_number(item))]
    if not last_number or len(numbers) < len(items) or (len(items) > 1 and len(set(numbers)) == 1):
        return items, ()
    words = [read_start(item) for item in items]
    begins = {
        number: position
        for position, number in enumerate(numbers)
        if words[position].asks or (position and number < numbers[position - 1])
    }
    asked: list[Node] = []
    skipped: list[Node] = []
    for position, (item, number) in enumerate(zip(items, numbers, strict=True)):
        is_below = position > 0 and bool(asked) and asked[-1] is items[position - 1]
        is_begun = not position or is_below or begins.get(number) == position
        is_slip = is_below and number == last_number > 1
        has_mark = ends_with_question_mark(words[position].text)
        if (number == last_number + 1 and is_begun) or is_slip or has_mark:
            last_number = number
            asked.append(item)
        else:
            skipped.append(item)
    return asked, skipped


def _read_number(item: Node) -> int:
    """Return the number of an item of a list; 0 if it has none."""
    return int(item.token.info) if item.token.info.isdigit() else 0


def _count_nested_questions(item: Node) -> int:
    """Return how many items of the lists in an item ask, if the item itself does not."""
    if read_start(item).asks:
        return 0
    return sum(
        ends_with_question_mark(read_start(nested).text)
        for child in item.children
        if child.kind in LIST_KINDS
        for nested in child.children
        if not read_start(nested).is_contents
    )
