"""The one place where what went wrong becomes a sentence and an exit status."""

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
"""On Windows a file that another program has open is report_and_status like one without permission."""

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
"""What is wrong with the file that a fault names, and what to do, by the system's number."""


def status_of(diagnostics: Iterable[Diagnostic]) -> int:
    """Return the exit status that the gravest of the diagnostics asks for."""
    codes = [diagnostic.code for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    faults = [RULES[code].fault if code in RULES else Fault.SOURCE for code in codes]
    return max((_STATUS_BY_FAULT[fault] for fault in faults), default=EXIT_OK)


def report_and_status(diagnostics: Sequence[Diagnostic]) -> int:
    """Show why a command does nothing, and return its exit status."""
    show_diagnostics(diagnostics)
    return status_of(diagnostics)


def run(group: click.Group) -> int:
    """Run a command; whatever it raises is told in a sentence, or with `--debug` as it is."""
    for stream in (sys.stdout, sys.stderr):
        streams.configure(stream)
    try:
        result = group.main(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as mistake:
        echo_usage_error(mistake)
        return EXIT_USAGE_ERROR
    except (click.Abort, KeyboardInterrupt):
        echo("Stopped.", err=True)
        return 130
    except BrokenPipeError:
        # Whoever read our output has had enough: nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except Exception as fault:
        return report_exception(fault)
    return result if isinstance(result, int) else EXIT_OK


def install_signal_handlers() -> None:
    """Have Ctrl-C and a request to terminate end a command that else runs on, both as an interrupt."""

    def stop(_signal_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def report_exception(fault: Exception) -> int:
    """Tell in a sentence what went wrong, and return its exit status; with `--debug`, raise it again."""
    # not at the top: it loads http, ssl and email, and most commands never speak to Anki
    from exporter.anki.connect import AnkiConnectError, RefusedError

    if isinstance(fault, SettingError):
        return report_and_status([error("pdf-setting", str(fault))])
    if isinstance(fault, RefusedError):
        echo(f"exporter: Anki report_and_status the request: “{fault}”.", err=True)
        return EXIT_FAILURE
    if isinstance(fault, (BuildLockedError, AnkiConnectError, ClockError)):
        echo(f"exporter: {fault}", err=True)
        return EXIT_USAGE_ERROR if isinstance(fault, ClockError) else EXIT_FAILURE
    if debugging():
        raise fault
    match fault:
        case OSError():
            sentence = _sentence(fault)
        case MemoryError():
            sentence = "Not enough memory. Split the source into several files."
        case _:
            sentence = f"Internal error: {type(fault).__name__}: {fault}."
            sentence += "\nRun again with --debug to see the traceback."
    echo(f"exporter: {sentence}", err=True)
    return EXIT_FAILURE


def _sentence(fault: OSError) -> str:
    name = os.fsdecode(fault.filename) if isinstance(fault.filename, (str, bytes)) else ""
    left = "earlier exports are unchanged"
    if isinstance(fault, PartlyReplacedError):
        new, old = (", ".join(map(str, paths)) for paths in (fault.new, fault.old))
        left = f"not all replaced files could be restored. New: {new}. Unchanged: {old}"
    if name and fault.errno in _REASONS:
        reason, remedy = _REASONS[fault.errno]
        return f"{name} {reason}; {left}. {remedy}."
    where = f" for {name}" if name else ""
    reason = (fault.strerror or str(fault)).rstrip(".")
    return f"Operating system error{where}: {reason}; {left}. Fix it and run again."


def debugging() -> bool:
    """Say whether the user asked for tracebacks."""
    return "--debug" in sys.argv or bool(os.environ.get("EXPORTER_DEBUG"))
