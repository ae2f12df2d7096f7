"""Recovery of a lost lock from the notes of a package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from exporter.identity.keys import is_key
from exporter.identity.ordering import RANK_STEP
from exporter.identity.records import Lock, Namespace, Record
from exporter.model.deck import MAX_TIME_S


@dataclass(frozen=True, slots=True)
class PackageNote:
    """A note of a package: its plain text and Anki's times."""

    key: str
    source: str
    question: str
    answer: str
    number: int | None
    modified: int
    created: int


@dataclass(frozen=True, slots=True)
class Recovery:
    """The lock with the recovered records, these records, and the notes that were skipped.

    `skipped` has the number of notes of each other source; `foreign` are notes without a valid key,
    which were made or copied in Anki, or cannot be read.
    """

    lock: Lock
    recovered: tuple[Record, ...]
    skipped: Counter[str]
    foreign: tuple[PackageNote, ...] = ()


def recover(lock: Lock, notes: Iterable[PackageNote], names: frozenset[str]) -> Recovery:
    """Add the notes of the named sources whose key is not in a lock to the lock.

    A package has no content digest: the content of a recovered record is unchanged if its text is.
    """
    keys = {record.key for record in lock.records}
    creation_times = {record.created for record in lock.records}
    last_created = max((time for time in creation_times if time <= MAX_TIME_S * 1000), default=0)
    skipped: Counter[str] = Counter()
    recovered: list[Record] = []
    foreign: list[PackageNote] = []
    for index, note in enumerate(notes):
        if not is_key(note.key):
            foreign.append(note)
        elif note.source not in names:
            skipped[note.source] += 1
        elif note.key not in keys:
            last_created = max(last_created, note.created)
            created = note.created
            if not created or created in creation_times:
                last_created += 1
                created = last_created
            keys.add(note.key)
            creation_times.add(created)
            rank = RANK_STEP * (index + 1)
            recovered.append(
                Record(
                    note.key,
                    note.source,
                    note.question,
                    note.answer,
                    "",
                    note.modified,
                    created,
                    rank,
                    note.number,
                )
            )
    names_by_source = {entry.source: entry.name for entry in lock.namespaces}
    for record in recovered:
        names_by_source.setdefault(record.source, PurePath(record.source).stem)
    records = sorted((*lock.records, *recovered), key=lambda record: record.key)
    namespaces = tuple(Namespace(source, name) for source, name in sorted(names_by_source.items()))
    new_lock = replace(lock, records=tuple(records), namespaces=namespaces)
    return Recovery(new_lock, tuple(recovered), skipped, tuple(foreign))
