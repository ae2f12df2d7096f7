"""The spans of a line as texts with font styles, and the lines between its line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from exporter.cards.text_style import (
    BOLD,
    BOLD_ITALIC,
    BOLD_STYLES,
    FORMULA,
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

FindFormula = Callable[[Math], str | None]

_PUNCTUATION = re.compile(r"\s*[.,;:!?]+\s*")

_BOLDER = (BOLD, BOLD, BOLD_ITALIC, BOLD_ITALIC, MONO_BOLD, MONO_BOLD)
_SLANTED = (ITALIC, BOLD_ITALIC, ITALIC, BOLD_ITALIC, MONO, MONO_BOLD)
"""The basic style of strong and of emphasized text, by the basic style around it."""


def split_at_breaks(line: Line) -> list[Line]:
    """Return the lines between the line breaks of a line."""
    if not _has_break(line):
        return [line]
    line = _separate_display(line)
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
        if isinstance(span, Math) and span.display and len(line) > 1:
            return True
    return False


def _separate_display(line: Line) -> Line:
    """Return a line with line breaks around its displayed formulas and the punctuation after them."""
    spans: list[Span] = []
    for span in line:
        if spans and isinstance(spans[-1], Math) and spans[-1].display:
            mark, rest = _split_punctuation(span)
            if mark:
                spans.append(Text(mark))
            if not line_text((rest,)):
                continue
            spans.append(LineBreak())
            span = rest
        if isinstance(span, Math) and span.display and spans and not isinstance(spans[-1], LineBreak):
            spans.append(LineBreak())
        spans.append(span)
    return tuple(spans)


def _split_punctuation(span: Span) -> tuple[str, Span]:
    """Return the punctuation with which a span begins, and the rest of the span."""
    if isinstance(span, Text):
        match = _PUNCTUATION.match(span.text)
        return (match[0], Text(span.text[match.end() :])) if match else ("", span)
    if isinstance(span, Strong | Emphasis | Link) and span.spans:
        mark, rest = _split_punctuation(span.spans[0])
        return mark, replace(span, spans=(rest, *span.spans[1:]))
    return "", span


def iter_styled_texts(line: Line, style: Style, find_formula: FindFormula) -> Iterator[StyledText]:
    """Yield the texts of a line, each with its style; `style` is that of text without marks.

    `find_formula` returns the key of a formula, or None if the formula stays in TeX.
    """

    def texts_of(spans: Line, style: Style) -> Iterator[StyledText]:
        return iter_styled_texts(spans, style, find_formula)

    for span in line:
        match span:
            case Text(text):
                yield text, style
            case Code(text):
                is_bold = basic_style(style) in BOLD_STYLES
                yield text, with_face(style, MONO_BOLD if is_bold else MONO)
            case Math():
                key = find_formula(span)
                yield (key, style + FORMULA) if key else (line_text((span,)), style)
            case Strong(spans):
                yield from texts_of(spans, with_face(style, _BOLDER[basic_style(style)]))
            case Emphasis(spans):
                yield from texts_of(spans, with_face(style, _SLANTED[basic_style(style)]))
            case Superscript() | Subscript() if is_shifted(style):
                # only one level is drawn small; an exponent's exponent is `x²` or `x^y`
                yield line_text((span,)), style
            case Superscript(spans):
                yield from texts_of(spans, style + RAISED)
            case Subscript(spans):
                yield from texts_of(spans, style + LOWERED)
            case Strikethrough(spans):
                yield from texts_of(spans, style if is_struck(style) else style + STRUCK)
            case LineBreak():
                yield " ", style
            case Link(spans, _):
                yield from texts_of(spans, style)
