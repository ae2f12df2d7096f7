"""A canvas that collects the operators of a PDF content stream."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from exporter.cards import bidi, shaping
from exporter.cards.canvas import StyledLine
from exporter.cards.font_set import FORM_PREFIX, Fonts, Run, Used, escape_ascii
from exporter.cards.hyphenation import SOFT_HYPHEN
from exporter.cards.measured_line import Picture
from exporter.cards.structure_tags import CELLS, EMPTY, MARK, Box, Role, Tag, Tags
from exporter.cards.text_style import (
    RAISED,
    REGULAR,
    Style,
    StyledText,
    basic_style,
    is_shifted,
    rise_of,
    scale_of,
)
from exporter.cards.vector_drawing import BLACK, Glyph, Label, Shape, VectorDrawing, scaled, size_of
from exporter.cards.vector_operators import (
    fill_operator,
    glyph_form,
    glyph_form_name,
    glyph_operators,
    shape_operators,
)

PURE_BLACK = "0 g 0 G"
"""Operators that set the colours of fills and strokes to pure black, which is printed without a halftone."""

_TRANSFORMS: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    1: ((1, 0), (0, 1), (0, 0)),
    2: ((-1, 0), (0, 1), (1, 0)),
    3: ((-1, 0), (0, -1), (1, 1)),
    4: ((1, 0), (0, -1), (0, 1)),
    5: ((0, -1), (-1, 0), (1, 1)),
    6: ((0, -1), (1, 0), (0, 1)),
    7: ((0, 1), (1, 0), (0, 0)),
    8: ((0, 1), (-1, 0), (1, 0)),
}
"""For each EXIF orientation, from 1 to 8: the image's right, its top and its lower left corner."""


@lru_cache(maxsize=4096)
def format_number(value: float) -> str:
    """Return a number as a PDF operand, with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=4096)
def _font(name: str, size: float) -> str:
    return f"{name} {format_number(size)} Tf"


CANVAS_END = "EMC\nET"
"""The operators that end the last marked-content sequence and the text object around all of them."""
_ARTEFACT = "/Artifact BMC"
_HYPHEN = "/ActualText (-)"
_BEGIN = {role: f"/{'L' if role is Role.ORDERED_LIST else role} <</MCID {MARK}>> BDC" for role in Role}


def _utf16_string(text: str) -> str:
    """Return any text as a PDF string."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex()}>"


