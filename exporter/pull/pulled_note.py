"""What a pull finds out about a note of a package or of Anki, and about its question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from exporter.model.questions import Question
from exporter.pull.anki_edition import Edition


class PullState(StrEnum):
    """The state of a note."""

    AS_EXPORTED = "as-exported"
    SOURCE_NEWER = "source-newer"
    RETIRED = "retired"
    OTHER_SOURCE = "other-source"
    REFUSED_BY_ANKI = "refused-by-anki"
    EDITED = "edited"
    MERGED = "merged"
    CONFLICT = "conflict"
    EMPTIED = "emptied"
    FORMATTING_ONLY = "formatting-only"
    NOT_WRITTEN = "not-written"
    NOT_IN_SOURCE = "not-in-source"
    FOREIGN = "foreign"


UNEDITED = frozenset(
    (PullState.AS_EXPORTED, PullState.SOURCE_NEWER, PullState.RETIRED, PullState.OTHER_SOURCE)
)
"""The states of notes that were not edited, or belong to sources that were not read; only counted."""


@dataclass(frozen=True, slots=True)
class NoteInAnki:
    """A note as Anki has it; `modified` is in seconds since 1970, or 0 if it is unknown."""

    key: str
    fields: Mapping[str, str]
    modified: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question of a source with its key: the source, its position there (from 0), and its line (from 1)."""

    key: str
    path: Path
    index: int
    line: int
    question: Question
    modified: int


@dataclass(frozen=True, slots=True)
class PulledNote:
    """A note with its state.

    `known` is its question, if a source has it; `source` and `anki` are the two editions. `fields` are the
    names of the fields that are taken, or in conflict. `reason` says why an edit is not written. `emptied`
    are fields without text in Anki, `ignored` edited fields that are never taken, `tags` those that only
    Anki has. `lost_formatting` tells that only the words of an edit are taken.
    """

    key: str
    state: PullState
    known: KnownQuestion | None = None
    source: Edition | None = None
    anki: Edition | None = None
    fields: tuple[str, ...] = ()
    reason: str = ""
    emptied: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    lost_formatting: bool = False
    modified: int = 0
