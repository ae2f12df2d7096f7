"""Headers of Anki's text exports, such as `#separator:tab`, `#html:true` and `#tags column:3`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.readers.table.header_names import ColumnRole

SEPARATORS = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "colon": ":",
    "pipe": "|",
    "space": " ",
}
_COLUMNS = {
    "tags column": ColumnRole.TAGS,
    "guid column": ColumnRole.ID,
    "notetype column": ColumnRole.NOTETYPE,
    "deck column": ColumnRole.DECK,
}


MAX_COLUMN = 999  # bound: no table has as many columns
"""A higher column number is ignored."""


@dataclass(slots=True)
class AnkiHeaders:
    """The headers of a file; `length` is their number of lines, and `columns` are indices from 0.

    `html` is `None` if no header says whether the fields are HTML.
    """

    separator: str = ""
    html: bool | None = None
    deck: str | None = None
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    columns: dict[ColumnRole, int] = field(default_factory=dict)
    length: int = 0


def read_headers(lines: Sequence[str]) -> AnkiHeaders:
    """Return Anki's headers at the top of a file; no headers if the first line is not one."""
    headers = AnkiHeaders()
    for line in lines:
        key, colon, value = line.partition(":")
        name = key[1:].strip().lower()
        is_known = name in _COLUMNS or name in (
            "separator",
            "html",
            "deck",
            "notetype",
            "tags",
            "columns",
            "if matches",
        )
        if not (line.startswith("#") and colon and is_known):
            break
        headers.length += 1
        value = value.rstrip("\r")
        match name:
            case "separator":
                separator_name = value.strip().lower()
                headers.separator = SEPARATORS.get(
                    separator_name, value[:1] if value.strip() or value == "\t" else "\t"
                )
            case "html":
                headers.html = value.strip().lower() == "true"
            case "deck":
                headers.deck = value.strip() or None
            case "tags":
                headers.tags = tuple(value.split())
            case "columns":
                headers.names = tuple(value.split(headers.separator or "\t"))
            case "notetype" | "if matches":
                pass
            case _:
                if value.strip().isdecimal() and 0 < int(value.strip()[:6]) <= MAX_COLUMN:
                    headers.columns[_COLUMNS[name]] = int(value.strip()[:6]) - 1
    return headers
