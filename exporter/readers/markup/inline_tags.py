"""Inline HTML tags, and the spans and text that they produce."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from exporter.model.questions import EMPTY_BOX, TICKED_BOX
from exporter.readers.span_builder import MAX_NESTING, SpanBuilder, SpanKind

SPAN_KINDS: dict[str, SpanKind] = {
    "b": SpanKind.STRONG,
    "strong": SpanKind.STRONG,
    "i": SpanKind.EMPHASIS,
    "em": SpanKind.EMPHASIS,
    "a": SpanKind.LINK,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "tt": SpanKind.CODE,
    "samp": SpanKind.CODE,
    "sup": SpanKind.SUPERSCRIPT,
    "sub": SpanKind.SUBSCRIPT,
    "s": SpanKind.STRIKETHROUGH,
    "strike": SpanKind.STRIKETHROUGH,
    "del": SpanKind.STRIKETHROUGH,
}
"""The kind of span that a tag opens."""

RUBY = frozenset(("rt", "rp", "rb", "rtc"))
"""The tags inside `ruby`, whose end tags may be missing."""

_TAGS_WITH_TITLE = frozenset(("abbr", "acronym", "dfn"))
VOID_ELEMENTS = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Tags of void elements, which are never closed."""

_STRIKETHROUGH_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_VERTICAL_ALIGN_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)


def iter_span_kinds(tag: str, attributes: Mapping[str, str]) -> Iterator[SpanKind]:
    """Yield the kinds of span that a tag opens, by its name and by its `style`."""
    named_kind = SPAN_KINDS.get(tag)
    if named_kind is not None and (tag != "a" or attributes.get("href")):
        yield named_kind
    style = attributes.get("style", "")
    if not style:
        return
    if named_kind is not SpanKind.STRIKETHROUGH and _STRIKETHROUGH_STYLE.search(style):
        yield SpanKind.STRIKETHROUGH
    if (
        named_kind not in (SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT)
        and tag not in ("td", "th", "img")
        and (match := _VERTICAL_ALIGN_STYLE.search(style))
    ):
        yield SpanKind.SUPERSCRIPT if match[1].lower() == "super" else SpanKind.SUBSCRIPT


def find_checkbox(tag: str, attributes: Mapping[str, str]) -> str:
    """Return the character of a checkbox; an empty string for any other tag."""
    if tag != "input" or attributes.get("type", "").lower() != "checkbox":
        return ""
    return TICKED_BOX if "checked" in attributes else EMPTY_BOX


@dataclass(slots=True)
class _OpenTag:
    """A tag that is open: the spans (kind and target) that it opened, and the words before its end."""

    name: str
    spans: tuple[tuple[SpanKind, str], ...]
    after: str = ""


@dataclass(slots=True)
class InlineTags:
    """The inline tags that are open, and their effect on the line that is being read."""

    _open: list[_OpenTag] = field(default_factory=list)
    _spans: list[tuple[SpanKind, str]] = field(default_factory=list)
    _in_brackets: bool = False

    def open(self, builder: SpanBuilder, tag: str, attributes: Mapping[str, str]) -> None:
        """Open the spans of a tag."""
        if tag in RUBY:
            self._close_reading(builder)
        if tag in VOID_ELEMENTS:
            return
        before, after = "", ""
        if tag == "q":
            before, after = "“", "”"
        elif tag in _TAGS_WITH_TITLE and (title := attributes.get("title", "").strip()):
            after = f" ({title})"
        elif tag == "ruby":
            self._in_brackets = False
        elif tag == "rp":
            self._in_brackets = True
        elif tag == "rt" and not self._in_brackets:
            before, after = "(", ")"
        href = attributes.get("href", "")
        # the builder drops emphasis that is nested deeper
        kinds = iter_span_kinds(tag, attributes) if len(self._spans) < MAX_NESTING else ()
        spans = tuple((kind, href if kind is SpanKind.LINK else "") for kind in kinds)
        for span in spans:
            builder.open(*span)
        builder.add_text(before)
        self._spans += spans
        self._open.append(_OpenTag(tag, spans, after))

    def close(self, builder: SpanBuilder, tag: str) -> None:
        """Close the spans of the last open tag of that name."""
        if tag == "ruby":
            self._close_reading(builder)
        index = next((i for i in reversed(range(len(self._open))) if self._open[i].name == tag), None)
        if index is None:
            if tag in SPAN_KINDS:
                builder.close(SPAN_KINDS[tag])
            return
        opened = self._open.pop(index)
        builder.add_text(opened.after)
        for span in reversed(opened.spans):
            builder.close(span[0])
            self._spans.remove(span)

    def interrupt(self, builder: SpanBuilder) -> SpanBuilder:
        """End the spans of a paragraph; return the builder of the next one, in which they are open again."""
        following = SpanBuilder()
        for kind, _ in reversed(self._spans):
            builder.close(kind)
        for span in self._spans:
            following.open(*span)
        return following

    def _close_reading(self, builder: SpanBuilder) -> None:
        if self._open and self._open[-1].name in RUBY:
            self.close(builder, self._open[-1].name)
