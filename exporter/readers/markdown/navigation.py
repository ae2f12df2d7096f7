"""What leads around a Markdown file and is no content: contents, badges, links back to the top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exporter.model.questions import Block, Emphasis, Image, Line, Link, Paragraph, Strong, Text
from exporter.readers.markdown.blocks import join_heading, read_segments
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.parser import Node
from exporter.readers.span_builder import span_text, strip_line

_BADGE = re.compile(
    r"shields\.io|badge|travis-ci|codecov|gitter|buymeacoffee|opencollective|star-history", re.IGNORECASE
)
_BACK = re.compile(
    r"\W*(?:back to (?:the )?(?:top|index|contents?)|(?:go )?to (?:the )?top|top|up|home|contents?)\W*",
    re.IGNORECASE,
)
_BACK_LINK = re.compile(r"\s*[*_]{0,3}\[(?P<text>[^\]\[]{1,60})\]\(#[^()\s]{0,200}\)[*_]{0,3}\s*")
_WORD = re.compile(r"[^\W_]")


def is_navigation(parts: Sequence[Segment]) -> bool:
    """Say whether a paragraph only leads elsewhere in the file, or is only badges."""
    if not parts:
        return False
    images = [part.image for part in parts if part.image]
    if images:
        rest = all(not part.line or _only_links(part.line, "") for part in parts)
        return rest and all(_BADGE.search(image.target) for image in images)
    return all(_only_links(part.line, "#") or _is_back(part.line) for part in parts)


def is_back_link(code: str) -> bool:
    """Say whether indented code is but a link back to the top, indented with the item it follows."""
    link = _BACK_LINK.fullmatch(code)
    return link is not None and _BACK.fullmatch(link["text"]) is not None


def are_links(blocks: Iterable[Block]) -> bool:
    """Say whether blocks are nothing but links within the file, or badges."""
    return all(
        _BADGE.search(block.target) is not None
        if isinstance(block, Image)
        else isinstance(block, Paragraph)
        and all(_only_links(line, "#") or _is_back(line) for line in block.lines)
        for block in blocks
    )


def is_contents_item(item: Node) -> bool:
    """Say whether a list item is an entry of a table of contents."""
    if not item.children or item.children[0].kind != "paragraph":
        return False
    parts = read_segments(item.children[0])
    return bool(parts) and all(_only_links(part.line, "#") for part in parts)


def is_link_item(item: Node) -> bool:
    """Say whether a list item is nothing but links to other places, bare addresses among them."""
    if len(item.children) != 1 or item.children[0].kind != "paragraph":
        return False
    parts = read_segments(item.children[0])
    return bool(parts) and all(
        _only_links(part.line, "") or part.text.startswith(("http://", "https://", "www.")) for part in parts
    )


def is_contents_table(node: Node) -> bool:
    """Say whether most rows of a table lead to a place in the file."""
    rows = [row for part in node.children if part.kind == "tbody" for row in part.children]
    leading = sum(any(_only_links(join_heading(cell), "#") for cell in row.children) for row in rows)
    return leading * 2 > len(rows)


def without_arrows(line: Line) -> Line:
    """Return a heading without the links in it that lead back to the top, such as `[↑](#toc)`."""
    return strip_line([span for span in line if not (isinstance(span, Link) and _is_arrow(span))])


def _is_arrow(link: Link) -> bool:
    return link.target.startswith("#") and not _WORD.search(span_text(link.spans))


def _is_back(line: Line) -> bool:
    links = [span for span in line if isinstance(span, (Link, Strong, Emphasis))]
    return len(links) == 1 and len(line) <= 3 and _BACK.fullmatch(span_text(line)) is not None


def _only_links(line: Line, target: str) -> bool:
    """Say whether a line is links whose targets begin with `target`, and signs between them."""
    found = False
    stack = list(line)
    while stack:
        span = stack.pop()
        match span:
            case Link(_, to):
                if not to.startswith(target):
                    return False
                found = True
            case Strong(spans) | Emphasis(spans):
                stack.extend(spans)
            case Text(text):
                if _WORD.search(text):
                    return False
            case _:
                return False
    return found
