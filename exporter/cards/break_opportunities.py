"""Words: what separates them, what in them is not drawn, and where a word may be broken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from exporter.cards.hyphenation import Hyphenate
from exporter.cards.shaping import JOINERS, available, clusters, special
from exporter.model.questions import EMPTY_BOX, TICKED_BOX

PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027€™−]*")
"""Text that needs no further thought: the letters and the punctuation of Europe."""

SPACES = re.compile("([ \t-\r\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+)")
"""Spaces at which lines may be broken; a space that does not break is none of them."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_ZERO_WIDTH_SPACE = "\u200b"

_WIDE = "\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_NO_START = re.escape(
    "、。，．・：；？！)）]］}｝〕〉》」』】’”ー々…‥ぁぃぅぇぉっゃゅょァィゥェォッャュョ.,:;?!%"
)
_NO_END = re.escape("(（[［{｛〔〈《「『【‘“")
_CHARACTERS = re.compile(
    f"[{_NO_END}]*(?:[{_WIDE}]|[^{_WIDE}{_NO_END}]+)[{_NO_START}]*|[{_NO_END}]+", re.DOTALL
)
"""Chinese, Japanese and Korean break between characters, but not before a closing mark."""

_BREAKS = re.escape("/\\_-.,;:?&=@|+–—")
_NATURAL = re.compile(f"[^{_BREAKS}]*?(?:[{_BREAKS}]+|(?<=[a-z0-9])(?=[A-Z])|$)", re.DOTALL)
_BOXES = str.maketrans({EMPTY_BOX: "[\u00a0]", TICKED_BOX: "[x]"})
"""Boxes to tick, as no face has them; where they begin an item they are drawn."""

StyledText = tuple[str, int]
"""Text in one style of the faces."""


def cleaned(text: str) -> str:
    """Return text without what is not drawn, composed where a character of its own exists."""
    if text.isascii():
        return _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", text).translate(_BOXES)
    kept = _ZERO_WIDTH_SPACE + (JOINERS if special(text) and available() else "")
    return _INVISIBLE.sub(lambda match: match[0] if match[0] in kept else "", text)


class Measure(NamedTuple):
    """How a word that is too long for a line is divided.

    `fits` says whether a text has room on a line of its own, `wide` whether it takes more than
    half of one; `hyphenate` divides it where its language allows.
    """

    fits: Callable[[StyledText], bool]
    wide: Callable[[StyledText], bool]
    hyphenate: Hyphenate


def parts(word: tuple[StyledText, ...], too_long: bool, measure: Measure) -> Iterator[tuple[StyledText, ...]]:
    """Yield a word, in pieces each in a style, in the parts that may stand on different lines.

    A word that is too long is divided where it is natural, then where its language allows, and
    anywhere in what is neither.
    """
    if not too_long and all(text.isascii() for text, _ in word):
        yield word
        return
    held: tuple[StyledText, ...] = ()
    for text, style in word:
        for at, chunk in enumerate(_chunks(text, style, too_long, measure)):
            if at:
                yield held
                held = ()
            held = (*held, (chunk, style))
    if held:
        yield held


def _chunks(text: str, style: int, too_long: bool, measure: Measure) -> Iterator[str]:
    for part in text.split(_ZERO_WIDTH_SPACE):
        chunks = _CHARACTERS.findall(part) if not part.isascii() else (part,)
        for chunk in filter(None, chunks):
            if not too_long:
                yield chunk
                continue
            for natural in filter(None, _NATURAL.findall(chunk)):
                yield from _divided(natural, style, measure)


def _divided(text: str, style: int, measure: Measure) -> Iterator[str]:
    if not measure.wide((text, style)):
        yield text
        return
    divided = measure.hyphenate(text)
    if len(divided) == 1:
        yield from clusters(text)
    elif measure.fits((text, style)):
        yield text
    else:
        for part in divided:
            yield from (part,) if measure.fits((part, style)) else clusters(part)
