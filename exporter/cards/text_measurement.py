"""Measuring: lines of spans become strips of words that know their widths at size 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from exporter.cards import font_set as face
from exporter.cards import shaping
from exporter.cards.break_opportunities import PLAIN, SPACES, Measure, StyledText, cleaned, parts
from exporter.cards.font_set import Fonts, Style
from exporter.cards.hyphenation import SOFT_HYPHEN, Hyphenate, undivided
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

Word = str | tuple[StyledText, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image; its size is in points, as it is seen; `orientation` counts as EXIF does, from 1 to 8."""

    name: str
    width: float
    height: float
    orientation: int = 1


class Strip(NamedTuple):
    """One line of the source, ready to be broken at any size.

    `starts` and `ends` place each word on an endless line that is `total` long; each end lies
    `trail` behind the word, which spares plain strips a pass. Words of a plain strip are strings
    in `style`, with one space between them; else they are pieces, and `gaps` holds what stands
    before each. `indent` is how far the strip stands in, `hang` how much further its later
    lines do; `label` hangs in the indent. `above` says how much air goes before it, 1 for a
    step. A strip `beside` another shares its line: cells of a table do. `leftward` strips run
    from right to left. `bars` are where a quotation has a bar at its left. In a strip that is `cut`
    words have parts that may stand on several lines; a part that ends in a soft hyphen gets a hyphen
    at a line's end. Lengths are in parts of the type size.
    """

    words: Sequence[Word]
    starts: Sequence[float]
    ends: Sequence[float]
    total: float = 0.0
    trail: float = 0.0
    style: Style = face.REGULAR
    gaps: Sequence[StyledText | None] | None = None
    indent: float = 0.0
    hang: float = 0.0
    label: str = ""
    above: float = 0.0
    widest: float = 0.0
    beside: bool = False
    special: bool = False
    leftward: bool = False
    cut: bool = False
    picture: Picture | None = None
    bars: tuple[float, ...] = ()


def broken(line: Line) -> list[Line]:
    """Return a line as the lines between its line breaks."""
    if not _has_break(line):
        return [line]
    lines: list[list[Span]] = [[]]
    for span in line:
        if isinstance(span, LineBreak):
            lines.append([])
        elif isinstance(span, Strong | Emphasis | Superscript | Subscript | Strikethrough | Link):
            first, *others = broken(span.spans)
            lines[-1].append(replace(span, spans=first))
            lines += [[replace(span, spans=other)] for other in others]
        else:
            lines[-1].append(span)
    return list(map(tuple, lines))


def _has_break(line: Line) -> bool:
    return any(isinstance(span, LineBreak) or _has_break(getattr(span, "spans", ())) for span in line)


def strip(
    line: Line,
    fonts: Fonts,
    longest: float,
    style: Style = face.REGULAR,
    *,
    indent: float = 0.0,
    label: str = "",
    above: float = 0.0,
    hyphenate: Hyphenate = undivided,
) -> Strip:
    """Return a line as a strip; words longer than `longest`, in parts of the size, may be broken."""
    if len(line) == 1 and isinstance(line[0], Text) and _plain(line[0].text):
        words = line[0].text.split(" ")
        if "" in words:
            words = [word for word in words if word]
        steps = list(map(fonts.steps[style].__getitem__, words))
        space = fonts.space[style]
        widest = max(steps, default=space) - space
        if widest <= longest:
            ends = list(accumulate(steps))
            starts = [0.0, *ends[:-1]]
            total = ends[-1] - space if ends else 0.0
            return Strip(
                words, starts, ends, total, space, style, None, indent, 0.0, label, above, widest + indent
            )
    elif fast := _words_of_styles(line, fonts, longest, style, indent, label, above):
        return fast
    return _rich(line, fonts, longest, style, indent, label, above, hyphenate)


def _plain(text: str) -> bool:
    """Say whether text needs no further thought."""
    return (text.isascii() and text.isprintable()) or PLAIN.fullmatch(text) is not None


def _words_of_styles(
    line: Line, fonts: Fonts, longest: float, style: Style, indent: float, label: str, above: float
) -> Strip | None:
    """Return a line of plain words in several styles as a strip, as most answers are; else nothing.

    It is what `_rich` returns of it, in a third of the time.
    """
    words: list[tuple[StyledText, ...]] = []
    gaps: list[StyledText | None] = []
    starts: list[float] = []
    ends: list[float] = []
    position = widest = 0.0
    held: tuple[StyledText, ...] = ()
    gap: StyledText | None = None
    for text, piece_style in _flat(line, style):
        if not text.isascii() or not text.isprintable():
            return None
        advances, space = fonts.advances[piece_style], (" ", piece_style)
        is_first = True
        for part in text.split(" "):
            if not is_first:
                if held:
                    words.append(held)
                    gaps.append(gap)
                    ends.append(position)
                    held = ()
                gap = space if words else None
            is_first = False
            if part:
                if not held:
                    position += fonts.advances[gap[1]][" "] if gap else 0.0
                    starts.append(position)
                held = (*held, (part, piece_style))
                position += advances[part]
                if position - starts[-1] > longest:
                    return None
                widest = max(widest, position - starts[-1])
    if held:
        words.append(held)
        gaps.append(gap)
        ends.append(position)
    return Strip(words, starts, ends, position, 0.0, style, gaps, indent, 0.0, label, above, widest + indent)


