"""Tables and definition lists of HTML that blank lines divide into several blocks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.readers.html import EMBEDDED
from exporter.readers.markdown.parser import Node

_OPENING = re.compile(r"<(?P<close>/?)(?P<name>table|dl)(?=[\s>/])", re.IGNORECASE)
_PARTS = re.compile(r"\s*</?(?:table|thead|tbody|tfoot|tr|td|th|dl|dt|dd)(?=[\s>/])", re.IGNORECASE)
_INLINE_PARTS = re.compile(r"</?(?:tr|td|th|dt|dd)(?=[\s>/])", re.IGNORECASE)
_CLOSING_PARTS = re.compile(r"</(?:tr|td|th|dt|dd|tbody|thead|table|dl)\s*>", re.IGNORECASE)
_DISCLOSURES = re.compile(r"</?(?:details|summary)\b", re.IGNORECASE)


def join_html_runs(nodes: list[Node]) -> None:
    """Join each table and definition list that is open over several blocks into one block of HTML.

    The blocks of Markdown in it become its children. Headings and `details` are found where they are, so
    that what contains them stays divided.
    """
    joined: list[Node] = []
    position = 0
    for start, end in _find_runs(nodes):
        joined += [*nodes[position:start], _join(nodes[start : end + 1])]
        position = end + 1
    nodes[:] = [*joined, *nodes[position:]]


def _find_runs(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Return the first and last index of each outermost run, in order."""
    opened: list[tuple[str, int]] = []
    runs: list[tuple[int, int]] = []
    for index, node in enumerate(nodes):
        if _is_obstacle(node):
            opened.clear()
            continue
        for match in _OPENING.finditer(_read_html(node)):
            name = match["name"].lower()
            if not match["close"]:
                opened.append((name, index))
            elif opened and opened[-1][0] == name:
                _, start = opened.pop()
                while runs and runs[-1][0] >= start:
                    runs.pop()
                if start < index:
                    runs.append((start, index))
    return runs


def _is_obstacle(node: Node) -> bool:
    """Return whether a block is never a part of a table: a heading, or a tag of `details`."""
    return node.kind == "heading" or (
        node.kind == "html_block" and _DISCLOSURES.search(node.token.content) is not None
    )


def _read_html(node: Node) -> str:
    """Return the HTML of a block, or of the tags in a line that ends a cell; the rest is Markdown."""
    if node.kind == "html_block" or (node.kind == "code_block" and _PARTS.match(node.token.content)):
        return str(node.token.content)
    inline = node.children[0].token if node.kind == "paragraph" and node.children else None
    if inline is not None and any(
        token.type == "html_inline" and _INLINE_PARTS.match(token.content) for token in inline.children or ()
    ):
        return str(inline.content)
    return ""


def _join(run: Sequence[Node]) -> Node:
    first, last = run[0], run[-1]
    children: list[Node] = []
    content = "".join(_iter_content(run, children))
    token = replace(first.token, content=content)
    return Node("html_block", token, first.line, last.end, children)


def _iter_content(run: Sequence[Node], children: list[Node]) -> Iterator[str]:
    """Yield the HTML of a run, each block in its line, and add the blocks of Markdown to `children`."""
    line = run[0].line
    for node in run:
        yield "\n" * (node.line - line)
        line = max(line, node.line)
        closing = _cut_closing_tags(node) if node.kind == "paragraph" else ""
        html = _read_html(node).replace(EMBEDDED, "")
        if not html:
            children.append(node)
            html = EMBEDDED + closing
        yield html
        line += html.count("\n")


def _cut_closing_tags(node: Node) -> str:
    """Remove the tags at the end of a paragraph in a cell that close the cell; return them as HTML."""
    tokens = (node.children[0].token.children or []) if node.children else []
    closing: list[str] = []
    while tokens and tokens[-1].type == "html_inline" and _CLOSING_PARTS.match(tokens[-1].content):
        closing.insert(0, tokens.pop().content)
    return "".join(closing)
