"""The Anki exporter: one `.apkg` package for the phone."""

from __future__ import annotations

from exporter.deck import Deck
from exporter.diagnostics import counted
from exporter.exporters import Export, ExportedFile
from exporter.exporters.anki.package import package_bytes
from exporter.options import Options


def export(deck: Deck, options: Options, now: int) -> Export:
    """Write an Anki deck, for the phone."""
    holds = f"{counted(len(deck.notes), 'note')} for Anki"
    return Export((ExportedFile(f"{deck.stem}.apkg", package_bytes(deck, options), holds),))
