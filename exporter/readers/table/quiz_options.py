"""Quizzes as tables: the answer is the letter or the number of the option that is right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.readers.table.header_names import normalize

MIN_OPTIONS = 2
"""Least number of options of a question."""

_OPTION = re.compile(
    r"(?:(?:option|choice|answer|opt|alternative|antwort|respuesta|réponse) ?)?(?P<key>[a-h]|[1-9])"
    r"(?: max \d+ characters)?"
)
_RIGHT = re.compile(
    r"(?:the )?(?:correct|right)(?: (?:answers?|options?|choices?)(?: ?\(?s\)?)?)?(?: choose at least one)?"
    r"|answers?|answer key|key|solution"
)
_REFERENCE = re.compile(r"(?:option|choice|answer)?\s*\(?([a-h]|[1-9])[).]?", re.IGNORECASE)


def choose_options(
    header: Sequence[str], rows: Sequence[tuple[int, list[str]]]
) -> tuple[int, list[tuple[int, list[str]]]] | None:
    """Return the column of the answers, and the rows with the text of the right options in it.

    Return nothing if the table has no options, or its answers do not refer to them.
    """
    names = [normalize(name.replace("(", " ").replace(")", " ")) for name in header]
    options = {match["key"]: index for index, name in enumerate(names) if (match := _OPTION.fullmatch(name))}
    rights = [
        index for index, name in enumerate(names) if _RIGHT.fullmatch(name) and index not in options.values()
    ]
    first = "1" if "1" in options else "a"
    keys = [key for key in sorted(options) if key.isdigit() == first.isdigit()]
    if first not in options or len(keys) < MIN_OPTIONS or not rights:
        return None
    # “correct answer” says more than “answer”
    right = max(rights, key=lambda index: (names[index].startswith(("correct", "right", "the ")), -index))
    chosen = [(line, _choose(row, [options[key] for key in keys], right)) for line, row in rows]
    referring = sum(row is not before for (_, row), (_, before) in zip(chosen, rows, strict=True))
    # most answers refer to options; unmeasured
    return (right, chosen) if referring * 2 > len(rows) else None


def _choose(row: list[str], options: Sequence[int], right: int) -> list[str]:
    """Return a row with the text of the options to which its answer refers; itself if it does not."""
    value = row[right].strip() if right < len(row) else ""
    texts = [row[column].strip() if column < len(row) else "" for column in options]
    if not value or value in texts:
        return row
    chosen: list[str] = []
    for part in re.split(r"\s*[,;/&|]\s*|\s+and\s+|\s+", value):
        match = _REFERENCE.fullmatch(part)
        if match is None:
            return row
        key = match[1].lower()
        index = int(key) - 1 if key.isdigit() else ord(key) - ord("a")
        if index >= len(texts) or not texts[index]:
            return row
        chosen.append(texts[index])
    return [*row[:right], "\n".join(chosen), *row[right + 1 :]]
