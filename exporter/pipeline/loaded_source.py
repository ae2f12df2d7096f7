"""A source after reading and checking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import Question, QuestionSet
from exporter.readers.read_as import ReadAs


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """A source after reading and checking; it has no questions if it could not be read.

    `media` are the contents of pictures by their targets. `lines` are the lines of the decoded text,
    and empty if it could not be decoded. `read_as` says how they were read, if the reader tells it, and
    `reader` is the reader's name. `label_language` is the language of the labels, empty if it is unknown.
    `filtered` are the questions that filters left out.
    """

    path: Path
    questions: QuestionSet
    diagnostics: tuple[Diagnostic, ...]
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    lines: tuple[str, ...] = ()
    read_as: ReadAs | None = None
    reader: str = ""
    label_language: str = ""
    filtered: tuple[Question, ...] = ()

    def find_language(self, settings: Settings) -> str:
        """Return the language (BCP 47): of the source, the setting or the labels, else English."""
        setting = settings.for_source(self.path.name).language
        return self.questions.language or setting or self.label_language or "en"
