"""The command line: each command is a module, imported when it is used."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

from exporter import __version__

GROUPS: dict[str, dict[str, str]] = {
    "Begin": {
        "init": "Create a project with an example, ready to build.",
        "config": "Show the configuration in effect, and where each value comes from.",
        "formats": "List the readers, exporters and filters, including those of plugins.",
    },
    "Daily": {
        "build": "Read, check, and write every export.",
        "check": "Report what is wrong with the sources; with --fix, correct it.",
        "cues": "Show the derived cues, or write them into the source to be edited.",
        "diff": "Show what the next build would change; write nothing.",
        "watch": "Build again on each save; with --serve, show the preview.",
        "share": "Share the exports with a phone on the same network for a few minutes.",
        "push": "Import the deck into Anki on the desktop.",
        "weak": "List the questions that are failed most, or write only those.",
        "pull": "Write edits that were made in Anki into the sources.",
    },
    "Paper": {
        "reprint": "Write only the cue cards that changed since they were printed.",
        "stocks": "List the papers that cue cards can be printed on.",
        "print": "Print the cue cards, at 100 % and two-sided as the stock needs it.",
        "calibrate": "Show how far a printer is off, and correct it.",
    },
    "Look": {
        "preview": "Write one page that shows every card as the phone and the printer will.",
        "show": "Show the questions of a source as exporter reads them.",
        "convert": "Write a source's questions as text, Markdown, CSV or JSON.",
    },
    "Repair": {
        "relink": "Correct a question that was mistaken for another.",
        "recover": "Rebuild a lost or damaged lock from an Anki package.",
        "clean": "Remove exports of sources that are gone, after asking.",
    },
}
"""The commands that `exporter --help` lists, grouped by occasion."""

COMMANDS: dict[str, str] = {name: text for commands in GROUPS.values() for name, text in commands.items()}


class Commands(click.Group):
    """A group whose commands are modules of this package, imported only when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command, and return the command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"exporter.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by occasion, without importing them."""
        width = max(map(len, COMMANDS))
        for occasion, commands in GROUPS.items():
            with formatter.section(occasion):
                formatter.write_dl([(name.ljust(width), text) for name, text in commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command, or raise a usage error that suggests the most similar name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from exporter.model.suggestions import suggest

            near = suggest(args[0], COMMANDS)
            hint = f"Did you mean “{near}”?" if near else f"The commands are {', '.join(COMMANDS)}."
            raise click.UsageError(f"Unknown command “{args[0]}”. {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="exporter")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Turn one file of interview questions into an Anki deck, cue cards and cheat sheets.

    \b
    Examples:
      exporter init interviews           a project with an example
      exporter build                     every source in input/, all exports into dist/
      exporter build questions.txt       one source
      exporter check questions.txt       what is wrong with it, line by line
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Run the command line, and exit with its status."""
    from exporter.cli.errors import run

    if "_EXPORTER_COMPLETE" in os.environ:
        from exporter.cli import completion_shells

        completion_shells.install()
    # questions are many objects that live until exit: with the default thresholds, garbage collection
    # takes a fifth of the time of a large source
    gc.set_threshold(700_000, 20, 50)
    status = run(group)
    gc.freeze()  # or the collections at exit look through all modules once more: 5 % of a first build
    sys.exit(status)
