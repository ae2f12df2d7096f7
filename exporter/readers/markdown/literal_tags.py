"""Tags that a Markdown file speaks of: these are made text before the file is read.

In a paragraph, a heading, a cell or a block of HTML, the rules of `readers.markup` hold. Tags of different
blocks pair up, too, where each begins or ends a line, as `<details>` and `</details>` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exporter.readers.html import KNOWN_TAGS
from exporter.readers.markdown.parser import Node
from exporter.readers.markup.detection import FORMATTING, VOID_TAGS, find_markup, quote_text_tags
from exporter.readers.markup.mentioned_tags import is_spoken
from exporter.readers.markup.skipped_html import unread_lines
from exporter.readers.markup.tags import TAG, Tag, find_tags, is_inside, merged, pair_tags

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOT_IN_LINES = frozenset(
    "ul ol li table thead tbody tfoot tr td th caption dl dt dd h1 h2 h3 h4 h5 h6 hr figure"
    " figcaption".split()
)
"""Tags that format nothing within a line of text, only within a cell or a block."""

_DISCLOSURE = ("details", "summary")
_RAW = frozenset("script style textarea title".split())
"""Elements without Markdown in them, which end in the block in which they begin."""

_CHECKBOX = re.compile(r"\btype\s*=\s*[\"']?checkbox", re.IGNORECASE)
_PARTS = frozenset("area base col embed input link meta param path source track".split())
"""Tags that are never closed, and are parts of the element they are in."""

MAX_TAG_RUN_CHARS = 500
"""How far a line is looked at around a tag, so that a line of nothing but tags takes linear time.

A run of tags that is cut there counts as words. The longest run of tags in the corpus has 49 characters.
"""

_KEPT = re.compile(r"<!--|<!|<\?")


@dataclass(slots=True)
class _Piece:
    """A run of text with tags: a block of HTML, or a paragraph, whose tokens begin at `starts`."""

    node: Node
    text: str
    starts: dict[int, Token]
    item: int
    may_span: bool
    markup: set[int] = field(default_factory=set)


def literalize_text_tags(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Make text of the tags that a file speaks of; return the lines with HTML of which no text is made."""
    pieces = list(_pieces(nodes, 0, ""))
    for piece in pieces:
        _find_own_markup(piece)
    _pair_across(pieces)
    unread: list[tuple[int, int]] = []
    for piece in pieces:
        html = quote_text_tags(piece.text, piece.markup)
        if piece.node.kind == "html_block":
            piece.node.token.content = html
        for start, token in piece.starts.items():
            if start not in piece.markup:
                token.type = "text"
        lines = {piece.node.line + line for line in unread_lines(html, declared=False)}
        unread += [(line, line + 1) for line in lines]
    return unread


def _pieces(nodes: Sequence[Node], item: int, parent: str) -> Iterator[_Piece]:
    for node in nodes:
        if node.kind == "html_block":
            yield _Piece(node, node.token.content, {}, item, True)
        elif node.kind == "inline" and any(each.type == "html_inline" for each in node.token.children or ()):
            starts: dict[int, Token] = {}
            text = "".join(_texts(node.token.children or (), starts))
            yield _Piece(node, text, starts, item, parent == "paragraph")
        else:
            yield from _pieces(node.children, id(node) if node.kind == "list_item" else item, node.kind)


def _texts(tokens: Sequence[Token], starts: dict[int, Token]) -> Iterator[str]:
    """Yield the text of tokens, in which only tags have angle brackets; note where these begin."""
    at = 0
    for token in tokens:
        match token.type:
            case "html_inline":
                text = token.content
                if TAG.fullmatch(text):
                    starts[at] = token
            case "softbreak" | "hardbreak":
                text = "\n"
            case _:
                text = re.sub("[<>`]", "x", token.content) or "x" * (token.type in ("image", "code_inline"))
        at += len(text)
        yield text


