"""Fonts: the cards' faces, what each character is set in, and how wide it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple

import fontpkg
from reportlab.pdfbase import pdfmetrics

from exporter.cards import shaping
from exporter.cards.font_face import Face
from exporter.config.settings import SettingError

REGULAR, BOLD, ITALIC, BOLD_ITALIC, MONO, MONO_BOLD = range(6)
Style = int

RAISED, LOWERED, STRUCK = 6, 12, 18
"""What is added to a style for small text above or below the line, and for struck-out text."""

SHIFTED_SCALE, RISE, DROP = 0.68, 0.34, -0.09
"""The size of raised and lowered text, and how far it is shifted, in parts of the size around it.

Lowered text goes no further below the line than `p` and `q` do: 0.09 + 0.68 * 0.29 < `fit.DESCENT`.
"""


def basic_style(style: Style) -> Style:
    """Return a style as that of level text: it decides the face."""
    return style % RAISED


def is_shifted(style: Style) -> bool:
    """Return whether text of a style is raised or lowered."""
    return style % STRUCK >= RAISED


def is_struck(style: Style) -> bool:
    """Return whether text of a style is struck out."""
    return style >= STRUCK


def scale_of(style: Style) -> float:
    """Return the size of text of a style, in parts of the size of its line."""
    return SHIFTED_SCALE if is_shifted(style) else 1.0


def rise_of(style: Style) -> float:
    """Return how far text of a style is above its line, in parts of the size of the line."""
    return (0.0, RISE, DROP)[style % STRUCK // RAISED]


BODY, MONOSPACED, FALLBACK = "Atkinson Hyperlegible", "IBM Plex Mono", "Noto Sans"

_PRIMARY: tuple[tuple[str, int, str], ...] = (
    (BODY, 400, "normal"),
    (BODY, 700, "normal"),
    (BODY, 400, "italic"),
    (BODY, 700, "italic"),
    (MONOSPACED, 400, "normal"),
    (MONOSPACED, 700, "normal"),
)
BOLD_STYLES = (BOLD, BOLD_ITALIC, MONO_BOLD)
BOLD_STROKE = 0.03
"""How much a regular face is thickened where its bold is lacking, in parts of the size."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
MOST_RUNS = 5000
"""How many texts beyond ASCII are kept as runs: small lines come again and again."""
_TO_ESCAPE = re.compile(r"[\\()]")
_ESCAPED = {
    **{code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))},
    **{ord(char): "\\" + char for char in "\\()"},
}


Used = tuple[tuple[str, bytes], ...]
"""What something drawn needs of fonts: subsets by their names, with the codes beyond ASCII."""


@lru_cache(maxsize=16)
def _face(name: str, path: str, internal: str) -> Face:
    face = Face(name, path, internal)
    pdfmetrics.registerFont(face)
    return face


@lru_cache(maxsize=1)
def primary() -> tuple[Face, ...]:
    """Return the face of each style, in the styles' order."""
    return tuple(
        _face(f"{family}-{weight}-{slope}", str(fontpkg.path(family, weight=weight, style=slope)), f"F{at}")
        for at, (family, weight, slope) in enumerate(_PRIMARY, 1)
    )


@lru_cache(maxsize=2)
def _fallback(slope: str) -> Face:
    # a variable font: reportlab sets its default instance, which is the regular one
    return _face(f"{FALLBACK}-{slope}", str(fontpkg.path(FALLBACK, style=slope)), f"N{slope[0]}")


def user_face(name: str) -> Face:
    """Return the user's own font as a face; raises `SettingError` if it cannot be used.

    `name` is a font file's path, or the name of an installed fontpkg family.
    """
    try:
        path = name if Path(name).is_file() else str(fontpkg.path(name, nearest=True))
        state = Path(path).stat()
        # another font at the same path is another face, for a process that builds again and again
        face = _face(f"user {path} {state.st_mtime_ns} {state.st_size}", path, "U")
        _check_whole(face)
        return face
    except Exception as fault:  # a parser of foreign bytes may raise anything
        raise SettingError(
            f"The font '{name}' cannot be used ({fault}); "
            "set `pdf.font` to a TrueType file (.ttf) that you may read."
        ) from fault


