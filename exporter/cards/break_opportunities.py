"""Break opportunities: the spaces between words, invisible characters, and where long words may be divided.

A simplification of the Unicode line breaking algorithm (UAX #14).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from exporter.cards import shaping, sign_sequences
from exporter.cards.hyphenation import Hyphenate, keep_undivided
from exporter.cards.text_style import Style, StyledText, is_formula

PLAIN_TEXT = re.compile("[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027€™−]*")
"""Text that needs neither cleaning nor division between characters: European letters and punctuation."""

SPACES = re.compile("([ \t-\r\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+)")
"""Spaces at which a line may be broken; no-break spaces are not among them."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Control characters, soft hyphens, zero-width characters and bidi controls."""
_ZERO_WIDTH_SPACE = "\u200b"
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")

_WIDE = "\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_NO_START = (
    re.escape("、。，．・：；？！)）]］}｝〕〉》」』】’”ー々…‥ぁぃぅぇぉっゃゅょァィゥェォッャュョ.,:;?!%")
    + "\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
_NO_END = re.escape("(（[［{｛〔〈《「『【‘“")
_CJK_UNITS = re.compile(
    f"[{_NO_END}]*(?:[{_WIDE}]|[^{_WIDE}{_NO_END}]+)[{_NO_START}]*|[{_NO_END}]+", re.DOTALL
)
"""Chinese, Japanese and Korean text breaks between characters, but not at every closing or opening mark."""

_BREAKS = re.escape("/\\_-.,;:?&=@|+–—")
_BREAK_UNITS = re.compile(f"[^{_BREAKS}]*?(?:[{_BREAKS}]+|(?<=[a-z0-9])(?=[A-Z])|$)", re.DOTALL)
"""Parts of words with signs: they break after a sign, and before a capital in camel case."""
_VERBATIM = re.compile(r"://|@|_|^[~/\\]|\w/\w+/|[^\W\d_]\.[^\W\d_]{2}|[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
"""What addresses, paths, host names and identifiers have, and words of a language do not."""
_VERBATIM_UNITS = re.compile(_BREAK_UNITS.pattern.replace(r"\-", ""), re.DOTALL)
"""Their parts."""
_DISTINCT = re.compile("([\u2329\u232a\u2adc\uf900-\ufaff\U0002f800-\U0002fa1f])")
"""Characters that differ in shape from those that the composed form (NFC) replaces them by."""


def clean(text: str) -> str:
    """Return text without its invisible characters, in composed form (NFC).

    Zero-width spaces are kept, since words may be divided at them, and joiners where text is shaped
    or has emoji.
    """
    if text.isascii():
        return _INVISIBLE.sub("", text)
    text = _compose(text)
    is_joined = _EMOJI.search(text) or (shaping.needs_shaping(text) and shaping.is_available())
    kept = _ZERO_WIDTH_SPACE + (sign_sequences.JOINERS if is_joined else "")
    return _INVISIBLE.sub(lambda match: match[0] if match[0] in kept else "", text)


def _compose(text: str) -> str:
    """Return text in composed form (NFC), but for characters that would change their shape."""
    if unicodedata.is_normalized("NFC", text):
        return text
    # the pattern has a group: texts at even indices, what it matches at odd ones
    parts = _DISTINCT.split(text)
    parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
    return "".join(parts)


class DivisionRules(NamedTuple):
    """How a word that is wider than a line is divided.

    `fits` returns whether a text fits on one line. `hyphenate` divides a text as its language allows.
    In text that `is_verbatim`, no line ends in a hyphen, which would seem to be that of a division.
    """

    fits: Callable[[StyledText], bool]
    hyphenate: Hyphenate
    is_verbatim: bool = False


def split_word(
    word: tuple[StyledText, ...], is_too_wide: bool, rules: DivisionRules
) -> Iterator[tuple[StyledText, ...]]:
    """Yield the parts of a word, in pieces of one style each, between which a line may be broken.

    A word that is too wide is divided after signs, then as its language allows, else between any
    two characters. Addresses and names of programs get no hyphens, which would change them.
    """
    if not is_too_wide and all(text.isascii() for text, _ in word):
        yield word
        return
    if is_too_wide and _VERBATIM.search("".join(text for text, _ in word)):
        rules = rules._replace(hyphenate=keep_undivided, is_verbatim=True)
    part: tuple[StyledText, ...] = ()
    for text, style in word:
        for index, unit in enumerate(_iter_units(text, style, is_too_wide, rules)):
            if index:
                yield part
                part = ()
            part = (*part, (unit, style))
    if part:
        yield part


def _iter_units(text: str, style: Style, is_too_wide: bool, rules: DivisionRules) -> Iterator[str]:
    """Yield the units of a text between which a line may be broken; a formula is one."""
    if is_formula(style):
        yield text
        return
    for piece in text.split(_ZERO_WIDTH_SPACE):
        units = _CJK_UNITS.findall(piece) if not piece.isascii() else (piece,)
        for unit in filter(None, units):
            if not is_too_wide:
                yield unit
                continue
            pattern = _VERBATIM_UNITS if rules.is_verbatim else _BREAK_UNITS
            for part in filter(None, pattern.findall(unit)):
                yield from _divide(part, style, rules)


def _divide(text: str, style: Style, rules: DivisionRules) -> Iterator[str]:
    """Yield the parts of a text without signs; only if it is wider than a line is it divided at all."""
    if rules.fits((text, style)):
        yield text
        return
    for part in rules.hyphenate(text):
        yield from (part,) if rules.fits((part, style)) else sign_sequences.iter_clusters(part)
