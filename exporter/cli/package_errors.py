"""Reporting a file that is not an Anki package."""

from __future__ import annotations

from pathlib import Path

from exporter.anki.apkg_reader import NotAPackageError
from exporter.cli.errors import report_and_status
from exporter.model.diagnostics import error
from exporter.model.questions import SourceSpan


def report_not_a_package(exc: NotAPackageError, package: Path | None) -> int:
    """Print `not-a-package` for a file, and return the exit status."""
    span = SourceSpan(str(package), 1) if package else None
    hint = "Name an .apkg or .colpkg file that Anki or exporter wrote."
    return report_and_status([error("not-a-package", str(exc), span, hint)])
