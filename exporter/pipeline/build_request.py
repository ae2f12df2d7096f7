"""What is to be built, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exporter.config.settings import Settings


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What is to be built, and how.

    `names` are the exports to write; without any, those of the setting `to`, else all of
    exporter's own. With `whole_folder` the paths are all the sources there are. `locked`
    forbids a change of the lock, `strict` makes warnings errors. `home` is where the project's
    exports are by default: a missing lock is rebuilt from packages there, and in `folder`. `retire`
    are the keys of questions that are meant to go though their text is still in the source.
    `resent` are the notes to send again, each with the time that Anki has for it, or 0. Nothing is
    written in a `dry_run`.
    """

    paths: tuple[Path, ...]
    settings: Settings
    folder: Path
    names: tuple[str, ...] = ()
    whole_folder: bool = False
    locked: bool = False
    strict: bool = False
    home: Path | None = None
    retire: tuple[str, ...] = ()
    resent: Mapping[str, int] = field(default_factory=dict, hash=False)
    dry_run: bool = False

    @property
    def export_folders(self) -> tuple[Path, ...]:
        """The folders in which former exports may be."""
        return (self.folder, *([self.home] if self.home else []))

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that the build reads and writes."""
        return (self.folder, *(path.parent for path in self.paths))
