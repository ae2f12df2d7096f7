"""`exporter show --lines`: each line of a source with what it was taken for."""

from __future__ import annotations

from collections.abc import Sequence

import click

from exporter.cli.console import echo_styled
from exporter.cli.json_document import print_document
from exporter.cli.reading_report import format_reading, reading_as_json
from exporter.model.diagnostics import pluralize
from exporter.model.terminal_text import printable_line
from exporter.pipeline.line_roles import LineReading, LineRole, read_lines
from exporter.pipeline.loaded_source import LoadedSource

LOST, LOST_IN_PART = "✗", "~"
"""The marks of lines of which nothing, or not everything, is in an export."""

_COLOURS = {
    LineRole.QUESTION: "cyan",
    LineRole.CONTINUED: "cyan",
    LineRole.PAIR: "cyan",
    LineRole.CATEGORY: "magenta",
    LineRole.TITLE: "magenta",
    LineRole.CODE: "green",
    LineRole.ANSWER: "green",
}


def show_lines(source: LoadedSource, as_object: bool) -> None:
    """Print the lines of a source, `as_object` as JSON."""
    lines = read_lines(source)
    if as_object:
        parts = {**reading_as_json(source), "lines": [_line_as_json(line) for line in lines]}
        print_document(parts, source.diagnostics)
        return
    if reading := format_reading(source, is_only=True):
        echo_styled(printable_line(reading))
    names = [_name_role(line) for line in lines]
    width = max(map(len, names), default=0)
    for line, name in zip(lines, names, strict=True):
        echo_styled(_format_line(line, name, width).rstrip())
    echo_styled(_summarize(lines))


def _name_role(line: LineReading) -> str:
    if line.role is LineRole.BLANK:
        return ""
    return f"{line.role} {line.question}" if line.role in (LineRole.QUESTION, LineRole.PAIR) else line.role


def _format_line(line: LineReading, name: str, width: int) -> str:
    mark = _find_mark(line)
    text = f"{mark or ' '} {line.line:>5}  {name:<{width}}  {printable_line(line.text.expandtabs(4))}"
    if mark:
        lost = f"  ← {line.reason}" if line.reason else ""
        if mark == LOST_IN_PART:
            lost = f"  ← not used: {printable_line(' '.join(line.unused))}{lost}"
        return click.style(text, fg="red" if mark == LOST else "yellow") + lost
    return click.style(text, fg=_COLOURS.get(line.role), bold=line.role is LineRole.QUESTION)


def _find_mark(line: LineReading) -> str:
    """Return the mark of a line that is in no export, or not in whole; empty for any other."""
    if not line.unused:
        return ""
    return LOST if line.is_lost else LOST_IN_PART


def _summarize(lines: Sequence[LineReading]) -> str:
    marks = [_find_mark(line) for line in lines]
    lost, in_part = marks.count(LOST), marks.count(LOST_IN_PART)
    if not lost and not in_part:
        return "Every line with words is in the exports."
    parts = [f"{LOST} {pluralize(lost, 'line')} in no export"] if lost else []
    parts += [f"{LOST_IN_PART} {pluralize(in_part, 'line')} only in part"] if in_part else []
    return "; ".join(parts) + "."


def _line_as_json(line: LineReading) -> dict[str, object]:
    return {
        "line": line.line,
        "role": line.role.value,
        "question": line.question or None,
        "text": line.text,
        "exported": not line.unused or not line.is_lost,
        "unused": list(line.unused),
        "reason": line.reason or None,
    }
