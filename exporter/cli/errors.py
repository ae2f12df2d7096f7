"""Turning exceptions and diagnostics into messages and exit statuses."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from types import FrameType

import click

from exporter.cli import streams
from exporter.cli.console import echo, echo_usage_error
from exporter.cli.json_document import add_shown, cancel_document, document_for
from exporter.cli.output import show_diagnostics
from exporter.config.settings import SettingError
from exporter.model.diagnostics import Diagnostic, Severity, error
from exporter.model.rules import RULES, Fault
from exporter.system.build_lock import BuildLockedError
from exporter.system.clock import ClockError
from exporter.system.file_replacement import PartlyReplacedError

EXIT_OK, EXIT_SOURCE_ERROR, EXIT_USAGE_ERROR, EXIT_FAILURE = 0, 1, 2, 3

_STATUS_BY_FAULT = {
    Fault.SOURCE: EXIT_SOURCE_ERROR,
    Fault.USAGE: EXIT_USAGE_ERROR,
    Fault.ENVIRONMENT: EXIT_FAILURE,
}

_REFUSED = ("may not be read or written", "Change its permissions, or close what has it open, and run again")
"""On Windows, a file that another program has open is refused like one without permission."""

_REASONS: dict[int, tuple[str, str]] = {
    errno.EACCES: (
        "may not be read or written",
        "Change its permissions, or close what has it open, and run again",
    ),
    errno.EPERM: (
        "may not be read or written",
        "Change its permissions, or close what has it open, and run again",
    ),
    errno.EROFS: (
        "is on a read-only file system",
        "Name another folder with --out, or move all",
    ),
    errno.EISDIR: ("is a folder where a file should be", "Move it away, and run again"),
    errno.ENOTDIR: ("has a file in its path where a folder should be", "Move it away, and run again"),
    errno.EEXIST: ("is a file where a folder should be", "Move it away, and run again"),
    errno.ENOENT: ("does not exist", "Check the path"),
    errno.ENOSPC: ("does not fit: the disk is full", "Free some space, and run again"),
    errno.EDQUOT: ("exceeds your disk quota", "Free some space, and run again"),
    errno.EFBIG: ("exceeds the file size limit", "Raise the limit, or split the source"),
    errno.ENAMETOOLONG: ("has a name that is too long", "Give the source a shorter name"),
    errno.ENODEV: ("is a device or another special file", "Move it away, or name another file"),
    errno.ELOOP: ("is a symbolic link to itself", "Remove it, and run again"),
    0: ("leads out of its folder by a link or its name", "Remove the link, and run again"),
}
"""The problem of the file that an `OSError` names, and the remedy, by `errno`."""


def find_exit_status(diagnostics: Iterable[Diagnostic]) -> int:
    """Return the highest exit status of the errors among the diagnostics."""
    codes = [diagnostic.code for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    faults = [RULES[code].fault if code in RULES else Fault.SOURCE for code in codes]
    return max((_STATUS_BY_FAULT[fault] for fault in faults), default=EXIT_OK)


def report_and_status(diagnostics: Sequence[Diagnostic]) -> int:
    """Print diagnostics, and return the exit status."""
    show_diagnostics(diagnostics)
    return find_exit_status(diagnostics)


def run(group: click.Group) -> int:
    """Run a command, and return its exit status; exceptions are printed as messages.

    With `--format json` they are also in the document that is printed.
    """
    for stream in (sys.stdout, sys.stderr):
        streams.configure(stream)
    if is_debugging():
        log_to_stderr()
    try:
        with document_for(sys.argv[1:]):
            return _run(group)
    except BrokenPipeError:
        # the reader of the pipe has closed it: nothing more can be printed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK


def _run(group: click.Group) -> int:
    try:
        result = group.main(standalone_mode=False)
    except click.exceptions.Exit as exc:
        if exc.exit_code == EXIT_OK:
            cancel_document()  # the help, or the version
        return exc.exit_code
    except click.ClickException as exc:
        add_shown([error("wrong-usage", exc.format_message())])
        echo_usage_error(exc)
        return EXIT_USAGE_ERROR
    except (click.Abort, KeyboardInterrupt):
        add_shown([error("stopped", "Stopped.")])
        echo("Stopped.", err=True)
        return 130
    except BrokenPipeError:
        cancel_document()
        raise
    except Exception as exc:
        return report_exception(exc)
    return result if isinstance(result, int) else EXIT_OK


def log_to_stderr() -> None:
    """Print the tracebacks of plugins, which go to the log."""
    import logging

    logging.basicConfig(stream=sys.stderr, format="%(message)s", force=True)
    logging.getLogger("exporter").setLevel(logging.DEBUG)


def install_signal_handlers() -> None:
    """Let SIGINT and SIGTERM end a command that runs until then, both as `KeyboardInterrupt`."""

    def stop(_signal_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def report_exception(exc: Exception) -> int:
    """Print an exception as a message, and return the exit status; with `--debug`, raise unexpected ones."""
    # imported here, because it imports http, ssl and email, and most commands do not connect to Anki
    from exporter.anki.connect import AnkiConnectError, RefusedError

    if isinstance(exc, SettingError):
        return report_and_status([error("pdf-setting", str(exc))])
    is_expected = True
    match exc:
        case RefusedError():
            diagnostic = error("anki-failed", f"Anki refused the request: “{exc}”.")
        case AnkiConnectError():
            diagnostic = error("anki-failed", str(exc))
        case BuildLockedError():
            diagnostic = error("build-locked", str(exc))
        case ClockError():
            diagnostic = error("wrong-usage", str(exc))
        case OSError():
            diagnostic, is_expected = error("system-error", _describe_os_error(exc)), False
        case MemoryError():
            message = "Not enough memory. Split the source into several files."
            diagnostic, is_expected = error("system-error", message), False
        case _:
            message = f"Internal error: {type(exc).__name__}: {exc}."
            hint = "Run again with --debug to see the traceback."
            diagnostic, is_expected = error("internal-error", message, hint=hint), False
    add_shown([diagnostic])
    if is_debugging() and not is_expected:
        raise exc
    hint = f"\n{diagnostic.hint}" if diagnostic.hint else ""
    echo(f"exporter: {diagnostic.message}{hint}", err=True)
    return find_exit_status([diagnostic])


def _describe_os_error(exc: OSError) -> str:
    name = os.fsdecode(exc.filename) if isinstance(exc.filename, (str, bytes)) else ""
    state = "earlier exports are unchanged"
    if isinstance(exc, PartlyReplacedError):
        new, old = (", ".join(map(str, paths)) for paths in (exc.new, exc.old))
        state = f"not all replaced files could be restored. New: {new}. Unchanged: {old}"
    if name and exc.errno in _REASONS:
        reason, remedy = _REASONS[exc.errno]
        return f"{name} {reason}; {state}. {remedy}."
    subject = f" for {name}" if name else ""
    reason = (exc.strerror or str(exc)).rstrip(".")
    return f"Operating system error{subject}: {reason}; {state}. Fix it and run again."


def is_debugging() -> bool:
    """Return whether the user asked for tracebacks."""
    return "--debug" in sys.argv or bool(os.environ.get("EXPORTER_DEBUG"))
