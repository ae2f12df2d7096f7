"""Which exports of a project belong to no source of today, for the commands that are given none."""

from __future__ import annotations

from pathlib import Path

from exporter.config.loader import Config
from exporter.identity import lockfile
from exporter.pipeline import sources
from exporter.pipeline.loader import load_sources
from exporter.pipeline.source_copies import original_name
from exporter.pipeline.stale_exports import Leftover, find_current_sources, find_leftovers, is_within
from exporter.system.written_files import read_written


def find_project_leftovers(configuration: Config, folder: Path) -> tuple[Leftover, ...]:
    """Return the exports in a folder that belong to no source of a project.

    In a project without a folder `input` any file may be a source: there only the locks tell which
    sources are gone.
    """
    home = configuration.root / sources.INPUT
    paths, _ = sources.discover((), configuration.root)
    locks = {}
    for place in (home, configuration.root):
        lock, text, _ = lockfile.read(place / lockfile.LOCK_NAME)
        if lock and text:
            locks[place] = lock
    copies: tuple[Path, ...] = ()
    if any(original_name(path.name) for path in paths):
        selection = load_sources(paths, configuration.settings)
        copies = tuple(one.path for one in selection.copies)
    today = find_current_sources(
        paths,
        copies,
        locks,
        configuration.root,
        complete=bool(paths) and is_within(folder, configuration.root),
    )
    return find_leftovers(folder, today, read_written(folder))
