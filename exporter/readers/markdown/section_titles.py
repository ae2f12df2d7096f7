"""Short lines without a mark that are titles of the questions below them."""

from __future__ import annotations

from itertools import pairwise

from exporter.readers.markdown.blocks import read_segments
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.parser import Node
from exporter.readers.plain.leftovers import MIN_BARE

MAX_SECTION_TITLE_CHARS = 60
MAX_SECTION_TITLE_WORDS = 8
"""A longer line above questions is text and not the title of a section; unmeasured."""

SENTENCE_ENDS = (".", "?", "!", "。", "？", "！")
"""Ends of a line that does not continue in the line below it."""

LINE_SECTION_LEVEL = 6
"""The level of a section that begins at a line without a mark."""


def is_title_line(element: Element) -> bool:
    """Return whether an element is a paragraph of one short line that may be a title."""
    if element.kind != ElementKind.PARAGRAPH or len(element.parts) != 1 or element.in_details:
        return False
    return _may_be_title(element.text)


def _may_be_title(text: str) -> bool:
    """Return whether a line is short, and does not end like a sentence."""
    if not text or len(text) > MAX_SECTION_TITLE_CHARS or len(text.split()) > MAX_SECTION_TITLE_WORDS:
        return False
    return text[-1] not in ".?!,;" and ":" not in text[:-1]


def find_titled_items(node: Node) -> set[int]:
    """Return the lines of the items of a numbered list whose last line is the title of the items below.

    The numbers begin again below it, and no other item since they began has a second line.
    """
    titled: set[int] = set()
    if all(item.token.info != "1" for item in node.children[1:]):
        return titled
    bare, is_list = 0, True
    for item, following in pairwise(node.children):
        if item.token.info == "1":
            bare, is_list = 0, True
        is_paragraph = len(item.children) == 1 and item.children[0].kind == "paragraph"
        texts = [part.text.strip() for part in read_segments(item.children[0])] if is_paragraph else []
        has_text = any(text.endswith(SENTENCE_ENDS) for text in texts[:-1])
        is_last = following.token.info == "1" and is_list and bare >= MIN_BARE
        if is_last and len(texts) > 1 and texts[-2].endswith(SENTENCE_ENDS) and _may_be_title(texts[-1]):
            titled.add(item.line)
        bare += 1
        is_list = is_list and is_paragraph and not has_text
    return titled
