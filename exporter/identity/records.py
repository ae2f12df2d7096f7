"""What is remembered of every question from one build to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exporter.model.questions import SourceSpan

NEW_KEY = "new"
"""What stands for a key that no question has had yet."""


@dataclass(frozen=True, slots=True)
class Record:
    """One question's memory.

    `question` and `answer` are plain text; `content` is the digest of all that is exported,
    and empty where it is not known (a recovered record). `modified` is in seconds since 1970,
    `created` in milliseconds and unique in its lock. `rank` orders the questions of a source;
    only its order has a meaning. `printed` is the state of the card that was last printed, its content
    and digest, `sent` of the one that was last written for printing and is not yet said to be printed.
    `deck` is the deck of the last build, where it is another than that of its source.
    `link` is set by `relink` and applied by the next build: the question that is known by that
    key gets the key of this record; with `NEW_KEY` this record's question gets a key of its own.
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
    span: SourceSpan | None = field(default=None, compare=False)


MAX_NAME_BYTES = 255
"""No file system has longer names."""


def is_file_name(name: str) -> bool:
    """Return whether a text can name a file within its folder, as a record's source does."""
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
    """The memory of all questions of one folder, sorted by key.

    `templates` is the digest of the deck's CSS and templates, `templates_modified` the time
    they last changed, in seconds since 1970. `decks` is empty in a lock that an exporter wrote
    which did not remember decks. `derivation` is the number of the derivation of cues at the last build.
    """

    records: tuple[Record, ...] = ()
    namespaces: tuple[Namespace, ...] = ()
    templates: str = ""
    templates_modified: int = 0
    decks: tuple[SourceDeck, ...] = ()
    derivation: int = 1

    @property
    def deck_by_source(self) -> dict[str, str]:
        """The names of the sources' decks at their last build."""
        return {entry.source: entry.name for entry in self.decks}


def find_deck(record: Record, deck_by_source: Mapping[str, str]) -> str | None:
    """Return the deck of a record at the last build, if that is known."""
    return record.deck or deck_by_source.get(record.source)
