"""Choose the reader of a file: the requested one, else by its suffix, else by its content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan
from exporter.model.suggestions import suggest
from exporter.readers import list_names, reader_for_name
from exporter.readers.decoding.file_kinds import UNREAD_SUFFIXES
from exporter.readers.org.detection import is_org
from exporter.readers.table.anki_headers import read_headers

MAX_SNIFFED_LINES = 400  # unmeasured
"""Number of lines that decide the format of a file."""

MAX_LINE_CHARS = 400  # unmeasured
"""Number of characters of a line that are searched for Markdown."""

MAX_HEADER_LINES = 20
"""Number of lines that may be headers of Anki's exports; there are eight headers."""

MAX_TABS = 11  # unmeasured
"""Maximum number of tabs in a row of a table; a line with more is not one."""

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,200}?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE
)
"""The beginning of a web page."""

_MARKDOWN = re.compile(
    r"#{1,6} \S|```|\s{0,3}<(?:details|summary|!--)"
    r"|\[[^\]]{1,80}\]\([^)]{1,200}\)|\*\*\S|!\[|\|[ :|-]{3,200}\|"
)


def detect_format(
    path: str,
    lines: Sequence[str],
    forced: str = "",
    has_marks: bool = False,
    plugin_files: tuple[str, ...] = (),
) -> tuple[str, Diagnostic | None]:
    """Return the name of the reader of a file; an empty name and a diagnostic if there is none.

    `forced` is the name of the reader that the user chose. If `has_marks` is true, the user says what marks
    the questions, so that a text file is not a table. `plugin_files` are the plugins of the project.
    Reports `unknown-format`.
    """
    if forced:
        names = list_names(plugin_files)
        if forced in names:
            return forced, None
        suggestion = suggest(forced, names)
        hint = f"Choose one of {', '.join(sorted(names))}" + (
            f"; “{suggestion}” is near." if suggestion else "."
        )
        message = f"Unknown reader “{forced}”."
        return "", error("unknown-format", message, SourceSpan(path, 1), hint)
    suffix = PurePath(path).suffix
    name = reader_for_name(PurePath(path).name, plugin_files)
    if not name and (kind := UNREAD_SUFFIXES.get(suffix.lower())):
        message = f"The file is {kind.name}, which is not read."
        return "", error("unknown-format", message, SourceSpan(path, 1), kind.hint)
    if name in ("", "plain", "markdown") and _PAGE.match("\n".join(lines[:MAX_HEADER_LINES])[:2000]):
        return "html", None
    if name in ("", "plain", "markdown") and is_org(lines[:MAX_SNIFFED_LINES]):
        return "org", None
    if name in ("", "plain"):
        sniffed = sniff(lines)
        # a text file may be an export from Anki, or a table
        is_table = sniffed == "delimited" and not (name and has_marks)
        name = sniffed if is_table or not name else name
    return name, None


def sniff(lines: Sequence[str]) -> str:
    """Return the reader for the content of a file: JSON, a table, Markdown, else plain text."""
    sample = [line for line in lines[:MAX_SNIFFED_LINES] if line.strip()]
    if not sample:
        return "plain"
    if sample[0].lstrip().startswith(("{", "[")) and '"' in "".join(sample[:5])[:400]:
        return "json"
    if read_headers(lines[:MAX_HEADER_LINES]).length or _is_table(sample):
        return "delimited"
    markdown = sum(_MARKDOWN.search(line[:MAX_LINE_CHARS]) is not None for line in sample)
    # two lines, or one line in four of a short file; unmeasured
    return "markdown" if markdown >= 2 or markdown * 4 >= len(sample) else "plain"


def _is_table(sample: Sequence[str]) -> bool:
    """Return whether lines are rows of a table: tabs in nearly all, or a header with known names."""
    from exporter.readers.labels.patterns import match_answer_label, match_marker
    from exporter.readers.table.csv_rows import find_declaration, find_separator, iter_rows
    from exporter.readers.table.header_names import MAX_ROWS_ABOVE_HEADER, find_question_and_answer

    if find_declaration(sample[:1])[0]:
        return True
    # tabs in four lines of five, and fewer than half of them marked as questions; unmeasured
    tabbed = sum(0 < line.strip().count("\t") <= MAX_TABS and not line.startswith("\t") for line in sample)
    if len(sample) > 1 and tabbed * 5 >= len(sample) * 4 and "\t" in sample[0]:
        marked = sum(
            match_marker(line) is not None or match_answer_label(line, letters=False) is not None
            for line in sample
        )
        return marked * 2 < len(sample)
    # a header of tabs below a title, and tabs in most lines: titles of sections have none
    rows = (line.split("\t") for line in sample[: MAX_ROWS_ABOVE_HEADER + 1] if "\t" in line)
    if tabbed * 2 > len(sample) and any(map(find_question_and_answer, rows)):
        return True
    counts = [line.count(";") for line in sample]
    # semicolons: the same number in all lines, three or more
    is_uniform = len(sample) > 2 and counts[0] > 0 and counts.count(counts[0]) == len(counts)
    if is_uniform and not any(line.rstrip().endswith((";", "{", "}")) for line in sample):
        return True
    separator = find_separator(sample)
    if not separator:
        return False
    header = next(iter(iter_rows(sample[:1], separator)), (0, [""]))[1]
    return len(header) > 1 and find_question_and_answer(header) is not None
