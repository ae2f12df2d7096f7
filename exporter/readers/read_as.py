"""How a source was read, and how else it could be: the values that `exporter check` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A run of questions that are marked in one way, or another reading of the whole source.

    `phrase` says what was taken for questions, such as “lines that begin `N.`”; `value` is that of
    `source.questions` that chooses this reading, empty if none does; `line` (from 1) is that of the first
    question, and `count` the number of questions.
    """

    phrase: str
    value: str
    line: int
    count: int


@dataclass(frozen=True, slots=True)
class ReadAs:
    """The parts of a source in order, and the other readings, the most plausible first.

    `header` is the line (from 1) of a table's header, 0 if there is none.
    """

    parts: tuple[ReadPart, ...]
    others: tuple[ReadPart, ...] = ()
    header: int = 0
