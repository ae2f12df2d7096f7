"""Finding exports that belong to no present source, by their content and not only by their names."""

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
"""The ends of the names of exports, and the marker that exporter writes into each; packages are opened."""

MAX_MARKED_BYTES = 64 * 1024
"""Size of the beginning of a file that is searched for the marker, in bytes."""


class Reason(StrEnum):
    """The reason why a file belongs to no present source."""

    SOURCE_GONE = "source-gone"
    COPY = "copy-skipped"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Leftover:
    """An export to remove; `changed` tells whether it was changed after exporter wrote it.

    `stem` is the file name without the part that all exports of that kind have.
    """

    path: Path
    stem: str
    reason: Reason
    size: int
    changed: bool


@dataclass(frozen=True, slots=True)
class CurrentSources:
    """The present sources, by the normalized stems of their file names.

    `copies` are copies that are not built, `gone` sources in a lock that no longer exist, `printed`
    sources whose reprint is printed. With `complete`, `stems` are all sources; otherwise there may be
    others, and only the exports of those in `gone` are removed.
    """

    stems: frozenset[str]
    copies: frozenset[str]
    gone: frozenset[str]
    printed: frozenset[str]
    complete: bool


def find_current_sources(
    paths: Iterable[Path],
    copies: Iterable[Path],
    *,
    locks: Mapping[Path, Lock],
    root: Path,
    complete: bool,
    plugin_files: tuple[str, ...] = (),
) -> CurrentSources:
    """Return the present sources.

    `paths` are the sources in use, and `locks` the locks by their folders. Sources directly in the
    project's folder `root` are included, because they may be built by their names. `plugin_files` are
    the plugins of the project.
    """
    in_root = [
        path for path in (root.iterdir() if root.is_dir() else ()) if sources.is_source(path, plugin_files)
    ]
    copy_stems = frozenset(normalize_stem(path.stem) for path in copies)
    stems = frozenset(normalize_stem(path.stem) for path in (*paths, *in_root)) - copy_stems
    gone, printed = set(), set()
    for folder, lock in locks.items():
        waiting = {record.source for record in lock.records if record.sent}
        for entry in lock.namespaces:
            stem = normalize_stem(Path(entry.source).stem)
            if not is_file_name(entry.source) or not (folder / entry.source).is_file():
                gone.add(stem)
            elif entry.source not in waiting:
                printed.add(stem)
    return CurrentSources(stems, copy_stems, frozenset(gone - stems), frozenset(printed), complete)


def normalize_stem(stem: str) -> str:
    """Return a stem in Unicode form NFC and case-folded, as some file systems compare names."""
    return unicodedata.normalize("NFC", stem).casefold()


def is_within(folder: Path, root: Path) -> bool:
    """Return whether a folder of exports is in the project `root`; others may be of several projects."""
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root))


def find_leftovers(folder: Path, current: CurrentSources, written: Mapping[str, str]) -> tuple[Leftover, ...]:
    """Return the exports in a folder that belong to no present source, or are printed reprints.

    `written` are the digests of the files that exporter wrote there, by name; it may be incomplete.
    """
    leftovers = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        kind = next((kind for kind in EXPORT_MARKERS if path.name.endswith(kind) and path.name != kind), None)
        if kind is None or path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        stem = path.name.removesuffix(kind)
        reason = _find_reason(normalize_stem(stem), kind, current)
        if reason is None:
            continue
        with suppress(OSError):
            digest = cache_folder.digest(path.read_bytes())
            if written.get(path.name) == digest or _is_ours(path, kind):
                changed = written.get(path.name, digest) != digest
                leftovers.append(Leftover(path, stem, reason, path.stat().st_size, changed))
    return tuple(leftovers)


def _find_reason(stem: str, kind: str, current: CurrentSources) -> Reason | None:
    if stem in current.copies:
        return Reason.COPY
    if stem in current.gone or (current.complete and stem not in current.stems):
        return Reason.SOURCE_GONE
    return Reason.PRINTED if kind == "-reprint.pdf" and stem in current.printed else None


def _is_ours(path: Path, kind: str) -> bool:
    """Return whether exporter wrote a file, by its content."""
    if kind == ".apkg":
        return _is_our_package(path)
    data = path.read_bytes()
    if kind.endswith(".pdf"):
        return data.startswith(b"%PDF-") and EXPORT_MARKERS[kind] in data
    if kind.endswith(".md"):
        return data.startswith(EXPORT_MARKERS[kind])
    return EXPORT_MARKERS[kind] in data[:MAX_MARKED_BYTES]


def _is_our_package(path: Path) -> bool:
    """Return whether exporter wrote a package; those that Anki exported have other dates in the archive."""
    from exporter.anki.apkg_reader import NotAPackageError, read_package

    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
        has_our_names = [entry.filename for entry in entries[:2]] == ["collection.anki2", "media"]
        has_our_dates = all(entry.date_time == ZIP_DATE for entry in entries)
        return has_our_names and has_our_dates and bool(read_package(path))
    except (zipfile.BadZipFile, NotAPackageError, NotImplementedError):
        return False


def report_stale_exports(leftovers: Collection[Leftover]) -> Iterator[Diagnostic]:
    """Report `stale-exports` for the leftovers, once for each source and reason."""
    groups: dict[tuple[str, Reason], list[Leftover]] = {}
    for leftover in leftovers:
        groups.setdefault((leftover.stem, leftover.reason), []).append(leftover)
    for (stem, reason), group in groups.items():
        paths = [str(display_path(leftover.path)) for leftover in group]
        if reason is Reason.PRINTED:
            message = f"{paths[0]} no longer needs to be printed."
        else:
            pattern = display_path(group[0].path.parent / f"{stem}.*")
            names = ", ".join(leftover.path.name for leftover in group)
            owner = "a copy that is not built" if reason is Reason.COPY else "a source that no longer exists"
            message = f"{pattern} belong to {owner}: {names}."
        span = SourceSpan(paths[0], 1)
        yield info("stale-exports", message, span, "`exporter clean` removes them, after asking.")
