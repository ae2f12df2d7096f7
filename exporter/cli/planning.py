"""Load and plan for commands that show what a build would do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exporter.cli.options import Job, exports_folder
from exporter.pipeline.loader import load_sources
from exporter.pipeline.planner import BuildPlan, plan_build


def plan_sources(work: Job, now: int, exports: Sequence[Path] = ()) -> BuildPlan:
    """Return the plan of a command's sources; nothing is written.

    `now` is in seconds since 1970. A missing lock is rebuilt from packages in the folders `exports`, by
    default in the project's.
    """
    return plan_build(
        load_sources(work.paths, work.config.settings),
        work.config.settings,
        now,
        whole_folder=work.whole_folder,
        exports=exports or [exports_folder(work.config, None)],
    )
