"""Rebuilding a lock from what a package of the deck still knows."""

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
    """A question as a package has it: its words as plain text, and Anki's times."""

    key: str
    source: str
    question: str
    answer: str
    number: int | None
    modified: int
    created: int


@dataclass(frozen=True, slots=True)
class Recovery:
    """The lock with what was found, the records that are new in it, and what was left out.

    `left_out` counts the notes of other sources; `foreign` are those with a key that is not of our
    form: they were made or copied in Anki, or cannot be read.
    """

    lock: Lock
    found: tuple[Record, ...]
    left_out: Counter[str]
    foreign: tuple[PackageNote, ...] = ()


def recover(lock: Lock, notes: Iterable[PackageNote], names: frozenset[str]) -> Recovery:
    """Add to a lock the questions it does not know, of the sources of these names.

    What else a record holds is not in a package: its content counts as unchanged while its
    words are.
    """
    known = {record.key for record in lock.records}
    created = {record.created for record in lock.records}
    last = max((moment for moment in created if moment <= MAX_TIME_S * 1000), default=0)
    left_out: Counter[str] = Counter()
    found: list[Record] = []
    foreign: list[PackageNote] = []
    for place, note in enumerate(notes):
        if not is_key(note.key):
            foreign.append(note)
        elif note.source not in names:
            left_out[note.source] += 1
        elif note.key not in known:
            last = max(last, note.created)
            moment = note.created
            if not moment or moment in created:
                last += 1
                moment = last
            known.add(note.key)
            created.add(moment)
            rank = RANK_STEP * (place + 1)
            found.append(
                Record(
                    note.key,
                    note.source,
                    note.question,
                    note.answer,
                    "",
                    note.modified,
                    moment,
                    rank,
                    note.number,
                )
            )
    spaces = {entry.source: entry.name for entry in lock.namespaces}
    for record in found:
        spaces.setdefault(record.source, PurePath(record.source).stem)
    records = sorted((*lock.records, *found), key=lambda record: record.key)
    namespaces = tuple(Namespace(source, name) for source, name in sorted(spaces.items()))
    return Recovery(
        replace(lock, records=tuple(records), namespaces=namespaces), tuple(found), left_out, tuple(foreign)
    )
