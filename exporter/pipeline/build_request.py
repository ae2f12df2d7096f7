"""The request of a build: what is built, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exporter.config.settings import Settings


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What is built, and how.

    `paths` are the sources; with `whole_folder` they are all sources of the project. The exports are
    written into `folder`. `names` are the exports to write; if None, those of the setting `to`, or
    else all built-in ones. `locked` forbids a change of the lock, `strict` makes warnings errors.
    `home` is the project's default folder of exports: a missing lock is rebuilt from packages there,
    and in `folder`. `retire` are the keys of questions to retire although their text is still in the
    source. `resent` are the notes to send again, with the time that Anki has for each in seconds
    since 1970, or 0. A `dry_run` writes nothing.
    """

    paths: tuple[Path, ...]
    settings: Settings
    folder: Path
    names: tuple[str, ...] | None = None
    whole_folder: bool = False
    locked: bool = False
    strict: bool = False
    home: Path | None = None
    retire: tuple[str, ...] = ()
    resent: Mapping[str, int] = field(default_factory=dict, hash=False)
    dry_run: bool = False

    @property
    def export_folders(self) -> tuple[Path, ...]:
        """The folders that may contain former exports."""
        return (self.folder, *([self.home] if self.home else []))

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that the build reads and writes."""
        return (self.folder, *(path.parent for path in self.paths))
