"""Fonts: the cards' faces, what each character is set in, and how wide it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import fontpkg
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFile

REGULAR, BOLD, ITALIC, BOLD_ITALIC, MONO, MONO_BOLD = range(6)
Style = int

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

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_TO_ESCAPE = re.compile(r"[\\()]")
_ESCAPED = {
    **{code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))},
    **{ord(char): "\\" + char for char in "\\()"},
}


class FontError(ValueError):
    """A font file that cannot be used; the text is a whole sentence for the user."""


class Face(TTFont):  # type: ignore[misc]
    """A TrueType font whose ASCII text needs no look-up: it keeps its own codes in the subset."""

    def splitString(  # noqa: N802
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Return the text in the codes of the subsets that hold it."""
        if text.isascii() and doc in self.state:
            return [(0, text.encode("ascii"))]
        parts: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return parts


@lru_cache(maxsize=16)
def _face(name: str, path: str) -> Face:
    face = Face(name, path, asciiReadable=True)
    pdfmetrics.registerFont(face)
    return face


@lru_cache(maxsize=1)
def primary() -> tuple[Face, ...]:
    """Return the face of each style, in the styles' order."""
    return tuple(
        _face(f"{family}-{weight}-{slope}", str(fontpkg.path(family, weight=weight, style=slope)))
        for family, weight, slope in _PRIMARY
    )


@lru_cache(maxsize=2)
def _fallback(slope: str) -> Face:
    # a variable font: reportlab sets its default instance, which is the regular one
    return _face(f"{FALLBACK}-{slope}", str(fontpkg.path(FALLBACK, style=slope)))


def user_face(path: str) -> Face:
    """Return the user's own font file as a face; raises `FontError` if it cannot be used."""
    try:
        face = TTFontFile(path)
        return _face(f"User-{face.name.decode('ascii', 'replace')}-{path}", path)
    except (OSError, TTFError, ValueError, KeyError, IndexError, AssertionError) as fault:
        raise FontError(
            f"The font file '{path}' cannot be used ({fault}); "
            "set `pdf.font` to a TrueType file (.ttf) that you may read."
        ) from fault


class _Advances(dict[str, float]):
    """The width of each word at size 1, measured once."""

    def __init__(self, measure: Callable[[str], float]) -> None:
        self._measure = measure

    def __missing__(self, word: str) -> float:
        width = self[word] = self._measure(word)
        return width


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face and in one of its subsets, escaped for a page's content.

    `stroke` is the width that thickens a regular face to bold, in parts of the size.
    """

    font: str
    text: str
    stroke: float = 0.0


class Fonts:
    """The faces of one document: widths at size 1, and text in the codes of the subsets.

    `missing` gathers the characters that no face has.
    """

    def __init__(self, own: Face | None = None) -> None:
        """Begin with the built-in faces and, last of all, the user's own."""
        self._own = own
        self._doc: Any = None
        self._names: dict[tuple[str, int], str] = {}
        self._primary_chars = tuple(frozenset(map(chr, face.face.charToGlyph)) for face in primary())
        self.missing: set[str] = set()
        self.advances = tuple(_Advances(self._measure(style)) for style in range(len(_PRIMARY)))
        self.space = tuple(face.face.charWidths[32] / 1000 for face in primary())

    def bind(self, doc: Any) -> None:
        """Set text into this document from now on."""
        self._doc = doc
        for face in primary():
            face.splitString(" ", doc)

    def _measure(self, style: Style) -> Callable[[str], float]:
        widths = primary()[style].face.charWidths
        chars = self._primary_chars[style]

        def measure(word: str) -> float:
            if chars.issuperset(word):
                return float(sum(map(widths.__getitem__, map(ord, word)))) / 1000
            return sum(
                float(sum(face.face.charWidths[ord(char)] for char in part)) / 1000
                for face, part in self._parts(style, word)
            )

        return measure

    def face_for(self, style: Style, char: str) -> Face | None:
        """Return the first face that has the character, or nothing."""
        if char in self._primary_chars[style] or char == "\xa0":
            return primary()[style]
        slope = "italic" if style in (ITALIC, BOLD_ITALIC) else "normal"
        for face in filter(None, (_fallback(slope), self._own)):
            if ord(char) in face.face.charToGlyph:
                return face
        return None

    def _parts(self, style: Style, text: str) -> Iterable[tuple[Face, str]]:
        """Yield the text in pieces that one face has; what no face has is replaced."""

        def placed(char: str) -> tuple[Face, str]:
            face = self.face_for(style, char)
            if face is None:
                self.missing.add(char)
                return _fallback("normal"), REPLACEMENT
            return face, char

        for face, group in groupby(map(placed, text), key=lambda pair: pair[0]):
            yield face, "".join(char for _, char in group)

    def runs(self, style: Style, text: str) -> list[Run]:
        """Return the text as runs, in the order they are drawn."""
        face = primary()[style]
        if text.isascii():
            escaped = _TO_ESCAPE.sub(r"\\\g<0>", text) if _TO_ESCAPE.search(text) else text
            return [Run(self._name(face, 0), escaped)]
        runs = []
        for part_face, part in self._parts(style, text):
            stroke = 0.03 if style in BOLD_STYLES and part_face is not face else 0.0
            for subset, codes in part_face.splitString(part, self._doc):
                runs.append(
                    Run(self._name(part_face, subset), codes.decode("latin-1").translate(_ESCAPED), stroke)
                )
        return runs

    def _name(self, face: Face, subset: int) -> str:
        key = face.fontName, subset
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = face.getSubsetInternalName(subset, self._doc)
        return name