class PdfCanvas:
    """Collects the operators of a content stream; lengths in points, origin at the lower left.

    In `result`, `MARK` is in the place of the numbers of marked-content sequences (MCID), since a
    page numbers those of all its cards. `marks` has the structure elements of each of them; empty
    ones separate parts whose elements are different even if their tags are equal. `boxes` has the
    position of each picture and drawing, by the index of its mark.
    """

    def __init__(self, fonts: Fonts) -> None:
        """Begin with nothing drawn."""
        self._fonts = fonts
        self._operators: list[str] = ["BT", _ARTEFACT]
        self._mark_start = 2
        self._end = "EMC"
        self._tags: Tags = ()
        self._graphics: list[str] = []
        self.marks: list[Tags] = []
        self.boxes: dict[int, Box] = {}
        self._pen: tuple[str, float, float, float] = ("", 0.0, 0.0, 0.0)
        self._used: dict[str, set[int]] = {}
        self._glyphs: dict[str, Glyph] = {}

    @property
    def fonts(self) -> Fonts:
        """The fonts that texts are set in."""
        return self._fonts

    def text(self, x: float, y: float, style: Style, size: float, text: str) -> None:
        """Draw text from a point on its base line."""
        if not text.isascii():
            if shaping.needs_shaping(text):
                self.line(x, y, StyledLine([(text, style)], 0.0, bidi.is_rtl(text), True), size)
                return
            self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            self._show(style, size, text)
            return
        self._set_pen(self._fonts.ascii_subsets[style], size, self._fonts.strokes[style], 0.0)
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({escape_ascii(text)}) Tj")

    def append_text(self, style: Style, size: float, text: str) -> None:
        """Draw text right after the previous text."""
        self._show(style, size, text)

    def line(self, x: float, y: float, line: StyledLine, size: float) -> None:
        """Draw a line of styled text; `x` is its left end, whatever its direction."""
        if line.needs_shaping:
            self._draw_shaped_line(x, y, line, size)
            return
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        subsets, strokes = self._fonts.ascii_subsets, self._fonts.strokes
        for text, style in line.pieces:
            if style < RAISED and text.isascii():
                # nearly all texts: as `_show` does, without its calls
                pen = subsets[style], size, strokes[style], 0.0
                if pen != self._pen:
                    self._set_pen(*pen)
                self._operators.append(f"({escape_ascii(text)}) Tj")
                continue
            self._show(style, size, text.removesuffix(SOFT_HYPHEN))
            if text.endswith(SOFT_HYPHEN):
                self._draw_hyphen(style, size)

    def _draw_hyphen(self, style: Style, size: float) -> None:
        """Draw the hyphen of a divided word, in a separate sequence of the same element.

        Poppler joins the parts of a divided word, also for a search, only at an ordinary hyphen. Where
        sequences are nested, its `pdfinfo -struct-text` leaves out what follows the inner one.
        """
        if not self._tags or self._tags[-1].alternative:
            self._operators.append(f"/Span <<{_HYPHEN}>> BDC")
            self._show(style, size, SOFT_HYPHEN)
            self._operators.append("EMC")
            return
        begin = _BEGIN[self._tags[-1].role]
        self._operators += ("EMC", f"/Span <</MCID {MARK}{_HYPHEN}>> BDC")
        self._show(style, size, SOFT_HYPHEN)
        self._operators += ("EMC", begin)
        self._mark_start = len(self._operators)
        self.marks += (self._tags, self._tags)

    def _draw_shaped_line(self, x: float, y: float, line: StyledLine, size: float) -> None:
        """Draw a line whose letters may be reordered; they are then read in their logical order."""
        text = "".join(piece for piece, _ in line.pieces)
        tags = self._tags
        is_span = bool(tags) and shaping.is_available() and (line.is_rtl or bidi.has_rtl_letters(text))
        if is_span:
            # in the tree, since poppler would reorder an ActualText of the content once more
            self.tag((*tags, Tag(Role.SPAN, len(self.marks), f"{text} ")))
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        self._show_reordered(line.pieces, line.is_rtl, size)
        if is_span:
            self.tag(tags)

    def path(self, points: Sequence[tuple[float, float]], width: float) -> None:
        """Draw a polyline, `width` points wide."""
        (x, y), *others = points
        lines = " ".join(f"{right:.2f} {up:.2f} l" for right, up in others)
        self._draw(f"{format_number(width)} w {x:.2f} {y:.2f} m {lines} S")

    def image(self, picture: Picture, x: float, y: float) -> None:
        """Draw an image whose lower left corner is at a point, rotated as its EXIF orientation says."""
        # PDF draws an image into the unit square; the matrix maps that square to the page
        right, top, corner = _TRANSFORMS[picture.orientation]
        width, height = picture.width, picture.height
        self.boxes[len(self.marks) - 1] = x, y, x + width, y + height
        matrix = (
            *(right[0] * width, right[1] * height),
            *(top[0] * width, top[1] * height),
            *(x + corner[0] * width, y + corner[1] * height),
        )
        self._draw(f"q {' '.join(f'{entry:.2f}' for entry in matrix)} cm /{picture.name} Do Q")

    def drawing(self, drawing: VectorDrawing, x: float, y: float, scale: float) -> None:
        """Draw a vector drawing with its origin at a point; its labels are above its shapes."""
        width, bottom = drawing.width * scale, y - drawing.depth * scale
        self.boxes[len(self.marks) - 1] = x, bottom, x + width, y + drawing.height * scale
        shapes = []
        for item in drawing.items:
            if isinstance(item, Shape):
                shapes.append(shape_operators(item, scale))
            elif isinstance(item, Glyph):
                shapes.append(glyph_operators(item, scale))
                self._glyphs.setdefault(FORM_PREFIX + glyph_form_name(item), item)
        self._draw("\n".join([f"q 1 0 0 1 {x:.2f} {y:.2f} cm", *shapes, "Q"]))
        for label in drawing.items:
            if isinstance(label, Label):
                self._draw_label(label, x, y, scale)

    def _draw_label(self, label: Label, x: float, y: float, scale: float) -> None:
        a, b, c, d, e, f = scaled(label.placed(self._fonts.measure(label.style, label.text)), scale)
        size = size_of((a, b, c, d, e, f))
        if not size:
            return
        turn = " ".join(f"{entry / size:.4f}" for entry in (a, b, c, d))
        self._set_pen(self._fonts.ascii_subsets[basic_style(label.style)], size, 0.0, 0.0)
        self._operators.append(f"{turn} {x + e:.2f} {y + f:.2f} Tm {fill_operator(label.fill)}")
        self._show(label.style, size, label.text)
        self._operators.append(fill_operator(BLACK))

    def tag(self, tags: Tags = ()) -> None:
        """Begin a marked-content sequence for what is drawn next; without tags, an artefact."""
        if tags == self._tags:
            return
        operators = self._operators
        if len(operators) == self._mark_start:  # nothing was drawn
            operators.pop()
            if self._tags:
                self.marks.pop()
                if self._tags[-1].role in CELLS:
                    self.marks.append((*self._tags, EMPTY))
        else:
            operators.append(self._end)
        begin, self._end = _BEGIN[tags[-1].role] if tags else _ARTEFACT, "EMC"
        if tags and tags[-1].alternative:
            # graphics are not allowed within a text object, which neither begins nor ends within a sequence
            begin, self._end = f"ET\n{begin}\nBT", "ET\nEMC\nBT"
        operators.append(begin)
        self._mark_start = len(operators)
        self._tags = tags
        if tags or self.marks:
            self.marks.append(tags)

    def space(self, *, is_empty: bool = False) -> None:
        """Write a space after the previous text, so that extracted text has its words."""
        last = self._operators[-1]
        if not is_empty and last.endswith(") Tj") and self._pen[0] in self._fonts.ascii_subsets:
            self._operators[-1] = last[:-4] + " ) Tj"
            return
        self._set_pen(self._fonts.ascii_subsets[REGULAR], self._pen[1], 0.0, 0.0)
        self._operators.append("0 Tz ( ) Tj 100 Tz" if is_empty else "( ) Tj")

    def hidden_text(self, x: float, y: float, size: float, text: str, width: float) -> None:
        """Write text that is not seen but found and copied, as wide as what is drawn in its place."""
        # the fonts may lack signs of a formula
        shown = "".join(char if self._fonts.has(REGULAR, char) else "?" for char in text)
        stretch = 100 * width / (self._fonts.measure(REGULAR, shown) * size)
        self._set_pen(self._fonts.ascii_subsets[REGULAR], size, 0.0, 0.0)
        # poppler drops letters that are squeezed onto equal ones, but not from an ActualText
        exact = f"({escape_ascii(text)})" if text.isascii() else _utf16_string(text)
        begin = f"/Span <</ActualText {exact}>> BDC"
        self._operators.append(f"{begin} 1 0 0 1 {x:.2f} {y:.2f} Tm 3 Tr {stretch:.3f} Tz")
        self._show(REGULAR, size, shown)
        self._operators.append("0 Tr 100 Tz EMC")

    def used(self) -> Used:
        """Return what everything drawn needs of the fonts."""
        codes = [(name, bytes(sorted(self._used[name]))) for name in sorted(self._used)]
        if not self._glyphs:
            return tuple(codes)
        glyphs = ((name, self._glyphs[name]) for name in sorted(self._glyphs))
        forms = ((name, glyph_form(glyph.path, glyph.stroke_width > 0)) for name, glyph in glyphs)
        return (*codes, *forms)

    def result(self) -> str:
        """Return the operators of everything drawn: first the graphics that are artefacts."""
        graphics = ["/Artifact BMC", *self._graphics, "EMC"] if self._graphics else []
        return "\n".join([PURE_BLACK, *graphics, *self._operators, self._end, "ET"])

    def _draw(self, operators: str) -> None:
        """Draw graphics, in the current element if it has an alternative text, else as an artefact."""
        if self._tags and self._tags[-1].alternative:
            self._operators.append(f"ET\n{operators}\nBT")
        else:
            self._graphics.append(operators)

    def _show(self, style: Style, size: float, text: str) -> None:
        basic = basic_style(style)
        if text.isascii() and not is_shifted(style):
            self._set_pen(self._fonts.ascii_subsets[basic], size, self._fonts.strokes[basic], 0.0)
            self._operators.append(f"({escape_ascii(text)}) Tj")
        elif shaping.needs_shaping(text):
            self._show_reordered([(text, style)], bidi.is_rtl(text), size)
        else:
            self._show_runs(self._fonts.encode(basic, text), style, size)

    def _show_reordered(self, pieces: Sequence[StyledText], is_rtl: bool, size: float) -> None:
        """Show pieces in visual order, shaped where they need it."""
        if not shaping.is_available():
            for text, style in pieces:
                self._show_runs(self._fonts.encode(basic_style(style), text), style, size)
            return
        for run in bidi.reorder(pieces, is_rtl):
            style = run.style
            if run.is_rtl or shaping.needs_shaping(run.text):
                small, rise = size * scale_of(style), size * rise_of(style)
                runs = self._fonts.encode_shaped(run, small, rise)
            else:
                runs = self._fonts.encode(basic_style(style), run.text)
            self._show_runs(runs, style, size)

    def _show_runs(self, runs: list[Run], style: Style, size: float) -> None:
        small, rise = size * scale_of(style), size * rise_of(style)
        for run in runs:
            self._set_pen(run.font, small, run.stroke, rise)
            self._operators.append(run.operator)
            self._used[run.font].update(run.codes)

    def _set_pen(self, font: str, size: float, stroke: float, rise: float) -> None:
        """Set what differs from the previous text: font, size, stroke width and text rise.

        `stroke` is a fraction of the size, `rise` in points.
        """
        pen = font, size, stroke, rise
        if pen == self._pen:
            return
        old_font, old_size, old_stroke, old_rise = self._pen
        self._pen = pen
        if rise != old_rise:
            self._operators.append(f"{format_number(rise)} Ts")
        if font != old_font or size != old_size:
            self._operators.append(_font(font, size))
            if font not in self._used:
                self._used[font] = set()
        if stroke != old_stroke:
            width = format_number(stroke * size)
            self._operators.append(f"2 Tr {width} w" if stroke else "0 Tr")
