"""`exporter show`: the questions of a source as they were understood."""

from __future__ import annotations

import json
from pathlib import Path

import click

from exporter import pipeline
from exporter.cli.arguments import format_option, job, source_arguments
from exporter.cli.failures import status_of
from exporter.cli.report import show_diagnostics
from exporter.clock import clock
from exporter.deck import Note
from exporter.diagnostics import has_errors
from exporter.model import Question, plain_text
from exporter.model_json import to_json


@click.command("show")
@source_arguments
@format_option
def command(named: tuple[str, ...], assignments: tuple[str, ...], config_path: Path | None, form: str) -> int:
    """Show the questions of a source as they were understood.

    \b
    Example:
      exporter show questions.txt --format json
    """
    if len(named) != 1:
        raise click.UsageError("Name one source to show.")
    work = job(named, assignments, config_path)
    plan = pipeline.plan(work.paths, work.config.options, clock())
    loaded = plan.loaded[0]
    notes = plan.folders[0].identified.notes[loaded.path.name] if plan.folders else ()
    if form == "json":
        keys = {note.place - 1: note.key for note in notes}
        value = to_json(loaded.questions, plan.diagnostics, keys)
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        show_diagnostics(plan.diagnostics)
        if has_errors(loaded.diagnostics):
            return status_of(plan.diagnostics)
        title = loaded.questions.title
        click.echo("\n\n".join([*([title] if title else []), *map(_shown, notes)]))
    return status_of(plan.diagnostics)


def _shown(note: Note) -> str:
    question = note.question
    number = "" if question.number is None else f"{question.number}. "
    facts = {
        "category": question.category or "",
        "tags": ", ".join(question.tags),
        "cues": " · ".join(note.cues),
        "notes": question.notes or "",
        "key": note.key,
    }
    lines = [number + plain_text(question.question), *_indented(question)]
    lines += [f"    [{name}] {value}" for name, value in facts.items() if value]
    return "\n".join(lines)


def _indented(question: Question) -> list[str]:
    return [
        f"    {line}" if line else "" for line in plain_text(question.answer).split("\n") if question.answer
    ]
