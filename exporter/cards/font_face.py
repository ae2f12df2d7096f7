"""A typeface: a TrueType font that can set any of its glyphs, and gives back the text it set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_FIRST_PRIVATE = 0xF0000
"""The first of the characters that stand for glyphs alone, in a plane that is private for ever."""

MOST_FIXED = 5000
"""A face with more characters has codes of their own for the western ones alone."""

ASCII = range(32, 127)
_SPACE, _NO_BREAK_SPACE = 0x20, 0xA0
_WESTERN = frozenset(map(ord, bytes(range(128, 256)).decode("cp1252", "ignore")))


def fixed_subsets(chars: Iterable[int]) -> list[list[int]]:
    """Return the subsets of a face, each the characters by their codes, whatever text is to be set.

    What is not ASCII has the free codes, western characters first: their text is in one subset.
    """
    known = set(chars)
    others = sorted(known.difference(range(127), {_NO_BREAK_SPACE}), key=lambda c: (c not in _WESTERN, c))
    if len(others) > MOST_FIXED:
        others = [char for char in others if char in _WESTERN]
    first = [code if code in ASCII else 0 for code in range(256)]
    subsets, free = [first], [*range(1, 32), *range(127, 256)]
    while others:
        if not free:
            # code 0 is no glyph, and code 32 a space, in every subset
            subsets.append([0] * 32 + [_SPACE] + [0] * 223)
            free = [*range(1, 32), *range(33, 256)]
        here, others = others[: len(free)], others[len(free) :]
        for code, char in zip(free, here, strict=False):
            subsets[-1][code] = char
        free = []
    return subsets


class Face(TTFont):  # type: ignore[misc]
    """A TrueType font that can also set glyphs that no character stands for.

    Each character has a code of its own in every document, so that what is drawn on one page
    does not change another; shaped glyphs get codes as they come, in subsets from `fixed` on.
    Only what was said to be used is written.
    """

    def __init__(self, name: str, path: str, internal: str) -> None:
        """Read a font file, called `internal` on pages; raises what reportlab raises if it is none."""
        super().__init__(name, path, asciiReadable=True)
        self._private: dict[tuple[int, str], str] = {}
        self._told: dict[int, str] = {}
        # reportlab sets a space that does not break as a space
        self.face.charWidths[_NO_BREAK_SPACE] = self.face.charWidths[_SPACE]
        self.internal = internal
        known = self.face.charToGlyph
        self._subsets = fixed_subsets(known)
        self.fixed = len(self._subsets)
        self._codes = {
            char: at << 8 | code
            for at, subset in enumerate(self._subsets)
            for code, char in enumerate(subset)
            if char in known and (at == 0 or char != _SPACE)
        }
        self._first = {char: code for char, code in self._codes.items() if code < 256}
        self._first[_NO_BREAK_SPACE] = _SPACE
        self._in_first = frozenset(map(chr, self._first))

    def _assignState(self, doc: Any, *_: Any) -> Any:  # noqa: N802
        """Return what the document knows of the face; at first these are the fixed codes."""
        state = self.state.get(doc)
        if state is None:
            state = self.state[doc] = TTFont.State(True, self)
            state.assignments = {**self._codes, 0: 0}
            state.subsets = [list(subset) for subset in self._subsets]
            state.nextCode = self.fixed << 8
            state.used = {}
        return state

    def splitString(  # noqa: N802
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Return the text in the codes of the subsets that hold it."""
        if self._in_first.issuperset(text):
            return [(0, text.translate(self._first).encode("latin-1"))]
        self._assignState(doc)
        parts: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return parts

    def use(self, doc: Any, subset: int, codes: bytes) -> None:
        """Have the document hold these codes of a subset; of the first it holds ASCII as well."""
        state = self._assignState(doc)
        if state.internalName is None:
            state.internalName = self.internal
            doc.fontMapping[self.fontName] = f"/{self.internal}"
            doc.delayedFonts.append(self)
        state.used.setdefault(subset, set(() if subset else ASCII)).update(codes)

    def private(self, glyph: int, text: str, width: float) -> str:
        """Return a character that stands for a glyph, and is read as `text` when copied."""
        char = self._private.get((glyph, text))
        if char is None:
            code = _FIRST_PRIVATE + len(self._private)
            char = self._private[glyph, text] = chr(code)
            self._told[code] = text
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = width
        return char

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the subsets that are used, each with a map that gives back the text it was set from."""
        state = self.state[doc]
        state.frozen = 1
        for at, used in sorted(state.used.items()):
            subset = [char if code in used else 0 for code, char in enumerate(state.subsets[at])]
            self._add(doc, at, subset[: max(used) + 1])
        del self.state[doc]

    def _add(self, doc: Any, at: int, subset: Sequence[int]) -> None:
        name = b"".join((SUBSETN(at), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
        font = pdfdoc.PDFTrueTypeFont()
        font.Name = f"{self.internal}+{at}"
        font.BaseFont = name
        font.FirstChar = 0
        font.LastChar = len(subset) - 1
        font.Widths = pdfdoc.PDFArray(list(map(self.face.getCharWidth, subset)))
        told = pdfdoc.PDFStream(content=self._map(name, subset), filters=[pdfdoc.PDFZCompress])
        font.ToUnicode = doc.Reference(told, f"toUnicodeCMap:{name}")
        font.FontDescriptor = self.face.addSubsetObjects(doc, name, subset)
        doc.Reference(font, font.Name)
        doc.idToObject["BasicFonts"].dict[font.Name] = font

    def _map(self, name: str, subset: Sequence[int]) -> str:
        pairs = []
        for at, code in enumerate(subset):
            text = self._told.get(code, chr(code) if code else "")
            if text:
                pairs.append(f"<{at:02X}> <{text.encode('utf-16-be').hex().upper()}>")
        # at most 100 entries may stand in one section
        sections = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
        maps = [f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in sections]
        return "\n".join(
            (
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
                f"/CMapName /{name} def /CMapType 2 def",
                "1 begincodespacerange <00> <FF> endcodespacerange",
                *maps,
                "endcmap CMapName currentdict /CMap defineresource pop end end",
            )
        )
