"""A source whose deck is rehearsed in Anki: built, imported, edited on the phone, and pulled."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

from anki.collection import ExportAnkiPackageOptions

from tests.engine.phone import Phone
from tests.in_process import CommandLine

DAY_S = 86_400


@dataclass
class Rehearsal:
    """A source that was built ten days ago and imported; it is edited in Anki now."""

    command_line: CommandLine
    phone: Phone
    name: str = "q.txt"

    @property
    def now(self) -> int:
        """The time in seconds since 1970."""
        return int(time.time())

    @property
    def source(self) -> Path:
        return self.command_line.root / self.name

    def import_source(self, data: str | bytes) -> None:
        self.command_line.write(self.name, data)
        self.build(-10)

    def build(self, days: int, *, is_imported: bool = True) -> None:
        self.command_line.build(self.name, "--to", "anki", now=self.now + days * DAY_S)
        if is_imported:
            self.phone.import_package(self.command_line.root / f"dist/{Path(self.name).stem}.apkg")

    def key(self, words: str) -> str:
        (note,) = self.phone.collection.find_notes(f'"{words}"')
        return str(self.phone.collection.get_note(note).guid)

    def replace(self, words: str, field: str, old: str, new: str) -> None:
        """Replace HTML in a field of the note that has these words."""
        key = self.key(words)
        html = self.phone.notes()[key][field]
        assert old in html, html
        self.phone.edit(key, field, html.replace(old, new))

    def export(self, *, with_scheduling: bool = True, legacy: bool = False) -> Path:
        path = self.command_line.root / "phone.apkg"
        options = ExportAnkiPackageOptions(with_scheduling=with_scheduling, legacy=legacy, with_media=True)
        self.phone.collection.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    def pull(self, *options: str, status: int = 0) -> str:
        ran = self.command_line.run("pull", str(self.export()), self.name, *options)
        assert ran.status == status, ran.output + ran.errors
        return ran.output + ran.errors

    def states(self, *options: str) -> dict[str, int]:
        """Return how many notes have each state."""
        ran = self.command_line.run(
            "pull", str(self.export()), self.name, "--format", "json", "--dry-run", *options
        )
        counts: dict[str, int] = {}
        for note in json.loads(ran.output)["notes"]:
            counts[note["state"]] = counts.get(note["state"], 0) + 1
        return counts
