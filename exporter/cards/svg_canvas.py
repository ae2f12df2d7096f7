"""A canvas that collects the elements of an SVG image."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from exporter.cards.canvas import StyledLine
from exporter.cards.font_set import Fonts
from exporter.cards.hyphenation import SOFT_HYPHEN
from exporter.cards.measured_line import Picture
from exporter.cards.structure_tags import Tags
from exporter.cards.text_style import (
    Style,
    StyledText,
    basic_style,
    is_shifted,
    rise_of,
    scale_of,
)
from exporter.cards.vector_drawing import Glyph, Label, VectorDrawing, scaled, size_of
from exporter.cards.vector_elements import css_colour, glyph_element, shape_element


class SvgCanvas:
    """Collects the elements of an SVG; lengths in points, origin at the lower left like on paper.

    `styles` are the font styles that were used.
    """

    def __init__(self, fonts: Fonts, width: float, height: float, image_url: Callable[[str], str]) -> None:
        """Begin a card of `width` × `height` points; `image_url` maps a picture's name to its address."""
        self._fonts = fonts
        self._size = width, height
        self._image_url = image_url
        self._elements: list[str] = []
        self.styles: set[Style] = set()

    @property
    def fonts(self) -> Fonts:
        """The fonts that texts are measured in."""
        return self._fonts

    def text(self, x: float, y: float, style: Style, size: float, text: str) -> None:
        """Draw text from a point on its base line."""
        self._add_text(x, y, [(text, style)], size)

    def line(self, x: float, y: float, line: StyledLine, size: float) -> None:
        """Draw a line of styled text; `x` is its left end, whatever its direction."""
        # the anchor of right-to-left text is its right end
        start = x + line.width if line.is_rtl else x
        self._add_text(start, y, line.pieces, size, is_rtl=line.is_rtl)

    def path(self, points: Sequence[tuple[float, float]], width: float) -> None:
        """Draw a polyline, `width` points wide."""
        data = "L".join(f"{x:.2f} {self._y(y)}" for x, y in points)
        self._elements.append(f'<path d="M{data}" fill="none" stroke="#000" stroke-width="{width:.2f}"/>')

    def image(self, picture: Picture, x: float, y: float) -> None:
        """Draw an image whose lower left corner is at a point; browsers apply its EXIF orientation."""
        position = f'x="{x:.2f}" y="{self._y(y + picture.height)}"'
        size = f'width="{picture.width:.2f}" height="{picture.height:.2f}"'
        self._elements.append(f'<image href="{escape(self._image_url(picture.name))}" {position} {size}/>')

    def drawing(self, drawing: VectorDrawing, x: float, y: float, scale: float) -> None:
        """Draw a vector drawing with its origin at a point."""
        down = self._size[1] - y
        shapes = "".join(
            glyph_element(item) if isinstance(item, Glyph) else shape_element(item)
            for item in drawing.items
            if not isinstance(item, Label)
        )
        self._elements.append(
            f'<g transform="matrix({scale:.5g} 0 0 {-scale:.5g} {x:.2f} {down:.2f})">{shapes}</g>'
        )
        for label in drawing.items:
            if isinstance(label, Label):
                self._add_drawing_label(label, x, down, scale)

    def _add_drawing_label(self, label: Label, x: float, down: float, scale: float) -> None:
        width = self._fonts.measure(label.style, label.text)
        a, b, c, d, e, f = scaled(label.placed(width), scale)
        size = size_of((a, b, c, d, e, f))
        if not size:
            return
        basic = basic_style(label.style)
        self.styles.add(basic)
        turn = " ".join(f"{entry / size + 0.0:.4f}" for entry in (a, -b, -c, d))  # 0.0: no "-0"
        text = escape(self._fonts.printable(basic, label.text), quote=False)
        length = width * size
        fixed = f' textLength="{length:.2f}" lengthAdjust="spacingAndGlyphs"' if length else ""
        self._elements.append(
            f'<text class="s{basic}" transform="matrix({turn} {x + e:.2f} {down - f:.2f})" '
            f'font-size="{size:.2f}" fill="{css_colour(label.fill)}"{fixed}>{text}</text>'
        )

    def tag(self, tags: Tags = ()) -> None:
        """Do nothing: the preview's page has its own structure."""

    def space(self, *, is_empty: bool = False) -> None:
        """Do nothing: browsers separate lines themselves."""

    def hidden_text(self, x: float, y: float, size: float, text: str, width: float) -> None:
        """Add a text's title, which browsers show at what is drawn in its place."""
        position = f'x="{x:.2f}" y="{self._y(y + size)}" width="{width:.2f}" height="{size:.2f}"'
        self._elements.append(
            f'<rect {position} fill="none" pointer-events="all">'
            f"<title>{escape(text, quote=False)}</title></rect>"
        )

    def result(self) -> str:
        """Return everything drawn as one SVG element."""
        width, height = self._size
        elements = "".join(self._elements)
        return (
            f'<svg viewBox="0 0 {width:.2f} {height:.2f}" xmlns="http://www.w3.org/2000/svg">{elements}</svg>'
        )

    def _add_text(
        self,
        x: float,
        y: float,
        pieces: Sequence[StyledText],
        size: float,
        is_rtl: bool = False,
    ) -> None:
        """Add a text element; browsers reorder and shape its text themselves."""
        length = sum(self._fonts.measure(style, text) * size for text, style in pieces)
        spans = []
        previous_rise = 0.0
        for text, style in pieces:
            basic, rise = basic_style(style), size * rise_of(style)
            self.styles.add(basic)
            small = f' font-size="{size * scale_of(style):.2f}"' if is_shifted(style) else ""
            shift = f' dy="{previous_rise - rise:.2f}"' if rise != previous_rise else ""
            previous_rise = rise
            # browsers draw a soft hyphen only at a line break of their own
            visible = self._fonts.printable(basic, text.replace(SOFT_HYPHEN, "-"))
            spans.append(f'<tspan class="s{basic}"{small}{shift}>{escape(visible, quote=False)}</tspan>')
        direction = ' direction="rtl"' if is_rtl else ""
        # textLength keeps the text on the card when the browser substitutes another font
        fixed = f' textLength="{length:.2f}" lengthAdjust="spacingAndGlyphs"' if length else ""
        position = f'x="{x:.2f}" y="{self._y(y)}" font-size="{size:.2f}"'
        # browsers leave out spaces at the ends, and would stretch the letters in their place
        ends = pieces[0][0][:1] + pieces[-1][0][-1:] if pieces else ""
        space = ' xml:space="preserve"' if " " in ends else ""
        self._elements.append(f"<text {position}{fixed}{direction}{space}>{''.join(spans)}</text>")

    def _y(self, y: float) -> str:
        """Return a height above the lower edge as an SVG coordinate, which runs down from the upper edge."""
        return f"{self._size[1] - y:.2f}"
