"""Sending notes again that Anki refuses because it changed them after they were built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exporter.deck import Note
from exporter.diagnostics import Diagnostic, error
from exporter.identity.changes import Change, ChangeKind
from exporter.identity.ledger import Identified
from exporter.identity.records import Record

ALL = "all"
"""What stands for the keys of all notes."""

MARGIN_S = 300
"""How far the time of a note goes ahead of the build where Anki's time is not known.

A phone's clock may be ahead, and Anki may change the note until the import. An edit in Anki within
that time would be replaced by a second import of the same package, so it is short (unmeasured).
"""


def resend(identified: Identified, times: Mapping[str, int], now: int) -> Identified:
    """Return the notes with a later time for those that `times` names, by key or as “all”.

    The value of a key is the time that Anki has for its note, in seconds since 1970, or 0 where that
    is not known. The new time is later than that, the former one and `now`: Anki may have changed the
    note in this very second.
    """

    def later(key: str, modified: int) -> int:
        if key not in times and ALL not in times:
            return modified
        present = times.get(key, 0)
        return max(now if present else now + MARGIN_S, modified, present) + 1

    def lift(note: Note) -> Note:
        return replace(note, modified=later(note.key, note.modified))

    notes = {source: tuple(map(lift, some)) for source, some in identified.notes.items()}
    lifted = {note.key: note for some in notes.values() for note in some}
    records = tuple(
        replace(record, modified=lifted[record.key].modified) if record.key in lifted else record
        for record in identified.lock.records
    )
    sent = [record for record in records if record.key in lifted and record.answer]
    sent = [record for record in sent if record.key in times or ALL in times]
    changes = tuple(map(_change, sent))
    return replace(
        identified,
        notes=notes,
        lock=replace(identified.lock, records=records),
        changes=(*identified.changes, *changes),
    )


def unsendable(
    times: Mapping[str, int], records: Mapping[str, Record], built: frozenset[str]
) -> list[Diagnostic]:
    """Return why notes cannot be sent again; `built` are the keys of the notes that are exported.

    Reports `unknown-key`.
    """
    found = []
    for key in times:
        record = records.get(key)
        if key == ALL or key in built:
            continue
        if record is None:
            message = f"No question has the key {key}."
            hint = "`exporter show SOURCE` prints the key of every question."
        elif record.retired:
            message, hint = (
                f"The question with the key {key} is retired.",
                "Put it back into the source first.",
            )
        else:
            message = f"The question with the key {key} is not in this build."
            hint = f"Build {record.source}, and see whether the question has an answer."
        found.append(error("unknown-key", message, record.span if record else None, hint))
    return found


def _change(record: Record) -> Change:
    return Change(ChangeKind.RESENT, record.key, record.source, record.question, record.number)
