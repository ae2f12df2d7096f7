"""The Markdown parser, and its tokens as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from exporter.readers.markdown.emphasis import add_emphasis_marks
from exporter.readers.markdown.footnotes import FOOTNOTES, add_footnotes
from exporter.readers.markdown.formulas import CANONICAL, add_formulas
from exporter.readers.markdown.html_line_starts import add_html_starts
from exporter.readers.markdown.wiki_links import add_wiki_links

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING = 60
"""Blocks within blocks are followed so far down; the parser leaves out what lies deeper."""


MAX_BRACKETS = 2000
"""A paragraph with more brackets than this is taken for text."""

_ANCHOR = re.compile(r"\s{0,8}\{#[^{}\s]{1,300}\}\s{0,8}$")


@dataclass(slots=True)
class Node:
    """A block of Markdown with the blocks within it; `line` and `end` count from 0."""

    kind: str
    token: Token
    line: int
    end: int
    children: list[Node] = field(default_factory=list)


def parse(
    text: str, own: bool = False, footnotes: Mapping[str, str] | None = None
) -> tuple[list[Node], list[dict[str, Any]]]:
    """Return the blocks of a Markdown text, and the definitions of links in it.

    `own` says that it is a sheet in our own form; `footnotes` are the texts of footnotes by name.
    """
    env: dict[str, Any] = {CANONICAL: own, FOOTNOTES: footnotes}
    nodes = tree(_parser().parse(text, env))
    return nodes, [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]


def inline_tokens(text: str) -> list[Token]:
    """Return the tokens of one line of inline Markdown in our own form."""
    return _parser().parseInline(text, {CANONICAL: True})[0].children or []


def tree(tokens: Sequence[Token]) -> list[Node]:
    """Return tokens as a tree; what is between an opening and its closing token are its children."""
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
    """Take the numbers of bulleted items, as in `- 1. What?`, for no lists within them."""
    for node in nodes:
        within = [
            item.children[0]
            for item in node.children
            if node.kind == "bullet_list" and len(item.children) == 1 and item.children[0].line == item.line
        ]
        if len(within) == len(node.children) > 1 and all(
            each.kind == "ordered_list" and len(each.children) == 1 for each in within
        ):
            for item, numbered in zip(node.children, within, strict=True):
                item.children = numbered.children[0].children
        flatten_numbered_bullets(node.children)


def remove_heading_anchors(nodes: Sequence[Node]) -> None:
    """Take from headings the anchors that editors put behind their words, as in `## Why? {#why}`."""
    for node in nodes:
        remove_heading_anchors(node.children)
        if node.kind == "heading" and node.children and (inline := node.children[0].token).children:
            last = inline.children[-1]
            if last.type == "text" and (found := _ANCHOR.search(last.content)):
                last.content = last.content[: found.start()]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image

    class AsTyped(MarkdownIt):
        """Leaves the targets of links and pictures as the source has them: these may be files."""

        in_image = False

        def validateLink(self, url: str) -> bool:  # noqa: N802
            return (self.in_image and url[:5].lower() == "file:") or super().validateLink(url)

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

    parser = AsTyped("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    add_html_starts(parser)
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
    parser.inline.ruler.before("strikethrough", "single tilde", _single_tilde)
    parser.core.ruler.at("inline", _inline)
    return parser


def _inline(state: StateCore) -> None:
    """Parse what is in paragraphs, but not thousands of brackets: links are sought in quadratic time."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type == "inline" and token.children is not None:
            if token.content.count("[") > MAX_BRACKETS:
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


_SINGLE_TILDE = re.compile(
    r"(?<![^\s(\[{*_\"'“‘—–-])~(?![\s/~])(?P<struck>[^~`\\\n]{0,400}[^\s~`\\])~(?![\w~/])"
)
"""What GFM strikes out between single tildes, but for tildes in words: these are ranges or subscripts."""


def _single_tilde(state: StateInline, silent: bool) -> bool:
    """Strike out what is between single tildes, as in `~old~ new`, but not `~/a`, `3~5` or `H~2~O`."""
    if state.src[state.pos] != "~" or silent:
        return False
    found = _SINGLE_TILDE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    end = state.posMax
    state.push("s_open", "s", 1).markup = "~"
    state.pos, state.posMax = found.start("struck"), found.end("struck")
    state.md.inline.tokenize(state)
    state.push("s_close", "s", -1).markup = "~"
    state.pos, state.posMax = found.end(), end
    return True
