"""Building repeatedly, and reporting only what is new."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.change_report import iter_follow_up, show_changes
from exporter.cli.console import echo, echo_usage_error
from exporter.cli.errors import report_exception
from exporter.cli.options import CommandContext
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import make_request
from exporter.model.diagnostics import Diagnostic, Severity, has_errors, pluralize
from exporter.pipeline.build_report import BuildReport
from exporter.pipeline.builder import build
from exporter.pipeline.media import iter_image_paths
from exporter.system.clock import clock

if TYPE_CHECKING:
    from exporter.web.preview_server import PreviewServer


@dataclass
class Rebuilder:
    """A builder that can be called repeatedly, and reports each diagnostic only once.

    `failed` tells whether the last build had errors, `reported` are the diagnostics of that build.
    """

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
        """Build once, and report the result; return the pictures that the questions name.

        Whatever goes wrong, the next round may be right.
        """
        is_ok = False
        try:
            is_ok = self._build()
        except click.exceptions.Exit:
            pass  # what is wrong was shown
        except click.ClickException as exc:
            echo_usage_error(exc)
        except Exception as exc:
            report_exception(exc)
        if not is_ok:
            if self.server:
                self.server.publish_failure()
            echo(f"{_format_time()}  Build failed; previous exports kept. Fix the source and save to retry.")
        elif not self.rounds:
            echo("Watching for changes. Press Ctrl-C to stop.")
        self.failed = not is_ok
        self.rounds += 1
        return self.pictures

    def _build(self) -> bool:
        """Build; return whether there was no error."""
        started = time.perf_counter()
        context = self.resolve_context()
        request = make_request(context, self.folder, self.exports, self.retire)
        report = build(request, clock())
        self.pictures = tuple(_pictures(report))
        self._show(report.diagnostics)
        if not report.ok:
            return False
        self._print_report(report, request.folder, time.perf_counter() - started)
        return self._publish(report, context)

    def _show(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        show_diagnostics(
            item for item in diagnostics if item.severity is Severity.ERROR or item not in self.reported
        )
        self.reported = frozenset(diagnostics)

    def _print_report(self, report: BuildReport, folder: Path, seconds: float) -> None:
        recovery = "Build OK again. " if self.failed else ""
        changed = [file for file in report.files if file.changed]
        result = f"{pluralize(len(changed), 'file')} written to {folder}" if changed else "No export changed"
        echo(f"{_format_time()}  {recovery}{result}, in {seconds:.2f} s.")
        show_changes(report.changes)
        for line in iter_follow_up(report.changes, report.offers):
            echo(line)

    def _publish(self, report: BuildReport, context: CommandContext) -> bool:
        """Publish the new page, if there is a server; return whether there was no error."""
        if not self.server or report.stages is None:
            return True
        from exporter.web.preview_page import render_preview

        page = render_preview(report.stages.decks, context.config.settings, live=True)
        self._show((*report.diagnostics, *page.diagnostics))
        if has_errors(page.diagnostics):
            return False
        self.server.publish(page.html)
        return True


def _pictures(report: BuildReport) -> Iterator[Path]:
    """Yield the paths of the pictures of all sources, whether they exist or not."""
    for source in report.stages.plan.loaded if report.stages else ():
        yield from iter_image_paths(source.questions.questions, source.path.parent)


def _format_time() -> str:
    return time.strftime("%H:%M:%S")
