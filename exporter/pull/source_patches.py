"""The patches of a pull: the edits of notes written into the bytes of their sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from exporter.config.settings import Settings
from exporter.model.canonical_blocks import canonical_blocks, strip_formatting
from exporter.model.media_names import name_media, note_blocks, rename_images
from exporter.model.questions import Block
from exporter.model.text import plain_text
from exporter.patching.patcher import Patch, patch_source
from exporter.patching.question_change import QuestionChange
from exporter.patching.source_patch import SourcePatch, make_source_patch
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_bytes
from exporter.pull.pulled_note import PulledNote, PullState
from exporter.system.files import read_limited

CHANGED_MEANWHILE = "The file was changed meanwhile; run the command again."


def patch_sources(
    notes: Sequence[PulledNote],
    sources: Mapping[Path, LoadedSource],
    *,
    settings: Settings,
    take_tags: bool,
) -> tuple[tuple[SourcePatch, ...], tuple[PulledNote, ...]]:
    """Return the patches of the sources, and the notes with what became of their edits.

    Of an edit whose formatting the form of the source cannot hold, the words are taken.
    """
    by_source: dict[Path, list[int]] = defaultdict(list)
    for number, note in enumerate(notes):
        if note.known and (note.state in (PullState.EDITED, PullState.MERGED) or (take_tags and note.tags)):
            by_source[note.known.path].append(number)
    result = list(notes)
    patches = []
    for path, numbers in by_source.items():
        edited = [notes[number] for number in numbers]
        before = read_limited(path)[0] or b""
        after, outcomes = _patch_one(
            edited, sources[path], data=before, settings=settings, take_tags=take_tags
        )
        for number, outcome in zip(numbers, outcomes, strict=True):
            result[number] = outcome
        if after != before:
            patches.append(make_source_patch(path, before, after, settings.for_source(path.name)))
    return tuple(patches), tuple(result)


def _patch_one(
    notes: Sequence[PulledNote], source: LoadedSource, *, data: bytes, settings: Settings, take_tags: bool
) -> tuple[bytes, list[PulledNote]]:
    own_settings = settings.for_source(source.path.name)
    read = partial(load_bytes, source.path, settings=own_settings)
    if read(data).questions != source.questions:
        return data, [replace(note, state=PullState.NOT_WRITTEN, reason=CHANGED_MEANWHILE) for note in notes]
    media = name_media(source.media)
    by_index = {note.known.index: note for note in notes if note.known}

    def patch(data: bytes, chosen: Mapping[int, PulledNote], strip: bool) -> Patch:
        changes = {
            index: _make_change(note, media, take_tags=take_tags, strip=strip)
            for index, note in chosen.items()
        }
        return patch_source(data, changes, read=read, reader=source.reader, settings=own_settings)

    first = patch(data, by_index, False)
    refused = {index: by_index[index] for index in first.refused}
    formatted = {index: note for index, note in refused.items() if _has_formatting(note)}
    second = patch(first.data, formatted, True) if formatted else Patch(first.data)
    outcomes = []
    for index, note in by_index.items():
        if index in first.written:
            outcomes.append(note)
        elif index in formatted and not _has_other_words(note):
            outcomes.append(replace(note, state=PullState.FORMATTING_ONLY, lost_formatting=True))
        elif index in second.written:
            outcomes.append(replace(note, lost_formatting=True))
        else:
            reason = first.refused[index]
            outcomes.append(replace(note, state=PullState.NOT_WRITTEN, reason=reason))
    return second.data, outcomes


def _make_change(
    note: PulledNote, media: Mapping[str, str], *, take_tags: bool, strip: bool
) -> QuestionChange:
    """Return the change of a note's question, with or without the formatting of its text."""
    assert note.known
    assert note.source
    targets = {name: target for target, name in media.items()}
    prepare: Callable[[Sequence[Block]], tuple[Block, ...]] = strip_formatting if strip else canonical_blocks

    def canonicalize(blocks: tuple[Block, ...]) -> object:
        return prepare(note_blocks(blocks, media))

    fields = note.fields if note.state in (PullState.EDITED, PullState.MERGED) else ()
    question, answer = (
        rename_images(prepare(blocks), targets) if name in fields else None
        for name, blocks in (("question", note.source.question), ("answer", note.source.answer))
    )
    return QuestionChange(
        question=question,
        answer=answer,
        cues=_texts(note.source.cues) if "cues" in fields else None,
        notes="\n".join(_texts(note.source.notes)) if "notes" in fields else None,
        tags=(*note.known.question.tags, *note.tags) if take_tags and note.tags else None,
        canonicalize=canonicalize,
        is_words_only=strip,
    )


def _texts(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(plain_text(blocks).split("\n"))


def _has_formatting(note: PulledNote) -> bool:
    edition = note.source
    return edition is not None and any(
        strip_formatting(blocks) != blocks for blocks in (edition.question, edition.answer)
    )


def _has_other_words(note: PulledNote) -> bool:
    """Return whether an edit changed words, and not only their formatting."""
    assert note.known
    assert note.source
    question = note.known.question
    pairs = ((question.question, note.source.question), (question.answer, note.source.answer))
    return not {"cues", "notes"}.isdisjoint(note.fields) or any(
        strip_formatting(before) != strip_formatting(after) for before, after in pairs
    )
