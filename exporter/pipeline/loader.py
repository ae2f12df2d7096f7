"""Read and check: one source becomes questions, and all that is to be said about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exporter import readers
from exporter.checks import check, without_placeholders
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error, has_errors
from exporter.model.questions import QuestionSet, SourceSpan, is_text
from exporter.pipeline.media import load_media
from exporter.readers import SourceText
from exporter.readers.decoding.decode import decode
from exporter.readers.decoding.merge_conflicts import find_merge_marks
from exporter.readers.format_detection import choose
from exporter.system.files import read_limited

LONGEST_SOURCE_LINE = 1_000_000
"""No line of text is read that has more characters: readers look at every sign of it."""

MOST_LINES = 1_000_000
"""No source is read that has more lines than this, blank ones apart."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A source as it was read and checked; it has no questions where it could not be read.

    `lines` are those of its text, as far as it could be decoded.
    """

    path: Path
    questions: QuestionSet
    diagnostics: tuple[Diagnostic, ...]
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    lines: tuple[str, ...] = ()


def load(path: Path, settings: Settings) -> Loaded:
    """Read and check one source."""
    shown = str(path)
    nothing = QuestionSet((), source=shown)
    if not is_text(path.name):
        span = SourceSpan(shown, 1)
        message = "The name of this file holds bytes that are not text."
        return Loaded(path, nothing, (error("bad-file-name", message, span, "Rename it, and build again."),))
    data, problem = read_limited(path)
    if data is None:
        return Loaded(path, nothing, (problem,) if problem else ())
    source, diagnostics = decode(shown, data, settings)
    if source is None:
        return Loaded(path, nothing, diagnostics)
    if conflict := find_merge_marks(source):
        return Loaded(path, nothing, (*diagnostics, conflict))
    name, unknown = choose(shown, source.lines, settings.reader)
    if unknown:
        return Loaded(path, nothing, (*diagnostics, unknown))
    if endless := _endless(source, name):
        return Loaded(path, nothing, (*diagnostics, endless))
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
    questions = without_placeholders(reading.questions)
    return Loaded(path, questions, tuple(sorted(found, key=_line)), media, source.lines)


def _endless(source: SourceText, name: str) -> Diagnostic | None:
    """Return what is wrong with a file that no person wrote; JSON may well stand on one line."""
    line = max(range(len(source.lines)), key=lambda at: len(source.lines[at]), default=0)
    if name != "json" and source.lines and len(source.lines[line]) > LONGEST_SOURCE_LINE:
        message = f"This line has more than {LONGEST_SOURCE_LINE:,} characters."
        return error("too-long", message, SourceSpan(source.path, line + 1), "Break it where a thought ends.")
    if len(source.lines) > MOST_LINES and sum(map(bool, source.lines)) > MOST_LINES:
        message = f"The file has more than {MOST_LINES:,} lines."
        return error("too-large", message, SourceSpan(source.path, 1), "Split it into several files.")
    return None


def _line(diagnostic: Diagnostic) -> int:
    return diagnostic.span.line if diagnostic.span else 0
