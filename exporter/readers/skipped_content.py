"""Build one diagnostic per kind of skipped content, listing its line ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporter.model.diagnostics import Diagnostic, info, warning
from exporter.model.source_lines import format_range, number_ranges
from exporter.readers import SourceText

MAX_LISTED_RANGES = 30
"""Maximum number of line ranges listed in a diagnostic; further ones are counted."""

_MESSAGES: dict[str, tuple[str, str]] = {
    "navigation-skipped": (
        "Left out, since it only navigates the file",
        "Nothing needs to be done.",
    ),
    "heading-skipped": (
        "Left out, since there is no question below it",
        "Nothing needs to be done, unless it should ask: then end it with a question mark.",
    ),
    "title-skipped": (
        "Left out, since the front matter, the page or its properties give another title",
        "Nothing needs to be done, unless this is the right one: then remove the other.",
    ),
    "early-question": (
        "This asks, but is not marked like the questions below it, and was left in the preamble",
        "Write it like the others, or remove the question mark.",
    ),
    "question-within": (
        "These lines ask, and are read as parts of answers since their marks are not those of the questions",
        "Mark them like the questions if they are any, or remove their question marks.",
    ),
    "stray-text": (
        "This text belongs to no question, and is not exported",
        "If it is an answer, write “Answer:” above it; if it introduces the file, move it to the top.",
    ),
    "closing-text": (
        "These last lines were read as part of the last answer, but no other answer has a paragraph there",
        "If they are notes on the whole file, write a line such as “---” above them; then they are left out.",
    ),
    "cloze-skipped": (
        "This is a cloze card, which has no question; it is left out",
        "Write it as a question with “Q:” and “A:” if it is to become a card.",
    ),
    "cloze-read": (
        "The gaps of this cloze card are filled in; what is above them is its question",
        "Write it as a question with “Q:” and “A:” if that does not ask for them.",
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
    "number-skipped": (
        "Left out, since a cell in the column of numbers is not a number",
        "Nothing needs to be done, unless the number matters: then write it with digits only.",
    ),
    "open-quote": (
        "A quotation mark opens a field and does not close it; it was kept as text",
        "Put a quotation mark at the field's end and double those inside it, or remove this one.",
    ),
    "quoted-words": (
        "A field begins with quoted words and continues after them; the quotation marks were kept as text",
        "Nothing needs to be done.",
    ),
    "unclosed-fence": (
        "A code fence is opened and never closed; its lines are read as text",
        "Close it with a line of the same signs below the code.",
    ),
    "html-skipped": (
        "Left out, since it is HTML without text (a script, a style, media, a form, a comment),"
        " or a tag that is never closed",
        "Write it as text, with “&lt;” for “<”, or remove it.",
    ),
    "page-part-skipped": (
        "Left out, since it is not the text of the page (navigation, scripts, forms, media, further answers)",
        "Nothing needs to be done, unless questions are missing: then save the page as text.",
    ),
    "org-part-skipped": (
        "Left out, since only Org uses it (settings, drawers, planning)",
        "Nothing needs to be done.",
    ),
    "picture-skipped": (
        "A picture in the file cannot be read, and was left out",
        "Save the picture beside the file, and name it there.",
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
        "Left out, since it is a property that a note-taking program keeps for itself",
        "Nothing needs to be done; Anki now schedules the repetitions.",
    ),
    "sound-skipped": (
        "The text was kept, the sound in it left out",
        "Nothing needs to be done.",
    ),
}
"""The message and the hint for each diagnostic code."""

_WARNINGS = (
    "cloze-read",
    "cloze-skipped",
    "early-question",
    "question-within",
    "closing-text",
    "open-quote",
    "stray-text",
    "unclosed-fence",
    "html-skipped",
    "latex-kept",
    "picture-skipped",
)
"""The codes that are warnings; the others are notes."""

LineRanges = Sequence[tuple[int, int]]
"""Line ranges: the index (from 0) of the first line, and of the line after the last."""


def report_skipped(source: SourceText, code: str, ranges: LineRanges) -> list[Diagnostic]:
    """Return the diagnostic `code` for content skipped at `ranges`; empty if there is none."""
    if not ranges:
        return []
    message, hint = _MESSAGES[code]
    merged = merge_ranges(ranges)
    numbered = tuple(dict.fromkeys(number_ranges(source.lines, merged)))
    first = merged[0][0]
    if len(numbered) > 1 or numbered[0][0] < numbered[0][1]:
        listed = ", ".join(format_range(*line_range) for line_range in numbered[:MAX_LISTED_RANGES])
        more = f" and {len(merged) - MAX_LISTED_RANGES} more" if len(merged) > MAX_LISTED_RANGES else ""
        message += f": lines {listed}{more}"
    report = warning if code in _WARNINGS else info
    return [replace(report(code, f"{message}.", source.span(first + 1), hint), ranges=numbered)]


def merge_ranges(ranges: LineRanges) -> list[tuple[int, int]]:
    """Return ranges in order, with adjacent and overlapping ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def report_unused_marks(source: SourceText, reason: str) -> Diagnostic:
    """Return `questions-unmatched` for a source whose reader does not use `source.questions`."""
    message = f"`source.questions` is not used for this source. {reason}."
    hint = 'Set it for other sources only, below `[source."NAME"]` in exporter.toml.'
    return warning("questions-unmatched", message, source.span(1), hint)
