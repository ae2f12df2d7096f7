"""The fonts of one document: which face has which characters, how wide text is, and its codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Any, NamedTuple

from exporter.cards import bidi, shaping, sign_sequences
from exporter.cards.font_face import FontFace
from exporter.cards.font_files import FontFile
from exporter.cards.font_loading import fallback_face, primary_faces, symbols_face
from exporter.cards.font_search import FontSearch
from exporter.cards.formula_set import FormulaSet
from exporter.cards.text_style import (
    BOLD_ITALIC,
    BOLD_STYLES,
    ITALIC,
    MONO,
    MONO_BOLD,
    SHIFTED_SCALE,
    Style,
    StyledText,
    basic_style,
)

BOLD_STROKE = 0.03  # unmeasured
"""Width of the outline that makes a regular face bold where no bold one exists, as a fraction of the size."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
MAX_CACHED_RUNS = 5000  # unmeasured
"""Number of non-ASCII texts whose runs are cached: headers and labels recur on many cards."""
_TO_ESCAPE = re.compile(r"[\\()]")
_ESCAPES = {
    **{code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))},
    **{ord(char): "\\" + char for char in "\\()"},
}

Used = tuple[tuple[str, bytes], ...]
"""What a drawing uses of fonts: the names of subsets, each with the codes it uses beyond ASCII.

The names of glyphs of formulas have `FORM_PREFIX` before them; instead of codes they have their forms.
"""
FORM_PREFIX = "form:"


class Run(NamedTuple):
    """An operator that shows text in one subset of one face; `codes` are the codes it uses.

    `stroke` is the width of the outline that simulates bold, as a fraction of the size.
    """

    font: str
    operator: str
    codes: bytes = b""
    stroke: float = 0.0


class _Advances(dict[str, float]):
    """The width of each word at size 1, measured at its first use."""

    def __init__(self, measure: Callable[[str], float]) -> None:
        self.measure = measure

    def __missing__(self, word: str) -> float:
        width = self[word] = self.measure(word)
        return width


