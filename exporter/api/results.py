"""What the functions of the Python API return."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exporter.exporters import ExportedFile
from exporter.identity.changes import Change
from exporter.model.deck import Deck, KeyedQuestion
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import QuestionSet
from exporter.pipeline.deck_moves import DeckMove


@dataclass(frozen=True, slots=True)
class Source:
    """A source with its questions; `diagnostics` are warnings and notes, never errors."""

    path: Path
    questions: QuestionSet
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Build:
    """The result of a build: the files written, the decks in them, and the changes since the last build.

    `diagnostics` are warnings and notes; an error only if a plugin failed, which does not stop the
    other exports.
    """

    files: tuple[Path, ...]
    decks: tuple[Deck, ...]
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would change; nothing was written.

    `questions` are all questions of the sources with their keys. `deck_moves` are the cards that an
    import leaves in another deck. `look_changed` tells whether the templates of the Anki cards changed,
    and `lock_changed` whether the build would write `exporter.lock`. `diagnostics` are as in `Build`.
    """

    questions: tuple[KeyedQuestion, ...]
    changes: tuple[Change, ...]
    deck_moves: tuple[DeckMove, ...]
    look_changed: bool
    lock_changed: bool
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """The result of a build in memory: the bytes of its files, and the lock that the next build needs.

    `lock` is the content of `exporter.lock`, to be kept and given to the next call. The other fields are
    as in `Build`.
    """

    files: tuple[ExportedFile, ...]
    lock: bytes
    decks: tuple[Deck, ...]
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
