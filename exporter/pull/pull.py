"""A pull: the edits of all notes as patches of the sources, and later times in the locks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter.config.settings import Settings
from exporter.identity import lockfile
from exporter.identity.records import Lock
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan
from exporter.patching.source_patch import SourcePatch
from exporter.patching.source_write import FileChange
from exporter.pipeline.build_plan import BuildPlan
from exporter.pull.lock_update import update_lock
from exporter.pull.note_comparison import Preference
from exporter.pull.pull_plan import compare_notes, make_folder
from exporter.pull.pulled_note import NoteInAnki, PulledNote
from exporter.pull.source_patches import patch_sources


@dataclass(frozen=True, slots=True)
class Pull:
    """What a pull would write: the notes with their states, the patches of sources, and changed locks."""

    notes: tuple[PulledNote, ...]
    patches: tuple[SourcePatch, ...] = ()
    locks: tuple[FileChange, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def changes(self) -> tuple[FileChange, ...]:
        """The changes of files, sources first."""
        return (*(patch.change for patch in self.patches), *self.locks)


def plan_pull(
    plan: BuildPlan,
    notes: Sequence[NoteInAnki],
    settings: Settings,
    *,
    now: int,
    preferences: Mapping[str, Preference],
    take_tags: bool,
) -> Pull:
    """Return what a pull of notes would write; `now` is in seconds since 1970.

    Report `no-lock` for a folder that was never built.
    """
    pulled: list[PulledNote] = []
    patches: list[SourcePatch] = []
    locks: list[FileChange] = []
    known: set[str] = set()
    for folder_plan in plan.folders:
        lock, text, diagnostics = lockfile.read(folder_plan.lock_path)
        if lock is None or not text:
            return Pull((), diagnostics=diagnostics or (_report_no_lock(folder_plan.lock_path),))
        folder = make_folder(folder_plan, lock)
        keys = {record.key for record in lock.records}
        known |= keys
        compared = compare_notes(folder, [note for note in notes if note.key in keys], preferences)
        sources = {source.path: source for source in folder_plan.loaded}
        new_patches, compared = patch_sources(compared, sources, settings=settings, take_tags=take_tags)
        pulled += compared
        patches += new_patches
        later = update_lock(lock, compared, now)
        if not lockfile.is_same(later, lock):
            path = folder_plan.lock_path
            locks.append(FileChange(path, path.read_bytes(), lockfile.render(later).encode()))
    foreign = [note for note in notes if note.key not in known]
    if plan.folders:
        pulled += compare_notes(make_folder(plan.folders[0], Lock()), foreign, {})
    return Pull(tuple(_in_order_of_sources(pulled)), tuple(patches), tuple(locks))


def _in_order_of_sources(notes: Iterable[PulledNote]) -> list[PulledNote]:
    return sorted(
        notes,
        key=lambda note: (str(note.known.path), note.known.line) if note.known else ("\uffff", 0),
    )


def _report_no_lock(path: Path) -> Diagnostic:
    message = f"There is no lock {path}: no build has exported these questions yet."
    return error("no-lock", message, SourceSpan(str(path), 1), "Run `exporter build` first.")
