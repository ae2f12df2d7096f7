"""`exporter cues`: show the cues that are derived from answers, and draft `Cues:` lines of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from exporter.cli.change_report import shorten_first_line
from exporter.cli.command_line import format_command
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, find_exit_status, report_and_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.json_document import print_document
from exporter.cli.options import format_option, resolve, source_argument
from exporter.cli.output import show_diagnostics
from exporter.cli.patch_review import diffs_as_json, review_patches
from exporter.cli.standard_input import STANDARD_INPUT
from exporter.model.diagnostics import has_errors, pluralize
from exporter.model.question_numbers import number_prefix, number_text
from exporter.model.text import plain_text
from exporter.patching.cue_drafts import CueDraft, draft_cues
from exporter.patching.source_patch import SourcePatch, make_source_patch
from exporter.patching.source_write import write_changes
from exporter.pipeline.loader import load_with_bytes


@click.command("cues")
@source_argument
@click.option("--write", is_flag=True, help="Write them into the source; you see the changes first.")
@click.option("--dry-run", "dry", is_flag=True, help="With --write, only show the changes.")
@click.option("--yes", is_flag=True, help="With --write, do not ask.")
@format_option
def command(
    source: str,
    write: bool,
    dry: bool,
    yes: bool,
    form: str,
    assignments: tuple[str, ...],
    config_path: Path | None,
) -> int:
    """Show the cues that are derived from the answers of questions without cues of their own.

    With --write, they become “Cues:” lines below the answers, for you to make them your own.

    \b
    Examples:
      exporter cues questions.txt
      exporter cues questions.txt --write
    """
    if (dry or yes) and not write:
        raise click.UsageError("--dry-run and --yes are for --write. Add it.")
    if write and source == STANDARD_INPUT:
        raise click.UsageError("Nothing is written into standard input. Name a file.")
    context = resolve([source], assignments, config_path=config_path)
    path = context.paths[0]
    settings = context.config.settings.for_source(path.name)
    with build_lock({path.parent} if write else ()):
        loaded, data = load_with_bytes(path, context.config.settings)
        if has_errors(loaded.diagnostics):
            return report_and_status(loaded.diagnostics)
        after, drafts = draft_cues(data, loaded, settings)
        patches = [make_source_patch(path, data, after, settings)] if write and after != data else []
        if form == "json":
            problems = write_changes([patch.change for patch in patches]) if yes and not dry else ()
            is_written = bool(patches) and yes and not dry and not problems
            parts = _as_json(path, drafts, patches, is_written=is_written)
            print_document(parts, [*loaded.diagnostics, *problems])
            return find_exit_status(problems)
        show_diagnostics(loaded.diagnostics)
        if not write:
            _print_drafts(path, drafts)
            return EXIT_OK
        _print_refused(path, [draft for draft in drafts if draft.refused])
        if not patches:
            echo("Nothing to write.")
            return EXIT_OK
        return review_patches(patches, dry=dry, yes=yes)


def _print_drafts(path: Path, drafts: Sequence[CueDraft]) -> None:
    """Print the cues of each question, as its source would have them."""
    for draft in drafts:
        echo(f"{_name(path, draft)}\n" + "".join(f"    {line}\n" for line in draft.lines))
    if not drafts:
        echo("All questions with answers have their own cues.")
    elif len(refused := [draft for draft in drafts if draft.refused]) < len(drafts):
        count = pluralize(len(drafts) - len(refused), "question")
        echo(f"To write the cues of {count} into the file: `{format_command('cues', '--write')}`")


def _print_refused(path: Path, refused: Sequence[CueDraft]) -> None:
    """Print the cues that cannot be written, for the hand."""
    for draft in refused:
        lines = "".join(f"    {line}\n" for line in draft.lines)
        echo(f"{_name(path, draft)}\n    not written: {draft.refused}\n{lines}")


def _name(path: Path, draft: CueDraft) -> str:
    question = draft.question
    line = f":{question.span.line}" if question.span else ""
    text = shorten_first_line(plain_text(question.question))
    return f"{path}{line}: {number_prefix(number_text(question))}{text}"


def _as_json(
    path: Path, drafts: Sequence[CueDraft], patches: Sequence[SourcePatch], *, is_written: bool
) -> dict[str, object]:
    return {
        "path": str(path),
        "written": is_written,
        "questions": [
            {
                "line": draft.question.span.line if draft.question.span else None,
                "number": number_text(draft.question) or None,
                "question": plain_text(draft.question.question),
                "cues": list(draft.cues),
                "lines": draft.lines,
                "refused": draft.refused or None,
            }
            for draft in drafts
        ],
        "files": diffs_as_json(patches),
    }
