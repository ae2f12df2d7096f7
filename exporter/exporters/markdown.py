"""The exporter of the Markdown sheets: one with all answers, and a condensed one."""

from __future__ import annotations

from exporter.config.settings import Settings
from exporter.exporters import Export, ExportedFile
from exporter.model.deck import Deck, exported_path
from exporter.model.diagnostics import pluralize
from exporter.sheets.markdown.sheet import render_deck_sheets


def export(deck: Deck, settings: Settings, now: int) -> Export:
    """Return the sheets as `STEM-answers.md` and `STEM-cheatsheet.md`, and their pictures."""
    count = pluralize(len(deck.notes), "question")
    answers, cheatsheet = (text.encode("utf-8", "replace") for text in render_deck_sheets(deck, settings))
    pictures = (
        ExportedFile(exported_path(target), deck.media[target], "a picture") for target in sorted(deck.media)
    )
    return Export(
        (
            ExportedFile(f"{deck.stem}-answers.md", answers, f"{count} with answers"),
            ExportedFile(f"{deck.stem}-cheatsheet.md", cheatsheet, f"{count} with cues"),
            *pictures,
        )
    )
