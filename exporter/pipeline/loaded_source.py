"""A source as it was read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import QuestionSet


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """A source as it was read and checked; it has no questions where it could not be read.

    `lines` are those of its text, as far as it could be decoded.
    """

    path: Path
    questions: QuestionSet
    diagnostics: tuple[Diagnostic, ...]
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    lines: tuple[str, ...] = ()
