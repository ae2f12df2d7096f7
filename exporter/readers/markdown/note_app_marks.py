"""Marks of note-taking programs: call-outs, tags and block ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from exporter.readers.markdown.parser import Node

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_MARKS_CHARS = 400
"""How much of the end of a line is searched for tags and block ids; unmeasured."""

_CALLOUT = re.compile(r"\[!(?P<kind>[^\]\[|\n]{1,40})(?:\|[^\]\[\n]{0,80})?\](?P<fold>[+-]?)(?:[ \t]+|$)")
_ASKING_KINDS = frozenset(("question", "faq", "help"))
_TAG = r"#(?:\[\[[^\[\]\n]+\]\]|(?=[\w/-]*[^\W\d_])\w[\w/-]*)"
_TAGS = re.compile(rf"(?:(?:^|(?<=\s)){_TAG}\s*)+$")
_ONE_TAG = re.compile(_TAG)
_CARD = re.compile(r"(?:flash-?)?cards?(?:[-_](?:reversed?|spaced|basic))?|anki", re.IGNORECASE)
_BLOCK_ID = re.compile(r"(?:^|\s+)\^(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9-]{3,}\s*$")
"""The id of a block in Obsidian and Roam; a shorter one could be an exponent."""

_SENTENCE_ENDS = ("?", "!", ".", ":", "？", "！", "。", "：")


@dataclass(slots=True)
class Marks:
    """The tags by their line (from 0), and the line ranges of block ids."""

    tags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    ids: list[tuple[int, int]] = field(default_factory=list)

    def take_tags(self, start: int, end: int) -> tuple[str, ...]:
        """Remove and return the tags on the lines from `start` up to, but not including, `end`."""
        lines = sorted(line for line in self.tags if start <= line < end)
        return tuple(tag for line in lines for tag in self.tags.pop(line))


def extract_marks(nodes: list[Node]) -> Marks:
    """Remove the marks from the blocks of a file, and return them."""
    _convert_callouts(nodes)
    marks = Marks()
    texts = list(_iter_line_ends(nodes))
    for _, row, text in texts:
        if match := _BLOCK_ID.search(text.content, _find_search_start(text)):
            text.content = text.content[: match.start()]
            marks.ids.append((row, row + 1))
    matches = [
        (kind, row, text, match)
        for kind, row, text in texts
        if (match := _TAGS.search(text.content, _find_search_start(text)))
    ]
    uses_tags = any(_names_card(match[0]) or _follows_sentence(text, match) for _, _, text, match in matches)
    for kind, row, text, match in matches:
        if _names_card(match[0]) or (kind == "heading" and uses_tags):
            text.content = text.content[: match.start()].rstrip()
            tags = (_strip_tag(tag) for tag in _ONE_TAG.findall(match[0]))
            marks.tags[row] = tuple(dict.fromkeys(filter(None, tags)))
    return marks


def _find_search_start(text: Token) -> int:
    """Return where the search for marks in a text begins: it takes quadratic time."""
    return max(0, len(text.content) - MAX_MARKS_CHARS)


def _follows_sentence(text: Token, match: re.Match[str]) -> bool:
    return text.content[: match.start()].rstrip().endswith(_SENTENCE_ENDS)


def _names_card(tags: str) -> bool:
    return any(_CARD.fullmatch(tag.strip("#[]").split("/")[0]) for tag in _ONE_TAG.findall(tags))


def _strip_tag(text: str) -> str:
    """Return a tag without its sign; of a tag such as `#card/topic`, only the part after the slash."""
    tag = text.lstrip("#").strip("[]")
    first, _, below = tag.partition("/")
    return below if _CARD.fullmatch(first) else tag


def _iter_line_ends(nodes: Sequence[Node]) -> Iterator[tuple[str, int, Token]]:
    """Yield the kind of block, the line and the last text of each line of paragraphs and headings."""
    for node in nodes:
        if node.kind in ("paragraph", "heading") and node.children:
            row = node.line
            last: Token | None = None
            for token in node.children[0].token.children or ():
                if token.type in ("softbreak", "hardbreak"):
                    if last is not None:
                        yield node.kind, row, last
                    row += 1
                    last = None
                else:
                    last = token if token.type == "text" else None
            if last is not None:
                yield node.kind, row, last
        else:
            yield from _iter_line_ends(node.children)


def _convert_callouts(nodes: list[Node]) -> None:
    """Convert call-outs such as `> [!note] Title` to a title in bold and a text.

    A call-out of a kind such as `[!question]` is not a quotation: its title asks, and its text answers.
    """
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        if node.kind == "blockquote" and node.children and (kind := _convert_callout(node)) is not None:
            _convert_callouts(node.children)
            if kind in _ASKING_KINDS:
                nodes[index : index + 1] = node.children
        else:
            _convert_callouts(node.children)


def _convert_callout(quote: Node) -> str | None:
    """Convert the first line of a call-out to its title; return its kind, or nothing for a quotation."""
    first = quote.children[0]
    if first.kind != "paragraph" or not first.children or not first.children[0].token.children:
        return None
    tokens = first.children[0].token.children
    match = _CALLOUT.match(tokens[0].content) if tokens[0].type == "text" else None
    if match is None:
        return None
    end = next((i for i, token in enumerate(tokens) if token.type in ("softbreak", "hardbreak")), len(tokens))
    kind = match["kind"].strip()
    rest = tokens[0].content[match.end() :]
    title = [*([replace(tokens[0], content=rest)] if rest else []), *tokens[1:end]]
    if not title:
        title = [replace(tokens[0], content=kind.replace("-", " ").replace("_", " ").capitalize())]
    parts = [make_paragraph(first, 0, _make_strong(title))]
    if tokens[end + 1 :]:
        parts.append(make_paragraph(first, 1, tokens[end + 1 :]))
    quote.children[:1] = parts
    return kind.lower()


def _make_strong(tokens: Sequence[Token]) -> list[Token]:
    from markdown_it.token import Token

    if tokens[0].type == "strong_open" and tokens[-1].type == "strong_close":
        return list(tokens)
    opening = Token("strong_open", "strong", 1, markup="**")
    return [opening, *tokens, Token("strong_close", "strong", -1, markup="**")]


def make_paragraph(node: Node, row: int, tokens: list[Token]) -> Node:
    """Return a paragraph of some tokens of a paragraph or heading, which begin in its line `row` (from 0)."""
    from markdown_it.token import Token

    inline = node.children[0]
    line = node.line + row
    rows = sum(token.type in ("softbreak", "hardbreak") for token in tokens) + 1
    token = replace(inline.token, children=tokens, content="".join(part.content for part in tokens))
    opening = node.token if node.kind == "paragraph" else Token("paragraph_open", "p", 1)
    return Node("paragraph", opening, line, line + rows, [Node(inline.kind, token, line, line + rows)])
