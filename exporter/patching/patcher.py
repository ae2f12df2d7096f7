"""The patcher: intended changes of questions become changed bytes of their source, or are refused.

Only the lines of the questions themselves are changed. Several ways of writing a change are tried, and
the first is kept with which the source, read again, differs in what was meant and in nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exporter.config.settings import Settings
from exporter.patching.impossible_changes import TABLE_READER, check_reader, iter_impossible
from exporter.patching.question_change import QuestionChange
from exporter.patching.question_patch import QuestionPatch, ReadBytes, WritableSource
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import LINE_END, split_bytes
from exporter.patching.verification import verify
from exporter.patching.write_styles import SourceForm
from exporter.pipeline.loaded_source import LoadedSource
from exporter.readers.table.anki_headers import read_headers
from exporter.readers.table.reader import find_cell_separator


@dataclass(frozen=True, slots=True)
class Patch:
    """The changed bytes of a source; `refused` has the reason for each change that is not in them."""

    data: bytes
    written: tuple[int, ...] = ()
    refused: Mapping[int, str] = field(default_factory=dict, hash=False)


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
    try:
        check_reader(reader)
        source_bytes = split_bytes(data, settings)
    except RefusedError as exc:
        return Patch(data, refused=dict.fromkeys(changes, str(exc)))
    before = read(data)
    text = source_bytes.text
    source = WritableSource(source_bytes, read)
    if reader == TABLE_READER:
        lines = LINE_END.split(text)
        form = SourceForm.HTML_CELLS if read_headers(lines).html else SourceForm.CELLS
        source = WritableSource(source_bytes, read, find_cell_separator(lines, str(before.path)), form)
    refused = dict(iter_impossible(before, changes, reader))
    possible = {index: change for index, change in changes.items() if index not in refused}
    alone: dict[int, QuestionChange] = {}
    for index in sorted(possible, reverse=True):
        # from the end of the file, so that the positions of the questions above stay right
        patch = QuestionPatch(source, text, before=before, index=index, change=possible[index])
        if (patched := patch.write_alone()) is not None:
            text, alone[index] = patched, possible[index]
    try:
        after = source.read_text(text)
        verify(before, after, alone)
    except RefusedError:
        unchanged = Patch(data, refused=refused)
        return _patch_each(source, source_bytes.text, before=before, changes=possible, patch=unchanged)
    others = {index: change for index, change in possible.items() if index not in alone}
    written = Patch(source_bytes.encode(text), tuple(sorted(alone)), refused)
    if not others:
        return written
    return _patch_each(source, text, before=after, changes=others, patch=written)


def _patch_each(
    source: WritableSource,
    text: str,
    *,
    before: LoadedSource,
    changes: Mapping[int, QuestionChange],
    patch: Patch,
) -> Patch:
    """Return a patch with further changes of its `text`, each of which reads back if all of it is read."""
    refused, written = dict(patch.refused), list(patch.written)
    for index in sorted(changes, reverse=True):
        try:
            question_patch = QuestionPatch(source, text, before=before, index=index, change=changes[index])
            text = question_patch.write()
        except RefusedError as exc:
            refused[index] = str(exc)
        else:
            written.append(index)
            before = source.read_text(text)
    return Patch(source.bytes.encode(text), tuple(sorted(written)), refused)
