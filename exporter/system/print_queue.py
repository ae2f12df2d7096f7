"""The print queues of CUPS, through its commands `lp` and `lpstat`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

LP_TIMEOUT_S, LPSTAT_TIMEOUT_S = 60.0, 10.0
"""Longest wait for a job to be taken, perhaps by another computer, and for an answer about printers."""

_PRINTER_NAME = re.compile(r"(?!-)[^\x00-\x20\x7f/\\?'\"#]{1,127}(?:/[^\x00-\x20\x7f/\\?'\"#]{1,127})?")
"""A name that CUPS allows (`validate_name` in `lpadmin.c`), perhaps with an instance; none is an option."""


class PrintQueueError(Exception):
    """A job was not taken; the message is a sentence for the user."""


def has_lp() -> bool:
    """Return whether jobs can be printed from here."""
    return os.name == "posix" and shutil.which("lp") is not None


def is_printer_name(name: str) -> bool:
    """Return whether a text can be the name of a printer."""
    return _PRINTER_NAME.fullmatch(name) is not None


def lp_command(path: Path, options: Sequence[str], printer: str | None) -> tuple[str, ...]:
    """Return the command that prints a file; its path is absolute, so that it is never an option."""
    to = ("-d", printer) if printer else ()
    return ("lp", *to, *(part for option in options for part in ("-o", option)), str(path.absolute()))


def submit(command: Sequence[str]) -> str:
    """Run a command of `lp_command`, and return what it prints; raise `PrintQueueError`."""
    try:
        done = _run(command, LP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        raise PrintQueueError(f"lp did not answer within {LP_TIMEOUT_S:g} seconds.") from None
    except OSError as exc:
        raise PrintQueueError(f"lp cannot be run: {exc.strerror}.") from None
    if done.returncode:
        reason = (
            done.stderr.strip().removeprefix("lp: ").removeprefix("Error - ").rstrip(".")
            or f"exit status {done.returncode}"
        )
        raise PrintQueueError(f"lp did not take the job: {reason}.")
    return done.stdout.strip()


def list_printers() -> tuple[str, ...]:
    """Return the names of the printers that CUPS knows; empty if they cannot be listed."""
    for option in ("-e", "-p"):
        try:
            done = _run(("lpstat", option), LPSTAT_TIMEOUT_S)
        except (OSError, subprocess.TimeoutExpired):
            return ()
        if done.returncode == 0:
            # `-e` lists names alone, also of printers on the network; `-p` is for old versions
            names = re.findall(r"^(?:printer )?(\S+)(?: .*)?$", done.stdout, re.MULTILINE)
            return tuple(filter(is_printer_name, names))
    return ()


def can_print_both_sides(printer: str | None) -> bool:
    """Return whether a printer has a unit for two-sided printing, or it is not known.

    The options of a printer are listed by the names that its maker gave them: `Duplex`, `JCLDuplex`, `sides`.
    """
    to = ("-p", printer) if printer else ()
    try:
        done = _run(("lpoptions", *to, "-l"), LPSTAT_TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired):
        return True
    options = done.stdout.lower()
    return done.returncode != 0 or not options or "duplex" in options or "sides" in options


def _run(command: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        timeout=timeout,
        check=False,
    )
