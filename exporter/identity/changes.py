"""What a build changes, question by question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """In which way a question changed; one question can change in several ways."""

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
    """How one question changed since the last build.

    `old` and `new` are what changed: the answers, the questions' words, the numbers or the
    sources. `likeness` (0 to 1) is given where the question was known by likeness alone.
    """

    kind: ChangeKind
    key: str
    source: str
    question: str
    number: int | None = None
    old: str | None = None
    new: str | None = None
    likeness: float | None = None
