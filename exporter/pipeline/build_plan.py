"""What a build would do: the decks, locks and changes of each folder of sources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exporter.identity import Identification, lockfile
from exporter.identity.changes import Change
from exporter.identity.records import Lock, Record
from exporter.identity.relink_suggestions import find_possible_relinks
from exporter.model.diagnostics import Diagnostic
from exporter.pipeline.deck_moves import DeckMove
from exporter.pipeline.deck_plan import DeckPlan
from exporter.pipeline.loaded_source import LoadedSource


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """The plan of the sources of one folder, which share a lock.

    `lock` is the content that the build writes into the lock file. `lock_found` tells whether there is a
    lock file now, and `lock_changed` whether its content differs from that.
    `only_notices_new` tells that the difference is only in what later builds compare with: the names of
    decks, the derivation of cues, and versions of notes that the lock had none of. `loaded` are the sources
    that are built, followed by those that were read only to compare. `templates_changed` tells whether the
    card templates differ from those of the last build. `deck_moves` are the cards that an import leaves in
    another deck.
    """

    path: Path
    decks: tuple[DeckPlan, ...]
    identified: Identification
    lock: Lock
    loaded: tuple[LoadedSource, ...]
    lock_found: bool
    lock_changed: bool
    templates_changed: bool
    deck_moves: tuple[DeckMove, ...] = ()
    only_notices_new: bool = False

    @property
    def lock_path(self) -> Path:
        """The path of the folder's lock file."""
        return self.path / lockfile.LOCK_NAME

    @property
    def lock_text(self) -> str:
        """The text of the lock file after the build; rendered when it is written."""
        return lockfile.render(self.lock)


@dataclass(frozen=True, slots=True)
class Offer:
    """A retired and an added question that may be the same; `lock_path` is the lock of both."""

    lock_path: Path
    old: Record
    new: Record


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build would do in each folder, and all diagnostics of reading and planning.

    `copies` are files that were read and are not built, because their questions are in other sources.
    """

    loaded: tuple[LoadedSource, ...]
    folders: tuple[FolderPlan, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    copies: tuple[LoadedSource, ...] = ()

    @property
    def decks(self) -> tuple[DeckPlan, ...]:
        """The decks of all sources."""
        return tuple(deck for folder in self.folders for deck in folder.decks)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of all questions since the last build."""
        return tuple(change for folder in self.folders for change in folder.identified.changes)

    @property
    def deck_moves(self) -> tuple[DeckMove, ...]:
        """The cards that an import leaves in another deck than the one their source names."""
        return tuple(move for folder in self.folders for move in folder.deck_moves)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The pairs of a retired and an added question that may be the same."""
        return tuple(
            Offer(folder.lock_path, old, new)
            for folder in self.folders
            for old, new in find_possible_relinks(folder.identified.lock, folder.identified.changes)
        )

    @property
    def retired(self) -> tuple[str, ...]:
        """The keys of all retired questions.

        Those without an answer are included: an answer may have been deleted before its question, so
        Anki may have a note of it.
        """
        records = (record for folder in self.folders for record in folder.lock.records)
        return tuple(record.key for record in records if record.retired)
