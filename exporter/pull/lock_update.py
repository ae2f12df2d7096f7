"""The lock after a pull: later times for notes that Anki changed, and questions reworded in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from exporter.identity.records import Lock, Record
from exporter.identity.shipped_versions import repeat_version
from exporter.identity.timestamps import next_time
from exporter.model.text import plain_text
from exporter.pull.pulled_note import PulledNote, PullState


def update_lock(lock: Lock, notes: Iterable[PulledNote], now: int) -> Lock:
    """Return the lock of the last build as the next one has to find it; `now` is in seconds since 1970.

    Without a later time, Anki would refuse the next text of a note that it changed after the build, and would
    keep a category or key that is to be put back. Without its new words, a question that was reworded in Anki
    would get a new key if its answer was edited as well.
    """
    by_key = {note.key: note for note in notes}

    def update(record: Record) -> Record:
        note = by_key.get(record.key)
        if note is None:
            return record
        is_put_back = bool(note.ignored) and note.state is PullState.AS_EXPORTED
        is_refused = is_put_back or note.state is PullState.REFUSED_BY_ANKI
        if is_refused and note.modified >= record.modified:
            return repeat_version(replace(record, modified=next_time(now, note.modified)))
        if note.state not in (PullState.EDITED, PullState.MERGED):
            return record
        if note.modified >= now:
            # the clock of the device is ahead; with an equal time the note would pass for untouched
            record = replace(record, modified=max(record.modified, note.modified + 1))
        if note.source and "question" in note.fields:
            record = replace(record, question=plain_text(note.source.question))
        return record

    return replace(lock, records=tuple(map(update, lock.records)))
