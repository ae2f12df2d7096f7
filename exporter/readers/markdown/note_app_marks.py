"""Marks of other programs in Markdown: call-outs, tags and block ids, and a line `%` before the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from exporter.readers.markdown.parser import Node

if TYPE_CHECKING:
    from markdown_it.token import Token

SEPARATOR = "%"
"""A line of its own between question and answer, in decks of Anki's add-ons."""

MAX_MARKS_CHARS = 400
"""Tags and block ids are sought in the last characters of a line; unmeasured."""

_CALLOUT = re.compile(r"\[!(?P<kind>[^\]\[|\n]{1,40})(?:\|[^\]\[\n]{0,80})?\](?P<fold>[+-]?)(?:[ \t]+|$)")
_ASKING_KINDS = frozenset(("question", "faq", "help"))
_TAG = r"#(?:\[\[[^\[\]\n]+\]\]|(?=[\w/-]*[^\W\d_])\w[\w/-]*)"
_TAGS = re.compile(rf"(?:(?:^|(?<=\s)){_TAG}\s*)+$")
_ONE_TAG = re.compile(_TAG)
_CARD = re.compile(r"(?:flash-?)?cards?(?:[-_](?:reversed?|spaced|basic))?|anki", re.IGNORECASE)
_BLOCK_ID = re.compile(r"(?:^|\s+)\^(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9-]{3,}\s*$")
"""The name of a block in Obsidian and Roam; shorter ones could be exponents."""
_SENTENCE_ENDS = ("?", "!", ".", ":", "？", "！", "。", "：")


@dataclass(slots=True)
class Marks:
    """What marks said: the tags by the line (from 0) they are on, and the lines of block ids."""

    tags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    ids: list[tuple[int, int]] = field(default_factory=list)

    def tags_between(self, start: int, end: int) -> tuple[str, ...]:
        """Return the tags on the lines from `start` to before `end`, and forget them."""
        lines = sorted(line for line in self.tags if start <= line < end)
        return tuple(tag for line in lines for tag in self.tags.pop(line))


def extract_marks(nodes: list[Node]) -> Marks:
    """Take the marks of other programs out of a file's blocks, and return what they said."""
    _name_callouts(nodes)
    nodes[:] = [part for node in nodes for part in _split_at_separators(node)]
    marks = Marks()
    texts = list(_texts(nodes))
    for _, row, text in texts:
        if found := _BLOCK_ID.search(text.content, _tail(text)):
            text.content = text.content[: found.start()]
            marks.ids.append((row, row + 1))
    found_tags = [
        (kind, row, text, match)
        for kind, row, text in texts
        if (match := _TAGS.search(text.content, _tail(text)))
    ]
    uses_tags = any(_names_card(match[0]) or _asks(text, match) for _, _, text, match in found_tags)
    for kind, row, text, match in found_tags:
        if _names_card(match[0]) or (kind == "heading" and uses_tags):
            text.content = text.content[: match.start()].rstrip()
            tags = (_tag(tag) for tag in _ONE_TAG.findall(match[0]))
            marks.tags[row] = tuple(dict.fromkeys(filter(None, tags)))
    return marks


def _tail(text: Token) -> int:
    """Return where the last characters of a text begin: marks are sought in quadratic time."""
    return max(0, len(text.content) - MAX_MARKS_CHARS)


def _asks(text: Token, match: re.Match[str]) -> bool:
    return text.content[: match.start()].rstrip().endswith(_SENTENCE_ENDS)


def _names_card(tags: str) -> bool:
    return any(_CARD.fullmatch(tag.strip("#[]").split("/")[0]) for tag in _ONE_TAG.findall(tags))


def _tag(text: str) -> str:
    """Return a tag without its sign; of one that only says that this is a card, what is below it."""
    tag = text.lstrip("#").strip("[]")
    first, _, below = tag.partition("/")
    return below if _CARD.fullmatch(first) else tag


def _texts(nodes: Sequence[Node]) -> Iterator[tuple[str, int, Token]]:
    """Yield the last text of each line of paragraphs and headings, with its block's kind and its line."""
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
            yield from _texts(node.children)


def _name_callouts(nodes: list[Node]) -> None:
    """Give call-outs such as `> [!note] Title` a title in bold, before their text.

    One that asks is no quotation: its title is a question, and its text the answer.
    """
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        if node.kind == "blockquote" and node.children and (kind := _name_callout(node)) is not None:
            _name_callouts(node.children)
            if kind in _ASKING_KINDS:
                nodes[index : index + 1] = node.children
        else:
            _name_callouts(node.children)


def _name_callout(quote: Node) -> str | None:
    """Make the first line of a call-out its title, and return its kind; nothing where it is a quotation."""
    first = quote.children[0]
    if first.kind != "paragraph" or not first.children or not first.children[0].token.children:
        return None
    tokens = first.children[0].token.children
    found = _CALLOUT.match(tokens[0].content) if tokens[0].type == "text" else None
    if found is None:
        return None
    end = next(
        (at for at, token in enumerate(tokens) if token.type in ("softbreak", "hardbreak")), len(tokens)
    )
    kind = found["kind"].strip()
    rest = tokens[0].content[found.end() :]
    title = [*([replace(tokens[0], content=rest)] if rest else []), *tokens[1:end]]
    if not title:
        title = [replace(tokens[0], content=kind.replace("-", " ").replace("_", " ").capitalize())]
    parts = [_paragraph(first, 0, _strong(title))]
    if tokens[end + 1 :]:
        parts.append(_paragraph(first, 1, tokens[end + 1 :]))
    quote.children[:1] = parts
    return kind.lower()


def _strong(tokens: Sequence[Token]) -> list[Token]:
    from markdown_it.token import Token

    if tokens[0].type == "strong_open" and tokens[-1].type == "strong_close":
        return list(tokens)
    opening = Token("strong_open", "strong", 1, markup="**")
    return [opening, *tokens, Token("strong_close", "strong", -1, markup="**")]


def _paragraph(node: Node, row: int, tokens: list[Token]) -> Node:
    """Return a paragraph of some of a node's tokens, which begin in its line `row`."""
    inline = node.children[0]
    line = node.line + row
    rows = sum(token.type in ("softbreak", "hardbreak") for token in tokens) + 1
    token = replace(inline.token, children=tokens, content="".join(each.content for each in tokens))
    return Node(node.kind, node.token, line, line + rows, [Node(inline.kind, token, line, line + rows)])


def _split_at_separators(node: Node) -> list[Node]:
    """Return a paragraph in parts, where a line of it only separates the question from the answer."""
    tokens = (node.children[0].token.children or []) if node.kind == "paragraph" and node.children else []
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            lines.append([])
        else:
            lines[-1].append(token)
    rows = [
        row
        for row, line in enumerate(lines)
        if len(line) == 1 and line[0].type == "text" and line[0].content.strip() == SEPARATOR
    ]
    if len(rows) != 1 or len(lines) == 1:
        return [node]
    before = [at for at, token in enumerate(tokens) if token.type in ("softbreak", "hardbreak")]
    cut = rows[0]
    parts: list[Node] = []
    if cut:
        parts.append(_paragraph(node, 0, tokens[: before[cut - 1]]))
    parts.append(_paragraph(node, cut, lines[cut]))
    if cut < len(lines) - 1:
        parts.append(_paragraph(node, cut + 1, tokens[before[cut] + 1 :]))
    return parts
