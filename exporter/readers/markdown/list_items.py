"""What the first paragraph of a list item says, read once for all that ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.markdown.blocks import read_segments
from exporter.readers.markdown.navigation import has_only_links
from exporter.readers.markdown.parser import Node


@dataclass(frozen=True, slots=True)
class ItemStart:
    """The first paragraph of a list item as one line of `text`, which is empty if it has none.

    - `asks` is set if the text ends in a question mark or begins like a question.
    - `is_asking` is set if one of its first two lines does.
    - `is_contents` is set if the item is an entry of a table of contents.
    """

    text: str = ""
    asks: bool = False
    is_asking: bool = False
    is_contents: bool = False


_NO_PARAGRAPH = ItemStart()


def read_start(item: Node) -> ItemStart:
    """Return what a list item begins with."""
    start = item.start
    if start is None:
        start = item.start = _read(item)
    return start


def _read(item: Node) -> ItemStart:
    if not item.children or item.children[0].kind != "paragraph":
        return _NO_PARAGRAPH
    parts = read_segments(item.children[0])
    text = " ".join(part.text for part in parts).strip()
    asks = parts[0].asks if len(parts) == 1 else looks_like_question(text)
    is_asking = asks or any(part.has_question_mark for part in parts[:2])
    is_contents = bool(parts) and all(has_only_links(part.line, "#") for part in parts)
    return ItemStart(text, asks, is_asking, is_contents)
