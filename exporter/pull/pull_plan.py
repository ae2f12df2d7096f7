"""The comparison of all notes that were read from Anki with the questions of a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.anki.sync import RETIRED_TAG
from exporter.anki.tags import build_tags
from exporter.identity.records import Lock, Record
from exporter.identity.shipped_versions import parse_versions
from exporter.model.media_names import name_media
from exporter.model.questions import Block
from exporter.pipeline.build_plan import FolderPlan
from exporter.pull.anki_edition import Edition, make_edition, read_edition
from exporter.pull.known_cues import find_known_cues
from exporter.pull.note_comparison import Preference, compare_note
from exporter.pull.note_fields import parse_lines
from exporter.pull.pulled_note import KnownQuestion, NoteInAnki, PulledNote, PullState

OWN_TAGS = ("leech", "marked")
"""The tags that Anki sets by itself."""

OWN_ROOT = RETIRED_TAG.partition("::")[0] + "::"
"""The beginning of the tags that `push` sets."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The questions of a folder by their keys, the names of the images of each source, and the folder's lock.

    `lock` is that of the last build, of which Anki has the notes.
    """

    path: Path
    lock: Lock
    questions: Mapping[str, KnownQuestion]
    media: Mapping[Path, Mapping[str, str]]

    @property
    def names(self) -> frozenset[str]:
        """The names of the sources that were read."""
        return frozenset(path.name for path in self.media)


def make_folder(plan: FolderPlan, lock: Lock) -> Folder:
    """Return the questions of a planned folder; `lock` is its lock as the last build wrote it."""
    questions: dict[str, KnownQuestion] = {}
    media: dict[Path, Mapping[str, str]] = {}
    for source in plan.loaded:
        media[source.path] = name_media(source.media)
        for keyed in plan.identified.questions.get(source.path.name, ()):
            question = keyed.question
            line = question.span.line if question.span else 1
            questions[keyed.key] = KnownQuestion(
                keyed.key, source.path, keyed.position - 1, line, question, keyed.modified
            )
    return Folder(plan.path, lock, questions, media)


def compare_notes(
    folder: Folder, notes: Iterable[NoteInAnki], preferences: Mapping[str, Preference]
) -> tuple[PulledNote, ...]:
    """Return each note with its state; `preferences` are those for notes with a conflict, by key."""
    records = {record.key: record for record in folder.lock.records}
    return tuple(
        _compare(folder, note, records.get(note.key), preferences.get(note.key, Preference.NONE))
        for note in notes
    )


def _compare(folder: Folder, note: NoteInAnki, record: Record | None, preference: Preference) -> PulledNote:
    if record is None:
        if note.fields.get("Key", "").strip() == note.key:
            return PulledNote(note.key, PullState.OTHER_SOURCE)
        return PulledNote(note.key, PullState.FOREIGN, anki=read_edition(note.fields), tags=note.tags)
    versions = parse_versions(record)
    known = folder.questions.get(note.key)
    if known is None:
        if record.source not in folder.names and (folder.path / record.source).is_file():
            return PulledNote(note.key, PullState.OTHER_SOURCE)
        edition = read_edition(note.fields)
        is_known = any(version.modified == note.modified for version in versions)
        is_known = is_known or any(map(edition.is_version, versions))
        state = PullState.RETIRED if is_known else PullState.NOT_IN_SOURCE
        return PulledNote(note.key, state, anki=edition)
    tags = tuple(_iter_added_tags(known, note))
    if known.modified == note.modified == record.modified:
        return PulledNote(note.key, PullState.AS_EXPORTED, known, tags=tags)
    source = make_edition(known.question, folder.media[known.path])
    anki = read_edition(note.fields)
    comparison = compare_note(
        source,
        anki,
        versions,
        modified=note.modified,
        known_cues=find_known_cues(source, anki, record=record, lock=folder.lock, modified=note.modified),
        preference=preference,
    )
    pulled = PulledNote(
        note.key,
        comparison.state,
        known,
        _replace_changed(source, comparison.changed),
        anki,
        comparison.conflicts or tuple(comparison.changed),
        emptied=comparison.emptied,
        tags=tags,
        modified=note.modified,
    )
    is_current = known.modified == record.modified
    return replace(pulled, ignored=tuple(_iter_ignored(known, note))) if is_current else pulled


def _replace_changed(edition: Edition, changed: Mapping[str, tuple[Block, ...]]) -> Edition:
    """Return an edition with the changed fields."""
    return replace(
        edition,
        question=changed.get("question", edition.question),
        answer=changed.get("answer", edition.answer),
        cues=changed.get("cues", edition.cues),
        notes=changed.get("notes", edition.notes),
    )


def _iter_added_tags(known: KnownQuestion, note: NoteInAnki) -> Iterator[str]:
    """Yield the tags that a person added in Anki."""
    present = {tag.casefold() for tag in build_tags(known.question)}
    for tag in note.tags:
        folded = tag.casefold()
        if (
            folded not in present
            and folded not in OWN_TAGS
            and not folded.startswith((OWN_ROOT, "category::"))
        ):
            yield tag


def _iter_ignored(known: KnownQuestion, note: NoteInAnki) -> Iterator[str]:
    """Yield the edited fields that are never taken.

    A number and a source may be older than the last build without an edit: a change of them alone is not
    sent to Anki.
    """
    category = known.question.category
    if category and " ".join(parse_lines(note.fields.get("Category", ""))) != " ".join(category.split()):
        yield "Category"
    if note.fields.get("Key", "").strip() != known.key:
        yield "Key"