def _check_whole(face: Face) -> None:
    """Raise `ValueError` for a font file that ends before its tables do: glyphs are read only when used."""
    size = len(face.face._ttf_data)
    if any(table["offset"] + table["length"] > size for table in face.face.table.values()):
        raise ValueError("it is truncated")


class _Advances(dict[str, float]):
    """The width of each word at size 1, measured once."""

    def __init__(self, measure: Callable[[str], float]) -> None:
        self.measure = measure

    def __missing__(self, word: str) -> float:
        width = self[word] = self.measure(word)
        return width


def _scaled(measure: Callable[[str], float]) -> Callable[[str], float]:
    return lambda word: measure(word) * SHIFTED_SCALE


class Run(NamedTuple):
    """An operator that shows text in one subset of one face; `codes` are those of the text.

    `stroke` is the width that thickens a regular face to bold, in parts of the size.
    """

    font: str
    show: str
    codes: bytes = b""
    stroke: float = 0.0


class Fonts:
    """The faces of one document: widths at size 1, and text in the codes of the subsets.

    `advances` holds each word's width, `steps` the same with a space after it. `first` are the
    names of the subsets that hold ASCII, in the styles' order.
    `missing` gathers the characters that no face has.
    """

    def __init__(self, own: Face | None = None) -> None:
        """Begin with the built-in faces and, last of all, the user's own."""
        self._own = own
        self._primary = primary()
        self.first = tuple(_name(face, 0) for face in primary())
        self._doc: Any = None
        self._runs: dict[tuple[Style, str], list[Run]] = {}
        self._chars = tuple(frozenset(map(chr, face.face.charToGlyph)) | {"\xa0"} for face in primary())
        self.missing: set[str] = set()
        level = [_Advances(self._measure(style)) for style in range(len(_PRIMARY))]
        small = [_Advances(_scaled(each.measure)) for each in level]
        self.advances = (*level, *small, *small) * 2
        self.steps = tuple(_Advances(self._step(style)) for style in range(len(_PRIMARY)))
        self.space = tuple(face.face.charWidths[32] / 1000 for face in primary())

    def bind(self, doc: Any) -> None:
        """Set text into this document from now on."""
        self._doc = doc

    def use(self, used: Iterable[tuple[str, bytes]]) -> None:
        """Have the document hold what something drawn needs."""
        for name, codes in used:
            face, subset = self._subset(name)
            face.use(self._doc, subset, codes)

    def _subset(self, name: str) -> tuple[Face, int]:
        """Return the face and the subset that have a name."""
        internal, _, subset = name[1:].partition("+")
        faces = chain(self._primary, filter(None, (self._own,)), map(_fallback, ("normal", "italic")))
        return next(face for face in faces if face.internal == internal), int(subset)

    def length(self, style: Style, text: str) -> float:
        """Return the width of a text at size 1; unlike words, it is not kept."""
        return self.advances[style].measure(text)

    def _measure(self, style: Style) -> Callable[[str], float]:
        widths = primary()[style].face.charWidths
        width = {char: widths[ord(char)] for char in self._chars[style]}.__getitem__

        def measure(word: str) -> float:
            if shaping.special(word) and shaping.available():
                leftward = shaping.right_to_left(word)
                glyphs = (
                    glyph
                    for face, part in self._parts(style, word)
                    for glyph in shaping.shape(face, part, leftward)
                )
                return sum(glyph.advance for glyph in glyphs) / 1000
            try:
                return float(sum(map(width, word))) / 1000
            except KeyError:
                return sum(
                    float(sum(map(face.face.charWidths.__getitem__, map(ord, part)))) / 1000
                    for face, part in self._parts(style, word)
                )

        return measure

    def _step(self, style: Style) -> Callable[[str], float]:
        """Return what measures a word with the space after it."""
        space = primary()[style].face.charWidths[32] / 1000
        measure = self._measure(style)
        return lambda word: measure(word) + space

    def _face_for(self, style: Style, cluster: str) -> Face | None:
        """Return the first face that has every character of a cluster, or nothing."""
        if self._chars[style].issuperset(cluster):
            return self._primary[style]
        slope = "italic" if style in (ITALIC, BOLD_ITALIC) else "normal"
        # the monospaced face has arrows and signs of logic that Noto Sans lacks
        code = self._primary[MONO_BOLD if style in BOLD_STYLES else MONO]
        for face in filter(None, (_fallback(slope), code, self._own)):
            if all(ord(char) in face.face.charToGlyph or char in shaping.JOINERS for char in cluster):
                return face
        return None

    def _parts(self, style: Style, text: str) -> Iterator[tuple[Face, str]]:
        """Yield the text in pieces that one face has; what no face has is replaced.

        A letter and the marks on it stay in one face wherever there is one that has them all.
        """
        if self._chars[style].issuperset(text):
            yield self._primary[style], text
            return

        def placed(cluster: str) -> Iterator[tuple[Face, str]]:
            face = self._face_for(style, cluster)
            if face is not None:
                yield face, cluster
            elif len(cluster) > 1 and shaping.is_picture(cluster):
                self.missing.update(char for char in cluster if char not in shaping.JOINERS)
                yield _fallback("normal"), REPLACEMENT
            elif len(cluster) > 1:
                for char in cluster:
                    yield from placed(char)
            elif cluster not in shaping.JOINERS:
                self.missing.add(cluster)
                yield _fallback("normal"), REPLACEMENT

        pieces = (piece for cluster in shaping.clusters(text) for piece in placed(cluster))
        for face, group in groupby(pieces, key=lambda piece: piece[0]):
            yield face, "".join(part for _, part in group)

    def shown(self, style: Style, text: str) -> str:
        """Return text as it is printed: what no face has is replaced."""
        return "".join(part for _, part in self._parts(style, text))

    def runs(self, style: Style, text: str) -> list[Run]:
        """Return text that needs no shaping as runs, in the order they are drawn."""
        if text.isascii():
            return [Run(self.first[style], f"({escaped(text)}) Tj")]
        runs = self._runs.get((style, text))
        if runs is None:
            if len(self._runs) > MOST_RUNS:
                self._runs.clear()
            runs = self._runs[style, text] = [
                Run(_name(face, subset), f"({_escaped(codes)}) Tj", codes, self._stroke(face, style))
                for face, part in self._parts(style, text)
                for subset, codes in face.splitString(part, self._doc)
            ]
        return runs

    def shaped(self, piece: shaping.Visual, size: float, rise: float = 0.0) -> list[Run]:
        """Return text that must be shaped as runs, from left to right, at a size in points.

        `rise` is how far the text is above its line, in points.
        """
        runs = []
        style = basic_style(piece.style)
        parts = list(self._parts(style, piece.text))
        for face, part in reversed(parts) if piece.leftward else parts:
            stroke = self._stroke(face, style)
            for glyph in shaping.shape(face, part, piece.leftward):
                ((subset, code),) = face.splitString(glyph.char, self._doc)
                before = f"{-glyph.right:.1f} " if glyph.right else ""
                after = f" {glyph.natural - glyph.advance + glyph.right:.1f}"
                show = f"[{before}({_escaped(code)}){after}] TJ"
                if glyph.up:
                    show = f"{glyph.up * size / 1000 + rise:.2f} Ts {show} {rise:.2f} Ts"
                runs.append(Run(_name(face, subset), show, code, stroke))
        return runs

    def _stroke(self, face: Face, style: Style) -> float:
        bold = face in (self._primary[style], self._primary[MONO_BOLD])
        return BOLD_STROKE if style in BOLD_STYLES and not bold else 0.0


def _name(face: Face, subset: int) -> str:
    return f"/{face.internal}+{subset}"


def escaped(text: str) -> str:
    """Return ASCII text as it stands between the brackets of a page's content."""
    if "(" in text or ")" in text or "\\" in text:
        return _TO_ESCAPE.sub(r"\\\g<0>", text)
    return text


def _escaped(codes: bytes) -> str:
    return codes.decode("latin-1").translate(_ESCAPED)
