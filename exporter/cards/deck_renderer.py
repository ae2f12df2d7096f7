"""The rendering of a whole deck: every note is measured, and drawn at the sizes of the stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic

from exporter.cards import fit_report
from exporter.cards.card_surface import Drawing, Surface
from exporter.cards.front_cues import set_front_cues
from exporter.cards.imposition import Side
from exporter.cards.note_fitting import number_of, set_note
from exporter.cards.stack_measurement import begin_measuring, measure_stack
from exporter.cards.stack_sizes import StackSizes
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.config.words import find_words
from exporter.model.deck import CardContent, Deck
from exporter.model.diagnostics import Diagnostic


@dataclass(slots=True)
class RenderedDeck(Generic[Drawing]):
    """All cards of a deck with the drawings of their sides.

    `firsts` (the index of the note's first card), `reports` and `diagnostics` have one entry per note.
    `cue_cards` is how many cards the continued notes would take with cues alone, None if they have these.
    """

    content: CardContent
    sizes: StackSizes
    cards: list[Mapping[Side, Drawing]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    reports: list[fit_report.NoteReport] = field(default_factory=list)
    diagnostics: list[Sequence[Diagnostic]] = field(default_factory=list)
    cue_cards: int | None = None


def render_deck(
    deck: Deck, stock: Stock, *, settings: Settings, surface: Surface[Drawing]
) -> RenderedDeck[Drawing]:
    """Measure every note, and draw it at the sizes of the stack.

    Raise `SettingError` for impossible sizes.
    """
    stack = measure_stack(deck, stock, settings=settings, surface=surface)
    measurer, content, sizes, notes = stack.measurer, stack.content, stack.sizes, stack.notes
    if deck.stack:
        # the images and glyphs of the cards that are not drawn must not be in the document
        measurer = begin_measuring(deck, stock, settings=settings, surface=surface)
        notes = [measurer.measure(note, content) for note in deck.notes]
    sides = (Side.FRONT,) if measurer.mode is PrintMode.SINGLE else (Side.FRONT, Side.BACK)
    rendered = RenderedDeck[Drawing](content, sizes)
    label = find_words(deck.language, settings.words).cues_label
    notes.reverse()
    while notes:
        # each note is drawn at once and dropped, since it takes more memory than its drawings
        measured = notes.pop()
        fit, note = set_note(measured, sizes), measured.note
        if measurer.metrics.cue_lines:
            fit = replace(fit, front_cues=set_front_cues(note, measurer.metrics, measurer.context, label))
        rendered.firsts.append(len(rendered.cards))
        rendered.cards += [
            {side: surface.draw(fit, part, side) for side in sides} for part in range(fit.cards)
        ]
        rendered.reports.append(
            fit_report.NoteReport(note.key, number_of(note), fit.cards, fit.answer_size, fit.question_size)
        )
        rendered.diagnostics.append(
            tuple(
                fit_report.diagnostics(
                    note,
                    needs_shaping=fit.needs_shaping,
                    missing=surface.fonts.missing,
                    gallery=surface.gallery,
                    language=deck.language,
                    unset=surface.fonts.formulas.unset,
                )
            )
        )
    if content is not CardContent.CUES:
        rendered.cue_cards = sum(
            measurer.measure(note, CardContent.CUES).cards
            for note, report in zip(deck.notes, rendered.reports, strict=True)
            if report.cards > 1
        )
    return rendered
