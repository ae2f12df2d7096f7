"""Sending notes again that Anki refuses because it changed them after they were built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exporter.identity.changes import Change, ChangeKind
from exporter.identity.records import Record
from exporter.identity.resolver import Identification
from exporter.identity.timestamps import next_time
from exporter.model.diagnostics import Diagnostic, error

ALL_NOTES = "all"
"""What stands for the keys of all notes."""

CLOCK_MARGIN_S = 300
"""How far the time of a note goes ahead of the build where Anki's time is not known.

A phone's clock may be ahead, and Anki may change the note until the import. An edit in Anki within
that time would be replaced by a second import of the same package, so it is short (unmeasured).
"""


def resend(identified: Identification, times: Mapping[str, int], now: int) -> Identification:
    """Return the notes with a later time for those that `times` names, by key or as “all”.

    The value of a key is the time that Anki has for its note, in seconds since 1970, or 0 where that
    is not known. The new time is later than that, the former one and `now`.
    """

    def lift(record: Record) -> Record:
        if record.key not in built or not (record.key in times or ALL_NOTES in times):
            return record
        present = times.get(record.key, 0)
        floor = max(present, record.modified)
        return replace(record, modified=next_time(now + (1 if present else CLOCK_MARGIN_S), floor))

    built = {keyed.key for questions in identified.questions.values() for keyed in questions}
    records = tuple(map(lift, identified.lock.records))
    lifted = {
        new.key: new for old, new in zip(identified.lock.records, records, strict=True) if new is not old
    }
    questions = {
        source: tuple(
            replace(keyed, modified=lifted[keyed.key].modified) if keyed.key in lifted else keyed
            for keyed in keyed_questions
        )
        for source, keyed_questions in identified.questions.items()
    }
    sent = [record for record in lifted.values() if record.answer]
    changes = tuple(map(_change, sent))
    return replace(
        identified,
        questions=questions,
        lock=replace(identified.lock, records=records),
        changes=(*identified.changes, *changes),
    )


def check_resend(
    times: Mapping[str, int], records: Mapping[str, Record], built: frozenset[str]
) -> list[Diagnostic]:
    """Return why notes cannot be sent again; `built` are the keys of the notes that are exported.

    Reports `unknown-key`.
    """
    found = []
    for key in times:
        record = records.get(key)
        if key == ALL_NOTES or key in built:
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
            hint = f"Build {record.source}, and check whether the question has an answer."
        found.append(error("unknown-key", message, record.span if record else None, hint))
    return found


def _change(record: Record) -> Change:
    return Change(ChangeKind.RESENT, record.key, record.source, record.question, record.number)
