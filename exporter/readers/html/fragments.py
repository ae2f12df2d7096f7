"""HTML prepared for the parser: text in it is escaped, and it is divided at `details` and `summary`.

A parser of HTML 5 drops what it cannot use. Nothing that a person typed may be lost, so the parser gets
only tags that are known and closed, and comments; each other `<` is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.readers.html.piece import PieceKind
from exporter.readers.html.tag_names import (
    DISCLOSURE_TAGS,
    FORMATTING_TAGS,
    KNOWN_TAGS,
    SKIPPED_TAGS,
    TABLE_PARTS,
    TRANSPARENT_TAGS,
)
from exporter.readers.markup.tags import Tag, pair_tags

EXACT_SPACE = "\ufdd1"
"""Replaces `&nbsp;`, a space that is not collapsed with others; Unicode assigns no character to it."""

EMBEDDED = "\ufdd2"
"""A placeholder for blocks of Markdown in HTML; Unicode assigns no character to it."""

_MARKUP = re.compile(r"<!--|</?(?P<name>[A-Za-z][^\s/>]*+)")
_ATTRIBUTES = re.compile(r"""(?:[^>=]|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>""")

_COMMENT = "comment"
"""The name of a comment, and of an element that is not text, among tags."""

_BOUNDARIES = {
    ("details", False): PieceKind.DETAILS_START,
    ("details", True): PieceKind.DETAILS_END,
    ("summary", False): PieceKind.SUMMARY_START,
    ("summary", True): PieceKind.SUMMARY_END,
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of HTML for the parser, or a tag at which HTML is divided; `line` counts from 0."""

    line: int
    html: str = ""
    boundary: PieceKind | None = None


def split_html(html: str) -> Iterator[Fragment]:
    """Yield the fragments of a piece of HTML; all its line ends are in them."""
    tags = list(_iter_tags(html))
    dropped = _find_unpaired_formatting(tags)
    tables = 0
    position = line = 0
    parts: list[str] = []
    for tag in tags:
        parts.append(_escape_text(html[position : tag.start]))
        position = tag.end
        if tag.name in DISCLOSURE_TAGS:
            fragment = "".join(parts)
            yield Fragment(line, fragment)
            line += fragment.count("\n")
            yield Fragment(line, boundary=_BOUNDARIES[tag.name, tag.closes])
            parts = [_keep_line_ends(html, tag)]
            tables = 0
        elif tag.name == _COMMENT or tag.name in TRANSPARENT_TAGS or tag.start in dropped:
            # line ends are kept in a comment, since they would be a space as text
            if line_ends := _keep_line_ends(html, tag):
                parts.append(f"<!--{line_ends}-->")
        elif tag.name in TABLE_PARTS and not tables:
            # the parser ignores the tag outside of a table, and would join the words around it
            parts.append(f"<{'/' * tag.closes}div{tag.attributes}")
        else:
            if tag.name == "table":
                tables = max(0, tables - 1) if tag.closes else tables + 1
            parts.append(html[tag.start : tag.end])
    parts.append(_escape_text(html[position:]))
    yield Fragment(line, "".join(parts))


def _iter_tags(html: str) -> Iterator[Tag]:
    """Yield the known tags of HTML, and its comments and scripts, in their order.

    A tag that never ends is text, and so is all after it: its end is sought only once.
    """
    position = 0
    last_comment = html.rfind("-->")
    while match := _MARKUP.search(html, position):
        start, position = match.span()
        if match["name"] is None:
            if position <= last_comment:
                position = html.find("-->", position) + 3
                yield Tag(_COMMENT, start, position, False, "")
            continue
        name = match["name"].lower()
        if name not in KNOWN_TAGS:
            continue
        attributes = _ATTRIBUTES.match(html, position)
        if attributes is None:
            return
        position = attributes.end()
        closes = html[start + 1] == "/"
        if name in SKIPPED_TAGS:
            if not closes and not attributes[0].endswith("/>"):
                position = _end_of_skipped(html, name, position)
            yield Tag(_COMMENT, start, position, False, "")
        else:
            yield Tag(name, start, position, closes, attributes[0])


def _end_of_skipped(html: str, name: str, position: int) -> int:
    """Return where a script or style ends: after its end tag, or with the HTML."""
    end_tag = re.compile(f"</{name}", re.IGNORECASE).search(html, position)
    end = html.find(">", end_tag.end()) + 1 if end_tag else 0
    return end or len(html)


def _find_unpaired_formatting(tags: Sequence[Tag]) -> set[int]:
    """Return where the formatting tags without an end tag begin: one would format all the rest."""
    formatting = [tag for tag in tags if tag.name in FORMATTING_TAGS]
    pairs = pair_tags(formatting)
    return {tag.start for index, tag in enumerate(formatting) if not tag.closes and index not in pairs}


def _escape_text(text: str) -> str:
    return text.replace("<", "&lt;").replace("&nbsp;", EXACT_SPACE) if "<" in text or "&" in text else text


def _keep_line_ends(html: str, tag: Tag) -> str:
    return "\n" * html.count("\n", tag.start, tag.end)
