"""The progress of a build: which step begins, and how many steps of its kind are done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """A kind of step of a build, in their order."""

    READ = "read"
    PLAN = "plan"
    EXPORT = "export"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Progress:
    """A step that begins; `done` of `total` steps of its kind are done.

    `source` is the name of the source that is read or exported, and `export` the name of the exporter.
    """

    step: Step
    done: int = 0
    total: int = 1
    source: str = ""
    export: str = ""

    @property
    def text(self) -> str:
        """The step in a few words, for people."""
        match self.step:
            case Step.READ:
                text = f"Reading {self.source}"
            case Step.PLAN:
                text = "Comparing with the last build"
            case Step.EXPORT:
                text = f"Writing {self.export} of {self.source}"
            case Step.WRITE:
                text = "Replacing the files"
        return text if self.total == 1 else f"{text} ({self.done + 1:,} of {self.total:,})"


OnProgress = Callable[[Progress], None]
"""What is called when a step begins; an exception that it raises ends the build, and nothing is written."""


def ignore_progress(_progress: Progress) -> None:
    """Ignore that a step begins."""
