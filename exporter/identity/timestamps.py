"""The times of notes, also after builds with a wrong clock."""

from __future__ import annotations

from exporter.identity.records import Lock, Record
from exporter.model.deck import MAX_TIME_S

MAX_AHEAD_S = 86_400
"""Maximum time ahead of the clock that is not an error; a wrong time zone is less than a day."""

MAX_CREATION_DELAY_S = 1_000
"""Upper bound of the difference between a record's two times if it never changed: `created` is counted up
by a millisecond per question, for the `questions.MAX_QUESTIONS` of a source with room to spare."""

BEFORE_ANKI_S = 946_684_800
"""2000-01-01, before the first version of Anki."""


def next_time(now: int, previous: int) -> int:
    """Return the time of a change: now, or a second after the previous change if that is later."""
    return min(max(now, previous + 1), MAX_TIME_S)


def sent_time(record: Record, now: int) -> int:
    """Return the time of a note in a package, in seconds since 1970.

    An import overwrites an edit in Anki if the note in the package is later. So a note that never
    changed, which Anki has with the same text, is sent with an early time if its time is ahead of the
    clock. A changed note needs its time, or Anki would keep its former text.
    """
    is_unchanged = 0 <= record.created // 1000 - record.modified < MAX_CREATION_DELAY_S
    # at `MAX_TIME_S`, changed and unchanged records have the same times
    is_certain = is_unchanged and record.modified < MAX_TIME_S
    return BEFORE_ANKI_S if is_ahead(record.modified, now) and is_certain else record.modified


def is_ahead(time: int, now: int) -> bool:
    """Return whether a time is so far ahead that the clock was wrong then, or is wrong now."""
    return time > now + MAX_AHEAD_S


def find_times_ahead(lock: Lock, now: int) -> tuple[Record, ...]:
    """Return the records that are not retired and whose time is ahead of the clock."""
    return tuple(record for record in lock.records if not record.retired and is_ahead(record.modified, now))
