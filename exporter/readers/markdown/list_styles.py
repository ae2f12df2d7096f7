"""Items of lists, and rows of tables, as questions."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown import navigation
from exporter.readers.markdown.blocks import first_words, node_segments
from exporter.readers.markdown.details_summaries import is_answer_label, summary_text
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.heading_styles import is_aside
from exporter.readers.markdown.paragraph_styles import lead
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.style import Family


def lists(items: Sequence[Item]) -> list[Family]:
    """Return the lists whose items ask, numbered ones and others."""
    headings = {item.text.strip().lower() for item in items if item.kind == "heading"}
    families: list[Family] = []
    for kind in ("ordered_list", "bullet_list"):
        family = Family("lists")
        asking = last = total = 0
        rest: list[int] = []
        alike: list[int] = []
        lone: list[int] = []
        asked = False
        for index, item in enumerate(items):
            if item.kind == "summary":
                asked = looks_like_question(summary_text(item)) or is_answer_label(summary_text(item))
            if item.kind != "list" or item.node is None or item.node.kind != kind or (item.inside and asked):
                continue
            own = [each for each in item.node.children if not navigation.is_contents_item(each)]
            texts = [first_words(each) for each in own]
            asks = sum(map(item_asks, own))
            nested = sum(_nested_asking(each) for each in own)
            if own and all(text.lower() in headings for text in texts):
                continue  # a table of contents without links
            first = item.node.children[0].token.info
            follows = kind == "ordered_list" and first.isdigit() and int(first) == last + 1 and last > 0
            if asks * 3 >= len(own) > 0 or (follows and (asks or len(own) == 1)) or nested > len(own) / 2:
                family.marks[index] = None
                asking += max(asks, nested)
                total += len(own)
                _leave_out(family, own, 0 if index and items[index - 1].kind == "heading" else last)
                last = int(first) + len(own) - 1 if first.isdigit() else 0
            elif index and items[index - 1].kind == "heading" and (family.marks or kind == "ordered_list"):
                if not is_aside(items[index - 1].text) and not all(map(navigation.is_link_item, own)):
                    rest.append(index)
            elif len(own) == 1 and last and first == str(last):
                alike.append(index)
            elif len(own) == 1 and kind == "bullet_list" and family.marks:
                lone.append(index)
        if asking * 5 >= total * 3:
            # Lists under headings of the level that the others stand under.
            levels = {items[index - 1].level for index in family.marks if index}
            family.marks.update((index, None) for index in rest if items[index - 1].level in levels)
        family.worth = 0.5 * asking
        _look_at_items(family, [items[index].node for index in family.marks])
        if family.leads:
            # Each question is a list of its own, `1.` throughout.
            family.marks.update((index, None) for index in alike if _is_lead(items[index].node))
        if total == len(family.marks) and len(lone) * 4 <= total:
            family.marks.update(dict.fromkeys(lone))  # each question is a list of its own
        families.append(family)
    return families


def item_asks(node: Node) -> bool:
    """Say whether a list item asks: in its first words, or at the end of one of its first two lines."""
    if not node.children or node.children[0].kind != "paragraph":
        return False
    parts = node_segments(node.children[0])
    return looks_like_question(first_words(node)) or any(
        ends_with_question_mark(part.text) for part in parts[:2]
    )


def _is_lead(node: Node | None) -> bool:
    parts = node_segments(node.children[0].children[0]) if node and node.children[0].children else []
    return bool(parts) and len(parts[0].line) == 1 and lead(parts[0].line) is not None


def _look_at_items(family: Family, lists: Sequence[Node | None]) -> None:
    """Find out where in the items of a family's lists the question ends."""
    first = [
        node_segments(item.children[0])
        for node in lists
        if node
        for item in node.children
        if item.children and item.children[0].kind == "paragraph"
    ]
    family.leads = sum(bool(parts) and lead(parts[0].line) is not None for parts in first) * 5 >= 4 * len(
        first
    )
    asked = [
        parts
        for parts in first
        if len(parts) > 1 and any(ends_with_question_mark(part.text) for part in parts)
    ]
    lazy = sum(
        ends_with_question_mark(parts[0].text) and not ends_with_question_mark(parts[-1].text)
        for parts in asked
    )
    family.lazy = lazy > 1 and lazy * 10 >= len(asked) * 8


def _leave_out(family: Family, own: Sequence[Node], last: int) -> None:
    """Leave out of a numbered list what neither asks nor goes on with the numbers of the questions."""
    numbers = [node.token.info for node in own]
    if not last or len(set(numbers)) < len(numbers) or not all(number.isdigit() for number in numbers):
        return
    for node in own:
        asks = looks_like_question(first_words(node))
        if asks or int(node.token.info) == last + 1:
            last = int(node.token.info)
        else:
            family.left_out.add(node.line)


def _nested_asking(item: Node) -> int:
    if looks_like_question(first_words(item)):
        return 0
    return sum(
        ends_with_question_mark(first_words(each))
        for child in item.children
        if child.kind in ("bullet_list", "ordered_list")
        for each in child.children
        if not navigation.is_contents_item(each)
    )
