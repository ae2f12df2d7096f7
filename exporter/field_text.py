"""The plain text of a field's HTML: the words that went into it, line by line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_PARTS = {"p", "div", "ul", "ol", "pre", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}


def field_text(html: str) -> str:
    """Return the text of a field as `model.plain_text` has it for the blocks it came from.

    Whatever Anki's editor made of the HTML since, no word is lost.
    """
    reader = _FieldReader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _FieldReader(HTMLParser):
    """Collects lines; an empty line stands between blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.lists: list[tuple[str, int, bool]] = []
        self.code = 0
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "br":
            self.lines.append("")
        elif tag in ("ul", "ol"):
            steps = "steps" in (values.get("class") or "")
            start = values.get("start") or "1"
            self._part()
            self.lists.append((tag, int(start[:9]) if start.isdecimal() else 1, steps))
        elif tag == "li" and self.lists:
            kind, number, steps = self.lists[-1]
            self.lists[-1] = (kind, number + 1, steps)
            marker = "" if steps else f"{number}. " if kind == "ol" else "- "
            self._line()
            self.lines[-1] += "  " * (len(self.lists) - 1) + marker
        elif tag in ("td", "th"):
            self.lines[-1] += " | " if self.cells else ""
            self.cells += 1
        elif tag == "tr":
            self._line()
            self.cells = 0
        elif tag == "img":
            self.lines[-1] += values.get("alt") or values.get("src") or ""
        elif tag in _PARTS:
            self.code += tag == "pre"
            self._part()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag == "pre":
            self.code = max(0, self.code - 1)
        if tag in _PARTS:
            self._part()

    def handle_data(self, data: str) -> None:
        first, *others = data.split("\n") if self.code else [re.sub(r"[\n\r]+", " ", data)]
        self.lines[-1] += first
        self.lines.extend(others)

    def _line(self) -> None:
        if self.lines[-1]:
            self.lines.append("")

    def _part(self) -> None:
        self._line()
        if len(self.lines) > 1 and self.lines[-2] and not self.lists:
            self.lines.append("")

    def text(self) -> str:
        return "\n".join(self.lines).strip("\n").replace("\xa0", " ")
