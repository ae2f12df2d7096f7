"""The tree of an HTML page: elements with their style, and the words between them, each with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from exporter.readers.page.style_sheet import parse_rules

MAX_DEPTH = 150  # bound: the stack of calls
"""Maximum nesting of elements; the content of deeper ones is content of the element at this depth.

Pages of site builders nest about 40 elements.
"""

MAX_RULES_CHARS = 2_000_000  # bound: time
"""How much of the style sheets of a page is read, in characters."""

_CONDITION = re.compile(r"<!\[((?:if|endif)[^\]\n>]{0,200})\]>")
"""A conditional comment of Word, which HTML 5 reads as a comment, but the parser as text."""

_CODE_TAGS = ("script", "style", "template")
"""Elements whose text is not that of the page."""

_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class Words:
    """A text; `line` is that of its first character, from 1."""

    text: str
    line: int


@dataclass(slots=True)
class Comment:
    """A comment; `line` counts from 1."""

    text: str
    line: int


@dataclass(slots=True)
class Tag:
    """An element; `line` is that of its start tag, from 1."""

    name: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Tag | Words | Comment] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return self.attributes.get("class", "").split()

    @property
    def style(self) -> str:
        """Its style, in lower case: that of its classes, then its own."""
        return self.attributes.get("style", "")

    @property
    def tags(self) -> list[Tag]:
        """The elements right in it."""
        return [child for child in self.children if isinstance(child, Tag)]

    def iter_tags(self) -> Iterator[Tag]:
        """Yield the elements in it, in their order."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            if isinstance(node, Tag):
                yield node
                stack.extend(reversed(node.children))

    def find(self, *names: str) -> Tag | None:
        """Return the first element in it that has one of these names."""
        return next((tag for tag in self.iter_tags() if tag.name in names), None)

    @property
    def text(self) -> str:
        """The words in it, with single spaces."""
        parts: list[str] = []
        stack: list[Tag | Words | Comment] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, Words):
                parts.append(node.text)
            elif isinstance(node, Tag) and node.name not in _CODE_TAGS:
                stack.extend(reversed(node.children))
        return _SPACES.sub(" ", "".join(parts)).strip()

    @property
    def last_line(self) -> int:
        """The line of the last thing in it."""
        line, node = self.line, self
        while node.children:
            child = node.children[-1]
            line = max(line, child.line)
            if not isinstance(child, Tag):
                text = child.text
                return max(line, child.line + text.rstrip().count("\n"))
            node = child
        return line


def parse_page(html: str) -> Tag:
    """Return the root element of a page, as HTML 5 parses it."""
    # imported here: it takes 0.3 s
    from justhtml import JustHTML

    html = _CONDITION.sub(r"<!--[\1]-->", html)
    root: Any = JustHTML(html, sanitize=False, track_node_locations=True).root
    page = Tag("html", 1)
    stack: list[tuple[Any, Tag, int, int]] = [(node, page, 1, 1) for node in reversed(root.children)]
    while stack:
        node, parent, depth, line = stack.pop()
        line = node.origin_line or line
        if node.name == "#text":
            parent.children.append(Words(node.data, line))
        elif node.name == "#comment":
            parent.children.append(Comment(node.data or "", line))
        elif not node.name.startswith(("#", "!")):
            attributes = {name: value or "" for name, value in (node.attrs or {}).items()}
            tag = Tag(node.name.lower(), line, attributes)
            parent.children.append(tag)
            inner = tag if depth < MAX_DEPTH else parent
            stack += [(child, inner, depth + 1, line) for child in reversed(node.children or [])]
    _apply_style_sheets(page)
    return page


def iter_lines_outside(root: Tag, kept: Collection[Tag]) -> Iterator[tuple[int, int]]:
    """Yield the lines (from 0, the end excluded) of what is in `root`, but in none of the elements `kept`."""
    ids = set(map(id, kept))
    stack: list[Tag | Words | Comment] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if id(node) not in ids and node.name not in _CODE_TAGS:
                stack += node.children
                if node.attributes.get("alt", "").strip():
                    yield node.line - 1, node.line
        elif node.text.strip():
            first = node.line + node.text[: len(node.text) - len(node.text.lstrip())].count("\n")
            yield first - 1, first + node.text.strip().count("\n")


def _apply_style_sheets(page: Tag) -> None:
    """Put the declarations of classes into the styles of the elements that have them."""
    sheets = "".join(
        child.text
        for tag in page.iter_tags()
        if tag.name == "style"
        for child in tag.children
        if isinstance(child, Words)
    )
    rules = parse_rules(sheets[:MAX_RULES_CHARS])
    for tag in page.iter_tags():
        own = tag.attributes.get("style", "").lower()
        inherited = ";".join(rules[name] for name in tag.classes if name in rules)
        if own or inherited:
            tag.attributes = {**tag.attributes, "style": ";".join(filter(None, (inherited, own)))}
