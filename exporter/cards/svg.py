"""Cue cards as SVG for the preview in a browser: the same lines, sizes and positions as in the PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from exporter.cards import fit_report
from exporter.cards.card_furniture import card_furniture
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.card_renderer import draw_side
from exporter.cards.deck_renderer import render_deck
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Side
from exporter.cards.measured_line import Picture
from exporter.cards.note_fitting import FittedNote
from exporter.cards.print_setup import load_fonts
from exporter.cards.stock_choice import find_stock
from exporter.cards.svg_canvas import SvgCanvas
from exporter.cards.text_style import Style
from exporter.cards.web_fonts import font_faces
from exporter.config.settings import Settings
from exporter.config.words import find_words
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class SvgCard:
    """One card as SVG: its front, and its back if it has one."""

    front: str
    back: str | None


@dataclass(frozen=True, slots=True)
class CardsSvg:
    """The cards of each note by the note's key, the `@font-face` rules, and what is reported."""

    cards: dict[str, tuple[SvgCard, ...]]
    font_faces: str
    stock: str
    diagnostics: tuple[Diagnostic, ...]


def cards_svg(deck: Deck, settings: Settings, image_url: Callable[[str], str]) -> CardsSvg:
    """Return the deck's cue cards as SVG; `image_url` maps an image's target to its address.

    Report characters that no font has, and images that cannot be read.
    Raise `SettingError` for impossible settings.
    """
    stock = find_stock(settings)
    surface = _SvgSurface(deck, settings, image_url)
    rendered = render_deck(deck, stock, settings=settings, surface=surface)
    cards = [SvgCard(sides[Side.FRONT], sides.get(Side.BACK)) for sides in rendered.cards]
    ranges = pairwise([*rendered.firsts, len(cards)])
    return CardsSvg(
        {note.key: tuple(cards[first:stop]) for note, (first, stop) in zip(deck.notes, ranges, strict=True)},
        "\n".join(font_faces(surface.fonts, surface.styles)),
        stock.name,
        (
            *chain.from_iterable(rendered.diagnostics),
            *fit_report.font_diagnostics(deck, surface.fonts),
        ),
    )


class _SvgSurface:
    """Draws cards as SVG; `styles` are the font styles that are used."""

    fonts: Fonts
    gallery: Gallery
    styles: set[Style]
    _metrics: CardMetrics

    def __init__(self, deck: Deck, settings: Settings, image_url: Callable[[str], str]) -> None:
        self._deck, self._settings = deck, settings
        self._furniture = card_furniture(
            deck, find_words(deck.language, settings.words), settings.color.accent
        )
        self._image_url = image_url

    def begin(self, metrics: CardMetrics) -> None:
        """Begin with nothing drawn."""
        self.fonts = load_fonts(self._settings, self._deck.language)
        self.gallery = _WebGallery(self._deck.media, metrics.column_width, metrics.picture_height)
        self.styles = set()
        self._metrics = metrics

    def draw(self, fit: FittedNote, part: int, side: Side) -> str:
        """Return one side of a card as an SVG element."""
        canvas = SvgCanvas(self.fonts, self._metrics.width, self._metrics.height, self._image_url)
        draw_side(canvas, fit, part=part, side=side, metrics=self._metrics, furniture=self._furniture)
        self.styles |= canvas.styles
        return canvas.result()


class _WebGallery(Gallery):
    """Names pictures by their targets: no document has to hold them."""

    def _place(self, target: str) -> Picture | None:
        picture = super()._place(target)
        return replace(picture, name=target) if picture else None
