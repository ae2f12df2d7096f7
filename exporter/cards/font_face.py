"""A TrueType font face for reportlab whose glyphs all can be set, and copied as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from exporter.cards import sign_sequences

_FIRST_PRIVATE = 0x108000
"""First of the characters that are assigned to single glyphs: private use, where fonts of icons have none."""

MAX_FIXED_CHARS = 5000  # unmeasured
"""A face with more characters has fixed codes for its western characters only."""

ASCII = range(32, 127)
_SPACE, _NO_BREAK_SPACE = 0x20, 0xA0
_WESTERN = frozenset(map(ord, bytes(range(128, 256)).decode("cp1252", "ignore")))


def fixed_subsets(chars: Iterable[int]) -> list[list[int]]:
    """Return the subsets of a face, each a list of characters by code, independent of any text.

    ASCII characters have their own codes. The others get the free codes, those of Windows-1252
    first, so that western text is in one subset.
    """
    others = sorted(
        set(chars).difference(range(127), {_NO_BREAK_SPACE}), key=lambda char: (char not in _WESTERN, char)
    )
    if len(others) > MAX_FIXED_CHARS:
        others = [char for char in others if char in _WESTERN]
    first = [code if code in ASCII else 0 for code in range(256)]
    subsets, free = [first], [*range(1, 32), *range(127, 256)]
    while others:
        if not free:
            # in every subset, code 0 is not a glyph and code 32 is a space
            subsets.append([0] * 32 + [_SPACE] + [0] * 223)
            free = [*range(1, 32), *range(33, 256)]
        chars_here, others = others[: len(free)], others[len(free) :]
        for code, char in zip(free, chars_here, strict=False):
            subsets[-1][code] = char
        free = []
    return subsets


class FontFace(TTFont):  # type: ignore[misc]
    """A TrueType font that can also set glyphs that no character encodes.

    Each character has the same code in every document, so that the content of one page does not
    change that of another; shaped glyphs get codes in the order of their use, in subsets from
    `fixed_count` on. Only the codes that `use` was called with are embedded. `chars` are the
    characters that the font file has. Text in bold style is drawn with an outline unless `is_bold`.
    `font_index` is the font's in its file, from 0.
    """

    def __init__(
        self,
        name: str,
        source: str | BinaryIO,
        internal_name: str,
        sequences: Mapping[str, str] | None = None,
        *,
        index: int = 0,
    ) -> None:
        """Read a font file; raise reportlab's exceptions if it is not a font.

        `internal_name` is the name of the face's subsets in the PDF. `sequences` has, for what is
        visible of a sequence that is one sign, the private-use character of its glyph. `source` is the
        path of a font file, or its content; `index` counts the fonts of a collection from 0.
        """
        super().__init__(name, source, subfontIndex=index, asciiReadable=True)
        self.sequences = sequences or {}
        self._private: dict[tuple[int, str], str] = {}
        self._texts: dict[int, str] = {}
        # reportlab sets a no-break space as a space; a font of signs alone may have none
        self.face.charWidths[_NO_BREAK_SPACE] = self.face.charWidths.get(_SPACE, 0)
        self.internal_name = internal_name
        self.is_bold = False
        self.font_index = index
        glyphs = self.face.charToGlyph
        self._subsets = fixed_subsets(glyphs)
        self.fixed_count = len(self._subsets)
        self._codes = {
            char: index << 8 | code
            for index, subset in enumerate(self._subsets)
            for code, char in enumerate(subset)
            if char in glyphs and (index == 0 or char != _SPACE)
        }
        self._first = {char: code for char, code in self._codes.items() if code < 256}
        self._first[_NO_BREAK_SPACE] = _SPACE
        self._in_first = frozenset(map(chr, self._first))
        # in a damaged font, a character may have a glyph that does not exist
        self.chars = frozenset(map(chr, glyphs.keys() & self.face.charWidths)) - {*self.sequences.values()}

    def _assignState(self, doc: Any, *_: Any) -> Any:  # noqa: N802
        """Return the state of the face in a document; it begins with the fixed codes."""
        state = self.state.get(doc)
        if state is None:
            state = self.state[doc] = TTFont.State(True, self)
            state.assignments = {**self._codes, 0: 0}
            state.subsets = [list(subset) for subset in self._subsets]
            state.nextCode = self.fixed_count << 8
            state.used = {}
        return state

    def splitString(  # noqa: N802
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Return the text as pairs of a subset's index and codes in it."""
        if self._in_first.issuperset(text):
            return [(0, text.translate(self._first).encode("latin-1"))]
        self._assignState(doc)
        parts: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return parts

    def use(self, doc: Any, subset: int, codes: bytes) -> None:
        """Embed these codes of a subset in the document; the first subset always has ASCII."""
        state = self._assignState(doc)
        if state.internalName is None:
            state.internalName = self.internal_name
            doc.fontMapping[self.fontName] = f"/{self.internal_name}"
            doc.delayedFonts.append(self)
        state.used.setdefault(subset, set(() if subset else ASCII)).update(codes)

    def has(self, cluster: str) -> bool:
        """Return whether the face has a glyph for what is visible of a cluster."""
        seen = sign_sequences.visible(cluster)
        return bool(seen) and (seen in self.sequences or self.chars.issuperset(seen))

    def fold(self, text: str) -> str:
        """Return text with a private-use character for each sequence that is one glyph.

        Selectors, joiners and skin tones have no glyph, but are copied with that before them.
        """
        if not sign_sequences.may_have_sequences(text):
            return text
        return "".join(map(self._fold_cluster, sign_sequences.iter_clusters(text)))

    def shown(self, cluster: str) -> str:
        """Return the characters of the font file that show a cluster; a sequence is a private-use one."""
        if not self.sequences:
            return cluster  # joiners shape the letters beside them
        seen = sign_sequences.visible(cluster)
        return self.sequences.get(seen, seen)

    def _fold_cluster(self, cluster: str) -> str:
        sequence = self.sequences.get(sign_sequences.visible(cluster))
        if sequence:
            return self._copied_as(sequence, cluster)
        return "".join(
            char if part == char else self._copied_as(char, part)
            for char, part in sign_sequences.iter_visible(cluster)
        )

    def _copied_as(self, char: str, text: str) -> str:
        code = ord(char)
        return self.private_char(self.face.charToGlyph[code], text, self.face.charWidths[code])

    def private_char(self, glyph: int, text: str, width: float) -> str:
        """Return the private-use character of a glyph, which is copied as `text`.

        `width` is the glyph's advance in thousandths of the size.
        """
        char = self._private.get((glyph, text))
        if char is None:
            code = _FIRST_PRIVATE + len(self._private)
            char = self._private[glyph, text] = chr(code)
            self._texts[code] = text
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = width
        return char

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Add the used subsets to a document, each with a map from its codes to text (ToUnicode)."""
        state = self.state[doc]
        state.frozen = 1
        for index, used in sorted(state.used.items()):
            subset = [char if code in used else 0 for code, char in enumerate(state.subsets[index])]
            self._add_subset(doc, index, subset[: max(used) + 1])
        del self.state[doc]

    def _add_subset(self, doc: Any, index: int, subset: Sequence[int]) -> None:
        name = b"".join((SUBSETN(index), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
        font = pdfdoc.PDFTrueTypeFont()
        font.Name = f"{self.internal_name}+{index}"
        font.BaseFont = name
        font.FirstChar = 0
        font.LastChar = len(subset) - 1
        font.Widths = pdfdoc.PDFArray(list(map(self.face.getCharWidth, subset)))
        cmap = pdfdoc.PDFStream(content=self._to_unicode_cmap(name, subset), filters=[pdfdoc.PDFZCompress])
        font.ToUnicode = doc.Reference(cmap, f"toUnicodeCMap:{name}")
        font.FontDescriptor = self.face.addSubsetObjects(doc, name, subset)
        doc.Reference(font, font.Name)
        doc.idToObject["BasicFonts"].dict[font.Name] = font

    def _to_unicode_cmap(self, name: str, subset: Sequence[int]) -> str:
        """Return a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
        pairs = []
        for code, char in enumerate(subset):
            text = self._texts.get(char, chr(char) if char else "")
            if text:
                pairs.append(f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>")
        # a section may have at most 100 entries
        sections = [pairs[first : first + 100] for first in range(0, len(pairs), 100)]
        maps = [f"{len(section)} beginbfchar\n" + "\n".join(section) + "\nendbfchar" for section in sections]
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
