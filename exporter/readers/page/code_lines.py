"""Lines of code that only their font shows, as those of Evernote, OneNote and Google Docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exporter.readers.page.style_sheet import is_monospaced, iter_style_kinds, read_font_family
from exporter.readers.page.tree import Comment, Tag, Words
from exporter.readers.span_builder import SpanKind

MAX_CODE_SHARE = 0.8
"""Maximum share of a page's characters in a monospaced font, for its lines to be code.

A page that is set in one as a whole has all; of notes about a programming language up to two thirds are code.
"""

_LINES = frozenset(("p", "div"))
_INNER = frozenset("p div br span font tt code b strong i em u a s mark o:p".split())
"""Elements in lines of code; any other shows that they are something else."""

_BREAK = re.compile(r"[ \t]*\n\s*")
_FIRST_BREAK = re.compile(r"\A[ \t]*\n\s*")
_LANGUAGE = re.compile(r"--en-syntaxlanguage\s*:\s*([\w+#-]+)")


@dataclass(slots=True)
class _Extent:
    """How many characters are in an element, and how many of them are monospaced, or bold."""

    chars: int = 0
    monospaced: int = 0
    bold: int = 0
    is_simple: bool = True

    @property
    def is_code(self) -> bool:
        """Whether all words are monospaced; if they are bold, too, they may ask."""
        return self.is_simple and self.chars > 0 and self.monospaced == self.chars and self.bold < self.chars


def join_code_lines(body: Tag) -> None:
    """Join adjacent paragraphs in a monospaced font to one element of code."""
    extents: dict[int, _Extent] = {}
    total = _measure(body, extents, monospaced=False, bold=False)
    if not total.monospaced or total.monospaced > MAX_CODE_SHARE * total.chars:
        return
    stack = [body]
    while stack:
        tag = stack.pop()
        if tag.name != "pre":
            tag.children = list(_iter_joined(tag, extents))
            stack += tag.tags


def _measure(tag: Tag, extents: dict[int, _Extent], *, monospaced: bool, bold: bool) -> _Extent:
    """Return the extent of an element; `monospaced` and `bold` are what the elements around it set."""
    extent = extents[id(tag)] = _Extent(is_simple=tag.name in _INNER)
    kinds = set(iter_style_kinds(tag.name, tag.style, ""))
    if family := read_font_family(tag.style) or tag.attributes.get("face", ""):
        monospaced = is_monospaced(family)
    monospaced = monospaced or SpanKind.CODE in kinds or tag.name == "pre"
    bold = bold or SpanKind.STRONG in kinds
    for child in tag.children:
        if isinstance(child, Tag):
            inner = _measure(child, extents, monospaced=monospaced, bold=bold)
            extent.is_simple = extent.is_simple and inner.is_simple
            extent.chars += inner.chars
            extent.monospaced += inner.monospaced
            extent.bold += inner.bold
        elif isinstance(child, Words) and (chars := len("".join(child.text.split()))):
            extent.chars += chars
            extent.monospaced += chars * monospaced
            extent.bold += chars * bold
    return extent


def _iter_joined(parent: Tag, extents: dict[int, _Extent]) -> Iterator[Tag | Words | Comment]:
    """Yield what is in an element, with each run of lines of code as one element."""
    lines: list[Tag] = []
    between: list[Tag | Words | Comment] = []
    for child in parent.children:
        extent = extents.get(id(child))
        if isinstance(child, Tag) and child.name in _LINES and extent is not None and extent.is_code:
            if lines:
                lines += [tag for tag in between if isinstance(tag, Tag)]
            else:
                yield from between
            lines.append(child)
            between = []
        elif lines and (
            _is_blank_line(child, extent) or (isinstance(child, Words) and not child.text.strip())
        ):
            between.append(child)
        else:
            yield from _iter_code(lines)
            yield from between
            yield child
            lines, between = [], []
    yield from _iter_code(lines)
    yield from between


def _is_blank_line(node: Tag | Words | Comment, extent: _Extent | None) -> bool:
    return isinstance(node, Tag) and node.name in _LINES and extent == _Extent()


def _iter_code(blocks: list[Tag]) -> Iterator[Tag]:
    """Yield blocks as one element of code; a single line stays a paragraph, whose words are code."""
    lines = [line for block in blocks for line in _iter_lines(block)]
    if len(lines) > 1:
        language = _LANGUAGE.search(blocks[0].style)
        attributes = {"class": f"language-{language[1]}"} if language else {}
        parts = [Words(text + "\n", number) for text, number in lines]
        yield Tag("pre", blocks[0].line, attributes, [*parts])
    else:
        for block in blocks:
            yield Tag(block.name, block.line, block.attributes, [Tag("code", block.line, {}, block.children)])


def _iter_lines(block: Tag) -> Iterator[tuple[str, int]]:
    """Yield the lines of code in a block, each with its number in the file."""
    parts: list[str] = []
    number, has_words, is_empty = block.line, False, True
    stack: list[Tag | Words | Comment | None] = [None, *reversed(block.children)]
    while stack:
        node = stack.pop()
        is_break = isinstance(node, Tag) and node.name == "br"
        is_end = node is None or (isinstance(node, Tag) and node.name in _LINES)
        if is_break or (is_end and has_words) or (node is None and not stack and is_empty):
            yield "".join(parts).replace("\xa0", " ").rstrip(), number
            parts, has_words, is_empty = [], False, False
        if isinstance(node, Words):
            number = number if has_words else node.line
            # a line break of the file is a space, but nothing at the start of a line
            text = node.text if parts else _FIRST_BREAK.sub("", node.text)
            parts.append(_BREAK.sub(" ", text))
            has_words = has_words or bool(node.text.strip())
        elif isinstance(node, Tag):
            # None ends the last line of a block
            stack += [*([None] if is_end else []), *reversed(node.children)]
