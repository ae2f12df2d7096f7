"""What a command builds, and what a build of it would do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exporter.cli.options import Job, exports_folder
from exporter.pipeline.build_request import BuildRequest
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


def make_request(
    work: Job, folder: Path | None, names: tuple[str, ...], retire: tuple[str, ...]
) -> BuildRequest:
    """Return the request to build a command's sources into `folder`, by default into the project's."""
    return BuildRequest(
        work.paths,
        work.config.settings,
        exports_folder(work.config, folder),
        names,
        work.whole_folder,
        home=exports_folder(work.config, None),
        retire=retire,
    )
