"""The page of today's questions, made in memory for a share."""

from __future__ import annotations

from exporter.cli.options import exports_folder, job
from exporter.cli.preview import file_name
from exporter.model.diagnostics import Severity, has_errors
from exporter.pipeline import planner
from exporter.system.clock import ClockError, clock


def rehearsal_pages() -> tuple[dict[str, bytes], str]:
    """Return the page by its name, or none and the reason as a clause.

    A fault of the source or the system leaves out the rehearsal alone: the exports are still shared.
    """
    try:
        return _pages()
    except (OSError, ClockError) as exc:
        return {}, str(exc).rstrip(".")


def _pages() -> tuple[dict[str, bytes], str]:
    from exporter.web.preview_page import preview

    work = job((), (), None, needs_sources=False)
    if not work.paths:
        return {}, "there is no source in the input folder"
    exports = exports_folder(work.config, None)
    plan = planner.plan(work.paths, work.config.settings, clock(), work.whole_folder, [exports])
    if has_errors(plan.diagnostics):
        return {}, "the source or its lock has errors; `exporter preview` shows them"
    if not any(deck.notes for deck in plan.decks):
        return {}, "no question has an answer yet"
    made = preview(plan.decks, work.config.settings)
    faults = [found for found in made.diagnostics if found.severity is Severity.ERROR]
    if faults:
        return {}, f"{faults[0].message.rstrip('.')}; `exporter preview` shows it"
    return {file_name(plan.decks): made.html.encode()}, ""
