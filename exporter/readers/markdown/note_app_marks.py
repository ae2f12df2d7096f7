"""Marks of note-taking programs: tags and block ids."""

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

_TAG = r"#(?:\[\[[^\[\]\n]+\]\]|(?=[\w/-]*[^\W\d_])\w[\w/-]*)"
_TAGS = re.compile(rf"(?:(?:^|(?<=\s)){_TAG}\s*)+$")
_ONE_TAG = re.compile(_TAG)
_CARD = re.compile(r"(?:flash-?)?cards?(?:[-_](?:reversed?|spaced|basic))?|anki", re.IGNORECASE)
_BLOCK_ID = re.compile(r"(?:^|\s+)\^(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9-]{3,}\s*$")
"""The id of a block in Obsidian and Roam; a shorter one could be an exponent."""

BREAKS = ("softbreak", "hardbreak")
_SENTENCE_ENDS = ("?", "!", ".", ":", "？", "！", "。", "：")


@dataclass(slots=True)
class Marks:
    """The tags by their line (from 0), the line ranges of block ids, and the lines with a tag of cards."""

    tags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    ids: list[tuple[int, int]] = field(default_factory=list)
    cards: list[int] = field(default_factory=list)

    def take_tags(self, start: int, end: int) -> tuple[str, ...]:
        """Remove and return the tags on the lines from `start` up to, but not including, `end`."""
        lines = sorted(line for line in self.tags if start <= line < end)
        return tuple(tag for line in lines for tag in self.tags.pop(line))


def extract_marks(nodes: list[Node]) -> Marks:
    """Remove the marks from the blocks of a file, and return them."""
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
        if kind == "paragraph" and _names_card(match[0]) and text.content[: match.start()].strip():
            marks.cards.append(row)
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


def make_paragraph(node: Node, row: int, tokens: list[Token]) -> Node:
    """Return a paragraph of some tokens of a paragraph or heading, which begin in its line `row` (from 0)."""
    from markdown_it.token import Token

    inline = node.children[0]
    line = node.line + row
    rows = sum(token.type in ("softbreak", "hardbreak") for token in tokens) + 1
    token = replace(inline.token, children=tokens, content="".join(part.content for part in tokens))
    opening = node.token if node.kind == "paragraph" else Token("paragraph_open", "p", 1)
    return Node("paragraph", opening, line, line + rows, [Node(inline.kind, token, line, line + rows)])


def split_rows(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the inline tokens of each line; the break that ends a line is its last token."""
    rows: list[list[Token]] = [[]]
    for token in tokens:
        rows[-1].append(token)
        if token.type in BREAKS:
            rows.append([])
    return rows


def make_lines(node: Node, row: int, rows: Sequence[Sequence[Token]]) -> Node:
    """Return a paragraph of some lines of a paragraph or heading, which begin in its line `row` (from 0)."""
    tokens = [token for line in rows for token in line]
    if tokens and tokens[-1].type in BREAKS:
        tokens.pop()
    return make_paragraph(node, row, tokens)
