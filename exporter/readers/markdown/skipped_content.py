"""Content of a Markdown file that is skipped: comments, unused definitions, surplus cells, deep blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exporter.model.diagnostics import Diagnostic, warning
from exporter.readers import SourceText
from exporter.readers.markdown.parser import MAX_NESTING, Node
from exporter.readers.skipped_content import LineRanges


def find_comments(nodes: Sequence[Node]) -> LineRanges:
    """Return the line ranges of comments with words."""
    return [
        (node.line + start, node.line + end)
        for node in _iter_nodes(nodes)
        if node.kind in ("html_block", "inline") and "<!--" in node.token.content
        for start, end in _iter_comments(node.token.content)
    ]


def _iter_comments(html: str) -> Iterator[tuple[int, int]]:
    line = counted = 0
    start = html.find("<!--")
    while start >= 0:
        end = html.find("-->", start + 4)
        if end < 0:
            return  # an unclosed comment is text
        first_line = line + html.count("\n", counted, start)
        line, counted = first_line + html.count("\n", start, end), end
        if any(map(str.isalnum, html[start + 4 : end])):
            yield first_line, line + 1
        start = html.find("<!--", end)


def find_unused_definitions(nodes: Sequence[Node], definitions: Sequence[Mapping[str, Any]]) -> LineRanges:
    """Return the lines of link definitions that no link uses."""
    if not definitions:
        return []
    used: set[str] = set()
    for node in _iter_nodes(nodes):
        stack = list(node.token.children or ())
        while stack:
            token = stack.pop()
            used.update(str(token.attrGet(name)) for name in ("href", "src") if token.attrGet(name))
            stack.extend(token.children or ())
    return [tuple(link["map"]) for link in definitions if link["href"] not in used]


def find_wide_rows(source: SourceText, nodes: Sequence[Node]) -> LineRanges:
    """Return the lines of table rows with more cells than the header, which the parser drops."""
    from markdown_it.rules_block.table import escapedSplit

    ranges: list[tuple[int, int]] = []
    for node in _iter_nodes(nodes):
        if node.kind == "tr" and node.line < len(source.lines):
            row = source.lines[node.line].strip().strip("|")
            # some bars may be escaped
            if row.count("|") >= len(node.children) < len(escapedSplit(row)):
                ranges.append((node.line, node.line + 1))
    return ranges


def report_deep_nesting(source: SourceText, nodes: Sequence[Node]) -> list[Diagnostic]:
    """Report `nested-too-deep` if blocks are so deeply nested that the parser dropped some."""
    for node in _iter_nodes(nodes):
        if node.token.level >= MAX_NESTING - 2:
            message = (
                f"Blocks are nested more than {MAX_NESTING // 2} levels deep; the inner ones are left out."
            )
            hint = "Write it with fewer levels."
            return [warning("nested-too-deep", message, source.span(node.line + 1), hint)]
    return []


def _iter_nodes(nodes: Sequence[Node]) -> Iterator[Node]:
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))
