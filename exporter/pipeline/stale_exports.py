"""Exports that belong to no source of today: known by their contents, never by their names alone."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from exporter.anki.apkg_writer import ZIP_DATE
from exporter.identity.records import Lock, is_file_name
from exporter.model.diagnostics import Diagnostic, info
from exporter.model.questions import SourceSpan
from exporter.pipeline import sources
from exporter.system import cache_folder
from exporter.system.files import display_path

EXPORT_MARKERS: dict[str, bytes] = {
    ".apkg": b"",
    "-cards.pdf": b"/Creator (exporter)",
    "-reprint.pdf": b"/Creator (exporter)",
    "-answers.md": b"<!-- exporter: answers",
    "-cheatsheet.md": b"<!-- exporter: cheat sheet",
    "-cheatsheet.pdf": b"/Creator (exporter)",
    "-cheatsheet.html": b'<meta name="generator" content="exporter">',
    "-preview.html": b'<meta name="generator" content="exporter">',
}
"""How the names of exports end, and what exporter writes into each of that kind; packages are opened."""

MAX_MARKED_BYTES = 64 * 1024
"""How much of a text's beginning is looked at for what exporter writes into it."""


class Reason(StrEnum):
    """Why a file belongs to no source of today."""

    SOURCE_GONE = "source-gone"
    COPY = "copy-skipped"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Leftover:
    """An export to clean away; `changed` says that somebody changed it after exporter wrote it."""

    path: Path
    stem: str
    reason: Reason
    size: int
    changed: bool


@dataclass(frozen=True, slots=True)
class CurrentSources:
    """The sources of today, by the stems of their names.

    Without `complete` there may be others: then only the sources that the locks know, and that are
    not there, count as `gone`. `copies` are files that are not built, `printed` the sources whose
    reprint is printed.
    """

    stems: frozenset[str]
    copies: frozenset[str]
    gone: frozenset[str]
    printed: frozenset[str]
    complete: bool


def find_current_sources(
    paths: Iterable[Path], copies: Iterable[Path], locks: Mapping[Path, Lock], root: Path, complete: bool
) -> CurrentSources:
    """Return the sources of today: those of `paths`, and of the locks, by folder, those that are there.

    A file in the folder `root` of the project may be built by its name, so it counts as a source.
    """
    beside = [path for path in root.iterdir() if sources.is_source(path)] if root.is_dir() else []
    aside = frozenset(normalize_stem(path.stem) for path in copies)
    stems = frozenset(normalize_stem(path.stem) for path in (*paths, *beside)) - aside
    gone, printed = set(), set()
    for folder, lock in locks.items():
        waiting = {record.source for record in lock.records if record.sent}
        for entry in lock.namespaces:
            stem = normalize_stem(Path(entry.source).stem)
            if not is_file_name(entry.source) or not (folder / entry.source).is_file():
                gone.add(stem)
            elif entry.source not in waiting:
                printed.add(stem)
    return CurrentSources(stems, aside, frozenset(gone - stems), frozenset(printed), complete)


def normalize_stem(stem: str) -> str:
    """Return a stem as file systems compare it that know no capitals, or keep names decomposed."""
    return unicodedata.normalize("NFC", stem).casefold()


def is_within(folder: Path, root: Path) -> bool:
    """Say whether a folder of exports is a project's own: another one may have those of other projects."""
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root))


def find_leftovers(folder: Path, today: CurrentSources, written: Mapping[str, str]) -> tuple[Leftover, ...]:
    """Return the exports in a folder that belong to no source of today, or are printed.

    `written` are the digests of the files that exporter wrote there, as far as that is known.
    """
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        kind = next((kind for kind in EXPORT_MARKERS if path.name.endswith(kind) and path.name != kind), None)
        if kind is None or path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        stem = path.name.removesuffix(kind)
        reason = _reason(normalize_stem(stem), kind, today)
        if reason is None:
            continue
        with suppress(OSError):
            digest = cache_folder.digest(path.read_bytes())
            if written.get(path.name) == digest or _is_ours(path, kind):
                changed = written.get(path.name, digest) != digest
                found.append(Leftover(path, stem, reason, path.stat().st_size, changed))
    return tuple(found)


def _reason(stem: str, kind: str, today: CurrentSources) -> Reason | None:
    if stem in today.copies:
        return Reason.COPY
    if stem in today.gone or (today.complete and stem not in today.stems):
        return Reason.SOURCE_GONE
    return Reason.PRINTED if kind == "-reprint.pdf" and stem in today.printed else None


def _is_ours(path: Path, kind: str) -> bool:
    """Say whether exporter wrote a file, by what is in it."""
    if kind == ".apkg":
        return _is_our_package(path)
    data = path.read_bytes()
    if kind.endswith(".pdf"):
        return data.startswith(b"%PDF-") and EXPORT_MARKERS[kind] in data
    if kind.endswith(".md"):
        return data.startswith(EXPORT_MARKERS[kind])
    return EXPORT_MARKERS[kind] in data[:MAX_MARKED_BYTES]


def _is_our_package(path: Path) -> bool:
    """Say whether a package was built by us: one that Anki exported, with its reviews, has other dates."""
    from exporter.anki.apkg_reader import NotAPackageError, read_package

    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
        ours = [entry.filename for entry in entries[:2]] == ["collection.anki2", "media"]
        return ours and all(entry.date_time == ZIP_DATE for entry in entries) and bool(read_package(path))
    except (zipfile.BadZipFile, NotAPackageError, NotImplementedError):
        return False


def report_stale_exports(leftovers: Collection[Leftover]) -> Iterator[Diagnostic]:
    """Yield what to say of exports that belong to no source of today: `stale-exports`."""
    groups: dict[tuple[str, Reason], list[Leftover]] = {}
    for one in leftovers:
        groups.setdefault((one.stem, one.reason), []).append(one)
    for (stem, reason), some in groups.items():
        paths = [str(display_path(one.path)) for one in some]
        if reason is Reason.PRINTED:
            message = f"{paths[0]} no longer needs to be printed."
        else:
            where = display_path(some[0].path.parent / f"{stem}.*")
            names = ", ".join(one.path.name for one in some)
            what = (
                "a source that no longer exists"
                if reason is Reason.SOURCE_GONE
                else "a copy that is not built"
            )
            message = f"{where} belong to {what}: {names}."
        span = SourceSpan(paths[0], 1)
        yield info("stale-exports", message, span, "`exporter clean` removes them, after asking.")
