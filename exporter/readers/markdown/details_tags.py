"""The tags of `details` and `summary` in a Markdown file, wherever in a block they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.readers.markdown.parser import Node

_TAGS = re.compile(r"</?(?:details|summary)\w*")


def find_details_tags(nodes: Sequence[Node]) -> list[str]:
    """Return the tags of `details` and `summary` of a file, up to their name, in lower case."""
    tags: list[str] = []
    for node in nodes:
        if node.kind == "html_block":
            tags += _TAGS.findall(node.token.content.lower())
        for html in iter_inner_tags(node):
            tags += _TAGS.findall(html)
    return tags


def are_balanced(tags: Sequence[str]) -> bool:
    """Return whether each `details` of a file is closed, so that the nesting of them is known."""
    depth = 0
    for tag in tags:
        depth += (tag == "<details") - (tag == "</details")
        if depth < 0:
            return False
    return depth == 0


def iter_inner_tags(node: Node) -> Iterator[str]:
    """Yield the inline tags of a block in lower case, and the tags of `details` in the blocks in it."""
    stack = [node]
    while stack:
        inner = stack.pop()
        if inner.kind == "html_block" and inner is not node:
            yield from re.findall(r"</?(?:details|summary)", inner.token.content.lower())
        for token in (inner.token.children or ()) if "<" in inner.token.content else ():
            if token.type == "html_inline":
                yield token.content.lower()
        stack.extend(reversed(inner.children))
