"""Warnings about the content of a lock: dropped corrections, and times ahead of the clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from exporter.identity import Identification
from exporter.identity.records import NEW_KEY, Lock
from exporter.identity.timestamps import find_times_ahead, is_ahead
from exporter.model.diagnostics import Diagnostic, pluralize, warning
from exporter.model.questions import SourceSpan


def report_dropped_corrections(identified: Identification, lock_path: Path) -> Iterator[Diagnostic]:
    """Report `relink-open` for each correction of `relink` whose question was edited or removed since."""
    for record in identified.unresolved:
        key = record.key if record.link == NEW_KEY else record.link
        message = f"The correction for “{record.question}” was dropped: no question has the key {key} now."
        hint = f"Run `exporter relink {record.key} NEW` again, with the question's present key for NEW."
        yield warning("relink-open", message, SourceSpan(str(lock_path), 1), hint)


def report_times_ahead(lock: Lock, now: int, lock_path: Path) -> Iterator[Diagnostic]:
    """Report `lock-time-ahead` if a former build ran with a clock ahead of `now`, in seconds since 1970."""
    ahead = find_times_ahead(lock, now)
    if not ahead and not is_ahead(lock.templates_modified, now):
        return
    latest = max([record.modified for record in ahead] or [lock.templates_modified])
    date = time.strftime("%Y-%m-%d", time.gmtime(latest))
    subject = pluralize(len(ahead), "time") if ahead else "The time of the templates"
    verb = "is" if len(ahead) < 2 else "are"
    message = f"{subject} in {lock_path} {verb} ahead of the clock, until {date}."
    hint = (
        "Correct the clock if it is wrong. Otherwise edit the questions that have changed since only in the "
        "source until then; edits of the others in Anki are safe. After that date, "
        "`exporter build --resend all` corrects the times."
    )
    yield warning("lock-time-ahead", message, ahead[0].span if ahead else SourceSpan(str(lock_path), 1), hint)
