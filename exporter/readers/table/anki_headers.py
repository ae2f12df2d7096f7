"""The headers of Anki's text exports: `#separator:tab`, `#html:true`, `#tags column:3` and so on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

SEPARATORS = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "colon": ":",
    "pipe": "|",
    "space": " ",
}
_COLUMNS = {"tags column": "tags", "guid column": "id", "notetype column": "notetype", "deck column": "deck"}


@dataclass(slots=True)
class AnkiHeaders:
    """What the headers say; `length` is how many lines they take, `columns` are counted from 0.

    `html` is nothing where no header says whether the fields are HTML.
    """

    separator: str = ""
    html: bool | None = None
    deck: str | None = None
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    columns: dict[str, int] = field(default_factory=dict)
    length: int = 0


def read_headers(lines: Sequence[str]) -> AnkiHeaders:
    """Return Anki's headers at the top of a file; none where the first line is no such header."""
    headers = AnkiHeaders()
    for line in lines:
        key, colon, value = line.partition(":")
        name = key[1:].strip().lower()
        known = name in _COLUMNS or name in (
            "separator",
            "html",
            "deck",
            "notetype",
            "tags",
            "columns",
            "if matches",
        )
        if not (line.startswith("#") and colon and known):
            break
        headers.length += 1
        value = value.rstrip("\r")
        match name:
            case "separator":
                named = value.strip().lower()
                headers.separator = SEPARATORS.get(
                    named, value[:1] if value.strip() or value == "\t" else "\t"
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
                if value.strip().isdecimal() and 0 < int(value.strip()[:6]) < 1000:
                    headers.columns[_COLUMNS[name]] = int(value.strip()[:6]) - 1
    return headers
