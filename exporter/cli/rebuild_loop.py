"""Building again and again, and saying each time only what is new."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.change_report import follow_up, show_changes
from exporter.cli.console import echo, echo_usage_error
from exporter.cli.errors import report_exception
from exporter.cli.options import CommandContext
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import make_request
from exporter.model.diagnostics import Diagnostic, Severity, has_errors, pluralize
from exporter.pipeline.build_report import BuildReport
from exporter.pipeline.builder import build
from exporter.pipeline.media import image_paths
from exporter.system.clock import clock

if TYPE_CHECKING:
    from exporter.web.preview_server import PreviewServer


@dataclass
class Rebuilder:
    """Builds on request; it remembers what it reported and whether the last round was good."""

    resolve_context: Callable[[], CommandContext]
    exports: tuple[str, ...]
    folder: Path | None
    server: PreviewServer | None
    retire: tuple[str, ...] = ()
    pictures: tuple[Path, ...] = ()
    rounds: int = 0
    failed: bool = False
    reported: frozenset[Diagnostic] = field(default_factory=frozenset)

    def rebuild(self) -> tuple[Path, ...]:
        """Build once, and report_exception of it; return the pictures that the questions name.

        Whatever goes wrong, the next round may be right.
        """
        good = False
        try:
            good = self._build()
        except click.exceptions.Exit:
            pass  # what is wrong was shown
        except click.ClickException as mistake:
            echo_usage_error(mistake)
        except Exception as fault:
            report_exception(fault)
        if not good:
            if self.server:
                self.server.publish_failure()
            echo(f"{_clock()}  Build failed; previous exports kept. Fix the source and save to retry.")
        elif not self.rounds:
            echo("Watching for changes. Press Ctrl-C to stop.")
        self.failed = not good
        self.rounds += 1
        return self.pictures

    def _build(self) -> bool:
        """Build, and say whether all is well."""
        began = time.perf_counter()
        context = self.resolve_context()
        request = make_request(context, self.folder, self.exports, self.retire)
        report = build(request, clock())
        self.pictures = tuple(_pictures(report))
        self._show(report.diagnostics)
        if not report.ok:
            return False
        self._tell(report, request.folder, time.perf_counter() - began)
        return self._publish(report, context)

    def _show(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        show_diagnostics(
            one for one in diagnostics if one.severity is Severity.ERROR or one not in self.reported
        )
        self.reported = frozenset(diagnostics)

    def _tell(self, report: BuildReport, folder: Path, took: float) -> None:
        again = "Build OK again. " if self.failed else ""
        changed = [file for file in report.files if file.changed]
        what = f"{pluralize(len(changed), 'file')} written to {folder}" if changed else "No export changed"
        echo(f"{_clock()}  {again}{what}, in {took:.2f} s.")
        show_changes(report.changes)
        for line in follow_up(report.changes, report.offers):
            echo(line)

    def _publish(self, report: BuildReport, context: CommandContext) -> bool:
        """Serve the new page; return whether there is one."""
        if not self.server or report.stages is None:
            return True
        from exporter.web.preview_page import render_preview

        made = render_preview(report.stages.decks, context.config.settings, live=True)
        self._show((*report.diagnostics, *made.diagnostics))
        if has_errors(made.diagnostics):
            return False
        self.server.publish(made.html)
        return True


def _pictures(report: BuildReport) -> Iterator[Path]:
    """Yield where the pictures of all sources are, or would be."""
    for source in report.stages.plan.loaded if report.stages else ():
        yield from image_paths(source.questions.questions, source.path.parent)


def _clock() -> str:
    return time.strftime("%H:%M:%S")
