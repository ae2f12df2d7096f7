"""Cards as SVG: the very lines, sizes and places of the PDF, for the preview in a browser."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import fontpkg

from exporter.cards import font_set as face
from exporter.cards.break_opportunities import StyledText
from exporter.cards.card_content import candidate_contents, fit_deck
from exporter.cards.card_metrics import form
from exporter.cards.card_renderer import Fitted, fit_note, paint, running_title
from exporter.cards.copyfitting import SetLine
from exporter.cards.fit_report import findings
from exporter.cards.font_set import Fonts, Style
from exporter.cards.hyphenation import SOFT_HYPHEN
from exporter.cards.images import Gallery, Undrawn
from exporter.cards.imposition import Side
from exporter.cards.pdf_canvas import BLACK, Ink, line_pieces
from exporter.cards.print_setup import chosen_fonts, duplex
from exporter.cards.stocks import chosen
from exporter.cards.text_measurement import Picture
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.model.deck import CardContent, Deck, Note
from exporter.model.diagnostics import Diagnostic

LARGEST_FONT = 64 * 1024
"""A face with more bytes is not embedded: the browser's own takes its place, at the same widths."""

_FACES: dict[Style, tuple[str, int, str]] = {
    face.REGULAR: (face.BODY, 400, "normal"),
    face.BOLD: (face.BODY, 700, "normal"),
    face.ITALIC: (face.BODY, 400, "italic"),
    face.BOLD_ITALIC: (face.BODY, 700, "italic"),
}


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """One card drawn: its front, and its back if it has one, as SVG."""

    front: str
    back: str | None


@dataclass(frozen=True, slots=True)
class Drawings:
    """The cards of every note, by the note's key, and the CSS of the faces they are set in.

    `diagnostics` say what of them cannot be shown as it is.
    """

    cards: dict[str, tuple[DrawnCard, ...]]
    font_faces: str
    stock: str
    diagnostics: tuple[Diagnostic, ...]


def drawings(deck: Deck, settings: Settings, address: Callable[[str], str]) -> Drawings:
    """Return the deck's cue cards; `address` gives where the browser finds an image.

    Raises `SettingError` for settings that cannot be.
    """
    stock, way = chosen(settings), duplex(settings)
    fonts = chosen_fonts(settings)
    shape = form(stock.card)
    gallery = _WebGallery(deck, shape.column, shape.front)
    room = shape.room(fonts, gallery.place, deck.language)
    title = running_title(deck.title)
    styles: set[Style] = set()

    def fit_one(note: Note, content: CardContent) -> Fitted:
        return fit_note(note, shape, room, way, content)

    def drawn(fit: Fitted, part: int, side: Side) -> str:
        ink = SvgInk(fonts, shape.width, shape.height, address)
        paint(ink, fit, part, side, shape, title)
        styles.update(ink.styles)
        return ink.operators()

    cards: dict[str, tuple[DrawnCard, ...]] = {}
    found: list[Diagnostic] = []
    fitted = fit_deck(deck.notes, candidate_contents(settings), fit_one)
    for fit in fitted.fits:
        found += findings(fit.note, fit.special, fonts.missing, gallery.broken)
        cards[fit.note.key] = tuple(
            DrawnCard(
                drawn(fit, part, Side.FRONT),
                None if way is PrintMode.SINGLE else drawn(fit, part, Side.BACK),
            )
            for part in range(fit.cards)
        )
    return Drawings(cards, "\n".join(_font_faces(styles)), stock.name, tuple(found))


class _WebGallery(Gallery):
    """Places images under their own targets; no document has to hold them."""

    def __init__(self, deck: Deck, width: float, height: float) -> None:
        super().__init__(deck.media, Undrawn(), width, height)

    def _made(self, target: str) -> Picture | None:
        picture = super()._made(target)
        return replace(picture, name=target) if picture else None


