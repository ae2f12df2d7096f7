"""Rendering the page of the present questions in memory, for a share."""

from __future__ import annotations

from exporter.cli.options import resolve
from exporter.cli.planning import plan_sources
from exporter.cli.preview import name_page
from exporter.model.diagnostics import Severity, has_errors
from exporter.pipeline.deck_builder import make_decks
from exporter.system.clock import ClockError, clock


def render_rehearsal_pages() -> tuple[dict[str, bytes], str]:
    """Return the page by its name, or no page and the reason as a clause.

    If the source or the system has an error, only the rehearsal is not shared.
    """
    try:
        return _render_pages()
    except (OSError, ClockError) as exc:
        return {}, str(exc).rstrip(".")


def _render_pages() -> tuple[dict[str, bytes], str]:
    from exporter.web.preview_page import render_preview

    context = resolve((), (), config_path=None, needs_sources=False)
    if not context.paths:
        return {}, "there is no source in the input folder"
    plan = plan_sources(context, clock())
    if has_errors(plan.diagnostics):
        return {}, "the source or its lock has errors; `exporter preview` shows them"
    decks = make_decks(plan.decks)
    if not any(deck.notes for deck in decks):
        return {}, "no question has an answer yet"
    page = render_preview(decks, context.config.settings)
    errors = [item for item in page.diagnostics if item.severity is Severity.ERROR]
    if errors:
        return {}, f"{errors[0].message.rstrip('.')}; `exporter preview` shows it"
    return {name_page(decks): page.html.encode()}, ""
