"""A typeface: a TrueType font that can set any of its glyphs, and gives back the text it set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_FIRST_PRIVATE = 0xF0000
"""The first of the characters that stand for glyphs alone, in a plane that is private for ever."""


class Face(TTFont):  # type: ignore[misc]
    """A TrueType font that can also set glyphs that no character stands for.

    ASCII text needs no look-up: it keeps its own codes in the first subset.
    """

    def __init__(self, name: str, path: str) -> None:
        """Read a font file; raises what reportlab raises if it is none."""
        super().__init__(name, path, asciiReadable=True)
        self._private: dict[tuple[int, str], str] = {}
        self._told: dict[int, str] = {}
        # reportlab sets a space that does not break as a space
        self.face.charWidths[0xA0] = self.face.charWidths[32]

    def splitString(  # noqa: N802
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Return the text in the codes of the subsets that hold it."""
        if text.isascii() and doc in self.state:
            return [(0, text.encode("ascii"))]
        parts: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return parts

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
        """Write the subsets, each with a map that gives back the text it was set from."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for at, subset in enumerate(subsets):
            name = b"".join((SUBSETN(at), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = self._map(name, subset)

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
