"""Finding the exports of a project that belong to no present source, for commands without sources."""

from __future__ import annotations

from pathlib import Path

from exporter.config.loader import Config
from exporter.identity import lockfile
from exporter.pipeline import sources
from exporter.pipeline.loader import load_sources
from exporter.pipeline.source_copies import find_original_name
from exporter.pipeline.stale_exports import Leftover, find_current_sources, find_leftovers, is_within
from exporter.system.written_files import read_written


def find_project_leftovers(configuration: Config, folder: Path) -> tuple[Leftover, ...]:
    """Return the exports in a folder that belong to no source of a project.

    In a project without a folder `input`, any file may be a source, so that only the exports of
    sources in the locks are returned.
    """
    input_folder = configuration.root / sources.INPUT
    paths, _ = sources.discover((), configuration.root, configuration.settings.plugin_files)
    locks = {}
    for source_folder in (input_folder, configuration.root):
        lock, text, _ = lockfile.read(source_folder / lockfile.LOCK_NAME)
        if lock and text:
            locks[source_folder] = lock
    copies: tuple[Path, ...] = ()
    if any(find_original_name(path.name) for path in paths):
        loaded = load_sources(paths, configuration.settings)
        copies = tuple(copy.path for copy in loaded.copies)
    current = find_current_sources(
        paths,
        copies,
        locks=locks,
        root=configuration.root,
        complete=bool(paths) and is_within(folder, configuration.root),
        plugin_files=configuration.settings.plugin_files,
    )
    return find_leftovers(folder, current, read_written(folder))
