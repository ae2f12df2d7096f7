"""`exporter stocks`: the papers that cue cards can be printed on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter import pipeline
from exporter.cli.arguments import format_option, job, source_arguments
from exporter.cli.failures import DONE, USAGE_ERROR, status_of
from exporter.cli.report import show_diagnostics
from exporter.clock import clock
from exporter.diagnostics import Severity, has_errors

if TYPE_CHECKING:
    from exporter.exporters.pdf.survey import StockNeeds


@click.command("stocks")
@source_arguments
@format_option
def command(named: tuple[str, ...], assignments: tuple[str, ...], config_path: Path | None, form: str) -> int:
    """List the papers that cue cards can be printed on, and what the questions need of each.

    \b
    Example:
      exporter stocks questions.txt
    """
    from exporter.exporters.pdf.fonts import FontError
    from exporter.exporters.pdf.stocks import StockError
    from exporter.exporters.pdf.survey import survey

    work = job(named, assignments, config_path)
    plan = pipeline.plan(work.paths, work.config.options, clock())
    show_diagnostics([one for one in plan.diagnostics if one.severity is Severity.ERROR])
    if has_errors(plan.diagnostics):
        return status_of(plan.diagnostics)
    needs: dict[str, list[StockNeeds]] = {}
    try:
        for deck in plan.decks:
            for need in survey(deck, work.config.options):
                needs.setdefault(need.stock.name, []).append(need)
    except (StockError, FontError) as fault:
        click.echo(f"exporter: {fault}", err=True)
        return USAGE_ERROR
    if form == "json":
        rows = [_as_json(several) for several in needs.values()]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print_table(list(needs.values()))
    return DONE


def _as_json(needs: list[StockNeeds]) -> dict[str, object]:
    stock = needs[0].stock
    return {
        "stock": stock.name,
        "aliases": list(stock.aliases),
        "card_mm": list(stock.card),
        "sheet_mm": list(stock.sheet),
        "cards_a_sheet": needs[0].per_sheet,
        "cards": sum(need.cards for need in needs),
        "sheets": sum(need.sheets for need in needs),
        "continued": sum(need.continued for need in needs),
        "smallest_pt": min(need.least for need in needs),
    }


def _print_table(table: list[list[StockNeeds]]) -> None:
    click.echo(f"{'stock':<16} {'card, mm':>13} {'a sheet':>7} {'cards':>6} {'sheets':>6}  also known as")
    for needs in table:
        stock = needs[0].stock
        card = f"{stock.card[0]:g} × {stock.card[1]:g}"
        cards, sheets = (sum(getattr(need, what) for need in needs) for what in ("cards", "sheets"))
        line = f"{stock.name:<16} {card:>13} {needs[0].per_sheet or '–':>7} {cards:>6} {sheets or '–':>6}"
        click.echo(f"{line}  {', '.join(stock.aliases)}".rstrip())
    click.echo("Choose one with --set pdf.stock=NAME, or in exporter.toml.")