class SvgInk(Ink):
    """Gathers one side of a card as SVG; `styles` are those it is set in."""

    def __init__(self, fonts: Fonts, width: float, height: float, address: Callable[[str], str]) -> None:
        """Begin with nothing drawn on a card of so many points."""
        super().__init__(fonts)
        self._size = width, height
        self._address = address
        self._marks: list[str] = []
        self.styles: set[Style] = set()

    def text(self, x: float, y: float, style: Style, size: float, text: str, colour: str = BLACK) -> None:
        """Draw text whose base line begins at a point."""
        self._line([(text, style)], x, y, size, colour)

    def rule(self, x: float, y: float, width: float) -> None:
        """Draw a level hairline."""
        level = self._down(y)
        self._marks.append(f'<path class="rule" d="M{x:.2f} {level}h{width:.2f}"/>')

    def path(self, points: Sequence[tuple[float, float]], width: float) -> None:
        """Draw a black line through points, so wide in points."""
        way = "L".join(f"{x:.2f} {self._down(y)}" for x, y in points)
        self._marks.append(f'<path d="M{way}" fill="none" stroke="#000" stroke-width="{width:.2f}"/>')

    def operators(self) -> str:
        """Return everything drawn, as one SVG."""
        width, height = self._size
        marks = "".join(self._marks)
        return f'<svg viewBox="0 0 {width:.2f} {height:.2f}" xmlns="http://www.w3.org/2000/svg">{marks}</svg>'

    def _rich(self, line: SetLine, x: float, y: float, size: float, left: float, width: float) -> None:
        strip = line.strip
        if strip.picture:
            self._picture(strip.picture, x, y)
        if line.first == line.stop:
            return
        pieces = line_pieces(line)
        if strip.leftward:
            right = left + width - (x - left)
            length = strip.ends[line.stop - 1] - strip.trail - strip.starts[line.first]
            self._strike_out(pieces, strip, right - length * size, y, size)
            self._line(pieces, right, y, size, BLACK, leftward=True)
        else:
            self._strike_out(pieces, strip, x, y, size)
            self._line(pieces, x, y, size, BLACK)

    def _picture(self, picture: Picture, x: float, y: float) -> None:
        place = f'x="{x:.2f}" y="{self._down(y + picture.height)}"'
        size = f'width="{picture.width:.2f}" height="{picture.height:.2f}"'
        self._marks.append(f'<image href="{escape(self._address(picture.name))}" {place} {size}/>')

    def _line(
        self, parts: list[StyledText], x: float, y: float, size: float, colour: str, leftward: bool = False
    ) -> None:
        length = sum(self.width(style, size, text) for text, style in parts)
        spans = []
        level = 0.0
        for text, style in parts:
            basic, rise = face.basic_style(style), size * face.rise_of(style)
            self.styles.add(basic)
            small = f' font-size="{size * face.scale_of(style):.2f}"' if face.is_shifted(style) else ""
            shift = f' dy="{level - rise:.2f}"' if rise != level else ""
            level = rise
            # a browser shows no soft hyphen within a line
            visible = self._fonts.shown(basic, text.replace(SOFT_HYPHEN, "-"))
            spans.append(f'<tspan class="s{basic}"{small}{shift}>{escape(visible, quote=False)}</tspan>')
        kind = "ink" if colour == BLACK else "quiet"
        way = ' direction="rtl"' if leftward else ""
        # The length holds whatever face the browser sets the line in, so that none runs out of the card.
        fixed = f' textLength="{length:.2f}" lengthAdjust="spacingAndGlyphs"' if length else ""
        place = f'x="{x:.2f}" y="{self._down(y)}" font-size="{size:.2f}"'
        self._marks.append(f'<text class="{kind}" {place}{fixed}{way}>{"".join(spans)}</text>')

    def _down(self, y: float) -> str:
        """Return a height over the card's lower edge as SVG has it, from the upper one."""
        return f"{self._size[1] - y:.2f}"


def _font_faces(styles: set[Style]) -> Iterator[str]:
    for style in sorted(styles & _FACES.keys()):
        family, weight, slope = _FACES[style]
        data = Path(fontpkg.path(family, weight=weight, style=slope)).read_bytes()
        if len(data) <= LARGEST_FONT:
            source = f"url(data:font/ttf;base64,{base64.b64encode(data).decode('ascii')})"
            yield f'@font-face{{font-family:"Cue card";font-weight:{weight};font-style:{slope};src:{source}}}'
