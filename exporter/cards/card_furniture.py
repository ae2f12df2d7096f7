"""What all cards of a deck have around their text: the title, the total, swatches and the form of dates."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exporter.cards.category_swatch import assign_swatches
from exporter.cards.note_fitting import number_of
from exporter.cards.vector_drawing import BLACK, VectorDrawing
from exporter.config.accent_color import parse_color
from exporter.config.words import ENGLISH, Words, fill
from exporter.model.deck import Deck, Note
from exporter.model.short_title import shorten_title


@dataclass(frozen=True, slots=True)
class CardFurniture:
    """What is printed around the text of a deck's cards.

    `title` is in the head of notes without a category, `swatches` are those of the categories. The
    `total` is after each number, 0 if it is not printed.
    """

    title: str = ""
    words: Words = ENGLISH
    total: int = 0
    swatches: Mapping[str, VectorDrawing] = field(default_factory=dict)


def card_furniture(deck: Deck, words: Words, accent: str = "") -> CardFurniture:
    """Return what the cards of a deck have; a part of a stack has what the whole stack has.

    `accent` is the colour of the swatches, as in HTML.
    """
    notes = deck.all_notes
    color = parse_color(accent) if accent else BLACK
    return CardFurniture(shorten_title(deck.title), words, find_total(notes), assign_swatches(notes, color))


def find_total(notes: Sequence[Note]) -> int:
    """Return the highest number, or 0 if the numbers do not count the questions.

    They count them if they are whole, all different, and up to the position of the last question:
    “5 / 4” and a second “1 / 9” would tell nobody how far a stack is complete.
    """
    numbers = [number_of(note) for note in notes]
    last = max((note.position for note in notes), default=0)
    is_counted = len(set(numbers)) == len(numbers) and all(map(str.isdecimal, numbers))
    return last if is_counted and max(map(int, numbers), default=0) == last else 0


def format_date(seconds: int, words: Words) -> str:
    """Return a date in UTC: “25 Nov 2026” in English; empty for 0.

    In a language without words it is “2026-11-25” (ISO 8601). No form has the order of day and month
    that two readers may read differently. `seconds` is since 1970.
    """
    if not seconds:
        return ""
    year, month, day = time.gmtime(seconds)[:3]
    months = words.months.split()
    if words.date and len(months) == 12:
        return fill(words.date, day=day, month=months[month - 1], year=year)
    return f"{year}-{month:02}-{day:02}"
