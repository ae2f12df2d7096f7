"""The ways in which Markdown files mark their questions, and which of them a file has chosen.

Each way is a family of marks. A family's worth is how many of its marks read as questions; a
family most of whose marks do not is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers import labels
from exporter.readers.markdown.family import Family
from exporter.readers.markdown.heading_families import deepest_headings, headings
from exporter.readers.markdown.items import Item
from exporter.readers.markdown.list_families import lists, tables
from exporter.readers.markdown.paragraph_families import bold, numbered_paragraphs, pairs, worded
from exporter.readers.markdown.summaries import summaries

FAMILIES = (worded, summaries, headings, bold, numbered_paragraphs, pairs, lists, tables)


def choose_family(items: Sequence[Item]) -> Family | None:
    """Return the family of marks that a file uses; none where there are no questions."""
    found = [family for find in FAMILIES for family in find(items) if family.worth > 0]
    good = [family for family in found if family.precision >= 0.5]
    best = max(good, key=lambda family: family.worth, default=None)
    if best is not None and best.name == "lists":
        above = [family for family in good if family.name == "headings" and _asks_above(items, family, best)]
        best = max(above, key=lambda family: family.worth, default=best)
    return best or _plainest(items)


def _plainest(items: Sequence[Item]) -> Family | None:
    """Return paragraphs that ask, or headings whatever they say, where nothing else marks questions."""
    found = deepest_headings(items)
    asking = Family("numbers")
    for index, item in enumerate(items):
        if item.kind == "para" and not item.inside and len(item.parts) < 4 and labels.ends_asking(item.text):
            asking.marks[index] = None
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
    return len(below) > 1 and not several and elsewhere * 4 < len(below) and asking.precision > 0.6
