"""Read and check: one source becomes questions, and all that is to be said about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exporter import readers
from exporter.checks import check, remove_placeholders
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error, has_errors
from exporter.model.questions import QuestionSet, SourceSpan
from exporter.model.text import is_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.media import load_media
from exporter.pipeline.source_copies import LoadedSources, separate_copies
from exporter.readers import SourceText
from exporter.readers.decoding.decode import decode
from exporter.readers.decoding.merge_conflicts import find_conflict_markers
from exporter.readers.format_detection import detect_format
from exporter.system.files import read_limited

MAX_LINE_CHARS = 1_000_000
"""No line of text is read that has more characters: readers look at every sign of it."""

MAX_LINES = 1_000_000
"""No source is read that has more lines than this, blank ones apart."""


def load_sources(paths: Sequence[Path], settings: Settings) -> LoadedSources:
    """Read and check sources; copies of others among them are set aside."""
    return separate_copies([load_source(path, settings) for path in paths])


def load_source(path: Path, settings: Settings) -> LoadedSource:
    """Read and check one source."""
    shown = str(path)
    nothing = QuestionSet((), source=shown)
    if not is_text(path.name):
        span = SourceSpan(shown, 1)
        message = "The name of this file contains bytes that are not text."
        return LoadedSource(
            path, nothing, (error("bad-file-name", message, span, "Rename it, and build again."),)
        )
    data, problem = read_limited(path)
    if data is None:
        return LoadedSource(path, nothing, (problem,) if problem else ())
    source, diagnostics = decode(shown, data, settings)
    if source is None:
        return LoadedSource(path, nothing, diagnostics)
    if conflict := find_conflict_markers(source):
        return LoadedSource(path, nothing, (*diagnostics, conflict))
    name, unknown = detect_format(shown, source.lines, settings.reader)
    if unknown:
        return LoadedSource(path, nothing, (*diagnostics, unknown))
    if endless := _find_oversized(source, name):
        return LoadedSource(path, nothing, (*diagnostics, endless))
    reading = readers.load(name)(source, settings)
    media, missing = load_media(reading.questions.questions, path.parent)
    # Of what could not be read, no check can say anything.
    unread = has_errors(reading.diagnostics) and not reading.questions.questions
    found = (
        *diagnostics,
        *reading.diagnostics,
        *(() if unread else check(reading.questions, source.lines)),
        *missing,
    )
    questions = remove_placeholders(reading.questions)
    return LoadedSource(path, questions, tuple(sorted(found, key=_line)), media, source.lines)


def _find_oversized(source: SourceText, name: str) -> Diagnostic | None:
    """Return what is wrong with a file that no person wrote; JSON may well stand on one line."""
    line = max(range(len(source.lines)), key=lambda at: len(source.lines[at]), default=0)
    if name != "json" and source.lines and len(source.lines[line]) > MAX_LINE_CHARS:
        message = f"This line has more than {MAX_LINE_CHARS:,} characters."
        return error("too-long", message, SourceSpan(source.path, line + 1), "Break it into several lines.")
    if len(source.lines) > MAX_LINES and sum(map(bool, source.lines)) > MAX_LINES:
        message = f"The file has more than {MAX_LINES:,} lines."
        return error("too-large", message, SourceSpan(source.path, 1), "Split it into several files.")
    return None


def _line(diagnostic: Diagnostic) -> int:
    return diagnostic.span.line if diagnostic.span else 0
