"""Lines that a merge of a version control system left behind, in a source of any form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.model.diagnostics import Diagnostic, error, pluralize
from exporter.readers import SourceText
from exporter.readers.code_fences import find_fenced_lines

MAX_LABEL_WORDS = 3
"""A mark without its partners has so many words at most: “merged common ancestors” is the longest label that
git writes by itself. What has more, or ends as a sentence does, is a sentence about the mark."""

MAX_NAMED_LINES = 10
"""So many lines are named in the message."""

_MARK = re.compile(r"(?P<mark><{7}|>{7}|\|{7})(?: +(?P<label>\S.*))?\s*")
_SEPARATOR = re.compile(r"={7}\s*")
_COMMIT = re.compile(r"[0-9a-f]{7,40}\b.{0,200}")
"""A commit's digest, which git writes before the commit's subject."""

_CELL_BEFORE_FENCE = re.compile(r'^.*["\t,;](?=(?:`{3,}|~{3,})[\w+#.-]*$)')
_CELL_AFTER_FENCE = re.compile(r'^(\s*(?:`{3,}|~{3,}))".*$')
_HTML_CODE = re.compile(
    r"<(?P<tag>pre|code)\b[^>]{0,200}>.{0,20000}?</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL
)


def find_merge_marks(source: SourceText) -> Diagnostic | None:
    """Return the error that names the lines with merge marks, or nothing where the file has none.

    A line counts that begins with `<<<<<<< `, `||||||| ` or `>>>>>>> ` outside code.
    Reports `source-conflict`.
    """
    candidates = {
        index: found
        for index, line in enumerate(source.lines)
        if line.startswith(("<<<<<<<", ">>>>>>>", "|||||||")) and (found := _MARK.fullmatch(line))
    }
    if not candidates:
        return None
    code = _code_lines(source.lines)
    marks = {index: found for index, found in candidates.items() if index not in code}
    whole = _has_both_sides(source.lines, marks)
    lines = [index + 1 for index, found in marks.items() if whole or _is_label(found)]
    if not lines:
        return None
    named = ", ".join(map(str, lines[:MAX_NAMED_LINES]))
    more = f" and {len(lines) - MAX_NAMED_LINES} more" if len(lines) > MAX_NAMED_LINES else ""
    where = f" ({pluralize(len(lines), 'line')}: {named}{more})" if len(lines) > 1 else ""
    message = f"This file contains merge conflict markers{where}."
    hint = "Keep one of the versions and delete the markers; text about such markers belongs in a code fence."
    return error("source-conflict", message, source.span(lines[0]), hint)


def _has_both_sides(lines: Sequence[str], marks: dict[int, re.Match[str]]) -> bool:
    """Return whether an opening mark, the separator and a closing mark follow each other."""
    opened = separated = -1
    for index, line in enumerate(lines):
        found = marks.get(index)
        if found and found["mark"][0] == "<":
            opened, separated = index, -1
        elif opened >= 0 and _SEPARATOR.fullmatch(line):
            separated = index
        elif found and found["mark"][0] == ">" and separated >= 0:
            return True
    return False


def _is_label(found: re.Match[str]) -> bool:
    """Return whether what follows a mark is a branch or commit, as a merge writes it, and no sentence."""
    label = found["label"] or ""
    if not label or _COMMIT.fullmatch(label):
        return True
    return len(label.split()) <= MAX_LABEL_WORDS and not label.rstrip().endswith((".", "?", "!", ",", ";"))


def _code_lines(lines: Sequence[str]) -> set[int]:
    """Return the lines within code fences, those in table cells included, and within `<pre>` or `<code>`."""
    bare = [_CELL_AFTER_FENCE.sub(r"\1", _CELL_BEFORE_FENCE.sub("", line)) for line in lines]
    inside = find_fenced_lines(bare)
    text = "\n".join(lines)
    for found in _HTML_CODE.finditer(text):
        first = text.count("\n", 0, found.start())
        inside.update(range(first + 1, first + 1 + found[0].count("\n")))
    return inside
