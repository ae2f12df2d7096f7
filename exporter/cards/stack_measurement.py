"""The measurement of a stack: the content of its cards, its type sizes, and its measured notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exporter.cards.card_content import candidate_contents, max_continued
from exporter.cards.card_metrics import CardMetrics, card_metrics
from exporter.cards.card_surface import Drawing, Surface
from exporter.cards.code_layout import MIN_CODE_SIZE_PT
from exporter.cards.column_context import ColumnContext
from exporter.cards.measured_note import MeasuredNote
from exporter.cards.note_measurement import measure_note
from exporter.cards.size_limits import SizeLimits, find_size_limits
from exporter.cards.stack_sizes import StackSizes, choose_sizes
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.model.deck import CardContent, Deck, Note

MIN_LARGE_PRINT_PT = 9.0
"""Value of `pdf.smallest` up to which code may be smaller than it: the default, for sharp eyes."""


@dataclass(frozen=True, slots=True)
class Measurer:
    """Measures notes for one kind of card, in one context."""

    metrics: CardMetrics
    mode: PrintMode
    limits: SizeLimits
    context: ColumnContext

    def measure(self, note: Note, content: CardContent) -> MeasuredNote:
        """Return a note with the largest sizes at which it fits the fewest cards."""
        return measure_note(
            note, self.metrics, context=self.context, mode=self.mode, content=content, limits=self.limits
        )

    def measure_all(
        self, notes: Sequence[Note], content: CardContent, max_continued: int
    ) -> list[MeasuredNote] | None:
        """Return measured notes, or None if the backs of more than `max_continued` take several cards.

        Another content does not shorten a question that takes several cards.
        """
        measured: list[MeasuredNote] = []
        continued = 0
        for note in notes:
            measured.append(self.measure(note, content))
            continued += measured[-1].back_cards > 1
            if continued > max_continued:
                return None
        return measured


@dataclass(frozen=True, slots=True)
class Stack:
    """A measured stack of cards; `measurer` is what its notes were measured by."""

    content: CardContent
    sizes: StackSizes
    notes: list[MeasuredNote]
    measurer: Measurer


def begin_measuring(deck: Deck, stock: Stock, *, settings: Settings, surface: Surface[Drawing]) -> Measurer:
    """Discard everything drawn on a surface, and return a measurer for the cards of a stock.

    Raise `SettingError` for impossible sizes, and for a card that is too small for what is on its front.
    """
    pdf = settings.pdf
    is_two_sided = pdf.print_mode is not PrintMode.SINGLE
    metrics = card_metrics(stock.card, has_qr=pdf.qr, has_front_cues=pdf.front_cues and is_two_sided)
    limits = find_size_limits(stock.card, metrics.column_width, settings)
    surface.begin(metrics)
    context = metrics.context(surface.fonts, surface.gallery.find_picture, deck.language)
    # words, code and tables that are wider than the column at the smallest size are divided
    smallest = settings.pdf.smallest
    max_width = metrics.column_width / smallest
    # code may be smaller than text, but not in large print
    code_size = smallest if smallest > MIN_LARGE_PRINT_PT else min(MIN_CODE_SIZE_PT, smallest)
    context = replace(
        context,
        max_word_width=min(context.max_word_width, max_width),
        max_unbroken_width=min(context.max_unbroken_width, max_width),
        max_code_width=metrics.column_width / code_size,
    )
    return Measurer(metrics, settings.pdf.print_mode, limits, context)


def measure_stack(deck: Deck, stock: Stock, *, settings: Settings, surface: Surface[Drawing]) -> Stack:
    """Measure all notes with the first content with which enough of them fit one card, or the last.

    `surface.begin` is called for each attempt, so that a discarded one leaves no images or glyphs behind.
    """
    *preferred, last = candidate_contents(settings)
    count = len(deck.all_notes)
    for content, limit in (*((content, max_continued(count)) for content in preferred), (last, count)):
        measurer = begin_measuring(deck, stock, settings=settings, surface=surface)
        notes = measurer.measure_all(deck.all_notes, content, limit)
        if notes is not None:
            return Stack(content, choose_sizes(notes, measurer.limits), notes, measurer)
    raise AssertionError("the last content takes any number of cards")
