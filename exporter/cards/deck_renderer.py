"""Drawing: the cards of every note, or those that an earlier document has of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from exporter.cards import fit_report, reuse
from exporter.cards.card_metrics import form
from exporter.cards.card_renderer import DrawnSide, draw, fit_note, number_of, running_title
from exporter.cards.font_set import REGULAR, Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Side
from exporter.cards.pdf_document import Document
from exporter.cards.reuse import Made, Size
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
from exporter.model.deck import CardContent, Deck
from exporter.model.diagnostics import Diagnostic


class Card(NamedTuple):
    """One card: its sides, unless they are to be taken from what was made earlier.

    The key holds for all that it shows; without one it has to be drawn anew each time.
    """

    key: str
    sides: Mapping[Side, DrawnSide] | None


@dataclass(slots=True)
class Cards:
    """All cards, each note's first card, and how the notes came out; `sizes` are by their keys.

    `is_dropped` says that too many notes went on further cards, so that no more were drawn.
    """

    cards: list[Card] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    entries: list[fit_report.Entry] = field(default_factory=list)
    sizes: dict[str, Size] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    is_dropped: bool = False


def all_cards(
    deck: Deck,
    stock: Stock,
    way: PrintMode,
    fonts: Fonts,
    document: Document,
    made: Made | None,
    content: CardContent,
    most_continued: int | None = None,
) -> Cards:
    """Fit and draw every note that was not made earlier; of each only its operators and report are kept.

    Without `made` no card gets a key. It ends where more notes go on further cards than `most_continued`.
    """
    shape = form(stock.card)
    gallery = Gallery(deck.media, document, shape.column, shape.front)
    room = shape.room(fonts, gallery.place, deck.language)
    title = running_title(deck.title)
    # what the title lacks is missing before any card is drawn, or taken
    fonts.length(REGULAR, title)
    sides = (Side.FRONT,) if way is PrintMode.SINGLE else (Side.FRONT, Side.BACK)
    every = Cards()
    continued = 0
    for note in deck.notes:
        every.firsts.append(len(every.cards))
        key = "" if made is None else reuse.note_key(note, content)
        size = made.sizes.get(key) if made else None
        found: list[Diagnostic] = []
        if size is None:
            fit = fit_note(note, shape, room, way, content)
            drawn = [
                {side: draw(fit, part, side, shape, fonts, title) for side in sides}
                for part in range(fit.cards)
            ]
            size = Size(fit.cards, *fit.sizes)
            found += fit_report.findings(note, fit.special, fonts.missing, gallery.broken)
            if found or not all(fonts.lasting(face.used) for card in drawn for face in card.values()):
                key = ""
            every.cards += [Card(key and f"{key}.{part}", card) for part, card in enumerate(drawn)]
        else:
            every.cards += [Card(f"{key}.{part}", None) for part in range(size.cards)]
        if key:
            every.sizes[key] = size
        entry = fit_report.Entry(note.key, number_of(note), *size)
        every.entries.append(entry)
        every.diagnostics += (*fit_report.continued(entry, note.question.span, content), *found)
        continued += entry.cards > 1
        if most_continued is not None and continued > most_continued:
            every.is_dropped = True
            break
    return every
