"""The times of notes, and what becomes of them where a clock was wrong."""

from __future__ import annotations

from exporter.identity.records import Lock, Record
from exporter.model.deck import MAX_TIME_S

MAX_AHEAD_S = 86_400
"""How far a time may be ahead of the clock: time zones set wrongly differ by less than a day."""

MAX_CREATION_DELAY_S = 1_000
"""A record's two times differ by less if it never changed: its creation counts up for each question."""

BEFORE_ANKI_S = 946_684_800
"""2000-01-01: earlier than anything that was edited in Anki."""


def next_time(now: int, before: int) -> int:
    """Return the time of a change: now, but always after the time of the change before."""
    return min(max(now, before + 1), MAX_TIME_S)


def sent_time(record: Record, now: int) -> int:
    """Return the time that a note has in a package, in seconds since 1970.

    Anki keeps what was edited there only if that is later. So a time ahead of the clock is not sent
    of a note that has never changed: where Anki has it, it has these words. One that has changed
    needs its time, or Anki would keep the words of before.
    """
    is_unchanged = 0 <= record.created // 1000 - record.modified < MAX_CREATION_DELAY_S
    # at the end of all times a change could not be told from none
    is_certain = is_unchanged and record.modified < MAX_TIME_S
    return BEFORE_ANKI_S if is_ahead(record.modified, now) and is_certain else record.modified


def is_ahead(time: int, now: int) -> bool:
    """Return whether a time can only come from a clock that was wrong, or is wrong now."""
    return time > now + MAX_AHEAD_S


def find_times_ahead(lock: Lock, now: int) -> tuple[Record, ...]:
    """Return the records whose time is ahead of the clock."""
    return tuple(record for record in lock.records if not record.retired and is_ahead(record.modified, now))
