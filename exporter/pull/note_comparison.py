"""The comparison of a note in Anki with its question: what has to be done with the edits of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from exporter.identity.shipped_versions import ShippedVersion
from exporter.model.questions import Block
from exporter.pull.anki_edition import Edition
from exporter.pull.base_version import find_bases
from exporter.pull.field_merge import FieldMerge, MergeKind, merge_field
from exporter.pull.known_cues import KnownCues
from exporter.pull.pulled_note import PullState


class Preference(StrEnum):
    """Which side a person has chosen for a note with a conflict."""

    NONE = "none"
    TAKE = "take"
    KEEP = "keep"


FIELDS = ("question", "answer", "cues", "notes")
"""The fields that are taken from Anki."""


@dataclass(frozen=True, slots=True)
class NoteComparison:
    """The state of a note, and the blocks of the fields that its question shall have.

    `conflicts` are the fields that were edited on both sides, `emptied` those that have no text in Anki.
    """

    state: PullState
    changed: Mapping[str, tuple[Block, ...]] = field(default_factory=dict, hash=False)
    conflicts: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()


def compare_note(
    source: Edition,
    anki: Edition,
    versions: tuple[ShippedVersion, ...],
    *,
    modified: int,
    known_cues: KnownCues,
    preference: Preference = Preference.NONE,
) -> NoteComparison:
    """Return what has to be done with a note.

    `versions` are those that builds have shipped, oldest first, and `modified` the time of the note in
    seconds since 1970, or 0 if it is unknown. `known_cues` are those that builds may have derived.
    """
    if _is_same(source, anki, known_cues):
        return NoteComparison(PullState.AS_EXPORTED)
    if any(version.modified == modified for version in versions):
        return NoteComparison(PullState.SOURCE_NEWER)
    if preference is Preference.KEEP:
        return NoteComparison(PullState.REFUSED_BY_ANKI)
    if preference is Preference.TAKE:
        names = [name for name in FIELDS if getattr(anki, name) not in ((), getattr(source, name))]
        if "cues" in names and not known_cues.is_edited(anki):
            names.remove("cues")
        return NoteComparison(PullState.EDITED, {name: getattr(anki, name) for name in names})
    results = [_merge_fields(source, anki, base, known_cues) for base in find_bases(anki, versions, modified)]
    if not results or any(result != results[0] for result in results):
        names = [name for name in FIELDS if getattr(anki, name) != getattr(source, name)]
        if "cues" in names and not source.cues and not known_cues.is_edited(anki):
            names.remove("cues")
        return NoteComparison(PullState.CONFLICT, conflicts=tuple(names))
    if results[0].state is PullState.SOURCE_NEWER:
        latest = versions[-1]
        is_refused = 0 < latest.modified <= modified and not anki.is_version(latest)
        return NoteComparison(PullState.REFUSED_BY_ANKI if is_refused else PullState.SOURCE_NEWER)
    return results[0]


def _is_same(source: Edition, anki: Edition, known_cues: KnownCues) -> bool:
    """Return whether Anki has the text that the source has."""
    if any(getattr(source, name) != getattr(anki, name) for name in ("question", "answer", "notes")):
        return False
    return anki.cues == source.cues if source.cues else not known_cues.is_edited(anki)


def _merge_fields(
    source: Edition, anki: Edition, base: ShippedVersion, known_cues: KnownCues
) -> NoteComparison:
    """Return the merge of all fields; `SOURCE_NEWER` if nothing was edited in Anki."""
    merges = {
        name: merge_field(getattr(base, name), getattr(source, name), getattr(anki, name))
        for name in ("question", "answer", "notes")
    }
    if base.cues or source.cues == anki.cues:
        merges["cues"] = merge_field(base.cues, source.cues, anki.cues)
    elif known_cues.is_edited(anki):
        merges["cues"] = FieldMerge(MergeKind.CONFLICT if source.cues else MergeKind.EDITED, anki.cues)
    edited = {name: merge for name, merge in merges.items() if merge.kind is not MergeKind.UNCHANGED}
    # an empty field is never a deletion
    emptied = tuple(name for name in edited if not getattr(anki, name))
    changed = {name: merge for name, merge in edited.items() if name not in emptied}
    conflicts = tuple(name for name, merge in changed.items() if merge.kind is MergeKind.CONFLICT)
    if conflicts:
        return NoteComparison(PullState.CONFLICT, conflicts=conflicts, emptied=emptied)
    if not changed:
        return NoteComparison(PullState.EMPTIED if emptied else PullState.SOURCE_NEWER, emptied=emptied)
    is_merged = any(merge.kind is MergeKind.MERGED for merge in changed.values())
    blocks = {name: merge.blocks for name, merge in changed.items()}
    return NoteComparison(PullState.MERGED if is_merged else PullState.EDITED, blocks, emptied=emptied)
