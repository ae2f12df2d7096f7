"""Inline Markdown to lines of spans; soft line breaks are remembered as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exporter.model.character_references import unescape
from exporter.model.questions import Code, Image, Line, LineBreak, Math, Strong
from exporter.readers.html import KNOWN_TAGS
from exporter.readers.markdown.formulas import is_display
from exporter.readers.markup.inline_tags import InlineTags, box_of
from exporter.readers.span_builder import SpanBuilder, SpanKind, join_lines, span_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=>\"'/]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+)))?"
)


_NAMES = frozenset(
    "init main name file doc dict str repr new del call len iter next enter exit getitem setitem delitem"
    " contains eq ne lt le gt ge hash bool add sub mul slots class bases mro module all version author import"
    " builtins getattr setattr delattr getattribute get set aenter aexit await proto init_subclass"
    " post_init".split()
)
"""Names that are written between two underscores, and never meant to be bold."""


_PARTING = re.compile(r"</?(?:li|ul|ol|p|div)\b", re.IGNORECASE)

BREAK = "<br>"
"""A line break as our own sheets write it."""

_KINDS = {"strong": SpanKind.STRONG, "em": SpanKind.EMPHASIS, "s": SpanKind.STRIKETHROUGH}


@dataclass(slots=True)
class Segment:
    """A line of a paragraph; `hard` says that a hard line break ends it.

    `row` counts the lines of the source above it within the paragraph: a picture is a line of its own.
    """

    line: Line
    hard: bool = False
    image: Image | None = None
    row: int = 0
    _text: str | None = None

    @property
    def text(self) -> str:
        """The words of the segment."""
        if self._text is None:
            self._text = span_text(self.line)
        return self._text


def split_segments(
    children: Sequence[Token], images: bool = True, exact: bool = False, cell: bool = False
) -> list[Segment]:
    """Return the lines of a paragraph as they stand in the source.

    An image is a segment of its own, or its words where `images` is not set. `exact` keeps
    spaces at the ends of lines, and `<br>` within its line, as our own sheets have it. In a table's
    `cell` the tags of lists and paragraphs part lines.
    """
    builder = SpanBuilder(exact=exact)
    tags = InlineTags()
    ends: list[bool] = []
    found: dict[int, Image] = {}
    rows = [0]
    row = 0
    for token in _with_names(children):
        match token.type:
            case "text" | "text_special":
                builder.add_text(token.content)
            case "code_inline":
                builder.add(Code(token.content))
            case "math":
                builder.add(Math(token.content, is_display(token)))
            case "strong_open" | "em_open" | "s_open":
                builder.open(_KINDS[token.type.removesuffix("_open")])
            case "strong_close" | "em_close" | "s_close":
                builder.close(_KINDS[token.type.removesuffix("_close")])
            case "link_open":
                builder.open(SpanKind.LINK, str(token.attrGet("href") or ""))
            case "link_close":
                builder.close(SpanKind.LINK)
            case "softbreak":
                if builder.is_open():
                    builder.add_text(" ")
                else:
                    builder.new_line()
                    ends.append(False)
            case "hardbreak":
                builder.new_line()
                ends.append(True)
            case "image":
                alt = "".join(part.text for part in split_segments(token.children or (), False, True))
                image = Image(str(token.attrGet("src") or ""), alt)
                _add_image(builder, ends, found, image, images)
            case "html_inline":
                if exact and token.content == BREAK:
                    builder.add(LineBreak())
                elif cell and _PARTING.match(token.content):
                    builder.new_line()
                    ends.append(True)
                else:
                    _html(builder, tags, ends, found, token.content, images)
            case _:
                builder.add_text(token.content)
        row += token.type in ("softbreak", "hardbreak")
        rows.extend([row] * (len(builder.lines) - len(rows)))
    lines = builder.finish()
    if len(lines) == 1 and not ends:
        return [Segment(lines[0])] if lines[0] else []
    ends.extend([False] * (len(lines) - len(ends)))
    result = [
        Segment(line, hard, found.get(index), rows[index])
        for index, (line, hard) in enumerate(zip(lines, ends, strict=True))
    ]
    return [segment for segment in result if segment.line or segment.image or segment.hard]


def _with_names(children: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens with `__init__` and the like as text: Markdown takes such names for bold."""
    skipped = -1
    for at, token in enumerate(children):
        if token.type == "strong_open" and token.markup == "__" and at + 2 < len(children):
            name, close = children[at + 1], children[at + 2]
            if name.type == "text" and close.type == "strong_close" and name.content in _NAMES:
                yield replace(name, content=f"__{name.content}__")
                skipped = at + 2
                continue
        if at > skipped:
            yield token


_CAPITAL = re.compile(r"[A-Z][:：]\s")


def paragraph_lines(parts: Sequence[Segment]) -> list[Line]:
    """Return the lines of a paragraph: soft line breaks are spaces, hard ones are new lines.

    A soft one is as good as hard before a line that opens with a label, where several do: `**Task:** …`.
    """
    if len(parts) == 1:
        return [parts[0].line] if parts[0].line else []
    labelled = [_opens_with_label(part) for part in parts]
    several = sum(labelled) > 1
    lines: list[Line] = []
    run: list[Line] = []
    for part, label in zip(parts, labelled, strict=True):
        if several and label and run:
            lines.append(join_lines(run))
            run = []
        run.append(part.line)
        if part.hard:
            lines.append(join_lines(run))
            run = []
    lines.append(join_lines(run))
    return [line for line in lines if line]


def _opens_with_label(part: Segment) -> bool:
    """Say whether a line opens with a word in bold and a colon, or with a capital and one, as `S:`."""
    if not part.line or not isinstance(part.line[0], Strong):
        return _CAPITAL.match(part.text) is not None
    label = span_text(part.line[:1]).rstrip()
    return label.endswith((":", "：")) or part.text[len(label) :].startswith((":", "："))


def _add_image(
    builder: SpanBuilder, ends: list[bool], found: dict[int, Image], image: Image, images: bool
) -> None:
    if not images:
        builder.add_text(image.alt or image.target)
        return
    builder.new_line()
    ends.append(False)
    found[len(builder.lines) - 1] = image
    builder.new_line()
    ends.append(False)


def _html(
    builder: SpanBuilder,
    tags: InlineTags,
    ends: list[bool],
    found: dict[int, Image],
    html: str,
    images: bool,
) -> None:
    tag = _TAG.match(html)
    if tag is None:
        if not html.startswith("<!--"):
            builder.add_text(html)
        return
    name = tag["name"].lower()
    if name not in KNOWN_TAGS:
        builder.add_text(html)
    elif name == "br":
        builder.new_line()
        ends.append(True)
    elif tag["close"]:
        tags.close(builder, name)
    elif name == "img":
        attributes = _attributes(html)
        if attributes.get("src"):
            image = Image(attributes["src"], attributes.get("alt", ""))
            _add_image(builder, ends, found, image, images)
    else:
        attributes = _attributes(html)
        if box := box_of(name, attributes):
            builder.add_text(box)
        else:
            tags.open(builder, name, attributes)


def _attributes(html: str) -> dict[str, str]:
    name = _TAG.match(html)
    return {
        each["name"].lower(): unescape(each["double"] or each["single"] or each["bare"] or "")
        for each in _ATTRIBUTE.finditer(html, name.end() if name else 0)
    }
