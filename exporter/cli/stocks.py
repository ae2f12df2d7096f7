"""`exporter stocks`: list the papers that cue cards can be printed on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, find_exit_status
from exporter.cli.json_document import print_document
from exporter.cli.options import format_option, resolve, source_arguments
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import plan_sources
from exporter.model.diagnostics import Severity, has_errors
from exporter.pipeline.deck_builder import make_decks
from exporter.system.clock import clock

if TYPE_CHECKING:
    from exporter.cards.stock_usage import StockUsage
    from exporter.cards.stocks import Stock

MAX_ALIASES = 6
"""Number of other names of a stock in the table."""


@click.command("stocks")
@source_arguments
@format_option
def command(named: tuple[str, ...], assignments: tuple[str, ...], config_path: Path | None, form: str) -> int:
    """List the papers that cue cards can be printed on, and what the questions need of each.

    \b
    Example:
      exporter stocks questions.txt
    """
    from exporter.cards.stock_usage import measure_usage

    context = resolve(named, assignments, config_path=config_path, needs_sources=False)
    plan = plan_sources(context, clock())
    show_diagnostics([item for item in plan.diagnostics if item.severity is Severity.ERROR])
    if has_errors(plan.diagnostics):
        return find_exit_status(plan.diagnostics)
    usages = measure_usage(make_decks(plan.decks), context.config.settings)
    if form == "json":
        print_document({"stocks": [_as_json(usage) for usage in usages]}, plan.diagnostics)
    else:
        _print_table(usages)
    return EXIT_OK


def _as_json(usage: StockUsage) -> dict[str, object]:
    return {
        "stock": usage.stock.name,
        "aliases": list(usage.stock.aliases),
        "card_mm": list(usage.stock.card),
        "sheet_mm": list(usage.stock.sheet),
        "chosen": usage.is_chosen,
        "cards_a_sheet": usage.per_sheet,
        "cards": usage.cards,
        "sheets": usage.sheets,
        "continued": usage.continued,
        "smallest_pt": usage.min_size,
        "median_pt": usage.median_size,
        "content": list(usage.contents),
    }


def _print_table(usages: Sequence[StockUsage]) -> None:
    heads = f"{'a sheet':>7} {'cards':>6} {'sheets':>6} {'smallest':>8} {'median':>6}  {'content':<8}"
    echo(f"{'stock':<16} {'card, mm':>13} {heads} also known as")
    for usage in usages:
        stock = usage.stock
        card = f"{stock.card[0]:g} × {stock.card[1]:g}"
        counts = f"{usage.per_sheet or '–':>7} {usage.cards or '–':>6} {usage.sheets or '–':>6}"
        sizes = f"{_format_size(usage.min_size):>8} {_format_size(usage.median_size):>6}"
        content = ", ".join(usage.contents) or "–"
        echo(f"{stock.name:<16} {card:>13} {counts} {sizes}  {content:<8} {_list_aliases(stock)}".rstrip())
    echo("Smallest and median are the type sizes of the answers, or of the cues, in points.")
    (chosen,) = (usage.stock.name for usage in usages if usage.is_chosen)
    echo(f"The cards are on {chosen}; choose another with --set pdf.stock=NAME, or in exporter.toml.")
    echo("`--format json` lists all names.")


def _list_aliases(stock: Stock) -> str:
    """Return the first other names of a stock, and the number of the rest.

    A part number is not repeated with the maker's name before it.
    """
    from exporter.cards.stocks import AVERY

    names = [name for name in stock.aliases if name.removeprefix(AVERY) not in {*stock.aliases} - {name}]
    rest = len(names) - MAX_ALIASES
    return ", ".join(names[:MAX_ALIASES]) + (f" and {rest} more" if rest > 0 else "")


def _format_size(size: float) -> str:
    return f"{size:g}" if size else "–"
