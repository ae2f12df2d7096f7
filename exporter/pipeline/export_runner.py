"""The last step of the way of the data: each exporter on each deck. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exporter import exporters
from exporter.config.settings import Settings
from exporter.config.templates import TemplateError
from exporter.exporters import Export, ExportedFile
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic, error


@dataclass(frozen=True, slots=True)
class DeckExport:
    """What the exporter `name` made of the deck of a source, which `source` names."""

    source: str
    name: str
    export: Export


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The exports of all decks; an exporter that failed left a diagnostic."""

    exports: tuple[DeckExport, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def files(self) -> tuple[ExportedFile, ...]:
        """The files of all exports; one that several have is there once."""
        files = {file.name: file for made in self.exports for file in made.export.files}
        return tuple(files.values())

    @property
    def by_file(self) -> dict[str, DeckExport]:
        """The export that each file belongs to, by the file's name; the last one of several."""
        return {file.name: made for made in self.exports for file in made.export.files}


def export(
    decks: Sequence[Deck],
    names: Sequence[str],
    settings: Settings,
    now: int,
) -> ExportResult:
    """Run the exporters of these names on each deck.

    A fault in an exporter of another package is a diagnostic, and the others go on.
    """
    own = [name for name in names if name in exporters.BUILT_IN]
    exports = [
        DeckExport(deck.source, name, _run(name, deck, settings, now)) for deck in decks for name in own
    ]
    for name in names:
        if name not in own:
            exports += _foreign(name, decks, settings, now, exports)
    found = [found for made in exports for found in made.export.diagnostics]
    first: dict[str, bytes] = {}
    for file in (file for made in exports for file in made.export.files):
        if first.setdefault(file.name, file.data) != file.data:
            message = f"Two exports would write different content to {file.name}."
            found.append(
                error("output-collision", message, hint="Rename one of them, or build them separately.")
            )
    # what is wrong with a setting is the same for each deck
    return ExportResult(tuple(exports), tuple(dict.fromkeys(found)))


def _foreign(
    name: str, decks: Sequence[Deck], settings: Settings, now: int, others: Sequence[DeckExport]
) -> Iterable[DeckExport]:
    """Run an exporter of another package, which may not write over the files of the others."""
    from exporter.exporters.plugin import repeated

    taken = {file.name.casefold() for made in others for file in made.export.files}
    for deck in decks:
        one = repeated(name, exporters.load(name)(deck, settings, now), taken)
        taken |= {file.name.casefold() for file in one.files}
        yield DeckExport(deck.source, name, one)


def _run(name: str, deck: Deck, settings: Settings, now: int) -> Export:
    try:
        return exporters.load(name)(deck, settings, now)
    except TemplateError as exc:
        return Export((), (exc.diagnostic,))