def _rich(
    line: Line,
    fonts: Fonts,
    longest: float,
    style: Style,
    indent: float,
    label: str,
    above: float,
    hyphenate: Hyphenate,
) -> Strip:
    words: list[tuple[StyledText, ...]] = []
    gaps: list[StyledText | None] = []
    pieces: list[StyledText] = []
    gap: StyledText | None = None

    def length(piece: StyledText) -> float:
        return fonts.length(piece[1], piece[0].replace(SOFT_HYPHEN, "-"))

    measure = Measure(
        lambda piece: length(piece) <= longest,
        # a part that may stand beside others is kept whole only up to half of what fits
        lambda piece: length(piece) > longest / 2,
        hyphenate,
    )
    # code is not words, and a hyphen in it would be part of it
    code = measure._replace(hyphenate=undivided)
    cut = False

    def close() -> None:
        nonlocal pieces, gap, cut
        if not pieces:
            return
        width = sum(fonts.advances[piece_style][text] for text, piece_style in pieces)
        cut = cut or width > longest
        mono = any(face.basic_style(style) in (face.MONO, face.MONO_BOLD) for _, style in pieces)
        for part in parts(tuple(pieces), width > longest, code if mono else measure):
            words.append(part)
            gaps.append(gap)
            gap = None
        pieces = []

    for text, piece_style in _flat(line, style):
        for at, part in enumerate(SPACES.split(text)):
            # what was split by its spaces: words at even places, spaces at odd ones
            if at % 2:
                close()
                gap = (" ", piece_style) if words else None
            elif visible := cleaned(part):
                pieces.append((visible, piece_style))
    close()
    return placed(words, gaps, fonts, style, indent=indent, label=label, above=above)._replace(cut=cut)


def placed(
    words: list[tuple[StyledText, ...]],
    gaps: list[StyledText | None],
    fonts: Fonts,
    style: Style = face.REGULAR,
    *,
    indent: float = 0.0,
    hang: float = 0.0,
    label: str = "",
    above: float = 0.0,
) -> Strip:
    """Return words and the gaps before them as a strip."""
    starts: list[float] = []
    ends: list[float] = []
    at = widest = 0.0
    for word, gap in zip(words, gaps, strict=True):
        if gap:
            at += fonts.advances[gap[1]][gap[0]]
        starts.append(at)
        last, last_style = word[-1]
        hyphen = fonts.advances[last_style]["-"] if last.endswith(SOFT_HYPHEN) else 0.0
        width = sum(fonts.advances[piece_style][text.removesuffix(SOFT_HYPHEN)] for text, piece_style in word)
        widest = max(widest, width + hyphen)
        at += width
        # a line that ends here has a hyphen; ends may not fall, whatever follows
        ends.append(max(at + hyphen, ends[-1] if ends else 0.0))
    text = " ".join(piece for word in words for piece, _ in word)
    return Strip(
        words,
        starts,
        ends,
        at,
        0.0,
        style,
        gaps,
        indent,
        hang,
        label,
        above,
        widest + indent + hang,
        special=shaping.special(text),
        leftward=shaping.leftward(text),
    )


def _flat(line: Line, style: Style) -> Iterator[StyledText]:
    """Yield the texts of a line, each with its style."""
    for span in line:
        match span:
            case Text(text):
                yield text, style
            case Code(text):
                bold = face.basic_style(style) in face.BOLD_STYLES
                yield text, _restyled(style, face.MONO_BOLD if bold else face.MONO)
            case Math():
                yield line_text((span,)), style
            case Strong(spans):
                yield from _flat(spans, _restyled(style, _BOLDER[face.basic_style(style)]))
            case Emphasis(spans):
                yield from _flat(spans, _restyled(style, _SLANTED[face.basic_style(style)]))
            case Superscript() | Subscript() if face.is_shifted(style):
                # there is one level of small text: an exponent's exponent is `x²` or `x^y`
                yield line_text((span,)), style
            case Superscript(spans):
                yield from _flat(spans, style + face.RAISED)
            case Subscript(spans):
                yield from _flat(spans, style + face.LOWERED)
            case Strikethrough(spans):
                yield from _flat(spans, style if face.is_struck(style) else style + face.STRUCK)
            case LineBreak():
                yield " ", style
            case Link(spans, _):
                yield from _flat(spans, style)


def _restyled(style: Style, basic: Style) -> Style:
    """Return a style with another face, raised or struck out as before."""
    return style - face.basic_style(style) + basic


_BOLDER = (face.BOLD, face.BOLD, face.BOLD_ITALIC, face.BOLD_ITALIC, face.MONO_BOLD, face.MONO_BOLD)
_SLANTED = (face.ITALIC, face.BOLD_ITALIC, face.ITALIC, face.BOLD_ITALIC, face.MONO, face.MONO_BOLD)
