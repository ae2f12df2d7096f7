"""Tags that a Markdown file only mentions are converted to text before the file is read.

In a paragraph, a heading, a cell or a block of HTML, the rules of `readers.markup` apply. Tags of different
blocks pair up, too, if each begins or ends a line, as `<details>` and `</details>` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exporter.readers.html import KNOWN_TAGS
from exporter.readers.markdown.parser import Node
from exporter.readers.markup.detection import FORMATTING, VOID_TAGS, quote_text_tags, select_markup
from exporter.readers.markup.mentioned_tags import is_mentioned
from exporter.readers.markup.skipped_html import MAYBE_SKIPPED_TAGS, find_skipped_lines
from exporter.readers.markup.tags import (
    TAG,
    Tag,
    drop_tags_in_code,
    find_tags,
    is_inside,
    merge_ranges,
    pair_tags,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOT_IN_LINES = frozenset(
    "ul ol li table thead tbody tfoot tr td th caption dl dt dd h1 h2 h3 h4 h5 h6 hr figure"
    " figcaption".split()
)
"""Tags that have no effect in a line of text, only in a cell or a block."""

_DISCLOSURE = ("details", "summary")
_RAW = frozenset("script style textarea title".split())
"""Elements without Markdown in them, which end in the block in which they begin."""

_CHECKBOX = re.compile(r"\btype\s*=\s*[\"']?checkbox", re.IGNORECASE)
_VOID_PARTS = frozenset("area base col embed input link meta param path source track".split())
"""Tags that are never closed, and are parts of the element around them."""

MAX_TAG_RUN_CHARS = 500
"""How much of a line is searched on each side of a tag, so that a line of only tags takes linear time.

A longer run of tags counts as words. The longest run of tags in the corpus has 49 characters.
"""

_DECLARATION = re.compile(r"<!--|<!|<\?")


@dataclass(slots=True)
class _Piece:
    """A text with tags: a block of HTML, or a paragraph.

    `tags` are those outside comments, also in code. `starts` has the inline tags of a paragraph by their
    position in `text`, and `item` identifies the list item around it (0 for none). `may_span` is set if its
    tags may pair with those of other pieces. `markup` are the positions of the tags that have an effect.
    """

    node: Node
    text: str
    tags: list[Tag]
    starts: dict[int, Token]
    item: int
    may_span: bool
    markup: set[int] = field(default_factory=set)


def literalize_text_tags(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Convert mentioned tags to text; return the lines with HTML that is left out."""
    pieces = list(_iter_pieces(nodes, 0, ""))
    for piece in pieces:
        _find_piece_markup(piece)
    _find_pairs_across(pieces)
    skipped: list[tuple[int, int]] = []
    for piece in pieces:
        html = quote_text_tags(piece.text, piece.markup)
        if piece.node.kind == "html_block":
            piece.node.token.content = html
        for start, token in piece.starts.items():
            if start not in piece.markup:
                token.type = "text"
        if any(tag.name in MAYBE_SKIPPED_TAGS and tag.start in piece.markup for tag in piece.tags):
            line = piece.node.line
            skipped += [(line + start, line + end) for start, end in find_skipped_lines(html, declared=False)]
    return skipped


def _iter_pieces(nodes: Sequence[Node], item: int, parent: str) -> Iterator[_Piece]:
    for node in nodes:
        if node.kind == "html_block":
            text = node.token.content
            yield _Piece(node, text, find_tags(text, backticks=False), {}, item, True)
            yield from _iter_pieces(node.children, item, "")
        elif node.kind == "inline" and any(
            token.type == "html_inline" for token in node.token.children or ()
        ):
            starts: dict[int, Token] = {}
            text = "".join(_iter_texts(node.token.children or (), starts))
            tags = find_tags(text, backticks=False)
            yield _Piece(node, text, tags, starts, item, parent == "paragraph")
        else:
            yield from _iter_pieces(node.children, id(node) if node.kind == "list_item" else item, node.kind)


def _iter_texts(tokens: Sequence[Token], starts: dict[int, Token]) -> Iterator[str]:
    """Yield the text of tokens with angle brackets only in tags; add the tags by position to `starts`."""
    position = 0
    for token in tokens:
        match token.type:
            case "html_inline":
                text = token.content
                if TAG.fullmatch(text):
                    starts[position] = token
            case "softbreak" | "hardbreak":
                text = "\n"
            case _:
                text = re.sub("[<>`]", "x", token.content) or "x" * (token.type in ("image", "code_inline"))
        position += len(text)
        yield text


