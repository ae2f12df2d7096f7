"""Read and check: one source becomes questions, and all that is to be said about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from exporter import readers
from exporter.checks import check, remove_placeholders
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error, has_errors
from exporter.model.questions import Question, QuestionSet, SourceSpan
from exporter.model.text import is_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.media import load_media
from exporter.pipeline.progress import OnProgress, Progress, Step, ignore_progress
from exporter.pipeline.source_copies import LoadedSources, separate_copies
from exporter.pipeline.source_settings import report_unmatched
from exporter.readers import ReadResult, SourceText
from exporter.readers.decoding.decode import decode
from exporter.readers.decoding.merge_conflicts import find_conflict_markers
from exporter.readers.format_detection import detect_format
from exporter.readers.labels.label_language import find_label_language
from exporter.readers.skipped_content import report_unused_marks
from exporter.system.files import read_limited

MAX_LINE_CHARS = 1_000_000
"""Maximum length of a line in characters; longer ones are not written by a person."""  # unmeasured

_ADDRESS = re.compile(r"(?:https?|ftp):[/\\]", re.IGNORECASE)
"""The beginning of an address as a path has it, with one slash."""

ONE_LINE_READERS = ("json", "html", "docx")
"""Readers of files that programs write as one line."""

MAX_LINES = 1_000_000
"""Maximum number of lines of a source, not counting blank ones."""  # unmeasured


def load_sources(
    paths: Sequence[Path], settings: Settings, on_progress: OnProgress = ignore_progress
) -> LoadedSources:
    """Read and check sources, and separate those that are copies of others.

    `on_progress` is called before each source.
    """
    sources = []
    for done, path in enumerate(paths):
        on_progress(Progress(Step.READ, done, len(paths), path.name))
        sources.append(load_source(path, settings))
    loaded = separate_copies(sources)
    unmatched = tuple(report_unmatched(paths, settings.overrides, settings.plugin_files))
    return replace(loaded, diagnostics=(*unmatched, *loaded.diagnostics)) if unmatched else loaded


def load_source(path: Path, settings: Settings) -> LoadedSource:
    """Read and check one source; if it cannot be read, it has no questions."""
    return load_with_bytes(path, settings)[0]


def load_with_bytes(path: Path, settings: Settings) -> tuple[LoadedSource, bytes]:
    """Read and check one source, and return its bytes as well, which are empty if it cannot be read."""
    settings = settings.for_source(path.name)
    shown = str(path)
    no_questions = QuestionSet((), source=shown)
    if not is_text(path.name):
        message = "The name of this file contains bytes that are not text."
        unusable = error("bad-file-name", message, SourceSpan(shown, 1), "Rename it, and build again.")
        return LoadedSource(path, no_questions, (unusable,)), b""
    if _ADDRESS.match(shown):
        message = "This is an address and not a file; nothing is fetched from the network."
        hint = "Save the page as HTML in the browser, and name that file."
        span = SourceSpan(_ADDRESS.sub(r"\g<0>/", shown), 1)  # a path has one of the two slashes
        return LoadedSource(path, no_questions, (error("not-a-file", message, span, hint),)), b""
    data, problem = read_limited(path)
    if data is None:
        return LoadedSource(path, no_questions, (problem,) if problem else ()), b""
    return load_bytes(path, data, settings), data


def load_bytes(
    path: Path, data: bytes, settings: Settings, pictures: Mapping[str, bytes] | None = None
) -> LoadedSource:
    """Read and check the bytes of a source; `settings` are those for this source.

    `pictures` are those in memory, by their paths; if None, they are read from the folder of the source.
    """
    shown = str(path)
    no_questions = QuestionSet((), source=shown)
    source, diagnostics = decode(shown, data, settings)
    if source is None:
        return LoadedSource(path, no_questions, diagnostics)
    if conflict := find_conflict_markers(source):
        return LoadedSource(path, no_questions, (*diagnostics, conflict))
    has_marks = bool(settings.source.questions)
    reader, unknown = detect_format(shown, source.lines, settings.reader, has_marks, settings.plugin_files)
    if unknown:
        return LoadedSource(path, no_questions, (*diagnostics, unknown))
    if reader == "plain" and not settings.reader and settings.delimited.has_separators:
        reader = "delimited"
    if oversized := _find_oversized(source, reader):
        return LoadedSource(path, no_questions, (*diagnostics, oversized))
    reading = readers.load(reader, settings.plugin_files)(source, settings)
    reading, filtered, filter_diagnostics = _filter(reading, settings)
    media, missing = load_media(reading.questions.questions, path.parent, reading.media, pictures)
    lines = source.lines if reading.lines is None else reading.lines
    is_unreadable = has_errors(reading.diagnostics) and not reading.questions.questions
    # the reader of a plugin does not know the setting
    is_unused = has_marks and reading.read_as is None
    diagnostics = (
        *diagnostics,
        *reading.diagnostics,
        *([report_unused_marks(source, "The reader of this source does not use it")] if is_unused else ()),
        *(() if is_unreadable else check(reading.questions, lines)),
        *missing,
        *filter_diagnostics,
    )
    questions = remove_placeholders(reading.questions)
    diagnostics = tuple(sorted(diagnostics, key=_line_of))
    language = find_label_language(lines, questions.questions)
    return LoadedSource(
        path, questions, diagnostics, media, lines, reading.read_as, reader, language, filtered
    )


def _filter(
    reading: ReadResult, settings: Settings
) -> tuple[ReadResult, tuple[Question, ...], tuple[Diagnostic, ...]]:
    """Return what was read after the filters of plugins, and the questions that these left out."""
    if not settings.filters or not reading.questions.questions:
        return reading, (), ()
    from exporter.readers.plugin import apply_filters

    questions, filtered, diagnostics = apply_filters(reading.questions, settings)
    return replace(reading, questions=questions), filtered, diagnostics


def _find_oversized(source: SourceText, reader: str) -> Diagnostic | None:
    """Return `too-long` or `too-large` for a source over the limits; JSON and HTML may be one long line."""
    index = max(range(len(source.lines)), key=lambda i: len(source.lines[i]), default=0)
    if reader not in ONE_LINE_READERS and source.lines and len(source.lines[index]) > MAX_LINE_CHARS:
        message = f"This line has more than {MAX_LINE_CHARS:,} characters."
        return error("too-long", message, SourceSpan(source.path, index + 1), "Break it into several lines.")
    if len(source.lines) > MAX_LINES and sum(map(bool, source.lines)) > MAX_LINES:
        message = f"The file has more than {MAX_LINES:,} lines."
        return error("too-large", message, SourceSpan(source.path, 1), "Split it into several files.")
    return None


def _line_of(diagnostic: Diagnostic) -> int:
    return diagnostic.span.line if diagnostic.span else 0
