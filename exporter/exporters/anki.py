"""The exporter of Anki decks: one `.apkg` package for each source."""

from __future__ import annotations

from exporter.anki.apkg_writer import build_package
from exporter.config.settings import Settings
from exporter.exporters import Export, ExportedFile
from exporter.model.deck import Deck
from exporter.model.diagnostics import pluralize


def export(deck: Deck, settings: Settings, now: int) -> Export:
    """Return the deck as `STEM.apkg`."""
    summary = f"{pluralize(len(deck.notes), 'note')} for Anki"
    return Export((ExportedFile(f"{deck.stem}.apkg", build_package(deck, settings), summary),))
