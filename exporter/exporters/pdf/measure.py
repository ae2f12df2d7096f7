"""Measuring: lines of spans become strips of words that know their widths at size 1."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from exporter.exporters.pdf import fonts as face
from exporter.exporters.pdf.fonts import Fonts, Style
from exporter.model import Code, Emphasis, Line, Link, Math, Strong, Text

Piece = tuple[str, Style]
Word = str | tuple[Piece, ...]

_SPACE = " \t\n\r\f\v\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_SPLIT = re.compile(f"([{_SPACE}]+)")
# what stands without any further thought: letters of Europe and its punctuation
_PLAIN = re.compile(r"[ -~¡-¬®-ÿĀ-ɏ‐-‧€™−]*", re.ASCII)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_ZERO_WIDTH_SPACE = "\u200b"
_WIDE = "\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_NO_START = "、。，．・：；？！)）]］}｝〕〉》」』】’”ー々…‥ぁぃぅぇぉっゃゅょァィゥェォッャュョ.,:;?!%"
_NO_END = "(（[［{｛〔〈《「『【‘“"
_CJK = re.compile(f"[{_NO_END}]*(?:[{_WIDE}]|[^{_WIDE}{_NO_END}]+)[{re.escape(_NO_START)}]*|.")
_NATURAL = re.compile(r"[^/\\_\-.,;:?&=@|+–—]*[/\\_\-.,;:?&=@|+–—]+|[^/\\_\-.,;:?&=@|+–—]+")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of the source, ready to be broken at any size.

    `starts` and `ends` place each word on an endless line, in parts of the type size. Words of
    a plain strip are strings in `style`, with one space between them; else they are pieces,
    and `gaps` holds what stands before each. `indent` is in parts of the type size, `hang`
    what later lines are indented further; `label` hangs in the indent. `above` says how much
    air goes before it, 1 for a step.
    """

    words: Sequence[Word]
    starts: Sequence[float]
    ends: Sequence[float]
    style: Style = face.REGULAR
    gaps: Sequence[Piece | None] | None = None
    indent: float = 0.0
    hang: float = 0.0
    label: str = ""
    above: float = 0.0
    widest: float = 0.0

    @property
    def total(self) -> float:
        """Return the length of the endless line, in parts of the type size."""
        return self.ends[-1] if self.ends else 0.0


def strip(
    line: Line,
    fonts: Fonts,
    longest: float,
    style: Style = face.REGULAR,
    *,
    indent: float = 0.0,
    label: str = "",
    above: float = 0.0,
) -> Strip:
    """Return a line as a strip; words longer than `longest`, in parts of the size, may be broken."""
    if len(line) == 1 and isinstance(line[0], Text) and _PLAIN.fullmatch(line[0].text):
        words = line[0].text.split(" ")
        if "" in words:
            words = [word for word in words if word]
        widths = list(map(fonts.advances[style].__getitem__, words))
        widest = max(widths, default=0.0)
        if widest <= longest:
            space = fonts.space[style]
            after = list(accumulate([width + space for width in widths]))
            starts = [0.0, *after[:-1]]
            ends = [end - space for end in after]
            return Strip(words, starts, ends, style, None, indent, 0.0, label, above, widest + indent)
    return _rich(line, fonts, longest, style, indent, label, above)


def _rich(
    line: Line, fonts: Fonts, longest: float, style: Style, indent: float, label: str, above: float
) -> Strip:
    words: list[tuple[Piece, ...]] = []
    gaps: list[Piece | None] = []
    pieces: list[Piece] = []
    gap: Piece | None = None

    def close() -> None:
        nonlocal pieces, gap
        if not pieces:
            return
        width = sum(fonts.advances[piece_style][text] for text, piece_style in pieces)
        for part in _parts(tuple(pieces), width > longest):
            words.append(part)
            gaps.append(gap)
            gap = None
        pieces = []

    for text, piece_style in _flat(line, style):
        for part in _SPLIT.split(text):
            if not part:
                continue
            if _SPLIT.fullmatch(part):
                close()
                gap = (" ", piece_style) if words else None
            elif visible := _cleaned(part):
                pieces.append((visible, piece_style))
    close()
    return placed(words, gaps, fonts, style, indent=indent, label=label, above=above)


def placed(
    words: list[tuple[Piece, ...]],
    gaps: list[Piece | None],
    fonts: Fonts,
    style: Style,
    *,
    indent: float = 0.0,
    hang: float = 0.0,
    label: str = "",
    above: float = 0.0,
) -> Strip:
    """Return words and the gaps before them as a strip."""
    starts, ends, at, widest = [], [], 0.0, 0.0
    for word, gap in zip(words, gaps, strict=True):
        if gap:
            at += fonts.advances[gap[1]][gap[0]]
        starts.append(at)
        width = sum(fonts.advances[piece_style][text] for text, piece_style in word)
        widest = max(widest, width)
        at += width
        ends.append(at)
    return Strip(words, starts, ends, style, gaps, indent, hang, label, above, widest + indent + hang)


def _flat(line: Line, style: Style) -> Iterator[Piece]:
    """Yield the texts of a line, each with its style."""
    for span in line:
        match span:
            case Text(text):
                yield text, style
            case Code(text):
                yield text, face.MONO_BOLD if style in face.BOLD_STYLES else face.MONO
            case Math(tex, _):
                yield tex, style
            case Strong(spans):
                yield from _flat(spans, _BOLDER[style])
            case Emphasis(spans):
                yield from _flat(spans, _SLANTED[style])
            case Link(spans, _):
                yield from _flat(spans, style)


_BOLDER = (face.BOLD, face.BOLD, face.BOLD_ITALIC, face.BOLD_ITALIC, face.MONO_BOLD, face.MONO_BOLD)
_SLANTED = (face.ITALIC, face.BOLD_ITALIC, face.ITALIC, face.BOLD_ITALIC, face.MONO, face.MONO_BOLD)


def _cleaned(text: str) -> str:
    """Return text without what is not drawn, composed where a character of its own exists."""
    if text.isascii():
        return _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", text)
    return _INVISIBLE.sub(lambda match: match[0] if match[0] == _ZERO_WIDTH_SPACE else "", text)


def _parts(word: tuple[Piece, ...], too_long: bool) -> Iterator[tuple[Piece, ...]]:
    """Yield a word in the parts that may stand on different lines."""
    if not too_long and all(text.isascii() for text, _ in word):
        yield word
        return
    held: tuple[Piece, ...] = ()
    for text, style in word:
        first = True
        for part in _chunks(text, too_long):
            if first:
                held = (*held, (part, style))
                first = False
                continue
            yield held
            held = ((part, style),)
    if held:
        yield held


def _chunks(text: str, too_long: bool) -> Iterator[str]:
    for part in text.split(_ZERO_WIDTH_SPACE):
        for chunk in _CJK.findall(part) if not part.isascii() else (part,):
            if not too_long:
                yield chunk
                continue
            for natural in _NATURAL.findall(chunk) or [chunk]:
                if len(natural) <= _SHORT:
                    yield natural
                else:
                    yield from natural


_SHORT = 12
"""Up to how many characters a part of an overlong word stays whole; a longer one breaks anywhere."""
