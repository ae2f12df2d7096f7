"""Navigation in a Markdown file, which is not content: contents, badges, links back to the top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exporter.model.questions import Block, Emphasis, Image, Line, Link, Paragraph, Span, Strong, Text
from exporter.readers.markdown.blocks import read_segments
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.parser import Node
from exporter.readers.span_builder import span_text, strip_line

_BADGE = re.compile(
    r"shields\.io|badge|travis-ci|codecov|gitter|buymeacoffee|opencollective|star-history", re.IGNORECASE
)
_BACK_WORDS = re.compile(
    r"\W*(?:back to (?:the )?(?:top|index|contents?)|(?:go )?to (?:the )?top|top|up|home|contents?)\W*",
    re.IGNORECASE,
)
_BACK_LINK = re.compile(r"\s*[*_]{0,3}\[(?P<text>[^\]\[]{1,60})\]\(#[^()\s]{0,200}\)[*_]{0,3}\s*")
_WORD = re.compile(r"[^\W_]")


def is_navigation(parts: Sequence[Segment]) -> bool:
    """Return whether a paragraph is only links in the file, or only badges."""
    if not parts:
        return False
    images = [part.image for part in parts if part.image]
    if images:
        rest = all(not part.line or has_only_links(part.line, "") for part in parts)
        return rest and all(_BADGE.search(image.target) for image in images)
    return all(has_only_links(part.line, "#") or _is_back(part.line) for part in parts)


def is_back_link(code: str) -> bool:
    """Return whether indented code is only a link back to the top, indented like the item above it."""
    link = _BACK_LINK.fullmatch(code)
    return link is not None and _BACK_WORDS.fullmatch(link["text"]) is not None


def are_links(blocks: Iterable[Block]) -> bool:
    """Return whether blocks are only links in the file, or badges."""
    return all(
        _BADGE.search(block.target) is not None
        if isinstance(block, Image)
        else isinstance(block, Paragraph)
        and all(has_only_links(line, "#") or _is_back(line) for line in block.lines)
        for block in blocks
    )


def is_link_item(item: Node) -> bool:
    """Return whether a list item is only links or addresses."""
    if len(item.children) != 1 or item.children[0].kind != "paragraph":
        return False
    parts = read_segments(item.children[0])
    return bool(parts) and all(
        has_only_links(part.line, "") or part.text.startswith(("http://", "https://", "www."))
        for part in parts
    )


def is_contents_table(node: Node) -> bool:
    """Return whether most rows of a table have a link in the file."""
    rows = [row for part in node.children if part.kind == "tbody" for row in part.children]
    leading = sum(any(map(_is_contents_cell, row.children)) for row in rows)
    return leading * 2 > len(rows)  # unmeasured


def _is_contents_cell(cell: Node) -> bool:
    parts = read_segments(cell, images=False, cell=True)
    return has_only_links([span for part in parts for span in part.line], "#")


def are_contents_rows(rows: Iterable[Iterable[Iterable[Block]]]) -> bool:
    """Return whether most rows of a table in HTML, below its header, have a link in the file."""
    leading = [any(_are_contents(tuple(cell)) for cell in row) for row in rows][1:]
    return sum(leading) * 2 > len(leading)  # as in tables of Markdown


def _are_contents(cell: Sequence[Block]) -> bool:
    return bool(cell) and all(
        isinstance(block, Paragraph) and all(has_only_links(line, "#") for line in block.lines)
        for block in cell
    )


def strip_arrow_links(line: Line) -> Line:
    """Return a heading without links to the top that have no words, such as `[↑](#toc)`."""
    return strip_line([span for span in line if not (isinstance(span, Link) and _is_arrow_link(span))])


def _is_arrow_link(link: Link) -> bool:
    return link.target.startswith("#") and not _WORD.search(span_text(link.spans))


def _is_back(line: Line) -> bool:
    links = [span for span in line if isinstance(span, (Link, Strong, Emphasis))]
    return len(links) == 1 and len(line) <= 3 and _BACK_WORDS.fullmatch(span_text(line)) is not None


def has_only_links(line: Sequence[Span], target: str) -> bool:
    """Return whether a line is links whose targets begin with `target`, with only signs between them."""
    has_link = False
    stack = list(line)
    while stack:
        span = stack.pop()
        match span:
            case Link(_, link_target):
                if not link_target.startswith(target):
                    return False
                has_link = True
            case Strong(spans) | Emphasis(spans):
                stack.extend(spans)
            case Text(text):
                if _WORD.search(text):
                    return False
            case _:
                return False
    return has_link
