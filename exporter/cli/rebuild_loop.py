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
from exporter.cli.errors import tell
from exporter.cli.options import Job, exports_folder
from exporter.cli.output import show_diagnostics
from exporter.model.diagnostics import Diagnostic, Severity, counted, has_errors
from exporter.pipeline import builder
from exporter.pipeline.media import image_paths
from exporter.system import atomic_write
from exporter.system.build_lock import exclusive
from exporter.system.clock import clock

if TYPE_CHECKING:
    from exporter.web.preview_server import PreviewServer


@dataclass
class Rebuilder:
    """Builds on request; it remembers what it said and whether the last round was good."""

    find_job: Callable[[], Job]
    exports: tuple[str, ...]
    folder: Path | None
    server: PreviewServer | None
    retire: tuple[str, ...] = ()
    pictures: tuple[Path, ...] = ()
    rounds: int = 0
    broken: bool = False
    said: frozenset[Diagnostic] = field(default_factory=frozenset)

    def act(self) -> tuple[Path, ...]:
        """Build once, and tell of it; return the pictures that the questions name.

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
            tell(fault)
        if not good:
            echo(f"{_clock()}  Not right yet: what is there stays as it is. Mend it, and save.")
            if self.server:
                self.server.broken()
        elif not self.rounds:
            echo("Watching for changes. Press Ctrl-C to stop.")
        self.broken = not good
        self.rounds += 1
        return self.pictures

    def _build(self) -> bool:
        """Build, and say whether all is well."""
        began = time.perf_counter()
        work = self.find_job()
        request = builder.Request(
            work.paths,
            work.config.settings,
            exports_folder(work.config, self.folder),
            self.exports,
            work.whole_folder,
            home=exports_folder(work.config, None),
            retire=self.retire,
        )
        with exclusive(request.places) as lock_diagnostics:
            prepared = builder.prepare(request, clock())
            written = builder.write(prepared) if prepared.sound else ()
        self.pictures = tuple(_pictures(prepared))
        diagnostics = (*lock_diagnostics, *prepared.diagnostics)
        self._show(diagnostics)
        if not prepared.sound:
            return False
        self._tell(prepared, written, time.perf_counter() - began)
        return self._publish(prepared, work, diagnostics)

    def _show(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        show_diagnostics(one for one in diagnostics if one.severity is Severity.ERROR or one not in self.said)
        self.said = frozenset(diagnostics)

    def _tell(self, built: builder.Prepared, written: tuple[atomic_write.Written, ...], took: float) -> None:
        again = "All is right again. " if self.broken else ""
        changed = [one for one in written if one.changed]
        what = (
            f"{counted(len(changed), 'file')} written to {built.request.folder}"
            if changed
            else "No export changed"
        )
        echo(f"{_clock()}  {again}{what}, in {took:.2f} s.")
        show_changes(built.plan.changes)
        for line in follow_up(built.plan.changes, built.plan.offers):
            echo(line)

    def _publish(self, built: builder.Prepared, work: Job, diagnostics: tuple[Diagnostic, ...]) -> bool:
        """Serve the new page; say whether there is one. `diagnostics` are those of the build."""
        if not self.server:
            return True
        from exporter.web.preview_page import preview

        made = preview(built.plan.decks, work.config.settings, live=True)
        self._show((*diagnostics, *made.diagnostics))
        if has_errors(made.diagnostics):
            return False
        self.server.publish(made.html)
        return True


def _pictures(built: builder.Prepared) -> Iterator[Path]:
    """Yield where the pictures of all sources are, or would be."""
    for one in built.plan.loaded:
        yield from image_paths(one.questions.questions, one.path.parent)


def _clock() -> str:
    return time.strftime("%H:%M:%S")
