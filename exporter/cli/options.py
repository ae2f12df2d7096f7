"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from exporter.cli.completion import complete_assignments, complete_keys, complete_readers, complete_sources
from exporter.cli.errors import EXIT_USAGE_ERROR, find_exit_status
from exporter.cli.output import show_diagnostics
from exporter.cli.standard_input import name_option, refuse_repeating, replace_standard_input
from exporter.config import loader as config
from exporter.identity import lockfile
from exporter.model.diagnostics import Diagnostic, Severity, has_errors
from exporter.pipeline import sources
from exporter.system.files import display_path, read_limited

MARKER_SEARCH_BYTES = 4096
"""Size of the beginning of a file that is searched for a marker, in bytes."""

Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class CommandContext:
    """The sources of a command, and the configuration in effect.

    `whole_folder` tells that the user named no source, so that `paths` are all sources of the project.
    """

    paths: tuple[Path, ...]
    config: config.Config
    whole_folder: bool


set_option = click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="KEY=VALUE",
    shell_complete=complete_assignments,
    help="Set a configuration key.",
)


def _remember_reader(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    context.meta["exporter.reader"] = name


from_option = click.option(
    "--from",
    "reader",
    metavar="NAME",
    expose_value=False,
    callback=_remember_reader,
    shell_complete=complete_readers,
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
    shell_complete=complete_keys,
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
    """Add the argument for any number of sources, and the options for reading them."""
    argument = click.argument(
        "named", nargs=-1, metavar="[SOURCE]…", callback=refuse_repeating, shell_complete=complete_sources
    )
    return reading_options(argument(command))


def source_argument(command: Command) -> Command:
    """Add the argument for one source, and the options for reading it."""
    return reading_options(
        click.argument("source", metavar="SOURCE", shell_complete=complete_sources)(command)
    )


def reading_options(command: Command) -> Command:
    """Add the options for reading sources."""
    for add in (from_option, name_option, set_option, config_option, debug_option):
        command = add(command)
    return command


def load_project(assignments: Sequence[str] = (), config_path: Path | None = None) -> config.Config:
    """Return the configuration of the current folder; exit with a usage error if it has errors."""
    configuration = config.load(Path.cwd(), [*assignments, *_reader_assignment()], config_path)
    _exit_on_errors(configuration.diagnostics)
    return configuration


def _reader_assignment() -> list[str]:
    reader = click.get_current_context().meta.get("exporter.reader")
    return [f"from={reader}"] if reader else []


def _exit_on_errors(diagnostics: Sequence[Diagnostic]) -> None:
    """Print the diagnostics that were not printed before; exit with a usage error if there are errors."""
    context = click.get_current_context()
    printed = context.meta.setdefault("exporter.printed", set())
    quiet = context.params.get("quiet", False)
    new = [item for item in diagnostics if item not in printed or item.severity is Severity.ERROR]
    show_diagnostics(new, quiet)
    printed.update(diagnostics)
    if has_errors(diagnostics):
        raise click.exceptions.Exit(max(find_exit_status(diagnostics), EXIT_USAGE_ERROR))


def resolve_lock_path(lock_path: Path | None) -> Path:
    """Return the path of the lock: the given one, or else that in the project's input folder."""
    return lock_path or display_path(load_project().root / sources.INPUT / lockfile.LOCK_NAME)


def resolve(
    named: Sequence[str],
    assignments: Sequence[str],
    *,
    config_path: Path | None,
    needs_sources: bool = True,
) -> CommandContext:
    """Return the context of a command; exit with a usage error if the configuration has errors.

    With `needs_sources`, exit also if there is no source. `named` are the sources that the user named.
    """
    assignments = [*assignments, *_reader_assignment()]
    named = replace_standard_input(named)
    start = Path(named[0]).parent if named else Path.cwd()
    configuration = config.load(start, assignments, config_path)
    paths, problems = sources.discover(named, configuration.root, configuration.settings.plugin_files)
    _exit_on_errors((*configuration.diagnostics, *(problems if needs_sources else ())))
    return CommandContext(paths, configuration, not named)


force_option = click.option("--force", is_flag=True, help="Overwrite an existing file.")


def ensure_not_overwriting(path: Path, force: bool, marker: bytes = b"") -> None:
    """Raise a usage error if a file exists at `path`, unless `force` is set.

    A file with the `marker` at its beginning may be overwritten: it was written by the same command.
    """
    if not path.name:
        raise click.UsageError("The file to write has no name. Name one.")
    if force or not path.exists():
        return
    if not (marker and path.is_file() and marker in (read_limited(path)[0] or b"")[:MARKER_SEARCH_BYTES]):
        raise click.UsageError(f"{path} already exists. Name another file, or add --force.")


def resolve_exports_folder(configuration: config.Config, folder: Path | None) -> Path:
    """Return the folder of exports: the given one, or else the project's `dist`."""
    return folder or display_path(configuration.root / config.OUTPUT_FOLDER)
