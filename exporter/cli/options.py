"""Arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from exporter.cli.errors import EXIT_USAGE_ERROR, status_of
from exporter.cli.output import show_diagnostics
from exporter.config import loader as config
from exporter.identity import lockfile
from exporter.model.diagnostics import Diagnostic, Severity, has_errors
from exporter.pipeline import sources
from exporter.system.files import display_path, read_limited

MARKER_SEARCH_BYTES = 4096
"""How much of a file is looked at to tell who wrote it, in bytes."""

Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class CommandContext:
    """What a command is to work on: its sources, and the configuration in force.

    `whole_folder` says that no source was named, so that the sources are all there are.
    """

    paths: tuple[Path, ...]
    config: config.Config
    whole_folder: bool


set_option = click.option(
    "--set", "assignments", multiple=True, metavar="KEY=VALUE", help="Set a configuration key."
)


def _remember_reader(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    context.meta["exporter.reader"] = name


from_option = click.option(
    "--from",
    "reader",
    metavar="NAME",
    expose_value=False,
    callback=_remember_reader,
    help="Read with this reader, regardless of the file's name.",
)
config_option = click.option(
    "--config",
    "config_path",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Use this configuration.",
)
out_option = click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to write; by default dist.",
)
debug_option = click.option(
    "--debug", is_flag=True, expose_value=False, help="Show the traceback of an error."
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Show only errors.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Show more details.")
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result."
)


retire_option = click.option(
    "--retire",
    "retire",
    multiple=True,
    metavar="KEY",
    help="Retire this question although its text is still in the source; may be repeated.",
)
lock_option = click.option(
    "--lock",
    "lock_path",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The lock; by default that of the project's input folder.",
)


def source_arguments(command: Command) -> Command:
    """Add the arguments of every command that reads sources."""
    return _reading(click.argument("named", nargs=-1, metavar="[SOURCE]…")(command))


def source_argument(command: Command) -> Command:
    """Add the arguments of a command that reads one source."""
    return _reading(click.argument("source", metavar="SOURCE")(command))


def reading_options(command: Command) -> Command:
    """Add the options that say how sources are read."""
    return _reading(command)


def _reading(command: Command) -> Command:
    for add in (from_option, set_option, config_option, debug_option):
        command = add(command)
    return command


def load_project(assignments: Sequence[str] = (), config_path: Path | None = None) -> config.Config:
    """Return the configuration that holds here; leaves with a usage error where it is wrong."""
    configuration = config.load(Path.cwd(), [*assignments, *_reader_assignment()], config_path)
    _leave_if_wrong(configuration.diagnostics)
    return configuration


def _reader_assignment() -> list[str]:
    reader = click.get_current_context().meta.get("exporter.reader")
    return [f"from={reader}"] if reader else []


def _leave_if_wrong(found: Sequence[Diagnostic]) -> None:
    context = click.get_current_context()
    said = context.meta.setdefault("exporter.said", set())
    quiet = context.params.get("quiet", False)
    show_diagnostics([one for one in found if one not in said or one.severity is Severity.ERROR], quiet)
    said.update(found)
    if has_errors(found):
        raise click.exceptions.Exit(max(status_of(found), EXIT_USAGE_ERROR))


def resolve_lock_path(given: Path | None) -> Path:
    """Return the lock that is meant: the one given, else that of the project's input folder."""
    return given or display_path(load_project().root / sources.INPUT / lockfile.LOCK_NAME)


def resolve(
    named: Sequence[str],
    assignments: Sequence[str],
    config_path: Path | None,
    needs_sources: bool = True,
) -> CommandContext:
    """Return what to work on; leaves with a usage error where the configuration is wrong.

    So it does where there is nothing to read, unless the command needs no sources.
    """
    assignments = [*assignments, *_reader_assignment()]
    start = Path(named[0]).parent if named else Path.cwd()
    configuration = config.load(start, assignments, config_path)
    paths, problems = sources.discover(named, configuration.root)
    _leave_if_wrong((*configuration.diagnostics, *(problems if needs_sources else ())))
    return CommandContext(paths, configuration, not named)


force_option = click.option("--force", is_flag=True, help="Overwrite an existing file.")


def ensure_not_overwriting(place: Path, force: bool, mark: bytes = b"") -> None:
    """Leave with a usage error where a file stands that may not be written over.

    With `mark` a file may be that holds it near its beginning: it was written by the same command.
    """
    if not place.name:
        raise click.UsageError("The file to write has no name. Name one.")
    if force or not place.exists():
        return
    if not (mark and place.is_file() and mark in (read_limited(place)[0] or b"")[:MARKER_SEARCH_BYTES]):
        raise click.UsageError(f"{place} already exists. Name another file, or add --force.")


def resolve_exports_folder(configuration: config.Config, given: Path | None) -> Path:
    """Return where the exports are: in the folder given, else in the project's dist."""
    return given or display_path(configuration.root / config.OUTPUT_FOLDER)
