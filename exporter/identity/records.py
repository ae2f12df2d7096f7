"""The lock and its records: the state of every question at the last build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exporter.model.questions import SourceSpan

NEW_KEY = "new"
"""The word that `relink` takes instead of a key, for a key that no question has had."""


@dataclass(frozen=True, slots=True)
class Record:
    """The state of a question at the last build.

    `question` and `answer` are plain text; `content` is the digest of the exported content, empty in
    a recovered record. `modified` is in seconds since 1970, `created` in milliseconds and unique in its
    lock. `rank` gives the order of the questions of a source. `printed` is the print state (content and
    digest) of the card last printed, `sent` that of the card last written for printing and not yet
    marked as printed. `deck` is the deck at the last build, if it differs from that of the source.
    `link` is set by `relink` and applied by the next build: the question with that key gets the key of
    this record; with `NEW_KEY` the question of this record gets a new key. `shipped` are the last
    versions that builds have written, oldest first; see `shipped_versions`.
    """

    key: str
    source: str
    question: str
    answer: str
    content: str
    modified: int
    created: int
    rank: int
    number: int | None = None
    id: str | None = None
    retired: bool = False
    printed: str | None = None
    sent: str | None = None
    deck: str | None = None
    link: str | None = None
    shipped: tuple[str, ...] = ()
    span: SourceSpan | None = field(default=None, compare=False)


MAX_NAME_BYTES = 255
"""Maximum length of a file name in common file systems."""


def is_file_name(name: str) -> bool:
    """Return whether a text is a valid name of a file in a folder, as a record's source is."""
    data = name.encode("utf-8", "surrogateescape")
    return 0 < len(data) <= MAX_NAME_BYTES and name not in (".", "..") and not set(name) & set("/\\\0")


@dataclass(frozen=True, slots=True)
class Namespace:
    """The namespace from which the first keys of a source's questions are derived."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class SourceDeck:
    """The name of a source's deck in Anki at its last build."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Lock:
    """The records of all questions of a folder, sorted by key.

    `templates` is the digest of the deck's CSS and templates, `templates_modified` the time of their
    last change, in seconds since 1970. `decks` is empty in the lock of an exporter that did not store
    decks. `derivation` is the version of the derivation of cues at the last build.
    """

    records: tuple[Record, ...] = ()
    namespaces: tuple[Namespace, ...] = ()
    templates: str = ""
    templates_modified: int = 0
    decks: tuple[SourceDeck, ...] = ()
    derivation: int = 1

    @property
    def deck_by_source(self) -> dict[str, str]:
        """The names of the decks of the sources at their last build, by source."""
        return {entry.source: entry.name for entry in self.decks}


def find_deck(record: Record, deck_by_source: Mapping[str, str]) -> str | None:
    """Return the deck of a record at the last build, or `None` if the lock does not have it."""
    return record.deck or deck_by_source.get(record.source)
