"""Sources in memory: their names and bytes are checked, and no file is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from exporter.config.settings import Settings, with_values
from exporter.identity.records import is_file_name
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import QuestionSet, SourceSpan
from exporter.model.text import is_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_bytes
from exporter.system.files import MAX_SOURCE_BYTES, report_too_large


@dataclass(frozen=True, slots=True)
class MemorySource:
    """A source that is not a file: `name` is its file name, and `data` its text or its bytes."""

    name: str
    data: str | bytes

    def load(self, settings: Settings, pictures: Mapping[str, bytes]) -> LoadedSource:
        """Read and check the source; `settings` are those of the project, `pictures` the files it may name.

        The diagnostics are those of `load_bytes`, `bad-file-name`, `too-large`, and `encoding-wrong` for a
        text that is none.
        """
        settings = settings.for_source(self.name)
        if isinstance(self.data, str):
            settings = with_values(settings, {"source.encoding": "utf-8"})
        data = self.data.encode("utf-8", "surrogatepass") if isinstance(self.data, str) else bytes(self.data)
        path = Path(self.name)
        if problem := self._find_problem(data):
            return LoadedSource(path, QuestionSet((), source=self.name), (problem,))
        return load_bytes(path, data, settings, pictures)

    def _find_problem(self, data: bytes) -> Diagnostic | None:
        span = SourceSpan(self.name, 1)
        if not is_text(self.name) or not is_file_name(self.name):
            message = f"“{self.name[:100]}” is not the name of a file in a folder."
            hint = "Name the source like `questions.txt`, without a folder."
            return error("bad-file-name", message, hint=hint)
        if isinstance(self.data, str) and not is_text(self.data):
            message = "This text has halves of characters (lone surrogates), which no encoding has."
            return error("encoding-wrong", message, span, "Pass the bytes of the source, not its text.")
        return report_too_large(span, MAX_SOURCE_BYTES) if len(data) > MAX_SOURCE_BYTES else None
