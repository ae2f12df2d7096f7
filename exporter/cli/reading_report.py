"""How each source was read, and what other readings there are, as `exporter check` prints it."""

from __future__ import annotations

from dataclasses import asdict

from exporter.cli.config import format_toml
from exporter.model.diagnostics import pluralize
from exporter.model.terminal_text import shell_quote
from exporter.pipeline.loaded_source import LoadedSource
from exporter.readers.read_as import ReadPart


def format_reading(source: LoadedSource, is_only: bool) -> str:
    """Return how a source was read; empty if its reader does not tell, or it has no questions.

    If the source `is_only`, a setting on the command line is suggested, else one for this file.
    """
    read_as, count = source.read_as, len(source.questions.questions)
    if read_as is None or not read_as.parts or not count:
        return ""
    sections = len({question.category for question in source.questions.questions} - {None})
    where = f" in {pluralize(sections, 'section')}" if sections > 1 else ""
    if len(read_as.parts) == 1:
        text = f"{read_as.parts[0].phrase} ({pluralize(count, 'question')}{where})"
    else:
        parts = [f"{part.phrase} ({part.count} from line {part.line})" for part in read_as.parts]
        text = f"{', then '.join(parts)}; {pluralize(count, 'question')}{where}"
    text = ("" if is_only else f"{source.path}: ") + f"Read as: {text}."
    if not read_as.others:
        return text
    others = "; ".join(f"{_name_other(part)} {part.count:,}" for part in read_as.others)
    value = read_as.others[0].value
    return f"{text} Other readings: {others}. Choose with {_format_choice(source, value, is_only)}."


def _name_other(part: ReadPart) -> str:
    mark = f"`{part.value}`"
    return mark if part.phrase.endswith(mark) else f"{part.phrase} ({mark})"


def _format_choice(source: LoadedSource, value: str, is_only: bool) -> str:
    if is_only:
        return f"`--set source.questions={shell_quote(value)}`"
    table = f"[source.{format_toml(source.path.name)}]"
    return f"`questions = {format_toml(value)}` below `{table}` in exporter.toml"


def reading_as_json(source: LoadedSource) -> dict[str, object]:
    """Return how a source was read, as an object of `check --format json`."""
    return {
        "path": str(source.path),
        "questions": len(source.questions.questions),
        "read_as": asdict(source.read_as) if source.read_as else None,
    }