def _find_piece_markup(piece: _Piece) -> None:
    """Find the tags of a piece that have an effect in it."""
    typed = drop_tags_in_code(piece.text, piece.tags)
    if piece.node.kind == "html_block":
        tags = [tag for tag in typed if tag.name in KNOWN_TAGS]
        piece.markup = select_markup(piece.text, tags, anchors=True)
        piece.markup.update(match.start() for match in _DECLARATION.finditer(piece.text))
        if not piece.item and not TAG.sub("", piece.text).strip():
            # a break between blocks is for spacing, but a list item with only a tag mentions it
            piece.markup.update(tag.start for tag in piece.tags if tag.name in VOID_TAGS)
    else:
        in_cell = not piece.may_span and piece.node.token.level > 2
        names = FORMATTING - frozenset(_DISCLOSURE) - (frozenset() if in_cell else _NOT_IN_LINES)
        tags = [tag for tag in typed if tag.name in names]
        piece.markup = select_markup(piece.text, tags, anchors=True)
    void_parts = [tag for tag in piece.tags if tag.name in _VOID_PARTS]
    if not void_parts:
        return
    elements = merge_ranges(
        (piece.tags[opening].end, piece.tags[closing].start)
        for opening, closing in pair_tags(piece.tags).items()
        if piece.tags[opening].start in piece.markup
    )
    piece.markup.update(
        tag.start for tag in void_parts if is_inside(elements, tag.start) or _is_checkbox(piece.text, tag)
    )


def _find_pairs_across(pieces: Sequence[_Piece]) -> None:
    """Find tags at the start or end of lines in different pieces that pair up."""
    opened: dict[tuple[str, int], list[tuple[_Piece, Tag]]] = {}
    names: set[str] = set()
    unpaired: list[tuple[_Piece, Tag]] = []
    for piece in pieces:
        tags = piece.tags if piece.may_span else ()
        names.update(tag.name for tag in tags if tag.start in piece.markup)
        for tag in tags:
            if tag.start in piece.markup or tag.name not in KNOWN_TAGS or tag.name in _RAW:
                continue
            key = (tag.name, 0 if tag.name in _DISCLOSURE else piece.item)
            if not tag.closes and _is_line_start(piece.text, tag):
                opened.setdefault(key, []).append((piece, tag))
            elif tag.closes and _is_line_end(piece.text, tag):
                # a line at the end of an item may belong to the element around the list
                before = opened.get(key) or opened.get((tag.name, 0))
                if before:
                    other, opening = before.pop()
                    other.markup.add(opening.start)
                    piece.markup.add(tag.start)
                    names.add(tag.name)
                else:
                    unpaired.append((piece, tag))
    if "summary" in names:
        # a `details` with a summary has an effect even if it is never closed
        unpaired += opened.get(("details", 0), [])
        names.update(_DISCLOSURE)
    for piece, tag in unpaired:
        if tag.name in names:
            piece.markup.add(tag.start)


def _is_checkbox(text: str, tag: Tag) -> bool:
    """Return whether a tag is the checkbox of a task: at the start of a line, and not mentioned."""
    return (
        _CHECKBOX.search(tag.attributes) is not None
        and _is_line_start(text, Tag(tag.name, tag.start, len(text), False, ""))
        and not is_mentioned(text, tag)
    )


def _split_line(text: str, tag: Tag) -> tuple[str, str]:
    """Return the text before and after a tag in its line, at most `MAX_TAG_RUN_CHARS` of each."""
    first, last = max(tag.start - MAX_TAG_RUN_CHARS, 0), tag.end + MAX_TAG_RUN_CHARS
    return text[first : tag.start].rpartition("\n")[2], text[tag.end : last].partition("\n")[0]


def _is_line_start(text: str, tag: Tag) -> bool:
    """Return whether only tags are before a tag in its line, or it ends the line after another tag.

    If a space and words follow, the text mentions the tag.
    """
    before, rest = _split_line(text, tag)
    is_mentioned = rest[:1].isspace() and bool(rest.strip()) and not rest.lstrip().startswith("<")
    if not TAG.sub("", before).strip():
        return not is_mentioned
    return text[tag.start - 1] == ">" and not TAG.sub("", rest).strip()


def _is_line_end(text: str, tag: Tag) -> bool:
    """Return whether only tags are after a tag in its line, or before it."""
    before, after = _split_line(text, tag)
    if TAG.sub("", after).strip():
        return not TAG.sub("", before).strip() and not after[0].isspace()
    return not before[-1:].isspace() or not TAG.sub("", before).strip()
