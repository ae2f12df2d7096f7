"""Reviewing changed sources: their diffs are shown, the user is asked, and they are written."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from exporter.cli.confirm import confirm, find_declined_status
from exporter.cli.console import echo, echo_styled
from exporter.cli.errors import EXIT_OK, report_and_status
from exporter.cli.source_diff import mark_words, unified_diff
from exporter.patching.source_patch import SourcePatch
from exporter.patching.source_write import write_changes


def review_patches(patches: Sequence[SourcePatch], *, dry: bool, yes: bool) -> int:
    """Show the diffs of sources, ask, and write them; return the exit status.

    The caller holds the build locks of their folders. With `dry` nothing is asked or written.
    """
    print_diffs(patches)
    names = ", ".join(str(patch.change.path) for patch in patches)
    if dry:
        echo("Nothing was written.")
        return EXIT_OK
    if not confirm(f"Write this into {names}?", yes):
        return find_declined_status()
    if problems := write_changes([patch.change for patch in patches]):
        return report_and_status(problems)
    echo(f"Wrote {names}.")
    return EXIT_OK


def print_diffs(patches: Sequence[SourcePatch]) -> None:
    """Print unified diffs, in a terminal with colours and the changed words marked."""
    is_coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for patch in patches:
        diff = unified_diff(patch)
        for line in mark_words(diff) if is_coloured else diff:
            if is_coloured:
                echo_styled(line)
            else:
                echo(line)


def diffs_as_json(patches: Sequence[SourcePatch]) -> list[dict[str, str]]:
    """Return the diffs of sources for `--format json`."""
    return [
        {"path": str(patch.change.path), "diff": "".join(f"{line}\n" for line in unified_diff(patch))}
        for patch in patches
    ]
