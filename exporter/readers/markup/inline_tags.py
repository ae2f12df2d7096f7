"""Inline HTML tags, and the spans and words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from exporter.model.questions import EMPTY_BOX, TICKED_BOX
from exporter.readers.span_builder import MAX_NESTING, SpanBuilder, SpanKind

INLINE: dict[str, SpanKind] = {
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
"""The tags within `ruby`, whose end tags may be missing."""

_TITLED = frozenset(("abbr", "acronym", "dfn"))
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""The tags without content, which are never closed."""

_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_SHIFTED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)


def kinds_of(tag: str, attributes: Mapping[str, str]) -> Iterator[SpanKind]:
    """Yield the kinds of span that a tag opens by its name and by its `style`."""
    named = INLINE.get(tag)
    if named is not None and (tag != "a" or attributes.get("href")):
        yield named
    style = attributes.get("style", "")
    if not style:
        return
    if named is not SpanKind.STRIKETHROUGH and _STRUCK.search(style):
        yield SpanKind.STRIKETHROUGH
    if (
        named not in (SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT)
        and tag not in ("td", "th", "img")
        and (found := _SHIFTED.search(style))
    ):
        yield SpanKind.SUPERSCRIPT if found[1].lower() == "super" else SpanKind.SUBSCRIPT


def box_of(tag: str, attributes: Mapping[str, str]) -> str:
    """Return the sign of a checkbox; nothing for any other tag."""
    if tag != "input" or attributes.get("type", "").lower() != "checkbox":
        return ""
    return TICKED_BOX if "checked" in attributes else EMPTY_BOX


@dataclass(slots=True)
class _Tag:
    """A tag that is open: the spans (kind and target) that it opened, and the words before its end."""

    name: str
    spans: tuple[tuple[SpanKind, str], ...]
    after: str = ""


@dataclass(slots=True)
class InlineTags:
    """The inline tags that are open, and their effect on the line that is being read."""

    _open: list[_Tag] = field(default_factory=list)
    _spans: list[tuple[SpanKind, str]] = field(default_factory=list)
    _in_brackets: bool = False

    def open(self, builder: SpanBuilder, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin the spans of a tag."""
        if tag in RUBY:
            self._close_reading(builder)
        if tag in VOID:
            return
        before, after = "", ""
        if tag == "q":
            before, after = "“", "”"
        elif tag in _TITLED and (title := attributes.get("title", "").strip()):
            after = f" ({title})"
        elif tag == "ruby":
            self._in_brackets = False
        elif tag == "rp":
            self._in_brackets = True
        elif tag == "rt" and not self._in_brackets:
            before, after = "(", ")"
        href = attributes.get("href", "")
        # the builder drops emphasis that is nested deeper
        kinds = kinds_of(tag, attributes) if len(self._spans) < MAX_NESTING else ()
        spans = tuple((kind, href if kind is SpanKind.LINK else "") for kind in kinds)
        for span in spans:
            builder.open(*span)
        builder.add_text(before)
        self._spans += spans
        self._open.append(_Tag(tag, spans, after))

    def close(self, builder: SpanBuilder, tag: str) -> None:
        """End the spans of the last tag of that name."""
        if tag == "ruby":
            self._close_reading(builder)
        index = next((i for i in reversed(range(len(self._open))) if self._open[i].name == tag), None)
        if index is None:
            if tag in INLINE:
                builder.close(INLINE[tag])
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
