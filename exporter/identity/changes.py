"""The changes of a build: how each question differs from the last build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from exporter.identity.records import Record


class ChangeKind(StrEnum):
    """The kind of a change; one question can have several changes."""

    ADDED = "added"
    ANSWER = "answer changed"
    REWORDED = "reworded"
    DETAILS = "details changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RETIRED = "retired"
    RETURNED = "returned"
    RESENT = "sent again"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one question since the last build.

    `old` and `new` are the answers, question texts, numbers or sources, depending on `kind`.
    `likeness` (0 to 1) is the score of a question that was matched by similarity only.
    """

    kind: ChangeKind
    key: str
    source: str
    question: str
    number: int | None = None
    old: str | None = None
    new: str | None = None
    likeness: float | None = None


def change_of(
    kind: ChangeKind,
    record: Record,
    *,
    old: str | None = None,
    new: str | None = None,
    likeness: float | None = None,
) -> Change:
    """Return a change of the question of a record."""
    return Change(kind, record.key, record.source, record.question, record.number, old, new, likeness)


def compare_records(old: Record, new: Record, likeness: float | None) -> Iterator[Change]:
    """Yield the changes between two records of the same question."""
    if old.retired:
        yield change_of(ChangeKind.RETURNED, new)
    if old.question != new.question:
        yield change_of(ChangeKind.REWORDED, new, old=old.question, new=new.question, likeness=likeness)
    if old.answer != new.answer:
        yield change_of(ChangeKind.ANSWER, new, old=old.answer, new=new.answer)
    if old.content and old.content != new.content and _has_same_text(old, new):
        yield change_of(ChangeKind.DETAILS, new)
    if old.source != new.source:
        yield change_of(ChangeKind.MOVED, new, old=old.source, new=new.source)
    if old.number != new.number:
        yield change_of(
            ChangeKind.RENUMBERED, new, old=_number_text(old.number), new=_number_text(new.number)
        )


def is_content_changed(old: Record, new: Record) -> bool:
    """Return whether the exported content differs between two records of the same question."""
    if old.content:
        return old.content != new.content
    # a recovered record has no digest: its content is unchanged if its text is
    return not _has_same_text(old, new)


def _has_same_text(old: Record, new: Record) -> bool:
    return (old.question, old.answer) == (new.question, new.answer)


def _number_text(number: int | None) -> str | None:
    return None if number is None else str(number)
