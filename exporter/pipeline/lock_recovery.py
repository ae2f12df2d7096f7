"""Rebuilding a missing lock from the packages of former builds, before one of them is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.identity import Identification
from exporter.identity.records import Lock
from exporter.identity.recovery import PackageNote, recover
from exporter.model.diagnostics import Diagnostic, error, info, pluralize, warning
from exporter.model.question_numbers import parse_number
from exporter.model.questions import SourceSpan
from exporter.model.terminal_text import shell_command

if TYPE_CHECKING:
    from exporter.anki.apkg_reader import PackagedNote

SUFFIXES = (".apkg", ".colpkg")
"""What the names of Anki's packages end in."""


@dataclass(frozen=True, slots=True)
class LostLock:
    """What the packages know of a lock that is missing.

    `lock` has the records recovered from them; `absent` names the sources of those records that
    are not in the folder: only the questions that another source has now are kept of them. `deck_ids`
    are Anki's numbers of the decks in the packages.
    """

    place: Path
    lock: Lock
    absent: frozenset[str] = frozenset()
    keys: Mapping[Path, frozenset[str]] = field(default_factory=dict)
    own: frozenset[Path] = frozenset()
    faults: tuple[Diagnostic, ...] = ()
    deck_ids: frozenset[int] = frozenset()


def to_package_note(note: PackagedNote) -> PackageNote:
    """Return what a package's note tells of its question."""
    from exporter.readers.html import html_text

    return PackageNote(
        note.key,
        html_text(note.fields["Source"]),
        html_text(note.fields["Question"]),
        html_text(note.fields["Answer"]),
        parse_number(note.fields["Number"]),
        note.modified,
        note.created,
    )


def search_packages(place: Path, sources: Iterable[Path], folders: Sequence[Path]) -> LostLock:
    """Search folders of exports for the questions that the lock at `place` knew.

    `sources` are those of the lock's folder that are built. Reports `not-a-package` where a
    package that the build would overwrite cannot be read.
    """
    sources = tuple(sources)
    own = [folder / f"{source.stem}.apkg" for folder in folders for source in sources]
    notes: dict[str, PackageNote] = {}
    keys: dict[Path, frozenset[str]] = {}
    deck_ids: set[int] = set()
    faults: list[Diagnostic] = []
    for path in _packages(own, folders):
        from exporter.anki.apkg_reader import NotAPackageError, read_package  # a first build has no packages

        try:
            packaged = read_package(path)
        except (NotAPackageError, OSError) as problem:
            faults += [_unreadable(path, place, problem)] if path in own else []
            packaged = ()
        found = tuple(map(to_package_note, packaged))
        deck_ids |= {note.deck_id for note in packaged}
        keys[path] = frozenset(note.key for note in found)
        for note in found:
            before = notes.get(note.key)
            if before is None or note.modified > before.modified:
                notes[note.key] = note
    present = {path.name for path in place.parent.iterdir()}
    told = {note.source for note in notes.values()}
    # A source without a note of its own may have had another name; else other sources are not ours.
    absent = told - present if any(source.name not in told for source in sources) else set()
    lock = recover(Lock(), notes.values(), frozenset(told & present | absent)).lock
    return LostLock(place, lock, frozenset(absent), keys, frozenset(own), tuple(faults), frozenset(deck_ids))


def drop_foreign_records(
    lost: LostLock, identified: Identification
) -> tuple[Identification, tuple[Diagnostic, ...]]:
    """Return the questions' identity without the records that are not of this folder, and what to report.

    A package none of whose questions is in a source is of another deck: nothing of it is retired
    here. Reports `lock-missing` and `package-unused`.
    """
    lock, packages = identified.lock, lost.keys
    alive = {record.key for record in lock.records if not record.retired and record.source not in lost.absent}
    used = [path for path, keys in packages.items() if keys & alive]
    unused = [path for path in packages if path not in used]
    recovered = {record.key for record in lost.lock.records}
    ours = recovered & frozenset().union(*(packages[path] for path in used))
    records = tuple(
        record
        for record in lock.records
        if record.source not in lost.absent and (record.key in ours or record.key not in recovered)
    )
    spaces = tuple(entry for entry in lock.namespaces if entry.source not in lost.absent)
    kept = {record.key for record in records}
    identified = replace(
        identified,
        lock=replace(lock, records=records, namespaces=spaces),
        changes=tuple(change for change in identified.changes if change.key in kept),
    )
    return identified, tuple(_findings(lost, used, unused, len(kept & ours)))


def _findings(
    lost: LostLock, used: Sequence[Path], unused: Sequence[Path], count: int
) -> Iterator[Diagnostic]:
    span = SourceSpan(str(lost.place), 1)
    if used:
        message = f"{lost.place} is missing; {_listed(used)} restored the keys of "
        message += f"{pluralize(count, 'question')}."
        hint = "Keep the lock in version control: it also knows the retired questions and the printed cards."
        yield warning("lock-missing", message, span, hint)
    if unused:
        message = f"{lost.place} is missing, and no question of its sources is in {_listed(unused)}."
        hint = "Nothing needs to be done, unless this deck had another lock: then restore that first."
        overwritten = any(path in lost.own for path in unused)
        yield (warning if overwritten else info)("package-unused", message, span, hint)


def _packages(own: Sequence[Path], folders: Sequence[Path]) -> list[Path]:
    """Return the packages in folders, those that the build would overwrite first."""
    others = [
        path
        for folder in dict.fromkeys(folders)
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
    ]
    return list(dict.fromkeys([*(path for path in own if path in others), *others]))


def _listed(paths: Sequence[Path], most: int = 3) -> str:
    """Return the names of files, or how many there are of them beyond the first."""
    names = [str(path) for path in paths[:most]]
    if len(paths) > most:
        names.append(f"{len(paths) - most} more")
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def _unreadable(path: Path, place: Path, problem: Exception) -> Diagnostic:
    reason = problem.strerror if isinstance(problem, OSError) else None
    message = f"{path} is not a readable Anki package ({reason})." if reason else str(problem)
    message += f" {place} is missing, and the package may hold the only copy of its keys."
    command = shell_command("exporter", "recover", "PACKAGE", "--lock", str(place))
    hint = (
        f"Restore the lock from version control, or run `{command}` with a package that Anki exported. "
        "To begin with new keys, move the file away."
    )
    return error("not-a-package", message, SourceSpan(str(path), 1), hint)
