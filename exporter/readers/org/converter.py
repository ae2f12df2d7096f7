"""Org to Markdown, line by line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from exporter.model.text import make_fence
from exporter.readers.org.headings import Heading, read_heading, read_keywords
from exporter.readers.org.inline import read_runs
from exporter.readers.page.spans import write_line
from exporter.readers.table.column_names import name_columns, names_questions

_SETTING = re.compile(r"\s*#\+([\w-]+):\s*(.*)", re.IGNORECASE)
_BLOCK_START = re.compile(r"\s*#\+begin_(\w+)\s*(.*)", re.IGNORECASE)
_BLOCK_END = re.compile(r"\s*#\+end_(\w+)", re.IGNORECASE)
_END = re.compile(r"\s*:END:\s*\Z", re.IGNORECASE)
_DRAWER_END, _HEADING = ":end:", "*"
_PLANNING = re.compile(r"\s*(?:(?:SCHEDULED|DEADLINE|CLOSED):\s*[<\[][^>\]]*[>\]]\s*)+\Z")
_DRAWER = re.compile(r"\s*:([\w-]+):\s*\Z")
_COMMENT = re.compile(r"\s*#(?:\s|\Z)")
_FIXED = re.compile(r"\s*:(?: (.*))?\Z")
_RULE = re.compile(r"\s*-{5,}\s*\Z")
_ROW = re.compile(r"\s*\|")
_TABLE_RULE = re.compile(r"\s*\|-[-+|]*\s*\Z")
_ITEM = re.compile(
    r"(?P<indent>\s*)(?P<mark>[-+]|(?<=\s)\*|\d{1,9}[.)])\s+(?:\[@\d+\]\s*)?(?P<box>\[[ xX-]\]\s+)?"
    r"(?P<text>.*)"
)
_NOTE = re.compile(r"\[fn:([\w-]+)\]\s*(.*)")
_ANSWERS = frozenset(("answer", "back", "side 2", "a"))
_QUESTIONS = frozenset(("question", "front", "side 1", "q"))
_NO_QUESTIONS = frozenset(("", "item", "question", "card", "q"))
"""The text of cards whose question is below it, in lower case."""

_NOTE_TYPE = re.compile(r"\s*:ANKI_NOTE_TYPE:\s*(\S.*)", re.IGNORECASE)
"""The property that makes a heading a card of anki-editor, whose fields are the headings in it."""

_CLOZE = re.compile(r"\{\{(?P<words>(?:[^{}]|\{[^{}]{0,200}\}){0,1000})\}(?:\{[^{}]{0,200}\})?@\d{1,4}\}")
"""A gap of a cloze card of org-fc, which may have a hint."""

_TEXT_BLOCKS = frozenset(("verse", "center", "quote", "details", "note", "tip", "warning"))
_LEFT_OUT_BLOCKS = frozenset(("comment", "export"))


@dataclass(slots=True)
class OrgConverter:
    """Converts the lines of a file.

    `lines` and `numbers` are the Markdown, and the line of the file (from 1) of each line of it; `comments`,
    `left_out`, `clozes` and `cloze_cards` are the lines (from 0, the end excluded) of comments, of what only
    Org uses, of gaps that were filled in, and of cards with gaps, which are not read.
    """

    source: Sequence[str]
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    title: str = ""
    tags: list[str] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    left_out: list[tuple[int, int]] = field(default_factory=list)
    unclosed: list[tuple[int, int]] = field(default_factory=list)
    clozes: list[tuple[int, int]] = field(default_factory=list)
    cloze_cards: list[tuple[int, int]] = field(default_factory=list)
    _index: int = 0
    _headings: list[Heading] = field(default_factory=list)
    _items: list[tuple[int, int]] = field(default_factory=list)
    _ends: dict[str, list[int]] = field(default_factory=dict)

    def convert(self) -> None:
        """Convert all lines."""
        self._fill_gaps()
        keywords = read_keywords(self.source)
        self._ends = _find_ends(self.source)
        while self._index < len(self.source):
            line = self.source[self._index]
            if heading := read_heading(line, keywords):
                self._begin_section(heading)
            else:
                self._convert_line(line)
        self._end_section(None)

    def _fill_gaps(self) -> None:
        """Take the marks of cloze cards away."""
        text = "\n".join(self.source)
        if "}@" not in text:
            return
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        for match in _CLOZE.finditer(text):
            first = bisect_right(starts, match.start()) - 1
            self.clozes.append((first, first + 1 + match["words"].count("\n")))
        self.source = _CLOZE.sub(r"\g<words>", text).split("\n")

    # ---- headings ----------------------------------------------------------------------

    def _begin_section(self, heading: Heading) -> None:
        note_type = "" if heading.is_comment else self._find_note_type()
        heading = replace(heading, is_card=True) if note_type else heading
        self._end_section(heading)
        while self._headings and self._headings[-1].level >= heading.level:
            self._headings.pop()
        if self._has_only_notes():
            self.left_out.append((self._index, self._index + 1))
            self._add_blank()
            self._index += 1
            return
        if heading.is_comment:
            start = self._index
            self._skip_section(heading.level)
            self.comments.append((start, self._index))
            return
        is_in_card = any(above.is_card for above in self._headings)
        self._add_blank()
        if note_type.lower().startswith("cloze"):
            start = self._index
            self._skip_section(heading.level)
            self.cloze_cards.append((start, self._index))
            return
        self._headings.append(heading)
        self._write_heading(heading, is_in_card)
        self._index += 1
        if self._index < len(self.source) and _PLANNING.match(self.source[self._index]):
            self._leave_out(1)
        self._add_blank()

    def _write_heading(self, heading: Heading, is_in_card: bool) -> None:
        """Write a heading; one that is a card, and those of its sides, as labels."""
        text = write_line(read_runs(heading.text))
        side = heading.text.lower()
        fields = self._find_fields(heading.level) if heading.is_card else frozenset()
        if not fields.isdisjoint(_QUESTIONS):
            # the heading is only a name, such as the time of its capture
            self.left_out.append((self._index, self._index + 1))
            self._add("Q:")
        elif not fields.isdisjoint(_ANSWERS):
            self._add(f"Q: {text}" if side not in _NO_QUESTIONS else "Q:")
        elif heading.is_card:
            self._add(f"Q: {text}")
            self._add_blank()
            self._add("A:")
        elif is_in_card and side in _ANSWERS:
            self._add("A:")
        elif is_in_card and text:
            if side not in _QUESTIONS:
                self._add(f"**{text}**")
        else:
            self._add(f"{'#' * min(heading.level, 6)} {text}".rstrip())

    def _find_fields(self, level: int) -> frozenset[str]:
        """Return the headings in a card, in lower case, up to the one of its answer."""
        fields: set[str] = set()
        headings = self._ends.get(_HEADING, [])
        for position in range(bisect_right(headings, self._index), len(headings)):
            heading = read_heading(self.source[headings[position]], frozenset())
            if heading is None or heading.level <= level or heading.is_card:
                break
            fields.add(heading.text.lower())
            if heading.text.lower() in _ANSWERS:
                break
        return frozenset(fields)

    def _has_only_notes(self) -> bool:
        """Return whether the section below the present heading has only footnotes."""
        headings = self._ends.get(_HEADING, [])
        following = bisect_right(headings, self._index)
        end = headings[following] if following < len(headings) else len(self.source)
        first = next((line for line in self.source[self._index + 1 : end] if line.strip()), "")
        return _NOTE.match(first) is not None

    def _find_note_type(self) -> str:
        """Return the type of note that the properties below the present heading name, or an empty string."""
        first, end = self._index + 1, self._find_drawer_end()
        lines = self.source[first : end or first]
        starts_with_drawer = any(_DRAWER.match(line) for line in lines[:2])
        types = (match[1] for line in lines if (match := _NOTE_TYPE.match(line)))
        return next(types, "") if starts_with_drawer else ""

    def _end_section(self, following: Heading | None) -> None:
        """Write the tags of a section without sections in it, with those of the sections around it."""
        self._items.clear()
        # the sides of a card are one section
        levels = [heading.level for heading in self._headings if heading.is_card] or [
            heading.level for heading in self._headings
        ]
        if not levels or (following is not None and not following.is_card and following.level > levels[-1]):
            return
        if tags := list(dict.fromkeys(tag for heading in self._headings for tag in heading.tags)):
            self._add_blank()
            self._add(f"Tags: {', '.join(tags)}", max(1, self._index))
            self._add_blank()

    def _skip_section(self, level: int) -> None:
        self._index += 1
        while self._index < len(self.source):
            heading = read_heading(self.source[self._index], frozenset())
            if heading is not None and heading.level <= level:
                return
            self._index += 1

    # ---- lines -------------------------------------------------------------------------

    def _convert_line(self, line: str) -> None:
        if not line.strip():
            self._index += 1
            self._add_blank()
        elif (block := _BLOCK_START.match(line)) and (end := self._find_end(block[1].lower())) is not None:
            self._leave_items(line)
            self._convert_block(block[1].lower(), block[2], end)
        elif setting := _SETTING.match(line):
            self._convert_setting(setting[1].lower(), setting[2].strip())
        elif _DRAWER.match(line) and (end := self._find_drawer_end()) is not None:
            self._leave_out(end + 1 - self._index)
        elif _COMMENT.match(line):
            self.comments.append((self._index, self._index + 1))
            self._index += 1
        elif _FIXED.match(line):
            self._leave_items(line)
            self._convert_fixed()
        elif _RULE.match(line):
            self._items.clear()
            self._add_blank()
            self._add("---")
            self._index += 1
            self._add_blank()
        elif _ROW.match(line):
            self._convert_table()
        else:
            self._convert_text(line)

    def _leave_items(self, line: str) -> None:
        """End the list items that are not around a line, by its indentation."""
        while self._items and self._items[-1][0] >= len(line) - len(line.lstrip()):
            self._items.pop()

    def _convert_text(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        if block := _BLOCK_START.match(line):
            self.unclosed.append((self._index, self._index + 1))
        if item := _ITEM.fullmatch(line):
            while self._items and self._items[-1][0] >= indent:
                self._items.pop()
            if not self._items and self.lines and self.lines[-1].strip() and item["mark"][0].isdigit():
                self._add_blank()
            offset = self._items[-1][1] if self._items else 0
            mark = "-" if item["mark"] in "-+*" else item["mark"]
            box = (item["box"] or "").strip().replace("[-]", "[ ]").lower()
            text = write_line(read_runs(item["text"]))
            self._add(f"{' ' * offset}{mark} {box + ' ' if box else ''}{text}".rstrip())
            self._items.append((indent, offset + len(mark) + 1))
        elif (note := _NOTE.match(line)) is not None:
            self._add(f"[^{note[1]}]: {write_line(read_runs(note[2]))}")
        else:
            while self._items and self._items[-1][0] >= indent:
                self._items.pop()
                if not self._items:
                    self._add_blank()
            text = line.strip()
            hard = "  " if text.endswith("\\\\") and block is None else ""
            words = write_line(read_runs(text.removesuffix("\\\\").rstrip() if hard else text))
            self._add(f"{' ' * (self._items[-1][1] if self._items else 0)}{words}{hard}")
        self._index += 1

    def _convert_setting(self, name: str, value: str) -> None:
        if name == "title":
            self.title = f"{self.title} {value}".strip()
            self._index += 1
        elif name == "filetags":
            self.tags += [tag for tag in re.split(r"[:\s]+", value) if tag]
            self._index += 1
        else:
            self._leave_out(1)

    def _convert_fixed(self) -> None:
        """Write a run of lines that begin with a colon as code."""
        self._open_code("")
        while self._index < len(self.source) and (match := _FIXED.match(self.source[self._index])):
            self._add_code(match[1] or "")
            self._index += 1
        self._close_code("```")

    def _convert_block(self, name: str, arguments: str, end: int) -> None:
        if name in _LEFT_OUT_BLOCKS:
            (self.comments if name == "comment" else self.left_out).append((self._index, end + 1))
            self._index = end + 1
        elif name in _TEXT_BLOCKS:
            self._add_blank()
            self._index += 1
            first = len(self.lines)
            while self._index < end:
                self._convert_line(self.source[self._index])
            if name == "quote":
                self.lines[first:] = [f"> {line}".rstrip() for line in self.lines[first:]]
            elif name == "verse":
                self.lines[first:] = [f"{line}  " if line else line for line in self.lines[first:]]
            self._index = end + 1
            self._add_blank()
        else:
            inner = self.source[self._index + 1 : end]
            language = (
                arguments.split()[0] if name == "src" and arguments and arguments[0] not in ":-" else ""
            )
            indent = min((len(line) - len(line.lstrip()) for line in inner if line.strip()), default=0)
            fence = self._open_code(language, inner)
            self._index += 1
            for line in inner:
                self._add_code(re.sub(r"^(\s*),(?=\*|#\+|,)", r"\1", line[indent:]))
                self._index += 1
            self._close_code(fence)
            self._index = end + 1

    def _open_code(self, language: str, inner: Sequence[str] = ()) -> str:
        fence = make_fence("\n".join(inner))
        self._add_blank()
        self._add_code(fence + language)
        return fence

    def _close_code(self, fence: str) -> None:
        self._add_code(fence, self._index)
        self._add_blank()

    def _add_code(self, line: str, number: int = 0) -> None:
        offset = self._items[-1][1] if self._items else 0
        self._add(f"{' ' * offset}{line}" if line else "", number)

    def _convert_table(self) -> None:
        start = self._index
        rows: list[tuple[int, list[str]]] = []
        rules: list[int] = []
        while self._index < len(self.source) and _ROW.match(line := self.source[self._index]):
            self._index += 1
            if _TABLE_RULE.match(line):
                rules.append(len(rows))
                continue
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            rows.append((self._index, cells))
        if not rows:
            return
        width = max(len(cells) for _, cells in rows)
        for _, cells in rows:
            cells += [""] * (width - len(cells))
        is_headed = 1 in rules or names_questions(rows[0][1])
        self._items.clear()
        self._add_blank()
        if not is_headed:
            self._add_row(name_columns([cells for _, cells in rows]) or [""] * width, start + 1)
        for index, (number, cells) in enumerate(rows):
            if index == (1 if is_headed else 0):
                self._add_row(["---"] * width, number)
            self._add_row([write_line(read_runs(cell)) for cell in cells], number)
        if len(rows) == 1 and is_headed:
            self._add_row(["---"] * width, self._index)
        self._add_blank()

    def _add_row(self, cells: Sequence[str], number: int) -> None:
        self._add(f"| {' | '.join(cells)} |", number)

    # ---- places ------------------------------------------------------------------------

    def _find_end(self, name: str) -> int | None:
        """Return the index of the line that ends the block at the present line."""
        ends = self._ends.get(name, [])
        index = bisect_right(ends, self._index)
        return ends[index] if index < len(ends) else None

    def _find_drawer_end(self) -> int | None:
        """Return the index of the line that ends the drawer at the present line, in the same section."""
        end, heading = self._find_end(_DRAWER_END), self._find_end(_HEADING)
        return end if end is not None and (heading is None or end < heading) else None

    # ---- output ------------------------------------------------------------------------

    def _add(self, line: str, number: int = 0) -> None:
        self.lines.append(line)
        self.numbers.append(number or min(self._index + 1, max(1, len(self.source))))

    def _add_blank(self) -> None:
        if self.lines and self.lines[-1]:
            self._add("", self.numbers[-1])

    def _leave_out(self, count: int) -> None:
        self.left_out.append((self._index, self._index + count))
        self._index += count


def _find_ends(lines: Sequence[str]) -> dict[str, list[int]]:
    """Return the indices of the lines that end something, by its name."""
    ends: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.startswith("*") and read_heading(line, frozenset()):
            ends[_HEADING].append(index)
        elif match := _BLOCK_END.match(line):
            ends[match[1].lower()].append(index)
        elif _END.match(line):
            ends[_DRAWER_END].append(index)
    return ends
