"""The spans of a line as texts with font styles, and the lines between its line breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.cards.text_style import (
    BOLD,
    BOLD_ITALIC,
    BOLD_STYLES,
    ITALIC,
    LOWERED,
    MONO,
    MONO_BOLD,
    RAISED,
    STRUCK,
    Style,
    StyledText,
    basic_style,
    is_shifted,
    is_struck,
    with_face,
)
from exporter.model.questions import (
    Code,
    Emphasis,
    Line,
    LineBreak,
    Link,
    Math,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.text import line_text

_BOLDER = (BOLD, BOLD, BOLD_ITALIC, BOLD_ITALIC, MONO_BOLD, MONO_BOLD)
_SLANTED = (ITALIC, BOLD_ITALIC, ITALIC, BOLD_ITALIC, MONO, MONO_BOLD)
"""The basic style of strong and of emphasized text, by the basic style around it."""


def split_at_breaks(line: Line) -> list[Line]:
    """Return the lines between the line breaks of a line."""
    if not _has_break(line):
        return [line]
    lines: list[list[Span]] = [[]]
    for span in line:
        if isinstance(span, LineBreak):
            lines.append([])
        elif isinstance(span, Strong | Emphasis | Superscript | Subscript | Strikethrough | Link):
            first, *others = split_at_breaks(span.spans)
            lines[-1].append(replace(span, spans=first))
            lines += [[replace(span, spans=other)] for other in others]
        else:
            lines[-1].append(span)
    return list(map(tuple, lines))


def _has_break(line: Line) -> bool:
    for span in line:
        if isinstance(span, Text):
            continue
        if isinstance(span, LineBreak) or _has_break(getattr(span, "spans", ())):
            return True
    return False


def iter_styled_texts(line: Line, style: Style) -> Iterator[StyledText]:
    """Yield the texts of a line, each with its style; `style` is that of text without marks."""
    for span in line:
        match span:
            case Text(text):
                yield text, style
            case Code(text):
                is_bold = basic_style(style) in BOLD_STYLES
                yield text, with_face(style, MONO_BOLD if is_bold else MONO)
            case Math():
                yield line_text((span,)), style
            case Strong(spans):
                yield from iter_styled_texts(spans, with_face(style, _BOLDER[basic_style(style)]))
            case Emphasis(spans):
                yield from iter_styled_texts(spans, with_face(style, _SLANTED[basic_style(style)]))
            case Superscript() | Subscript() if is_shifted(style):
                # only one level is drawn small; an exponent's exponent is `x²` or `x^y`
                yield line_text((span,)), style
            case Superscript(spans):
                yield from iter_styled_texts(spans, style + RAISED)
            case Subscript(spans):
                yield from iter_styled_texts(spans, style + LOWERED)
            case Strikethrough(spans):
                yield from iter_styled_texts(spans, style if is_struck(style) else style + STRUCK)
            case LineBreak():
                yield " ", style
            case Link(spans, _):
                yield from iter_styled_texts(spans, style)
