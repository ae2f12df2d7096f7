"""Running the exporters on the decks; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from exporter import exporters
from exporter.config.settings import Settings
from exporter.config.templates import TemplateError
from exporter.exporters import Export, ExportedFile
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic, error
from exporter.pipeline.progress import OnProgress, Progress, Step, ignore_progress


@dataclass(frozen=True, slots=True)
class DeckExport:
    """The result of the exporter `name` for the deck of the source `source`."""

    source: str
    name: str
    export: Export


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The exports of all decks, and the diagnostics, also those of plugins that failed."""

    exports: tuple[DeckExport, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def files(self) -> tuple[ExportedFile, ...]:
        """The files of all exports, without duplicates."""
        files = {file.name: file for deck_export in self.exports for file in deck_export.export.files}
        return tuple(files.values())

    @property
    def by_file(self) -> dict[str, DeckExport]:
        """The export of each file, by the file's name; if there are several, the last one."""
        return {file.name: deck_export for deck_export in self.exports for file in deck_export.export.files}


def export(
    decks: Sequence[Deck],
    names: Sequence[str],
    settings: Settings,
    now: int,
    on_progress: OnProgress = ignore_progress,
) -> ExportResult:
    """Run the exporters with these names on each deck.

    `now` is in seconds since 1970. `on_progress` is called before each export. The diagnostics are those
    of the exporters, `plugin-failed`, and `output-collision` for two different files with the same name.
    """
    built_in = [name for name in names if name in exporters.BUILT_IN]
    pairs = [(deck, name) for deck in decks for name in built_in]
    pairs += [(deck, name) for name in names if name not in built_in for deck in decks]
    exports: list[DeckExport] = []
    for done, (deck, name) in enumerate(pairs):
        on_progress(Progress(Step.EXPORT, done, len(pairs), deck.source, name))
        run = _run if name in built_in else partial(_run_plugin, others=tuple(exports))
        exports.append(DeckExport(deck.source, name, run(name, deck, settings, now)))
    diagnostics = [item for deck_export in exports for item in deck_export.export.diagnostics]
    first_data: dict[str, bytes] = {}
    for file in (file for deck_export in exports for file in deck_export.export.files):
        if first_data.setdefault(file.name, file.data) != file.data:
            message = f"Two exports would write different content to {file.name}."
            hint = "Rename one of them, or build them separately."
            diagnostics.append(error("output-collision", message, hint=hint))
    # diagnostics of settings are the same for each deck
    return ExportResult(tuple(exports), tuple(dict.fromkeys(diagnostics)))


def _run_plugin(name: str, deck: Deck, settings: Settings, now: int, others: Sequence[DeckExport]) -> Export:
    """Run the exporter of a plugin, which must not overwrite the files of the other exports."""
    from exporter.exporters.plugin import reject_duplicate_files

    used_names = {file.name.casefold() for deck_export in others for file in deck_export.export.files}
    result = exporters.load(name, settings.plugin_files)(deck, settings, now)
    return reject_duplicate_files(name, result, used_names, deck, settings.plugin_files)


def _run(name: str, deck: Deck, settings: Settings, now: int) -> Export:
    try:
        return exporters.load(name)(deck, settings, now)
    except TemplateError as exc:
        return Export((), (exc.diagnostic,))
