"""`exporter convert`: write a source as text, Markdown, CSV or JSON."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from exporter import converters
from exporter.cli.console import echo, echo_document
from exporter.cli.errors import EXIT_OK, find_exit_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import ensure_not_overwriting, force_option, resolve, source_argument
from exporter.cli.output import show_diagnostics
from exporter.model.diagnostics import has_errors, pluralize, warning
from exporter.model.labels import LABELS
from exporter.pipeline import loader
from exporter.system import atomic_write


@click.command("convert")
@source_argument
@click.option(
    "--to", "form", type=click.Choice(list(converters.BUILT_IN)), required=True, help="The format to write."
)
@click.option(
    "-o",
    "--output",
    "output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write; by default to the terminal.",
)
@force_option
def command(
    source: str,
    assignments: tuple[str, ...],
    config_path: Path | None,
    form: str,
    output: Path | None,
    force: bool,
) -> int:
    """Write the questions of a source as text, Markdown, CSV or JSON, which is read back the same.

    \b
    Example:
      exporter convert questions.csv --to markdown --output questions.md
    """
    if output is not None:
        ensure_not_overwriting(output, force)
    context = resolve([source], assignments, config_path=config_path)
    loaded = loader.load_source(context.paths[0], context.config.settings)
    show_diagnostics(loaded.diagnostics)
    if has_errors(loaded.diagnostics):
        return find_exit_status(loaded.diagnostics)
    questions = loaded.questions
    if loaded.label_language not in (*LABELS, ""):
        # the language is not known any more when the labels become English
        questions = replace(questions, language=questions.language or loaded.label_language)
    text = converters.load(form)(questions, loaded.find_language(context.config.settings))
    # the pictures in the source itself are files beside the new one
    pictures = sorted(loaded.media.items())
    if output:
        for name, data in pictures:
            path = output.parent / name
            if not path.is_file() or path.read_bytes() != data:
                ensure_not_overwriting(path, force)
        files = [(output.name, text.encode("utf-8", "replace")), *pictures]
        with build_lock([output.parent]):
            atomic_write.write_files(output.parent, files)
        written = f"{output} and {pluralize(len(pictures), 'picture')}" if pictures else str(output)
        echo(f"Wrote {written}.")
    else:
        if pictures:
            message = f"{pluralize(len(pictures), 'picture')} in the source were not written."
            show_diagnostics([warning("picture-skipped", message, hint="Name a file with --output.")])
        echo_document(text)
    return EXIT_OK
