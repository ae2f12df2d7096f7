"""The ways in which Markdown files mark their questions, and which of them a file has chosen.

Each way is a family of marks. A family's worth is how many of its marks read as questions; a
family most of whose marks do not is none.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.details_summaries import summaries, summary_text
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.heading_styles import deepest_headings, headings
from exporter.readers.markdown.list_styles import item_asks, lists
from exporter.readers.markdown.paragraph_styles import (
    bare,
    bold,
    definitions,
    numbered_paragraphs,
    pairs,
    worded,
)
from exporter.readers.markdown.style import Family
from exporter.readers.markdown.tables import tables

FAMILIES = (worded, summaries, headings, bold, numbered_paragraphs, bare, definitions, pairs, lists, tables)


def choose_family(items: Sequence[Item]) -> Family | None:
    """Return the family of marks that a file uses; none where there are no questions."""
    found = [family for find in FAMILIES for family in find(items) if family.worth > 0]
    good = [family for family in found if family.precision >= 0.5]
    best = max(good, key=lambda family: family.worth, default=None)
    if best is not None and best.name == "lists":
        above = [family for family in good if family.name == "headings" and _asks_above(items, family, best)]
        best = max(above, key=lambda family: family.worth, default=best)
    if best is None:
        return _plainest(items)
    for other in good:
        if other.name in _BESIDE and other.name != best.name and other.precision >= 0.8:
            _take_beside(items, best, other)
    return best


_BESIDE = ("lists", "summaries", "headings")
"""The families whose marks may stand beside those of the file's own, in sections of their own."""


def _take_beside(items: Sequence[Item], best: Family, other: Family) -> None:
    """Add to a file's family the marks of another in sections that hold none of its own.

    Such a section begins at a heading that does not ask; what it holds is no answer.
    """
    edges = [
        index
        for index, item in enumerate(items)
        if item.kind == "heading" and not item.inside and index not in best.marks and index not in other.marks
    ]
    taken, marked = sorted(best.marks), sorted(other.marks)
    for start, end in pairwise([*edges, len(items)]):
        if bisect(taken, start) < bisect(taken, end):
            continue
        for index in marked[bisect(marked, start) : bisect(marked, end)]:
            if _surely_asks(items[index]):
                best.beside[index] = other


def _surely_asks(item: Item) -> bool:
    """Say whether an item asks: a summary or a heading by itself, a list in two thirds of its items."""
    if item.kind == "list" and item.node is not None:
        return sum(map(item_asks, item.node.children)) * 3 >= len(item.node.children) * 2
    return ends_with_question_mark(summary_text(item) if item.kind == "summary" else item.text)


def _plainest(items: Sequence[Item]) -> Family | None:
    """Return paragraphs that ask, or headings whatever they say, where nothing else marks questions."""
    found = deepest_headings(items)
    asking = bare(items)[0]
    return asking if len(asking.marks) > max(1, len(found.marks) if found else 0) else found


def _asks_above(items: Sequence[Item], asking: Family, listed: Family) -> bool:
    """Say whether headings ask, and lists below them, with few items each, are part of their answers."""
    heading = -1
    below: dict[int, int] = {}
    elsewhere = 0
    for index, item in enumerate(items):
        if item.kind == "heading":
            heading = index if index in asking.marks else -1
        elif index in listed.marks and item.node is not None:
            if heading < 0:
                elsewhere += 1
            else:
                below[heading] = below.get(heading, 0) + len(item.node.children)
    several = sum(below.values()) > 3 * len(below)
    asks = sum(looks_like_question(items[index].text) for index in asking.marks) * 2 > len(asking.marks)
    return len(below) > 1 and not several and elsewhere * 4 < len(below) and asking.precision > 0.6 and asks
