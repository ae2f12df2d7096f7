"""`exporter show`: show the questions of a source as exporter reads them."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.console import echo
from exporter.cli.errors import find_exit_status
from exporter.cli.json_document import print_document
from exporter.cli.line_table import show_lines
from exporter.cli.options import format_option, resolve, source_argument
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import plan_sources
from exporter.model.deck import KeyedQuestion
from exporter.model.diagnostics import has_errors
from exporter.model.json import to_json
from exporter.model.question_numbers import number_prefix, number_text
from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.pipeline.deck_builder import make_note
from exporter.pipeline.format_words import remove_format_words
from exporter.pipeline.loader import load_source
from exporter.system.clock import clock


@click.command("show")
@source_argument
@click.option("--lines", "by_line", is_flag=True, help="Show each line with what it was taken for.")
@format_option
def command(
    source: str, assignments: tuple[str, ...], config_path: Path | None, form: str, by_line: bool
) -> int:
    """Show the questions of a source as exporter reads them.

    \b
    Examples:
      exporter show questions.txt --format json
      exporter show questions.txt --lines
    """
    context = resolve([source], assignments, config_path=config_path)
    if by_line:
        lined = load_source(context.paths[0], context.config.settings)
        if form == "text":
            show_diagnostics(lined.diagnostics)
        show_lines(lined, as_object=form == "json")
        return find_exit_status(lined.diagnostics)
    plan = plan_sources(context, clock())
    loaded = plan.loaded[0]
    questions = plan.folders[0].identified.questions[loaded.path.name] if plan.folders else ()
    by_index = {keyed.position - 1: keyed for keyed in questions}
    if form == "json":
        keys = {index: keyed.key for index, keyed in by_index.items()}
        parts = to_json(loaded.questions, keys=keys)
        print_document(parts, plan.diagnostics)
    else:
        show_diagnostics(plan.diagnostics)
        if has_errors(loaded.diagnostics):
            return find_exit_status(plan.diagnostics)
        title = remove_format_words(loaded.questions.title or "")
        shown = [
            _as_text(question, by_index.get(index))
            for index, question in enumerate(loaded.questions.questions)
        ]
        echo("\n\n".join([*([title] if title else []), *shown]))
    return find_exit_status(plan.diagnostics)


def _as_text(question: Question, keyed: KeyedQuestion | None) -> str:
    """Return a question as text; `keyed` is None if the lock cannot be read."""
    facts = {
        "category": question.category or "",
        "tags": ", ".join(question.tags),
        "cues": " · ".join(make_note(keyed).cues) if keyed else "",
        "notes": question.notes or "",
        "key": keyed.key if keyed else "",
    }
    lines = [number_prefix(number_text(question)) + plain_text(question.question), *_indented(question)]
    lines += [f"    [{name}] {value}" for name, value in facts.items() if value]
    return "\n".join(lines)


def _indented(question: Question) -> list[str]:
    return [
        f"    {line}" if line else "" for line in plain_text(question.answer).split("\n") if question.answer
    ]
