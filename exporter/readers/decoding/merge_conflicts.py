"""Conflict markers that a merge of a version control system left in a source of any format."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.model.diagnostics import Diagnostic, error, pluralize
from exporter.readers import SourceText
from exporter.readers.code_fences import find_fenced_lines

MAX_LABEL_WORDS = 3
"""Maximum number of words after a marker that has no partners.

“merged common ancestors” is the longest label that git writes. A longer label, or one that ends as a
sentence does, is a sentence about the marker.
"""

MAX_NAMED_LINES = 10  # bound: the length of a message
"""Maximum number of lines listed in the message."""

_MARKER = re.compile(r"(?P<marker><{7}|>{7}|\|{7})(?: +(?P<label>\S.*))?\s*")
_SEPARATOR = re.compile(r"={7}\s*")
_COMMIT = re.compile(r"[0-9a-f]{7,40}\b.{0,200}")
"""An abbreviated commit hash, which git writes before the commit's subject."""

_CELL_BEFORE_FENCE = re.compile(r'^.*["\t,;](?=(?:`{3,}|~{3,})[\w+#.-]*$)')
_CELL_AFTER_FENCE = re.compile(r'^(\s*(?:`{3,}|~{3,}))".*$')
_HTML_CODE = re.compile(
    r"<(?P<tag>pre|code)\b[^>]{0,200}>.{0,20000}?</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL
)


def find_conflict_markers(source: SourceText) -> Diagnostic | None:
    """Return the error that lists the lines with conflict markers; none if there are none.

    A marker is a line that begins with `<<<<<<< `, `||||||| ` or `>>>>>>> ` outside code.
    Reports `source-conflict`.
    """
    candidates = {
        index: match
        for index, line in enumerate(source.lines)
        if line.startswith(("<<<<<<<", ">>>>>>>", "|||||||")) and (match := _MARKER.fullmatch(line))
    }
    if not candidates:
        return None
    code_lines = _find_code_lines(source.lines)
    markers = {index: match for index, match in candidates.items() if index not in code_lines}
    is_complete = _has_both_sides(source.lines, markers)
    lines = [index + 1 for index, match in markers.items() if is_complete or _is_generated(match)]
    if not lines:
        return None
    named = ", ".join(map(str, lines[:MAX_NAMED_LINES]))
    more = f" and {len(lines) - MAX_NAMED_LINES} more" if len(lines) > MAX_NAMED_LINES else ""
    where = f" ({pluralize(len(lines), 'line')}: {named}{more})" if len(lines) > 1 else ""
    message = f"This file contains merge conflict markers{where}."
    hint = "Keep one of the versions and delete the markers; text about such markers belongs in a code fence."
    return error("source-conflict", message, source.span(lines[0]), hint)


def _has_both_sides(lines: Sequence[str], markers: dict[int, re.Match[str]]) -> bool:
    """Return whether an opening marker, the separator and a closing marker follow each other."""
    opened = separated = -1
    for index, line in enumerate(lines):
        match = markers.get(index)
        if match and match["marker"][0] == "<":
            opened, separated = index, -1
        elif opened >= 0 and _SEPARATOR.fullmatch(line):
            separated = index
        elif match and match["marker"][0] == ">" and separated >= 0:
            return True
    return False


def _is_generated(match: re.Match[str]) -> bool:
    """Return whether the text after a marker is a branch or commit, as a merge writes it."""
    label = match["label"] or ""
    if not label or _COMMIT.fullmatch(label):
        return True
    return len(label.split()) <= MAX_LABEL_WORDS and not label.rstrip().endswith((".", "?", "!", ",", ";"))


def _find_code_lines(lines: Sequence[str]) -> set[int]:
    """Return the indices of lines in code fences (also in table cells), `<pre>` or `<code>`."""
    without_cells = [_CELL_AFTER_FENCE.sub(r"\1", _CELL_BEFORE_FENCE.sub("", line)) for line in lines]
    indices = find_fenced_lines(without_cells)
    text = "\n".join(lines)
    for match in _HTML_CODE.finditer(text):
        first = text.count("\n", 0, match.start())
        indices.update(range(first + 1, first + 1 + match[0].count("\n")))
    return indices
