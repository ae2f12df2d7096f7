"""One note for all that no question takes for one reason, with the lines where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.diagnostics import Diagnostic, info, warning
from exporter.readers import SourceText

_NAMED = 30
"""So many places are named in a note; of further ones it tells how many there are."""

_NOTES: dict[str, tuple[str, str]] = {
    "navigation-skipped": (
        "Left out, since it only navigates the file",
        "Nothing needs to be done.",
    ),
    "heading-skipped": (
        "Left out, since there is no question below it",
        "Nothing needs to be done, unless it should ask: then end it with a question mark.",
    ),
    "early-question": (
        "This asks, but is not marked like the questions below it, and was left in the preamble",
        "Write it like the others, or remove the question mark.",
    ),
    "comment-skipped": (
        "Left out as a comment",
        "Nothing needs to be done, unless it should be read: then remove its markers.",
    ),
    "definition-skipped": (
        "Left out, since it is a link definition that no link uses",
        "Nothing needs to be done, unless it is text: then write a backslash before its “[”.",
    ),
    "block-id-skipped": (
        "The text was kept, the name of its block (such as “^a1b2c3”) left out",
        "Nothing needs to be done.",
    ),
    "cells-skipped": (
        "Left out, since the row has more cells than the table has columns",
        "Add a column to the table's header, or write a backslash before a “|” that is text.",
    ),
    "open-quote": (
        "A quotation mark opens a field and does not close it; it was kept as text",
        "Put a quotation mark at the field's end and double those inside it, or remove this one.",
    ),
    "quoted-words": (
        "A field begins with quoted words and continues after them; the quotation marks were kept as text",
        "Nothing needs to be done.",
    ),
    "html-skipped": (
        "Left out, since it is HTML without text (a script, a style, media, a form, a comment),"
        " or a tag that is never closed",
        "Write it as text, with “&lt;” for “<”, or remove it.",
    ),
    "latex-rewritten": (
        "Formulas between “[$]” and “[/$]” or in “[latex]” are written for MathJax",
        "Nothing needs to be done; Anki sets them without LaTeX.",
    ),
    "latex-kept": (
        "LaTeX in “[latex]” is more than a formula, and was kept as it is typed",
        "Write its formulas as \\(…\\) or \\[…\\], and the rest as text.",
    ),
    "property-skipped": (
        "Left out, since it is a property that Logseq keeps for itself",
        "Nothing needs to be done; Anki now schedules the repetitions.",
    ),
    "sound-skipped": (
        "The text was kept, the sound in it left out",
        "Nothing needs to be done.",
    ),
}
"""What is left out, by code: what is said of it, and what to do."""

_GRAVE = ("early-question", "open-quote", "html-skipped", "latex-kept")
"""What is more than a note."""

LineRanges = Sequence[tuple[int, int]]
"""Runs of lines: the first, from 0, and the one after the last."""


def report_skipped(source: SourceText, code: str, places: LineRanges) -> list[Diagnostic]:
    """Return the note on what was left out at these places, if there are any."""
    if not places:
        return []
    message, hint = _NOTES[code]
    runs = _runs(places)
    first = runs[0][0]
    if runs != [(first, first + 1)]:
        named = ", ".join(_named(*run) for run in runs[:_NAMED])
        more = f" and {len(runs) - _NAMED} more" if len(runs) > _NAMED else ""
        message += f": lines {named}{more}"
    tell = warning if code in _GRAVE else info
    return [tell(code, f"{message}.", source.span(first + 1), hint)]


def _runs(places: LineRanges) -> list[tuple[int, int]]:
    """Return places in order, with those that touch made one."""
    runs: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return runs


def _named(start: int, end: int) -> str:
    return f"{start + 1}" if end <= start + 1 else f"{start + 1} to {end}"
