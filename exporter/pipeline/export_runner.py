"""The last step of the way of the data: each exporter on each deck. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from exporter import exporters
from exporter.config.settings import Settings
from exporter.config.templates import BrokenTemplateError
from exporter.exporters import Export, ExportedFile, Recall, ReusingFunction, nothing_earlier
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic, error
from exporter.pipeline.beside import MOST, divided, possible

DEAREST = ("anki", "pdf")
"""The exporters that take longest; they are begun first."""
NEED_CUES = ("anki", "markdown")
MANY = 1500
"""From how many notes on a second process is worth its start."""


@dataclass(frozen=True, slots=True)
class DeckExport:
    """What the exporter `name` made of the deck of a source, which `source` names."""

    source: str
    name: str
    export: Export


@dataclass(frozen=True, slots=True)
class Exported:
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
    recall: Recall = nothing_earlier,
) -> Exported:
    """Run the exporters of these names on each deck; `recall` gives the last build's files.

    A fault in an exporter of another package is a diagnostic, and the others go on.
    """
    own = [name for name in names if name in exporters.BUILT_IN]
    exports = _built_in(own, decks, settings, now, recall)
    for name in names:
        if name not in own:
            exports += _foreign(name, decks, settings, now, exports)
    found = [found for made in exports for found in made.export.diagnostics]
    first: dict[str, bytes] = {}
    for file in (file for made in exports for file in made.export.files):
        if first.setdefault(file.name, file.data) != file.data:
            message = f"Two exports would write {file.name}, each with other bytes."
            found.append(error("output-collision", message, hint="Rename one of them, or build them apart."))
    # what is wrong with a setting is the same for each deck
    return Exported(tuple(exports), tuple(dict.fromkeys(found)))


def _built_in(
    names: Sequence[str], decks: Sequence[Deck], settings: Settings, now: int, recall: Recall
) -> list[DeckExport]:
    """Run exporter's own exporters; of many notes in two processes."""

    def run(group: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Export]:
        return {(name, at): _run(name, decks[at], settings, now, recall) for name, at in group}

    groups = [
        [(name, at) for name in together] for together in _kinds(names, decks) for at in range(len(decks))
    ]
    two = sum(len(deck.notes) for deck in decks) >= MANY and 1 < len(groups) <= MOST and possible()
    done = divided([partial(run, group) for group in groups]) if two else map(run, groups)
    exports = {which: export for some in done for which, export in some.items()}
    return [
        DeckExport(deck.source, name, exports[name, at]) for at, deck in enumerate(decks) for name in names
    ]


def _kinds(names: Sequence[str], decks: Sequence[Deck]) -> list[list[str]]:
    """Return which exporters are best run in one process, the longest work first.

    Who needs cues stays together where many are still to be made, for they are made but once.
    """
    unknown = sum(note.made_cues is None for deck in decks for note in deck.notes)
    together = [name for name in names if name in NEED_CUES and unknown >= MANY]
    apart = sorted(set(names).difference(together), key=[*DEAREST, *names].index)
    return [*filter(None, [together]), *([name] for name in apart)]


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


def _run(name: str, deck: Deck, settings: Settings, now: int, recall: Recall) -> Export:
    function = exporters.load(name)
    try:
        if name in exporters.REUSING:
            return cast(ReusingFunction, function)(deck, settings, now, recall)
        return function(deck, settings, now)
    except BrokenTemplateError as fault:
        return Export((), (fault.diagnostic,))
