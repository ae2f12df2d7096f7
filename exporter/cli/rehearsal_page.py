"""The page of today's questions, made in memory for a share."""

from __future__ import annotations

from exporter.cli.options import resolve
from exporter.cli.planning import plan_sources
from exporter.cli.preview import file_name
from exporter.model.diagnostics import Severity, has_errors
from exporter.pipeline.deck_builder import make_decks
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
    from exporter.web.preview_page import render_preview

    context = resolve((), (), None, needs_sources=False)
    if not context.paths:
        return {}, "there is no source in the input folder"
    plan = plan_sources(context, clock())
    if has_errors(plan.diagnostics):
        return {}, "the source or its lock has errors; `exporter preview` shows them"
    decks = make_decks(plan.decks)
    if not any(deck.notes for deck in decks):
        return {}, "no question has an answer yet"
    made = render_preview(decks, context.config.settings)
    faults = [found for found in made.diagnostics if found.severity is Severity.ERROR]
    if faults:
        return {}, f"{faults[0].message.rstrip('.')}; `exporter preview` shows it"
    return {file_name(decks): made.html.encode()}, ""
