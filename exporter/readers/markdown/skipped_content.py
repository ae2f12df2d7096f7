"""What a Markdown file holds that becomes no part of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exporter.model.diagnostics import Diagnostic, warning
from exporter.readers import SourceText
from exporter.readers.markdown.parser import MAX_NESTING, Node
from exporter.readers.skipped_content import LineRanges


def find_comments(nodes: Sequence[Node]) -> LineRanges:
    """Return where comments hold words."""
    return [
        (node.line + start, node.line + end)
        for node in _all(nodes)
        if node.kind in ("html_block", "inline") and "<!--" in node.token.content
        for start, end in _commented(node.token.content)
    ]


def _commented(html: str) -> Iterator[tuple[int, int]]:
    line = before = 0
    at = html.find("<!--")
    while at >= 0:
        end = html.find("-->", at + 4)
        if end < 0:
            return  # what is never closed is text
        first = line + html.count("\n", before, at)
        line, before = first + html.count("\n", at, end), end
        if any(map(str.isalnum, html[at + 4 : end])):
            yield first, line + 1
        at = html.find("<!--", end)


def find_unused_definitions(nodes: Sequence[Node], definitions: Sequence[Mapping[str, Any]]) -> LineRanges:
    """Return where links are defined to whose targets nothing leads."""
    if not definitions:
        return []
    used: set[str] = set()
    for node in _all(nodes):
        stack = list(node.token.children or ())
        while stack:
            token = stack.pop()
            used.update(str(token.attrGet(name)) for name in ("href", "src") if token.attrGet(name))
            stack.extend(token.children or ())
    return [tuple(each["map"]) for each in definitions if each["href"] not in used]


def find_wide_rows(source: SourceText, nodes: Sequence[Node]) -> LineRanges:
    """Return the rows of tables with more cells than the header: the parser leaves the last ones out."""
    from markdown_it.rules_block.table import escapedSplit

    found: list[tuple[int, int]] = []
    for node in _all(nodes):
        if node.kind == "tr" and node.line < len(source.lines):
            cells = escapedSplit(source.lines[node.line].strip().strip("|"))
            if len(cells) > len(node.children):
                found.append((node.line, node.line + 1))
    return found


def report_deep_nesting(source: SourceText, nodes: Sequence[Node]) -> list[Diagnostic]:
    """Return the warning that blocks lie so deep within each other that the parser left some out."""
    for node in _all(nodes):
        if node.token.level >= MAX_NESTING - 2:
            message = (
                f"Blocks are nested more than {MAX_NESTING // 2} levels deep; the inner ones are left out."
            )
            hint = "Write it with fewer levels."
            return [warning("nested-too-deep", message, source.span(node.line + 1), hint)]
    return []


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))
