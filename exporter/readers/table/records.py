"""Tables whose rows and columns are divided by any text, as exports of Quizlet can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_ESCAPES = {"\\t": "\t", "\\n": "\n"}


def split_records(lines: Sequence[str], separator: str, record: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of the first line of each row, and its fields: what is before the separator, and after.

    `\\t` and `\\n` in `separator` and `record` are a tab and a line end, which are also their defaults.
    """
    separator, record = _unescape(separator) or "\t", _unescape(record) or "\n"
    index = 0
    for text in "\n".join(lines).split(record):
        words = text.strip("\n ")
        if words:
            first = index + text[: len(text) - len(text.lstrip("\n "))].count("\n")
            yield first, [part.strip() for part in words.split(separator, 1)]
        index += text.count("\n") + record.count("\n")


def _unescape(text: str) -> str:
    for escape, char in _ESCAPES.items():
        text = text.replace(escape, char)
    return text
