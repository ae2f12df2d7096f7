"""Lists of a page, and their numbers and letters."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.page.list_nesting import nest_lists
from exporter.readers.page.spans import Run
from exporter.readers.page.tree import Tag, Words
from exporter.readers.page.writer import PageWriter

_LIST_LETTERS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def write_list(writer: PageWriter, tag: Tag) -> None:
    """Write a list; one whose items are only `details` is not a list."""
    items = _read_items(tag)
    if items and all(_is_only_details(item) for item in items):
        for item in items:
            writer.write(item)
            writer.flush()
        return
    if writer.in_item and tag.name == "ul":
        writer.lines.continue_block()
    is_loose = any(_has_blocks(writer, item) for item in items)
    before, writer.in_item = writer.in_item, True
    for marker, item in zip(_make_markers(tag, items), items, strict=True):
        letter = marker if marker[0].isalpha() else ""
        marker = "- " if letter else marker
        if letter:
            item.children.insert(0, Words(letter, item.line))
        with writer.lines.indented(marker, " " * len(marker)):
            writer.write(item)
            writer.flush()
        if not is_loose:
            writer.lines.continue_block()
    writer.in_item = before
    writer.lines.end_block()


def write_listed(writer: PageWriter, tag: Tag) -> None:
    """Write a list in a cell: each item is a line with its mark."""
    items = _read_items(tag)
    for marker, item in zip(_make_markers(tag, items), items, strict=True):
        writer.flush()
        writer.add_run(Run(marker), item.line)
        writer.write(item)


def _read_items(tag: Tag) -> list[Tag]:
    """Return the items of a list that are not empty; what is between items belongs to the one above."""
    items: list[Tag] = []
    for child in nest_lists(tag.children):
        if isinstance(child, Tag) and child.name == "li":
            items.append(Tag("li", child.line, child.attributes, list(child.children)))
        elif isinstance(child, Tag) or (isinstance(child, Words) and child.text.strip()):
            if not items:
                items.append(Tag("li", child.line))
            items[-1].children.append(child)
    return [item for item in items if item.text or item.find("img", "input")]


def _make_markers(tag: Tag, items: Sequence[Tag]) -> list[str]:
    if tag.name != "ol":
        return ["- "] * len(items)
    kind, start = tag.attributes.get("type", "1"), tag.attributes.get("start", "")
    number = int(start[:9]) if start.isascii() and start[:9].isdigit() else 1
    markers: list[str] = []
    for item in items:
        value = item.attributes.get("value", "")
        number = int(value[:9]) if value.isascii() and value[:9].isdigit() else number
        letters = _LIST_LETTERS.get(kind, "")
        markers.append(f"{letters[number - 1]}) " if 0 < number <= len(letters) else f"{number}. ")
        number += 1
    return markers


def _is_only_details(item: Tag) -> bool:
    return [child.name for child in item.tags] == ["details"] and not any(
        isinstance(child, Words) and child.text.strip() for child in item.children
    )


def _has_blocks(writer: PageWriter, item: Tag) -> bool:
    """Return whether an item has more than a paragraph and lists."""
    blocks = [child.name for child in item.tags if writer.is_block(child)]
    has_words = any(isinstance(child, Words) and child.text.strip() for child in item.children)
    others = [name for name in blocks if name not in ("ul", "ol")]
    return len(others) > (0 if has_words else 1)
