"""The patcher: intended changes of questions become changed bytes of their source, or are refused.

Only the lines of the questions themselves are changed. Several ways of writing a change are tried, and
the first is kept with which the source, read again, differs in what was meant and in nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from exporter.config.settings import Settings
from exporter.model.questions import Question
from exporter.patching.cell_quoting import quote_cells
from exporter.patching.detail_edits import QuestionRegion, iter_detail_edits
from exporter.patching.field_lines import field_lines
from exporter.patching.field_location import locate_field
from exporter.patching.impossible_changes import TABLE_READER, iter_impossible
from exporter.patching.line_edits import edit_lines
from exporter.patching.question_change import QuestionChange
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import LINE_END, SourceBytes, line_starts, split_bytes
from exporter.patching.text_edits import TextEdit, apply_edits
from exporter.patching.verification import verify
from exporter.patching.write_styles import SourceForm, WriteStyle, write_styles
from exporter.pipeline.loaded_source import LoadedSource
from exporter.readers.table.anki_headers import read_headers
from exporter.readers.table.reader import find_cell_separator

ReadBytes = Callable[[bytes], LoadedSource]
"""A function that reads the bytes of a source as a build would."""

UNPATCHED_READERS = {
    "json": "a JSON file",
    "html": "a web page",
    "docx": "a Word document",
}
"""The readers of files that are never written, with what the files are."""


@dataclass(frozen=True, slots=True)
class Patch:
    """The changed bytes of a source; `refused` has the reason for each change that is not in them."""

    data: bytes
    written: tuple[int, ...] = ()
    refused: Mapping[int, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class _Source:
    """The source of a patch, and how it is read; `separator` is that of a delimited file's cells."""

    bytes: SourceBytes
    read: ReadBytes
    separator: str = ""
    form: SourceForm = SourceForm.TEXT

    def read_text(self, text: str) -> LoadedSource:
        """Return the source as it would be with a changed text."""
        return self.read(self.bytes.encode(text))


def patch_source(
    data: bytes,
    changes: Mapping[int, QuestionChange],
    *,
    read: ReadBytes,
    reader: str,
    settings: Settings,
) -> Patch:
    """Return the bytes of a source in which the questions with these indices (from 0) are changed.

    `reader` is the name of the reader of the source. A change that cannot be written or would not be read
    back as it was meant is refused; the others are written.
    """
    if kind := UNPATCHED_READERS.get(reader):
        reason = f"Nothing is written into {kind}; make the change by hand."
        return Patch(data, refused=dict.fromkeys(changes, reason))
    try:
        source_bytes = split_bytes(data, settings)
    except RefusedError as exc:
        return Patch(data, refused=dict.fromkeys(changes, str(exc)))
    before = read(data)
    text = source_bytes.text
    source = _Source(source_bytes, read)
    if reader == TABLE_READER:
        lines = LINE_END.split(text)
        form = SourceForm.HTML_CELLS if read_headers(lines).html else SourceForm.CELLS
        source = _Source(source_bytes, read, find_cell_separator(lines, str(before.path)), form)
    refused = dict(iter_impossible(before, changes, reader))
    possible = {index: change for index, change in changes.items() if index not in refused}
    alone: dict[int, QuestionChange] = {}
    for index in sorted(possible, reverse=True):
        # from the end of the file, so that the positions of the questions above stay right
        if (patched := _patch_alone(source, text, before, index, possible[index])) is not None:
            text, alone[index] = patched, possible[index]
    try:
        after = source.read_text(text)
        verify(before, after, alone)
    except RefusedError:
        return _patch_each(source, source_bytes.text, before, possible, Patch(data, refused=refused))
    others = {index: change for index, change in possible.items() if index not in alone}
    patch = Patch(source_bytes.encode(text), tuple(sorted(alone)), refused)
    return _patch_each(source, text, after, others, patch) if others else patch


def _patch_alone(
    source: _Source, text: str, before: LoadedSource, index: int, change: QuestionChange
) -> str | None:
    """Return the text with one change that reads back if the lines of its question are read alone.

    A large file need not be read for each way of writing. Return None if the question's lines alone are
    not read as the question, or no way of writing reads back.
    """
    start, stop = _find_region(text, before.questions.questions, index)
    question = before.questions.questions[index]
    alone = source.read_text(text[start:stop])
    if alone.questions.questions != (question,):
        return None
    tried = set()
    for style in write_styles(source.form, change.is_words_only):
        try:
            patched = apply_edits(text, _make_edits(source, text, before, index, change, style))
            if patched in tried:
                continue
            tried.add(patched)
            region = patched[start : stop + len(patched) - len(text)]
            verify(alone, source.read_text(region), {0: change})
        except RefusedError:
            continue
        return patched
    return None


def _patch_each(
    source: _Source, text: str, before: LoadedSource, changes: Mapping[int, QuestionChange], patch: Patch
) -> Patch:
    """Return a patch with further changes of its `text`, each of which reads back if all of it is read."""
    refused, written = dict(patch.refused), list(patch.written)
    for index in sorted(changes, reverse=True):
        try:
            text = _patch_one(source, text, before, index, changes[index])
        except RefusedError as exc:
            refused[index] = str(exc)
        else:
            written.append(index)
            before = source.read_text(text)
    return Patch(source.bytes.encode(text), tuple(sorted(written)), refused)


def _patch_one(source: _Source, text: str, before: LoadedSource, index: int, change: QuestionChange) -> str:
    """Return the text with one change; raise `RefusedError` with the reason of the first way of writing."""
    reason: RefusedError | None = None
    tried = set()
    for style in write_styles(source.form, change.is_words_only):
        try:
            patched = apply_edits(text, _make_edits(source, text, before, index, change, style))
            if patched in tried:
                continue
            tried.add(patched)
            verify(before, source.read_text(patched), {index: change})
        except RefusedError as exc:
            reason = reason or exc
        else:
            return patched
    assert reason is not None
    raise reason


def _make_edits(
    source: _Source, text: str, before: LoadedSource, index: int, change: QuestionChange, style: WriteStyle
) -> list[TextEdit]:
    """Return the edits of a question in one style."""
    question = before.questions.questions[index]
    start, stop = _find_region(text, before.questions.questions, index)
    asked = locate_field(field_lines(question.question), text, start, stop)
    try:
        answered = locate_field(field_lines(question.answer), text, asked.end, stop)
    except RefusedError:
        # the answer may be before the question, as in a table's columns
        answered = locate_field(field_lines(question.answer), text, start, stop)
    edits: list[TextEdit] = []
    if change.question is not None:
        edits += edit_lines(asked, field_lines(change.question), style)
    if change.answer is not None:
        edits += edit_lines(answered, field_lines(change.answer), style)
    region = QuestionRegion(text, start, max(asked.end, answered.end), stop)
    edits += iter_detail_edits(region, question, change, style)
    return quote_cells(text, edits, start, stop, source.separator) if source.separator else edits


def _find_region(text: str, questions: tuple[Question, ...], index: int) -> tuple[int, int]:
    """Return the offsets of the first line of a question, and of that of the next one in the file."""
    starts = line_starts(text)
    line = _line_of(questions[index])
    following = min((other for other in map(_line_of, questions) if other > line), default=len(starts) + 1)
    return starts[line - 1], starts[following - 1] if following <= len(starts) else len(text)


def _line_of(question: Question) -> int:
    return question.span.line if question.span else 1
