"""Build once at import: what a build loads is loaded then, and forked processes begin with it."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

from tests.projects import PIXEL, Project

with tempfile.TemporaryDirectory() as _folder:
    _project = Project.with_seed(Path(_folder) / "project")
    (_project.root / "input" / "a.png").write_bytes(PIXEL)
    (_project.root / "input" / "a.md").write_text("## What?\n\n`This`.\n\n![the plan](a.png)\n")
    _project.build()

gc.freeze()  # else each process copies the pages of all objects when it collects garbage
