"""The build plan and the build request of a command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exporter.cli.options import CommandContext, resolve_exports_folder
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.loader import load_sources
from exporter.pipeline.planner import plan_build


def plan_sources(context: CommandContext, now: int, exports: Sequence[Path] = ()) -> BuildPlan:
    """Return the build plan of a command's sources; nothing is written.

    `now` is in seconds since 1970. A missing lock is rebuilt from packages in the folders `exports`, by
    default in the project's folder of exports.
    """
    return plan_build(
        load_sources(context.paths, context.config.settings),
        context.config.settings,
        now,
        whole_folder=context.whole_folder,
        exports=exports or [resolve_exports_folder(context.config, None)],
    )


def make_request(
    context: CommandContext, folder: Path | None, names: tuple[str, ...], retire: tuple[str, ...]
) -> BuildRequest:
    """Return the request to build a command's sources into `folder`, by default that of the project."""
    return BuildRequest(
        context.paths,
        context.config.settings,
        resolve_exports_folder(context.config, folder),
        names or None,
        context.whole_folder,
        home=resolve_exports_folder(context.config, None),
        retire=retire,
    )
