"""The one place where what went wrong becomes a sentence and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from exporter.anki_connect import AnkiConnectError
from exporter.diagnostics import Diagnostic, Severity
from exporter.exclusive import BusyError

DONE, SOURCE_ERROR, USAGE_ERROR, FAULT = 0, 1, 2, 3

STATUS_BY_CODE: dict[str, int] = {
    "no-sources": USAGE_ERROR,
    "no-such-file": USAGE_ERROR,
    "unknown-format": USAGE_ERROR,
    "not-a-file": USAGE_ERROR,
    "config-syntax": USAGE_ERROR,
    "config-unknown-key": USAGE_ERROR,
    "config-wrong-value": USAGE_ERROR,
    "pdf-setting": USAGE_ERROR,
    "unknown-export": USAGE_ERROR,
    "no-permission": FAULT,
    "plugin-failed": FAULT,
}
"""The exit status of an error that is no fault of a source's words."""

_REASONS: dict[type[OSError], str] = {
    PermissionError: "may not be written or read. Change its permissions, or name another folder with --out",
    IsADirectoryError: "is a folder where a file should be. Move it away",
    NotADirectoryError: "has a file in its path where a folder should be. Move it away",
    FileNotFoundError: "is not there. Check the path",
}


def status_of(diagnostics: Iterable[Diagnostic]) -> int:
    """Return the exit status that the gravest of the diagnostics asks for."""
    errors = [found for found in diagnostics if found.severity is Severity.ERROR]
    return max((STATUS_BY_CODE.get(found.code, SOURCE_ERROR) for found in errors), default=DONE)


def run(group: click.Group) -> int:
    """Run a command; whatever it raises is told in a sentence, or with `--debug` as it is."""
    try:
        result = group.main(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as mistake:
        mistake.show()
        return USAGE_ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except BrokenPipeError:
        # Whoever read our output has had enough: nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:
        tell(fault)
        return FAULT
    return result if isinstance(result, int) else DONE


def tell(fault: Exception) -> None:
    """Tell in a sentence what went wrong; with `--debug`, raise it again."""
    if isinstance(fault, (BusyError, AnkiConnectError)):
        click.echo(f"exporter: {fault}", err=True)
        return
    if debugging():
        raise fault
    sentence = (
        _sentence(fault)
        if isinstance(fault, OSError)
        else f"Something went wrong inside exporter: {type(fault).__name__}: {fault}."
    )
    click.echo(f"exporter: {sentence}\nRun it again with --debug to see where.", err=True)


def _sentence(fault: OSError) -> str:
    name = fault.filename if isinstance(fault.filename, str) else None
    for kind, reason in _REASONS.items():
        if isinstance(fault, kind) and name:
            return f"{name} {reason}. Earlier exports are as they were."
    where = f" at {name}" if name else ""
    reason = fault.strerror or str(fault)
    return f"The system refused{where}: {reason}. Earlier exports are as they were. Mend it and run again."


def debugging() -> bool:
    """Say whether the user asked for tracebacks."""
    return "--debug" in sys.argv or bool(os.environ.get("EXPORTER_DEBUG"))
