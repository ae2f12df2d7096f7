"""The exporter of the cue cards: one PDF with two-sided cards."""

from __future__ import annotations

from exporter.cards.pdf import cards_pdf
from exporter.config.settings import SettingError, Settings
from exporter.exporters import Export, ExportedFile
from exporter.model.deck import Deck
from exporter.model.diagnostics import error


def export(deck: Deck, settings: Settings, now: int) -> Export:
    """Return the cue cards of a deck as `STEM-cards.pdf`; the bytes do not depend on the time.

    Reports `pdf-setting`, and the diagnostics of `cards_pdf`.
    """
    try:
        cards = cards_pdf(deck, settings)
    except SettingError as exc:
        return Export((), (error("pdf-setting", str(exc)),))
    file = ExportedFile(f"{deck.stem}-cards.pdf", cards.data, cards.summary, cards.details)
    return Export((file,), cards.diagnostics)