class _Words(dict[str, tuple[StyledText, ...]]):
    """Words in one style: equal words are one object, since the notes of a whole stack are kept in memory."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def __missing__(self, word: str) -> tuple[StyledText, ...]:
        styled = self[word] = ((word, self.style),)
        return styled


class Fonts:
    """The faces of one document: widths at size 1, and text in the codes of their subsets.

    `advances` has for each style the widths of words; `spaced_advances` the same for each basic
    style, with a space after each word. `ascii_subsets` are the names of the subsets that hold
    ASCII, in the order of the basic styles; `strokes` are the widths of the outlines of text in them.
    `words` has for each style its words as styled text. `missing` collects the characters that no
    face has. `formulas` are the document's formulas, whose widths `advances` has too;
    `forms` are the glyphs that they use, as stream objects of PDF.
    """

    def __init__(
        self,
        typeface: Sequence[FontFace] = (),
        *,
        user_faces: Sequence[FontFace] = (),
        search: FontSearch | None = None,
    ) -> None:
        """Begin with the built-in faces; then come `user_faces`, and what `search` finds.

        `typeface` are the faces of the first four basic styles, if not the built-in ones.
        """
        self._user_faces = user_faces
        self._search = search
        built_in = primary_faces()
        self._primary = (*typeface, *built_in[len(typeface) :])
        self.strokes = tuple(self._stroke(face, style) for style, face in enumerate(self._primary))
        self._loaded = {face.internal_name: face for face in (*self._primary, *user_faces)}
        self.ascii_subsets = tuple(_subset_name(face, 0) for face in self._primary)
        self._doc: Any = None
        self._runs: dict[tuple[Style, str], list[Run]] = {}
        self._chars = tuple(face.chars | {"\xa0"} for face in self._primary)
        self.missing: set[str] = set()
        self.other_chars: dict[FontFace, set[str]] = {}
        self.formulas = FormulaSet()
        self.forms: dict[str, bytes] = {}
        level = [_Advances(self._measurer(style)) for style in range(len(self._primary))]
        shifted = [_Advances(_scaled(advances.measure)) for advances in level]
        formula = [_Advances(self.formulas.width_of)] * len(level)
        shifted_formula = [_Advances(_scaled(self.formulas.width_of))] * len(level)
        # level, raised and lowered; then the same struck out; then all of these for formulas
        self.advances = (
            *((*level, *shifted, *shifted) * 2),
            *((*formula, *shifted_formula, *shifted_formula) * 2),
        )
        self.words = tuple(map(_Words, range(len(self.advances))))
        self.spaces = tuple(face.face.charWidths[32] / 1000 for face in self._primary)
        self.spaced_advances = tuple(
            _Advances(_spaced(advances.measure, space))
            for advances, space in zip(level, self.spaces, strict=True)
        )

    @property
    def faces(self) -> tuple[FontFace, ...]:
        """The faces of the basic styles, in their order."""
        return self._primary

    @property
    def system_chars(self) -> Mapping[FontFile, set[str]]:
        """The fonts of the system that are used, each with the characters for which it is."""
        return self._search.system_chars if self._search else {}

    def bind(self, doc: Any) -> None:
        """Encode text for this reportlab document from now on."""
        self._doc = doc

    def use(self, used: Iterable[tuple[str, bytes]]) -> None:
        """Include in the document what a drawing uses."""
        for name, codes in used:
            if name.startswith(FORM_PREFIX):
                self.forms[name.removeprefix(FORM_PREFIX)] = codes
                continue
            face, subset = self._find_subset(name)
            face.use(self._doc, subset, codes)

    def _find_subset(self, name: str) -> tuple[FontFace, int]:
        """Return the face and the index of the subset with a name."""
        internal_name, _, subset = name[1:].partition("+")
        return self._loaded[internal_name], int(subset)

    def measure(self, style: Style, text: str) -> float:
        """Return the width of a text at size 1; unlike those of words, it is not cached."""
        return self.advances[style].measure(text)

    def _measurer(self, style: Style) -> Callable[[str], float]:
        """Return the function that measures text of a basic style at size 1."""
        widths = self._primary[style].face.charWidths
        width_of = {char: widths[ord(char)] for char in self._chars[style]}.__getitem__

        def measure(text: str) -> float:
            if shaping.needs_shaping(text) and shaping.is_available():
                is_rtl = bidi.has_rtl_letters(text)
                return (
                    sum(
                        _sum_widths(face, part)
                        if face.sequences
                        else sum(glyph.advance for glyph in shaping.shape(face, part, is_rtl))
                        for face, part in self._iter_parts(style, text)
                    )
                    / 1000
                )
            try:
                return float(sum(map(width_of, text))) / 1000
            except KeyError:
                return sum(_sum_widths(face, part) for face, part in self._iter_parts(style, text)) / 1000

        return measure

    def _find_face(self, style: Style, cluster: str) -> FontFace | None:
        """Return the first face that has every character of a cluster, or None."""
        if self._chars[style].issuperset(cluster):
            return self._primary[style]
        slope = "italic" if style in (ITALIC, BOLD_ITALIC) else "normal"
        # IBM Plex Mono has box drawing
        monospaced = self._primary[MONO_BOLD if style in BOLD_STYLES else MONO]
        own = (self._primary[style], fallback_face(slope))
        faces = chain(own, self._iter_others(monospaced))
        face = next((face for face in faces if face.has(cluster)), None)
        if face is None and self._search and (chars := sign_sequences.visible(cluster)):
            face = self._search.find(chars)
        if face is not None:
            self._loaded.setdefault(face.internal_name, face)
        return face

    def _iter_others(self, monospaced: FontFace) -> Iterator[FontFace]:
        """Yield the faces for signs, loaded only if they are needed, and the user's."""
        yield symbols_face()
        yield monospaced
        yield from self._user_faces

    def _iter_parts(self, style: Style, text: str) -> Iterator[tuple[FontFace, str]]:
        """Yield the text in parts with the face of each; characters that no face has are replaced.

        A letter and its combining marks are in one face if any face has them all.
        """
        if self._chars[style].issuperset(text):
            yield self._primary[style], text
            return

        def assign(cluster: str) -> Iterator[tuple[FontFace, str]]:
            face = self._find_face(style, cluster)
            if face is not None:
                yield face, cluster
                return
            visible = list(sign_sequences.iter_visible(cluster))
            if len(visible) > 1:
                for _, part in visible:
                    yield from assign(part)
            elif visible:
                self.missing.add(visible[0][0])
                face = fallback_face("normal")
                self._loaded.setdefault(face.internal_name, face)
                yield face, REPLACEMENT

        parts = (part for cluster in sign_sequences.iter_clusters(text) for part in assign(cluster))
        for face, group in groupby(parts, key=lambda part: part[0]):
            yield face, "".join(text for _, text in group)

    def has(self, style: Style, char: str) -> bool:
        """Return whether a face has a character; it is not missed if none has."""
        return self._find_face(style, char) is not None

    def printable(self, style: Style, text: str) -> str:
        """Return text as it is printed, in the characters of the faces' files.

        Characters that no face has are replaced. What is not in the face of the style is remembered
        in `other_chars`.
        """
        shown = []
        for face, part in self._iter_parts(style, text):
            if face is not self._primary[style]:
                part = "".join(map(face.shown, sign_sequences.iter_clusters(part)))
                self.other_chars.setdefault(face, set()).update(part)
            shown.append(part)
        return "".join(shown)

    def encode(self, style: Style, text: str) -> list[Run]:
        """Return text that needs no shaping as runs, in a basic style."""
        if text.isascii():
            operator = f"({escape_ascii(text)}) Tj"
            return [Run(self.ascii_subsets[style], operator, stroke=self.strokes[style])]
        runs = self._runs.get((style, text))
        if runs is None:
            if len(self._runs) > MAX_CACHED_RUNS:
                self._runs.clear()
            runs = self._runs[style, text] = [
                Run(
                    _subset_name(face, subset),
                    f"({_escape_codes(codes)}) Tj",
                    codes,
                    self._stroke(face, style),
                )
                for face, part in self._iter_parts(style, text)
                for subset, codes in face.splitString(face.fold(part), self._doc)
            ]
        return runs

    def encode_shaped(self, run: bidi.BidiRun, size: float, rise: float = 0.0) -> list[Run]:
        """Return text that needs shaping as runs, from left to right.

        `size` and `rise`, the height of the text above its base line, are in points.
        """
        runs = []
        style = basic_style(run.style)
        parts = list(self._iter_parts(style, run.text))
        for face, part in reversed(parts) if run.is_rtl else parts:
            stroke = self._stroke(face, style)
            if face.sequences:  # signs are not shaped
                folded = face.fold(part)
                for subset, codes in face.splitString(folded[::-1] if run.is_rtl else folded, self._doc):
                    operator = f"({_escape_codes(codes)}) Tj"
                    runs.append(Run(_subset_name(face, subset), operator, codes, stroke))
                continue
            for glyph in shaping.shape(face, part, run.is_rtl):
                ((subset, code),) = face.splitString(glyph.char, self._doc)
                before = f"{-glyph.offset_x:.1f} " if glyph.offset_x else ""
                after = f" {glyph.natural_advance - glyph.advance + glyph.offset_x:.1f}"
                operator = f"[{before}({_escape_codes(code)}){after}] TJ"
                if glyph.offset_y:
                    operator = f"{glyph.offset_y * size / 1000 + rise:.2f} Ts {operator} {rise:.2f} Ts"
                runs.append(Run(_subset_name(face, subset), operator, code, stroke))
        return runs

    def _stroke(self, face: FontFace, style: Style) -> float:
        """Return the outline's width for bold text in a face that is not bold, else 0."""
        return BOLD_STROKE if style in BOLD_STYLES and not face.is_bold else 0.0


def _sum_widths(face: FontFace, text: str) -> float:
    """Return the width of text that is not shaped, in thousandths of the size."""
    return float(sum(map(face.face.charWidths.__getitem__, map(ord, face.fold(text)))))


def _scaled(measure: Callable[[str], float]) -> Callable[[str], float]:
    return lambda text: measure(text) * SHIFTED_SCALE


def _spaced(measure: Callable[[str], float], space: float) -> Callable[[str], float]:
    return lambda word: measure(word) + space


def _subset_name(face: FontFace, subset: int) -> str:
    return f"/{face.internal_name}+{subset}"


def escape_ascii(text: str) -> str:
    """Return ASCII text as the content of a PDF literal string."""
    if "(" in text or ")" in text or "\\" in text:
        return _TO_ESCAPE.sub(r"\\\g<0>", text)
    return text


def _escape_codes(codes: bytes) -> str:
    return codes.decode("latin-1").translate(_ESCAPES)
