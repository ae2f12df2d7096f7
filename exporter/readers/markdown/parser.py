"""The Markdown parser with its extensions, and its tokens as a tree of blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from exporter.readers.markdown.definition_rule import add_definition_lists
from exporter.readers.markdown.emphasis import add_emphasis_marks
from exporter.readers.markdown.footnotes import FOOTNOTES, add_footnotes
from exporter.readers.markdown.formulas import CANONICAL, add_formulas
from exporter.readers.markdown.html_line_starts import add_html_starts
from exporter.readers.markdown.wiki_links import add_wiki_links

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from exporter.readers.markdown.inline import Segment
    from exporter.readers.markdown.list_items import ItemStart

MAX_NESTING = 60
"""Maximum nesting of the parser, two levels for each list; deeper blocks are left out; unmeasured."""

LIST_KINDS = ("bullet_list", "ordered_list")
"""The kinds of nodes that are lists."""

TEXT_KINDS = ("paragraph", "heading", "inline")
"""The kinds of nodes without blocks in them."""

_ANCHOR = re.compile(r"\s{0,8}\{#[^{}\s]{1,300}\}\s{0,8}$")


@dataclass(slots=True)
class Node:
    """A block of Markdown with the blocks in it; `line` and `end` (the line after the last) count from 0.

    `segments` keeps what `read_segments` returns, and `start` what `read_start` does: both are asked for many
    times.
    """

    kind: str
    token: Token
    line: int
    end: int
    children: list[Node] = field(default_factory=list)
    segments: dict[tuple[bool, bool], list[Segment]] = field(default_factory=dict)
    start: ItemStart | None = None


def parse(
    text: str, is_canonical: bool = False, footnotes: Mapping[str, str] | None = None
) -> tuple[list[Node], list[dict[str, Any]]]:
    """Return the blocks of a Markdown text, and the definitions of links in it.

    `is_canonical` is set for a sheet in our own form; `footnotes` are the texts of footnotes by name.
    """
    env: dict[str, Any] = {CANONICAL: is_canonical, FOOTNOTES: footnotes}
    nodes = _build_tree(_create_parser().parse(text, env))
    return nodes, [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]


def parse_inline(text: str) -> list[Token]:
    """Return the tokens of one line of inline Markdown in our own form."""
    return _create_parser().parseInline(text, {CANONICAL: True})[0].children or []


def _build_tree(tokens: Sequence[Token]) -> list[Node]:
    """Return tokens as a tree; the tokens between an opening and its closing token are its children."""
    roots: list[Node] = []
    stack: list[Node] = []
    for token in tokens:
        if token.nesting < 0:
            closed = stack.pop()
            if stack:
                stack[-1].end = max(stack[-1].end, closed.end)
            continue
        start, end = token.map or ((stack[-1].line, stack[-1].end) if stack else (0, 0))
        node = Node(token.type.removesuffix("_open"), token, start, end)
        (stack[-1].children if stack else roots).append(node)
        if token.nesting > 0:
            stack.append(node)
    return roots


def flatten_numbered_bullets(nodes: Sequence[Node]) -> None:
    """Remove the lists that the numbers of bulleted items make, as in `- 1. What?`."""
    for node in nodes:
        inner = [
            item.children[0]
            for item in node.children
            if node.kind == "bullet_list" and len(item.children) == 1 and item.children[0].line == item.line
        ]
        if len(inner) == len(node.children) > 1 and all(
            child.kind == "ordered_list" and len(child.children) == 1 for child in inner
        ):
            for item, numbered in zip(node.children, inner, strict=True):
                item.children = numbered.children[0].children
        if node.children and node.kind not in TEXT_KINDS:
            flatten_numbered_bullets(node.children)


def remove_heading_anchors(nodes: Sequence[Node]) -> None:
    """Remove the anchors at the end of headings, as in `## Why? {#why}`."""
    for node in nodes:
        remove_heading_anchors(node.children)
        if node.kind == "heading" and node.children and (inline := node.children[0].token).children:
            last = inline.children[-1]
            if last.type == "text" and (match := _ANCHOR.search(last.content)):
                last.content = last.content[: match.start()]


@cache
def _create_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image

    from exporter.readers.markdown.block_parser import BlockParser
    from exporter.readers.markdown.inline_parser import InlineParser

    class _VerbatimParser(MarkdownIt):
        """A parser that keeps the targets of links and images as typed, since these may be files."""

        in_image = False

        def validateLink(self, url: str) -> bool:  # noqa: N802
            return (self.in_image and url[:5].lower() == "file:") or super().validateLink(url)

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

    parser = _VerbatimParser("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    add_html_starts(parser)
    add_definition_lists(parser)
    add_formulas(parser)
    add_wiki_links(parser)
    add_footnotes(parser)
    add_emphasis_marks(parser)

    def read_image(state: StateInline, silent: bool) -> bool:
        parser.in_image = True
        try:
            return image(state, silent)
        finally:
            parser.in_image = False

    parser.inline.ruler.at("image", read_image)
    parser.inline.ruler.before("strikethrough", "single tilde", _read_single_tilde)
    parser.block = BlockParser(parser)
    inline = parser.inline = InlineParser(parser)
    parser.core.ruler.at("inline", inline.parse_tokens)
    return parser


_SINGLE_TILDE = re.compile(
    r"(?<![^\s(\[{*_\"'“‘—–-])~(?![\s/~])(?P<struck>[^~`\\\n]{0,400}[^\s~`\\])~(?![\w~/])"
)
"""Strikethrough between single tildes as in GFM, without tildes in words: ranges and subscripts."""


def _read_single_tilde(state: StateInline, silent: bool) -> bool:
    """Read single tildes as strikethrough, as in `~old~ new`, but not `~/a`, `3~5` or `H~2~O`."""
    if state.src[state.pos] != "~" or silent:
        return False
    match = _SINGLE_TILDE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    end = state.posMax
    state.push("s_open", "s", 1).markup = "~"
    state.pos, state.posMax = match.start("struck"), match.end("struck")
    state.md.inline.tokenize(state)
    state.push("s_close", "s", -1).markup = "~"
    state.pos, state.posMax = match.end(), end
    return True
