"""Which cue cards differ from those that were last printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from exporter.deck import Note
from exporter.identity.content import card_digest
from exporter.identity.records import Lock, Record


@dataclass(frozen=True, slots=True)
class Reprint:
    """The notes whose cards are to be printed, and the printed cards to take out of the stack.

    `digests` has the digest of each note's card as it is now.
    """

    notes: tuple[Note, ...]
    stale: tuple[Record, ...]
    digests: Mapping[str, str]


def to_reprint(notes: Iterable[Note], lock: Lock, source: str, media: Mapping[str, bytes]) -> Reprint:
    """Return what to print of one source: a card whose number alone changed is as it was."""
    records = {record.key: record for record in lock.records}
    digests: dict[str, str] = {}
    changed: list[Note] = []
    for note in notes:
        digests[note.key] = card_digest(note.question, media)
        if records[note.key].printed != digests[note.key]:
            changed.append(note)
    stale = tuple(
        record
        for record in lock.records
        if (record.printed or record.sent)
        and record.source == source
        and (record.retired or record.key not in digests)
    )
    return Reprint(tuple(changed), stale, digests)


def sent(lock: Lock, reprint: Reprint) -> Lock:
    """Return the lock that remembers which cards were written for printing, and no others of that source."""
    digests = {note.key: reprint.digests[note.key] for note in reprint.notes}

    def settle(record: Record) -> Record:
        return replace(record, sent=digests.get(record.key)) if record.key in reprint.digests else record

    return _with(lock, settle)


def printed(lock: Lock, reprint: Reprint) -> Lock:
    """Return the lock that has the written cards as printed, or all where none were written.

    Cards to be taken out of the stack are no longer asked for.
    """
    stale = {record.key for record in reprint.stale}
    some = any(record.sent for record in lock.records if record.key in reprint.digests)

    def settle(record: Record) -> Record:
        if record.key in stale:
            return replace(record, printed=None, sent=None)
        if record.key not in reprint.digests:
            return record
        digest = record.sent if some else reprint.digests[record.key]
        return replace(record, printed=digest or record.printed, sent=None)

    return _with(lock, settle)


def _with(lock: Lock, change: Callable[[Record], Record]) -> Lock:
    return replace(lock, records=tuple(map(change, lock.records)))
