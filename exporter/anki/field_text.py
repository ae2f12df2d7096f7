"""The plain text of a field's HTML: the words that went into it, line by line.

The HTML may be anybody's: reading takes time and memory in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from exporter.model.character_references import unescape
from exporter.model.text import shifted_text

_MARKS = {"sup": "^", "sub": "_"}
_STRUCK = ("s", "del", "strike")
MAX_NESTED = 16
"""Marks and quotations in each other are marked down to this depth: each costs a pass over what is in it."""

_BREAK, _CELL = "\x1e", "\x1f"
"""What stands for a line break in a cell, and for a cell's end, until its row is whole."""

_PARTS = {"p", "div", "ul", "ol", "pre", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}

MAX_INDENT = 30
"""Lists within lists are indented so many levels; the items of deeper ones stay at that level."""

_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)
    (?P<attributes>(?:[^>=]|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+)>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_MARKUP = re.compile("</?[a-zA-Z]|<!--")


def field_text(html: str) -> str:
    """Return the text of a field as `model.plain_text` has it for the blocks it came from.

    Whatever Anki's editor made of the HTML since, no word is lost.
    """
    reader = _FieldReader()
    for part in _parts(html):
        if isinstance(part, str):
            reader.read_text(unescape(part))
        elif part["end"]:
            reader.read_end(part["name"].lower())
        else:
            reader.read_start(part["name"].lower(), _attributes(part["attributes"]))
    return reader.text()


def _parts(html: str) -> Iterator[str | re.Match[str]]:
    """Yield the tags of HTML, and the text between them; comments are left out.

    A tag or comment that never ends is text, and so is all after it: its end is sought only once.
    """
    start, markup = 0, _MARKUP.search(html)
    while markup:
        tag = None
        if markup[0] == "<!--":
            end = html.find("-->", markup.end()) + 3
        else:
            tag = _TAG.match(html, markup.start())
            end = tag.end() if tag else 0
        if end < 3:
            break
        yield html[start : markup.start()]
        if tag:
            yield tag
        start, markup = end, _MARKUP.search(html, end)
    yield html[start:]


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(text)
    }


class _FieldReader:
    """Collects lines; an empty line stands between blocks."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.lists: list[tuple[str, int, bool]] = []
        self.code = 0
        self.cells = 0
        self.marked: list[tuple[str, int]] = []
        self.quoted: list[int] = []

    def read_start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "br":
            if self.cells:
                self._add(_BREAK)
            else:
                self._break()
        elif (tag in _MARKS or tag in _STRUCK) and len(self.marked) < MAX_NESTED:
            self.marked.append((tag, len(self.line)))
        elif tag in ("ul", "ol"):
            start = values.get("start") or "1"
            self._part()
            self.lists.append(
                (tag, int(start[:9]) if start.isdecimal() else 1, "steps" in values.get("class", ""))
            )
        elif tag == "li" and self.lists:
            kind, number, steps = self.lists[-1]
            self.lists[-1] = (kind, number + 1, steps)
            marker = "" if steps else f"{number}. " if kind == "ol" else "- "
            self._line()
            self._add("  " * min(len(self.lists) - 1, MAX_INDENT) + marker)
        elif tag in ("td", "th"):
            self._add(_CELL if self.cells else "")
            self.cells += 1
        elif tag == "tr":
            self._line()
            self.cells = 0
        elif tag == "img":
            self._add(values.get("alt") or values.get("src") or "")
        elif tag in _PARTS:
            self.code += tag == "pre"
            self._part()
            if tag == "blockquote" and len(self.quoted) < MAX_NESTED:
                self.quoted.append(len(self.lines))

    def read_end(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag == "pre":
            self.code = max(0, self.code - 1)
        if tag == "tr":
            self._end_row()
        if self.marked and self.marked[-1][0] == tag:
            self._mark(*self.marked.pop())
        if tag in _PARTS:
            self._part()
        if tag == "blockquote" and self.quoted:
            self._quote(self.quoted.pop())

    def _mark(self, tag: str, start: int) -> None:
        """Mark the text since a tag that raises, lowers or strikes it out."""
        text = "".join(self.line[start:])
        if text.strip():
            self.line[start:] = [shifted_text(text, _MARKS[tag]) if tag in _MARKS else f"~~{text}~~"]

    def _end_row(self) -> None:
        """Part the row into lines: as many as its cell of most lines has."""
        cells = [cell.split(_BREAK) for cell in "".join(self.line).split(_CELL)]
        *lines, last = (" | ".join(texts) for texts in zip_longest(*cells, fillvalue=""))
        self.lines += lines
        self.line[:] = [last]
        self.cells = 0

    def _quote(self, start: int) -> None:
        """Mark the lines of a quotation."""
        lines = "\n".join(self.lines[start:]).strip("\n").split("\n")
        self.lines[start:] = [f"> {line}".rstrip() for line in lines]
        self.lines.append("")

    def read_text(self, text: str) -> None:
        first, *others = text.split("\n") if self.code else [re.sub(r"[\n\r]+", " ", text)]
        self._add(first)
        for line in others:
            self._break()
            self._add(line)

    def _add(self, text: str) -> None:
        if text:
            self.line.append(text)

    def _break(self) -> None:
        self.lines.append("".join(self.line))
        self.line.clear()

    def _line(self) -> None:
        if self.line:
            self._break()

    def _part(self) -> None:
        self._line()
        if self.lines and self.lines[-1] and not self.lists:
            self.lines.append("")

    def text(self) -> str:
        return "\n".join([*self.lines, "".join(self.line)]).strip("\n").replace("\xa0", " ")
