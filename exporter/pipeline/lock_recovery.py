"""Rebuilding a missing lock from the packages of former builds, before they are overwritten."""

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

MAX_NAMED_PACKAGES = 3
"""Maximum number of packages named in a diagnostic."""

SUFFIXES = (".apkg", ".colpkg")
"""The file name suffixes of Anki packages."""


@dataclass(frozen=True, slots=True)
class LostLock:
    """The data that packages have of a missing lock.

    `lock_path` is the path of the missing lock. `lock` has the records recovered from the packages.
    `absent` are the names of their sources that are not in the folder: of these, only questions that
    are in another source now are kept. `keys` are the keys of the notes in each package, `own` the
    packages that the build overwrites, `faults` the diagnostics of those that cannot be read, and
    `deck_ids` Anki's numbers of the decks in the packages.
    """

    lock_path: Path
    lock: Lock
    absent: frozenset[str] = frozenset()
    keys: Mapping[Path, frozenset[str]] = field(default_factory=dict)
    own: frozenset[Path] = frozenset()
    faults: tuple[Diagnostic, ...] = ()
    deck_ids: frozenset[int] = frozenset()


def to_package_note(note: PackagedNote) -> PackageNote:
    """Return the recoverable data of a note in a package."""
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


def search_packages(lock_path: Path, sources: Iterable[Path], folders: Sequence[Path]) -> LostLock:
    """Search folders of exports for the questions of the missing lock at `lock_path`.

    `sources` are the built sources in the lock's folder. The faults are `not-a-package`, for each
    package that the build would overwrite and that cannot be read.
    """
    sources = tuple(sources)
    own = [folder / f"{source.stem}.apkg" for folder in folders for source in sources]
    notes: dict[str, PackageNote] = {}
    keys: dict[Path, frozenset[str]] = {}
    deck_ids: set[int] = set()
    faults: list[Diagnostic] = []
    for path in _find_packages(own, folders):
        from exporter.anki.apkg_reader import NotAPackageError, read_package  # a first build has no packages

        try:
            packaged = read_package(path)
        except (NotAPackageError, OSError) as exc:
            faults += [_not_a_package(path, lock_path, exc)] if path in own else []
            packaged = ()
        package_notes = tuple(map(to_package_note, packaged))
        deck_ids |= {note.deck_id for note in packaged}
        keys[path] = frozenset(note.key for note in package_notes)
        for note in package_notes:
            before = notes.get(note.key)
            if before is None or note.modified > before.modified:
                notes[note.key] = note
    # standard input is in no folder
    present = {path.name for path in (*lock_path.parent.iterdir(), *sources)}
    noted = {note.source for note in notes.values()}
    # a source without notes may have been renamed; otherwise the other sources are of other projects
    absent = noted - present if any(source.name not in noted for source in sources) else set()
    lock = recover(Lock(), notes.values(), frozenset(noted & present | absent)).lock
    return LostLock(
        lock_path, lock, frozenset(absent), keys, frozenset(own), tuple(faults), frozenset(deck_ids)
    )


def drop_foreign_records(
    lost: LostLock, identified: Identification
) -> tuple[Identification, tuple[Diagnostic, ...]]:
    """Return the identification without the records of other folders, and the diagnostics.

    If no question of a package is in a source, the package is of another deck, and its questions are
    not retired here. The diagnostics are `lock-missing` and `package-unused`.
    """
    lock, packages = identified.lock, lost.keys
    alive = {record.key for record in lock.records if not record.retired and record.source not in lost.absent}
    used = [path for path, keys in packages.items() if keys & alive]
    unused = [path for path in packages if path not in used]
    recovered = {record.key for record in lost.lock.records}
    restored = recovered & frozenset().union(*(packages[path] for path in used))
    records = tuple(
        record
        for record in lock.records
        if record.source not in lost.absent and (record.key in restored or record.key not in recovered)
    )
    spaces = tuple(entry for entry in lock.namespaces if entry.source not in lost.absent)
    kept = {record.key for record in records}
    identified = replace(
        identified,
        lock=replace(lock, records=records, namespaces=spaces),
        changes=tuple(change for change in identified.changes if change.key in kept),
    )
    return identified, tuple(_report(lost, used, unused, len(kept & restored)))


def _report(lost: LostLock, used: Sequence[Path], unused: Sequence[Path], count: int) -> Iterator[Diagnostic]:
    span = SourceSpan(str(lost.lock_path), 1)
    if used:
        message = f"{lost.lock_path} is missing; {_list_names(used)} restored the keys of "
        message += f"{pluralize(count, 'question')}."
        hint = "Keep the lock in version control: it also knows the retired questions and the printed cards."
        yield warning("lock-missing", message, span, hint)
    if unused:
        message = f"{lost.lock_path} is missing, and no question of its sources is in {_list_names(unused)}."
        hint = "Nothing needs to be done, unless this deck had another lock: then restore that first."
        is_overwritten = any(path in lost.own for path in unused)
        yield (warning if is_overwritten else info)("package-unused", message, span, hint)


def _find_packages(own: Sequence[Path], folders: Sequence[Path]) -> list[Path]:
    """Return the packages in the folders, beginning with those that the build overwrites (`own`)."""
    others = [
        path
        for folder in dict.fromkeys(folders)
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
    ]
    return list(dict.fromkeys([*(path for path in own if path in others), *others]))


def _list_names(paths: Sequence[Path]) -> str:
    """Return the paths of the first files, and the number of the others."""
    names = [str(path) for path in paths[:MAX_NAMED_PACKAGES]]
    if len(paths) > MAX_NAMED_PACKAGES:
        names.append(f"{len(paths) - MAX_NAMED_PACKAGES} more")
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def _not_a_package(path: Path, lock_path: Path, exc: Exception) -> Diagnostic:
    reason = exc.strerror if isinstance(exc, OSError) else None
    message = f"{path} is not a readable Anki package ({reason})." if reason else str(exc)
    message += f" {lock_path} is missing, and the package may have the only copy of its keys."
    command = shell_command("exporter", "recover", "PACKAGE", "--lock", str(lock_path))
    hint = (
        f"Restore the lock from version control, or run `{command}` with a package that Anki exported. "
        "To begin with new keys, move the file away."
    )
    return error("not-a-package", message, SourceSpan(str(path), 1), hint)
