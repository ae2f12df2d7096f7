"""The summary of a build, one line per source, and the next steps after the first build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

import click

from exporter.cli.change_report import count_changes
from exporter.cli.command_line import format_command
from exporter.cli.output import format_size
from exporter.cli.standard_input import STANDARD_INPUT
from exporter.config.choices import PrintMode
from exporter.model.diagnostics import Severity, pluralize
from exporter.model.terminal_text import shell_command
from exporter.pipeline.build_report import BuildReport, FileReport
from exporter.system.files import display_path

_LABELS = {"anki": "deck", "pdf": "cards", "markdown": "sheets", "sheet": "sheets"}
"""The names of the built-in exports in the line of a source; those of plugins keep their names."""

FLIPPED = (PrintMode.LONG_EDGE, PrintMode.SHORT_EDGE)
"""The ways of printing in which the printer turns the sheets."""


def iter_summary(report: BuildReport) -> Iterator[str]:
    """Yield a line for each source, and the number of warnings if there are any."""
    built_names = [source.name for source in report.sources]
    for source in report.sources:
        files = [file for file in report.files if file.source == source.name]
        parts = [
            pluralize(source.questions, "question"),
            ", ".join(_describe_exports(files)) or "no exports",
            count_changes(change for change in report.changes if change.source == source.name)
            or ("no question changed" if any(file.changed for file in files) else "nothing changed"),
        ]
        yield f"{PurePath(source.name).stem}: {'; '.join(parts)}"
    gone = dict.fromkeys(change.source for change in report.changes if change.source not in built_names)
    for name in gone:
        yield f"{name}: {count_changes(change for change in report.changes if change.source == name)}"
    warnings = sum(diagnostic.severity is Severity.WARNING for diagnostic in report.diagnostics)
    if warnings:
        yield pluralize(warnings, "warning")


def list_files(files: Sequence[FileReport]) -> Iterator[str]:
    """Yield a line for each file: its size, its content, and whether it is unchanged."""
    names = [str(display_path(file.path)) for file in files]
    width = max(map(len, names), default=0)
    for name, file in zip(names, files, strict=True):
        unchanged_mark = "" if file.changed else " (unchanged)"
        yield f"{name:<{width}}  {format_size(file.size):>7}  {file.summary}{unchanged_mark}"


def iter_next_steps(report: BuildReport, out: Sequence[str]) -> Iterator[str]:
    """Yield the next steps after the first build; `out` are the options that name its folder, or empty."""
    is_again = STANDARD_INPUT not in click.get_current_context().params.get("named", ())
    steps = {format_command("preview", "--open"): "look at every card"} if is_again else {}
    exports = {file.export for file in report.files}
    if "anki" in exports:
        steps[shell_command("exporter", "share", *out)] = "share the deck with your phone"
    for file in report.files:
        if file.export == "pdf":
            steps[f"print {display_path(file.path)}"] = _describe_printing(file.details)
    if not exports:
        return
    width = max(map(len, steps))
    yield "Next:"
    for step, purpose in steps.items():
        yield f"  {step:<{width}}  {purpose}"


def _describe_exports(files: Sequence[FileReport]) -> Iterator[str]:
    labels: dict[str, list[str]] = {}
    for file in files:
        details = labels.setdefault(_LABELS.get(file.export, file.export), [])
        if isinstance(sheets := file.details.get("sheets"), int):
            details.append(pluralize(sheets, "sheet"))
        if mode := _print_mode(file.details):
            details.append(mode.instruction)
    for label, details in labels.items():
        yield f"{label} ({', '.join(details)})" if details else label


def _describe_printing(details: Mapping[str, object]) -> str:
    mode = _print_mode(details)
    sides = f", {'two-sided, ' if mode in FLIPPED else ''}{mode.instruction}" if mode else ""
    turned = (
        "; the backs are turned so that each card reads like a page" if details.get("backs_turned") else ""
    )
    return f"at 100 %{sides}{turned}"


def _print_mode(details: Mapping[str, object]) -> PrintMode | None:
    duplex = details.get("duplex")
    return PrintMode(str(duplex)) if duplex in list(PrintMode) else None
