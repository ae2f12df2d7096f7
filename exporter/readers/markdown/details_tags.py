"""The tags of `details` and `summary` in a Markdown file, wherever in a block they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.readers.markdown.parser import Node

_DETAILS = re.compile(r"</?details\b")


def has_balanced_details(nodes: Sequence[Node]) -> bool:
    """Return whether each `details` of a file is closed, so that the nesting of them is known."""
    depth = 0
    for node in nodes:
        block_html = [node.token.content.lower()] if node.kind == "html_block" else []
        for html in (*block_html, *iter_inner_tags(node)):
            for tag in _DETAILS.findall(html):
                depth += -1 if tag.startswith("</") else 1
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
        for token in inner.token.children or ():
            if token.type == "html_inline":
                yield token.content.lower()
        stack.extend(reversed(inner.children))
