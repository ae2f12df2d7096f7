"""Packages with plugins, written into a folder as an installation leaves them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest


class Packages:
    """A folder of installed packages that this process imports from."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        self.folder = folder
        self.patch = monkeypatch
        monkeypatch.syspath_prepend(folder)
        self.changes = 0

    def add(self, module: str, code: str, version: str = "1.0", **plugins: str) -> Path:
        """Install a package of one module; `readers`, `exporters` and `filters` are lines `NAME = FUNCTION`."""
        self.patch.delitem(__import__("sys").modules, module, raising=False)
        path = self.folder / f"{module}.py"
        path.write_text(dedent(code), encoding="utf-8")
        info = self.folder / f"{module}-{version}.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: {version}\n")
        lines = [
            f"[exporter.{kind}]\n"
            + "".join(
                f"{name.strip()} = {module}:{function.strip()}\n"
                for name, _, function in (line.partition("=") for line in entries.split(","))
            )
            for kind, entries in plugins.items()
        ]
        (info / "entry_points.txt").write_text("\n".join(lines))
        # the search path is a key of what discovery keeps
        self.changes += 1
        self.patch.syspath_prepend(self.folder / f"not-there-{self.changes}")
        return path


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packages:
    """Return an empty folder of installed packages."""
    return Packages(tmp_path / "site", monkeypatch)
