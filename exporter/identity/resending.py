"""Resending of notes that Anki refuses because it changed them after they were built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exporter.identity.changes import ChangeKind, change_of
from exporter.identity.records import Record
from exporter.identity.resolver import Identification
from exporter.identity.shipped_versions import repeat_version
from exporter.identity.timestamps import next_time
from exporter.model.diagnostics import Diagnostic, error

ALL_NOTES = "all"
"""The word for the keys of all notes."""

CLOCK_MARGIN_S = 300
"""How far ahead of the build the time of a note is set if Anki's time is unknown, in seconds.

A phone's clock may be ahead, and Anki may change the note until the import. It is short, since a second
import of the same package would replace edits made in Anki during this time; unmeasured.
"""


def resend(identified: Identification, times: Mapping[str, int], now: int) -> Identification:
    """Return the identification with later times for the notes that are resent.

    `times` has their keys, or “all”, each with the time of the note in Anki in seconds since 1970, or 0
    if it is unknown. The new time is later than this time, the old one, and `now`.
    """

    def advance(record: Record) -> Record:
        if record.key not in built or not (record.key in times or ALL_NOTES in times):
            return record
        anki_time = times.get(record.key, 0)
        previous = max(anki_time, record.modified)
        later = next_time(now + (1 if anki_time else CLOCK_MARGIN_S), previous)
        return repeat_version(replace(record, modified=later))

    built = {keyed.key for questions in identified.questions.values() for keyed in questions}
    records = tuple(map(advance, identified.lock.records))
    advanced = {
        new.key: new for old, new in zip(identified.lock.records, records, strict=True) if new is not old
    }
    questions = {
        source: tuple(
            replace(keyed, modified=advanced[keyed.key].modified) if keyed.key in advanced else keyed
            for keyed in keyed_questions
        )
        for source, keyed_questions in identified.questions.items()
    }
    changes = tuple(change_of(ChangeKind.RESENT, record) for record in advanced.values() if record.answer)
    return replace(
        identified,
        questions=questions,
        lock=replace(identified.lock, records=records),
        changes=(*identified.changes, *changes),
    )


def check_resend(
    times: Mapping[str, int], records: Mapping[str, Record], built: frozenset[str]
) -> list[Diagnostic]:
    """Report `unknown-key` for notes that cannot be resent; `built` are the keys of the exported notes."""
    diagnostics = []
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
        diagnostics.append(error("unknown-key", message, record.span if record else None, hint))
    return diagnostics