def _find_own_markup(piece: _Piece) -> None:
    """Find the markup of a piece by itself."""
    if piece.node.kind == "html_block":
        piece.markup = find_markup(piece.text, KNOWN_TAGS, anchors=True)
        piece.markup.update(found.start() for found in _KEPT.finditer(piece.text))
        if not piece.item and not TAG.sub("", piece.text).strip():
            # Breaks between blocks are put there for air; an item that is nothing else names the tag.
            piece.markup.update(
                tag.start for tag in find_tags(piece.text, backticks=False) if tag.name in VOID_TAGS
            )
    else:
        in_cell = not piece.may_span and piece.node.token.level > 2
        names = FORMATTING - frozenset(_DISCLOSURE) - (frozenset() if in_cell else _NOT_IN_LINES)
        piece.markup = find_markup(piece.text, names, anchors=True)
    tags = find_tags(piece.text, backticks=False)
    elements = merged(
        (tags[opening].end, tags[closing].start)
        for opening, closing in pair_tags(tags).items()
        if tags[opening].start in piece.markup
    )
    piece.markup.update(
        tag.start
        for tag in tags
        if tag.name in _PARTS and (is_inside(elements, tag.start) or _is_box(piece.text, tag))
    )


def _pair_across(pieces: Sequence[_Piece]) -> None:
    """Find tags that begin or end lines of different pieces and pair up."""
    opened: dict[tuple[str, int], list[tuple[_Piece, Tag]]] = {}
    names: set[str] = set()
    alone: list[tuple[_Piece, Tag]] = []
    for piece in pieces:
        tags = find_tags(piece.text, backticks=False) if piece.may_span else []
        names.update(tag.name for tag in tags if tag.start in piece.markup)
        for tag in tags:
            if tag.start in piece.markup or tag.name not in KNOWN_TAGS or tag.name in _RAW:
                continue
            key = (tag.name, 0 if tag.name in _DISCLOSURE else piece.item)
            if not tag.closes and _begins_line(piece.text, tag):
                opened.setdefault(key, []).append((piece, tag))
            elif tag.closes and _ends_line(piece.text, tag):
                # A line at the end of an item may well belong to what is around the list.
                before = opened.get(key) or opened.get((tag.name, 0))
                if before:
                    other, opening = before.pop()
                    other.markup.add(opening.start)
                    piece.markup.add(tag.start)
                    names.add(tag.name)
                else:
                    alone.append((piece, tag))
    if "summary" in names:
        # Whoever forgot to close it meant it all the same.
        alone += opened.get(("details", 0), [])
        names.update(_DISCLOSURE)
    for piece, tag in alone:
        if tag.name in names:
            piece.markup.add(tag.start)


def _is_box(text: str, tag: Tag) -> bool:
    """Return whether a tag is the box of a task: at the start of a line, and not spoken of."""
    return (
        _CHECKBOX.search(tag.attributes) is not None
        and _begins_line(text, Tag(tag.name, tag.start, len(text), False, ""))
        and not is_spoken(text, tag)
    )


def _around(text: str, tag: Tag) -> tuple[str, str]:
    """Return what is before and behind a tag in its line, at most `MAX_TAG_RUN_CHARS` of each."""
    first, last = max(tag.start - MAX_TAG_RUN_CHARS, 0), tag.end + MAX_TAG_RUN_CHARS
    return text[first : tag.start].rpartition("\n")[2], text[tag.end : last].partition("\n")[0]


def _begins_line(text: str, tag: Tag) -> bool:
    """Return whether only tags are before a tag in its line, or it ends the line behind another tag.

    Words behind it, after a space, speak of it.
    """
    before, rest = _around(text, tag)
    spoken = rest[:1].isspace() and bool(rest.strip()) and not rest.lstrip().startswith("<")
    if not TAG.sub("", before).strip():
        return not spoken
    return text[tag.start - 1] == ">" and not TAG.sub("", rest).strip()


def _ends_line(text: str, tag: Tag) -> bool:
    """Return whether only tags are behind a tag in its line, or before it."""
    before, after = _around(text, tag)
    if TAG.sub("", after).strip():
        return not TAG.sub("", before).strip() and not after[0].isspace()
    return not before[-1:].isspace() or not TAG.sub("", before).strip()
