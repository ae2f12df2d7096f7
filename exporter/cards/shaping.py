"""Scripts that are more than one glyph after another: right to left, joined, stacked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.cards.font_face import Face

_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_JOINED = (
    "\u0300-\u036f\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ua880-\uabff"
)
_RIGHT_TO_LEFT = re.compile(f"[{_LEFTWARD}]")
_SPECIAL = re.compile(f"[{_LEFTWARD}{_JOINED}]")

NOTHING = "\u200b"
"""What a glyph gives back that has no character of its own: nothing that is seen."""

JOINERS = "\u200c\u200d"
"""Zero-width characters that say how their neighbours join."""


def special(text: str) -> bool:
    """Say whether text needs shaping, or runs from right to left."""
    return not text.isascii() and _SPECIAL.search(text) is not None


def right_to_left(text: str) -> bool:
    """Say whether any of the text runs from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def is_picture(cluster: str) -> bool:
    """Say whether several characters are drawn as one small picture: an emoji of a person at work."""
    return cluster[0] >= "\U0001f000"


def clusters(text: str) -> Iterator[str]:
    """Yield the characters of a text, each with the marks that belong to it."""
    held = ""
    for char in text:
        joins = unicodedata.category(char).startswith("M") or char in JOINERS or char in _SKIN_TONES
        if held and not joins and held[-1] not in JOINERS:
            yield held
            held = ""
        held += char
    if held:
        yield held


@lru_cache(maxsize=1)
def available() -> bool:
    """Say whether the libraries for such scripts are installed: uharfbuzz and python-bidi."""
    return find_spec("uharfbuzz") is not None and find_spec("bidi") is not None


def leftward(text: str) -> bool:
    """Say whether a line as a whole runs from right to left: its first letter does."""
    if not right_to_left(text) or not available():
        return False
    from bidi.algorithm import get_base_level

    return bool(get_base_level(text) == 1)


@dataclass(frozen=True, slots=True)
class Visual:
    """Part of a line in one style and one direction; `text` is in the order it is read."""

    text: str
    style: int
    leftward: bool


def visual(pieces: Sequence[tuple[str, int]], base_leftward: bool) -> list[Visual]:
    """Return the pieces of a line in the order they stand, from left to right.

    This is the Unicode bidirectional algorithm (UAX #9), with reordering done on runs.
    """
    text = "".join(piece for piece, _ in pieces)
    styles = [style for piece, style in pieces for _ in piece]
    levels = _levels(text, int(base_leftward)) if right_to_left(text) else [0] * len(text)
    runs: list[tuple[int, Visual]] = []
    at = 0
    for (level, style), group in groupby(zip(levels, styles, strict=True)):
        length = sum(1 for _ in group)
        runs.append((level, Visual(text[at : at + length], style, level % 2 == 1)))
        at += length
    for least in range(max(levels, default=0), 0, -1):
        ordered: list[tuple[int, Visual]] = []
        for inside, part in groupby(runs, key=lambda run: run[0] >= least):
            found = list(part)
            ordered += reversed(found) if inside else found
        runs = ordered
    return [run for _, run in runs]


def _levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each character."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    algorithm.get_embedding_levels(text, storage)
    for at, char in enumerate(storage["chars"]):
        char["at"] = at
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    try:
        algorithm.resolve_implicit_levels(storage, False)
    except AssertionError:  # a character that no version of Unicode has assigned yet
        return [base] * len(text)
    levels = [-1] * len(text)
    for char in storage["chars"]:
        levels[char["at"]] = char["level"]
    before = base
    for at, level in enumerate(levels):
        before = levels[at] = before if level < 0 else level
    return levels


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph where it stands: lengths in thousandths of the type size.

    `char` is the private character by which the face knows the glyph and its text.
    """

    char: str
    natural: float
    advance: float
    right: float
    up: float


@lru_cache(maxsize=16)
def _shaping_font(face: Face) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(face.face._ttf_data)))


def shape(face: Face, text: str, is_leftward: bool) -> Iterator[Glyph]:
    """Yield the glyphs of text in one face and direction, from left to right."""
    import uharfbuzz

    font = _shaping_font(face)
    scale = 1000 / font.face.upem
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if is_leftward else "ltr"
    uharfbuzz.shape(font, buffer)
    infos = buffer.glyph_infos
    told = _told([info.cluster for info in infos], text, is_leftward)
    for info, position, words in zip(infos, buffer.glyph_positions, told, strict=True):
        natural = font.get_glyph_h_advance(info.codepoint) * scale
        yield Glyph(
            face.private(info.codepoint, words, natural),
            natural,
            position.x_advance * scale,
            position.x_offset * scale,
            position.y_offset * scale,
        )


def _told(clusters_at: Sequence[int], text: str, is_leftward: bool) -> list[str]:
    """Return for each glyph, from left to right, the text it gives back when it is copied.

    `clusters_at` says where in the text each glyph's cluster begins. The characters of a
    cluster are shared out among its glyphs in the order they are read.
    """
    begins = sorted(set(clusters_at))
    ends = dict(zip(begins, [*begins[1:], len(text)], strict=True))
    order = range(len(clusters_at))
    told = [""] * len(clusters_at)
    for begin, group in groupby(reversed(order) if is_leftward else order, key=clusters_at.__getitem__):
        glyphs, rest = list(group), text[begin : ends[begin]]
        for left, glyph in zip(range(len(glyphs) - 1, -1, -1), glyphs, strict=True):
            share = max(len(rest) - left, 1)
            told[glyph], rest = rest[:share] or NOTHING, rest[share:]
    return told
