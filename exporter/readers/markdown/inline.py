"""Inline Markdown to lines of spans, with the kind of line break after each line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from exporter.model.character_references import unescape
from exporter.model.questions import Code, Image, Line, LineBreak, Math, Strong, Text
from exporter.readers.html import KNOWN_TAGS
from exporter.readers.labels.patterns import Marker, match_marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.formulas import is_display
from exporter.readers.markup.inline_tags import InlineTags, find_checkbox
from exporter.readers.span_builder import SpanBuilder, SpanKind, join_lines, span_text, strip_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=>\"'/]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<unquoted>[^\s>]+)))?"
)

_DUNDER_NAMES = frozenset(
    "init main name file doc dict str repr new del call len iter next enter exit getitem setitem delitem"
    " contains eq ne lt le gt ge hash bool add sub mul slots class bases mro module all version author import"
    " builtins getattr setattr delattr getattribute get set aenter aexit await proto init_subclass"
    " post_init".split()
)
"""Names that are written between two underscores, and never meant to be bold."""

_LINE_TAG = re.compile(r"</?(?:li|ul|ol|p|div)\b", re.IGNORECASE)

BREAK_TAG = "<br>"
"""A line break in the canonical form."""

_SPAN_KINDS = {"strong": SpanKind.STRONG, "em": SpanKind.EMPHASIS, "s": SpanKind.STRIKETHROUGH}


@dataclass(slots=True)
class Segment:
    """A line of a paragraph, or an image in it; `hard` is set if a hard line break ends the line.

    `row` is the source line, from 0 for the first line of the paragraph. What the line says is found
    once: the finders of styles ask for it many times.
    """

    line: Line
    hard: bool = False
    image: Image | None = None
    row: int = 0
    _text: str | None = field(default=None, compare=False)
    _asks: bool | None = field(default=None, compare=False)
    _marker: Marker | None = field(default=None, compare=False)
    _is_matched: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        """The words of the line as plain text."""
        if self._text is None:
            self._text = span_text(self.line)
        return self._text

    @property
    def has_question_mark(self) -> bool:
        """Whether the line ends in a question mark."""
        return self.asks and ends_with_question_mark(self.text)

    @property
    def asks(self) -> bool:
        """Whether the line ends in a question mark, or begins like a question."""
        if self._asks is None:
            self._asks = looks_like_question(self.text)
        return self._asks

    @property
    def marker(self) -> Marker | None:
        """The marker at the start of the line, as `Q3:` or `4.`."""
        if not self._is_matched:
            self._marker, self._is_matched = match_marker(self.text), True
        return self._marker


def is_image(token: Token) -> bool:
    """Return whether a token is an image, in Markdown or in HTML."""
    return token.type == "image" or (token.type == "html_inline" and token.content[:4].lower() == "<img")


def split_segments(
    children: Sequence[Token], images: bool = True, exact: bool = False, cell: bool = False
) -> list[Segment]:
    """Return the source lines of a paragraph.

    An image is a separate segment, or its alternative text if `images` is not set. `exact` keeps spaces at
    the ends of lines, and `<br>` in its line, as the canonical form has it. In the `cell` of a table, tags
    of lists and paragraphs divide lines.
    """
    if len(children) == 1 and children[0].type == "text" and not exact:
        # most items and cells, and many paragraphs
        line = strip_line((Text(children[0].content),))
        return [Segment(line)] if line else []
    reader = _SegmentReader(images, exact, cell, SpanBuilder(exact=exact))
    for token in _restore_dunder_names(children):
        if token.type == "text":
            reader.builder.add_text(token.content)
        else:
            reader.add_token(token)
    return reader.finish()


@dataclass(slots=True)
class _SegmentReader:
    """Reads the tokens of a paragraph.

    `_hard` has for each line that has ended whether the line break is hard, `_rows` the source line of each
    line, and `_images` the images by the index of their line.
    """

    images: bool
    exact: bool
    cell: bool
    builder: SpanBuilder
    _tags: InlineTags = field(default_factory=InlineTags)
    _hard: list[bool] = field(default_factory=list)
    _rows: list[int] = field(default_factory=lambda: [0])
    _row: int = 0
    _images: dict[int, Image] = field(default_factory=dict)

    def add_token(self, token: Token) -> None:
        builder = self.builder
        match token.type:
            case "code_inline":
                builder.add(Code(token.content))
            case "math":
                builder.add(Math(token.content, is_display(token)))
            case "strong_open" | "em_open" | "s_open":
                builder.open(_SPAN_KINDS[token.type.removesuffix("_open")])
            case "strong_close" | "em_close" | "s_close":
                builder.close(_SPAN_KINDS[token.type.removesuffix("_close")])
            case "link_open":
                builder.open(SpanKind.LINK, str(token.attrGet("href") or ""))
            case "link_close":
                builder.close(SpanKind.LINK)
            case "softbreak" | "hardbreak":
                self._row += 1
                if token.type == "softbreak" and builder.is_open():
                    builder.add_text(" ")
                else:
                    self._end_line(token.type == "hardbreak")
            case "image":
                alt = "".join(part.text for part in split_segments(token.children or (), False, True))
                self._add_image(Image(str(token.attrGet("src") or ""), alt))
            case "html_inline" if self.exact and token.content == BREAK_TAG:
                builder.add(LineBreak())
            case "html_inline" if self.cell and _LINE_TAG.match(token.content):
                self._end_line(hard=True)
            case "html_inline":
                self._add_html(token.content)
            case _:
                builder.add_text(token.content)

    def finish(self) -> list[Segment]:
        """Return the lines that have words, an image or a hard line break."""
        lines = self.builder.finish()
        if len(lines) == 1 and not self._hard:
            return [Segment(lines[0])] if lines[0] else []
        hard = [*self._hard, *[False] * (len(lines) - len(self._hard))]
        segments = [
            Segment(line, hard[index], self._images.get(index), self._rows[index])
            for index, line in enumerate(lines)
        ]
        return [segment for segment in segments if segment.line or segment.image or segment.hard]

    def _end_line(self, hard: bool) -> None:
        self.builder.new_line()
        self._hard.append(hard)
        self._rows.append(self._row)

    def _add_image(self, image: Image) -> None:
        if not self.images:
            self.builder.add_text(image.alt or image.target)
            return
        self._end_line(hard=False)
        self._images[len(self.builder.lines) - 1] = image
        self._end_line(hard=False)

    def _add_html(self, html: str) -> None:
        """Add the effect of a tag; an unknown one is text, and a comment is left out."""
        tag = _TAG.match(html)
        name = tag["name"].lower() if tag else ""
        if name not in KNOWN_TAGS:
            if not html.startswith("<!--"):
                self.builder.add_text(html)
        elif name == "br":
            self._end_line(hard=True)
        elif tag is not None and tag["close"]:
            self._tags.close(self.builder, name)
        elif name == "img":
            attributes = _parse_attributes(html)
            if attributes.get("src"):
                self._add_image(Image(attributes["src"], attributes.get("alt", "")))
        elif box := find_checkbox(name, attributes := _parse_attributes(html)):
            self.builder.add_text(box)
        else:
            self._tags.open(self.builder, name, attributes)


def _restore_dunder_names(children: Sequence[Token]) -> Sequence[Token]:
    """Return tokens in which names such as `__init__`, which Markdown reads as bold, are text."""
    if any(token.markup == "__" for token in children):
        return list(_iter_with_dunder_names(children))
    return children


def _iter_with_dunder_names(children: Sequence[Token]) -> Iterator[Token]:
    skipped = -1
    for index, token in enumerate(children):
        if token.type == "strong_open" and token.markup == "__" and index + 2 < len(children):
            name, close = children[index + 1], children[index + 2]
            if name.type == "text" and close.type == "strong_close" and name.content in _DUNDER_NAMES:
                yield replace(name, content=f"__{name.content}__")
                skipped = index + 2
                continue
        if index > skipped:
            yield token


_CAPITAL_LABEL = re.compile(r"[A-Z][:：]\s")


def join_paragraph_lines(parts: Sequence[Segment]) -> list[Line]:
    """Return the lines of a paragraph: soft line breaks are spaces, hard ones divide lines.

    If several lines begin with a label, as `**Task:** …`, soft line breaks before them divide lines, too.
    """
    if len(parts) == 1:
        return [parts[0].line] if parts[0].line else []
    labelled = [_has_label(part) for part in parts]
    has_several = sum(labelled) > 1
    lines: list[Line] = []
    run: list[Line] = []
    for part, label in zip(parts, labelled, strict=True):
        if has_several and label and run:
            lines.append(join_lines(run))
            run = []
        run.append(part.line)
        if part.hard:
            lines.append(join_lines(run))
            run = []
    lines.append(join_lines(run))
    return [line for line in lines if line]


def _has_label(part: Segment) -> bool:
    """Return whether a line begins with bold words or a capital letter, and a colon: `**Task:**`, `S:`."""
    if not part.line or not isinstance(part.line[0], Strong):
        return _CAPITAL_LABEL.match(part.text) is not None
    label = span_text(part.line[:1]).rstrip()
    return label.endswith((":", "：")) or part.text[len(label) :].startswith((":", "："))


def _parse_attributes(html: str) -> dict[str, str]:
    name = _TAG.match(html)
    return {
        match["name"].lower(): unescape(match["double"] or match["single"] or match["unquoted"] or "")
        for match in _ATTRIBUTE.finditer(html, name.end() if name else 0)
    }
