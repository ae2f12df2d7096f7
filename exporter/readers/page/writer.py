"""The tree of a page to Markdown: a walk over its elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from exporter.readers.markup.inline_tags import find_checkbox
from exporter.readers.page.lines import MarkdownLines
from exporter.readers.page.lists import nest_lists
from exporter.readers.page.pictures import Pictures
from exporter.readers.page.spans import Run, SpanLine, write_html_line, write_line
from exporter.readers.page.style_sheet import iter_style_kinds
from exporter.readers.page.tables import (
    Row,
    find_code_listing,
    is_layout,
    name_columns,
    names_questions,
    read_rows,
)
from exporter.readers.page.tree import Comment, Tag, Words
from exporter.readers.span_builder import SpanKind

_BLOCKS = frozenset(
    "address article aside body center dd dialog div dt fieldset figcaption figure footer form header hgroup"
    " html legend li main nav p section caption".split()
)
"""Elements that are paragraphs of their own and have no other meaning."""

_ANCHOR_SIGNS = frozenset(("", "#", "¶", "§", "🔗"))
_LANGUAGE = re.compile(
    r"(?:language|lang|highlight-source|highlight-text|sourceCode|brush:?)[-\s]*([\w+#.-]+)"
)
_LIST_LETTERS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}

MIN_BUTTON_WORDS = 4  # unmeasured
"""Least number of words of a button that opens an answer, if it does not ask."""


@dataclass(slots=True)
class PageWriter:
    """Writes elements as lines of Markdown.

    `paragraph` are the lines of the paragraph that is open; `kinds` and `target` are the spans that are open.
    With `in_line`, blocks are only lines of the paragraph, as in a heading or a cell.
    """

    lines: MarkdownLines = field(default_factory=MarkdownLines)
    pictures: Pictures = field(default_factory=Pictures)
    title: str = ""
    paragraph: list[SpanLine] = field(default_factory=list)
    kinds: tuple[SpanKind, ...] = ()
    target: str = ""
    in_line: bool = False
    in_item: bool = False
    lost_pictures: list[tuple[int, int]] = field(default_factory=list)

    def write(self, tag: Tag) -> None:
        """Write what is in an element."""
        for child in nest_lists(tag.children):
            if isinstance(child, Words):
                self._add_text(child)
            elif isinstance(child, Tag):
                self._write_tag(child)

    def finish(self) -> None:
        """End the last paragraph."""
        self._flush()

    # ---- words -------------------------------------------------------------------------

    def _add_text(self, words: Words) -> None:
        if not words.text.strip():
            if self.paragraph and self.paragraph[-1].runs and words.text:
                self._add_run(Run(" ", frozenset(self.kinds), self.target), words.line)
            return
        line = words.line + words.text[: len(words.text) - len(words.text.lstrip())].count("\n")
        self._add_run(Run(words.text, frozenset(self.kinds), self.target), line)

    def _add_run(self, run: Run, line: int) -> None:
        if not self.paragraph:
            self.paragraph.append(SpanLine(line))
        last = self.paragraph[-1]
        if not last.runs:
            last.number = line
        last.runs.append(run)

    def _break(self, line: int) -> None:
        self.paragraph.append(SpanLine(line))

    def _flush(self) -> None:
        """Write the paragraph that is open; two line breaks divide it."""
        if self.in_line:
            if self.paragraph and self.paragraph[-1].runs:
                self._break(self.paragraph[-1].number)
            return
        lines, self.paragraph = self.paragraph, []
        run: list[SpanLine] = []
        for line in [*lines, SpanLine()]:
            if line.text or any(part.is_markdown for part in line.runs):
                run.append(line)
            elif run:
                texts = [write_line(part.runs, not index) for index, part in enumerate(run)]
                for index, (text, part) in enumerate(zip(texts, run, strict=True)):
                    self.lines.add(text + "  " * (index + 1 < len(run)), part.number)
                self.lines.end_block()
                run = []

    def collect(self, tag: Tag) -> list[SpanLine]:
        """Return what is in an element as lines."""
        before = self.paragraph, self.in_line, self.kinds
        self.paragraph, self.in_line = [], True
        self.write(tag)
        lines = [line for line in self.paragraph if line.text or any(run.is_markdown for run in line.runs)]
        self.paragraph, self.in_line, self.kinds = before
        return lines

    def _collect_words(self, tag: Tag) -> SpanLine:
        """Return what is in an element as one line, without emphasis and links of all of it."""
        runs: list[Run] = []
        lines = self.collect(tag)
        for line in lines:
            runs += [Run(" "), *line.runs]
        words = [run for run in runs if run.text.strip()]
        common = frozenset.intersection(*(run.kinds for run in words)) if words else frozenset()
        common &= {SpanKind.STRONG, SpanKind.EMPHASIS}
        runs = [Run(run.text, run.kinds - common, run.target, run.is_markdown) for run in runs]
        return SpanLine(lines[0].number if lines else tag.line, runs)

    # ---- elements ----------------------------------------------------------------------

    def _write_tag(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._break(tag.line)
        elif name == "img":
            self._write_image(tag)
        elif name in ("math", "script"):
            self._write_formula(tag)
        elif name == "button":
            self._write_button(tag)
        elif box := find_checkbox(name, tag.attributes):
            self._add_run(Run(box + " "), tag.line)
        elif (write := self._find_block_writer(tag)) is not None:
            self._flush()
            write(tag)
            self._flush()
        elif name != "input":
            self._write_span(tag)

    def _find_block_writer(self, tag: Tag) -> Callable[[Tag], None] | None:
        name = tag.name
        if self.in_line:
            is_block = name in _BLOCKS or name in _WRITERS or (len(name) == 2 and name[0] == "h")
            return (self._write_listed if name in ("ul", "ol") else self.write) if is_block else None
        if name in _WRITERS:
            return lambda tag: _WRITERS[name](self, tag)
        if name in ("p", "div") and (
            {"title", "msotitle", "doc-title"} & {part.lower() for part in tag.classes} and not self.title
        ):
            return self._write_title
        return self.write if name in _BLOCKS else None

    def _write_span(self, tag: Tag) -> None:
        href = _read_link(tag) if tag.name == "a" else ""
        if tag.name == "a" and tag.attributes.get("href", "").startswith("#") and tag.text in _ANCHOR_SIGNS:
            return
        before = self.kinds, self.target
        self.kinds += tuple(
            kind for kind in iter_style_kinds(tag.name, tag.style, href) if kind is not SpanKind.LINK
        )
        self.target = href or self.target
        self.write(tag)
        self.kinds, self.target = before

    def _write_image(self, tag: Tag) -> None:
        alt = " ".join(tag.attributes.get("alt", "").split())
        if "emoji" in tag.attributes.get("class", "").lower():
            self._add_run(Run(alt), tag.line)
            return
        source = tag.attributes.get("src", "") or tag.attributes.get("data-src", "")
        target = self.pictures.name(source.strip())
        if not target:
            if source:
                self.lost_pictures.append((tag.line - 1, tag.line))
            self._add_run(Run(f" {alt} "), tag.line)
            return
        words = re.sub(r"([\[\]\\`*_<])", r"\\\1", alt)
        address = re.sub(r"([<>\\])", r"\\\1", target.replace("\n", ""))
        self._add_run(Run(f"![{words}](<{address}>)", is_markdown=True), tag.line)

    def _write_formula(self, tag: Tag) -> None:
        source = tag if tag.name == "script" else tag.find("annotation")
        tex = (
            " ".join("".join(child.text for child in source.children if isinstance(child, Words)).split())
            if source
            else ""
        )
        if not tex:
            self.write(tag)
            return
        is_display = "display" in (tag.attributes.get("display", "") + tag.attributes.get("type", ""))
        is_display = is_display or tag.attributes.get("display") == "block"
        self._add_run(Run(f"\\[{tex}\\]" if is_display else f"\\({tex}\\)", is_markdown=True), tag.line)

    def _write_button(self, tag: Tag) -> None:
        """Write a button that opens an answer as a question; others only serve the page."""
        text = tag.text
        if self.in_line:
            self.write(tag)
        elif text.endswith(("?", "？")) or len(text.split()) >= MIN_BUTTON_WORDS:
            self._flush()
            self.kinds, before = (*self.kinds, SpanKind.STRONG), self.kinds
            self.write(tag)
            self.kinds = before
            self._flush()

    def _write_title(self, tag: Tag) -> None:
        self.title = self._collect_words(tag).text

    def _write_heading(self, tag: Tag) -> None:
        line = self._collect_words(tag)
        line.runs = [
            Run(run.text, run.kinds, "" if run.target.startswith("#") else run.target, run.is_markdown)
            for run in line.runs
        ]
        if text := write_line(line.runs):
            self.lines.end_block()
            self.lines.add(f"{'#' * int(tag.name[1])} {text}", line.number)
            self.lines.end_block()

    def _write_rule(self, tag: Tag) -> None:
        self.lines.add("---", tag.line)
        self.lines.end_block()

    def _write_quote(self, tag: Tag) -> None:
        if tag.text or tag.find("img"):
            with self.lines.indented("> ", "> "):
                self.write(tag)
                self._flush()
            self.lines.end_block()

    def _write_code(self, tag: Tag) -> None:
        parts: list[str] = []
        first = tag.line
        stack: list[Tag | Words | Comment] = list(reversed(tag.children))
        while stack:
            node = stack.pop()
            if isinstance(node, Words):
                first = first if parts else node.line
                parts.append(node.text)
            elif isinstance(node, Tag) and node.name == "br":
                parts.append("\n")
            elif isinstance(node, Tag) and node.name not in ("button",):
                stack.extend(reversed(node.children))
        code = "".join(parts).replace("\xa0", " ").strip("\n").rstrip()
        if not code.strip():
            return
        joined = "".join(parts)
        first += joined[: len(joined) - len(joined.lstrip("\n"))].count("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        self.lines.add(fence + _find_language(tag), tag.line)
        for index, line in enumerate(code.split("\n")):
            self.lines.add(line, first + index)
        self.lines.add(fence, first + code.count("\n"))
        self.lines.end_block()

    def _write_details(self, tag: Tag) -> None:
        summary = next((child for child in tag.tags if child.name == "summary"), None)
        rest = Tag("div", tag.line, {}, [child for child in tag.children if child is not summary])
        self.lines.add("<details>", tag.line)
        if summary is not None:
            line = self._collect_words(summary)
            self.lines.add(f"<summary>{write_html_line(line.runs)}</summary>", line.number)
        self.lines.end_block()
        self.write(rest)
        self._flush()
        self.lines.end_block()
        self.lines.add("</details>", tag.last_line)
        self.lines.end_block()

    def _write_definitions(self, tag: Tag) -> None:
        parts = [part for child in tag.tags for part in (child.tags if child.name == "div" else [child])]
        for part in parts:
            if part.name == "dt":
                line = self._collect_words(part)
                if text := write_line(line.runs):
                    self.lines.add(text, line.number)
                    self.lines.continue_block()
            elif part.name == "dd" and (part.text or part.find("img")):
                with self.lines.indented(": ", "  "):
                    self.write(part)
                    self._flush()
                self.lines.end_block()
        self.lines.end_block()

    # ---- lists -------------------------------------------------------------------------

    def _write_list(self, tag: Tag) -> None:
        items = _read_items(tag)
        if items and all(_is_only_details(item) for item in items):
            for item in items:
                self.write(item)
                self._flush()
            return
        if self.in_item and tag.name == "ul":
            self.lines.continue_block()
        is_loose = any(_has_blocks(item) for item in items)
        before, self.in_item = self.in_item, True
        for marker, item in zip(_make_markers(tag, items), items, strict=True):
            letter = marker if marker[0].isalpha() else ""
            marker = "- " if letter else marker
            if letter:
                item.children.insert(0, Words(letter, item.line))
            with self.lines.indented(marker, " " * len(marker)):
                self.write(item)
                self._flush()
            if not is_loose:
                self.lines.continue_block()
        self.in_item = before
        self.lines.end_block()

    def _write_listed(self, tag: Tag) -> None:
        """Write a list in a cell: each item is a line with its mark."""
        items = _read_items(tag)
        for marker, item in zip(_make_markers(tag, items), items, strict=True):
            self._flush()
            self._add_run(Run(marker), item.line)
            self.write(item)

    # ---- tables ------------------------------------------------------------------------

    def _write_table(self, tag: Tag) -> None:
        if listing := find_code_listing(tag):
            for pre in listing:
                self._write_code(pre)
            return
        caption = next((child for child in tag.tags if child.name == "caption"), None)
        if caption is not None:
            self.write(caption)
            self._flush()
        rows = read_rows(tag)
        if is_layout(rows):
            for row in rows:
                for cell in filter(None, row.cells):
                    self.write(cell)
                    self._flush()
            return
        cells = [[self.collect(cell) if cell else [] for cell in row.cells] for row in rows]
        texts = [[" ".join(line.text for line in cell) for cell in row] for row in cells]
        width = len(rows[0].cells)
        is_headed = rows[0].is_header or _is_bold(cells[0]) or names_questions(texts[0])
        header = None if is_headed else name_columns(texts)
        self.lines.end_block()
        if not is_headed:
            self._add_row(header or [""] * width, rows[0].line)
            self._add_row(["---"] * width, rows[0].line)
        for index, (row, parts) in enumerate(zip(rows, cells, strict=True)):
            self._add_row([_write_cell(part) for part in parts], _find_row_line(row, parts))
            if is_headed and not index:
                self._add_row(["---"] * width, row.line)
        self.lines.end_block()

    def _add_row(self, cells: Sequence[str], line: int) -> None:
        self.lines.add(f"| {' | '.join(cells)} |", line)


def _find_row_line(row: Row, cells: Sequence[Sequence[SpanLine]]) -> int:
    return next((part[0].number for part in cells if part), row.line)


def _write_cell(lines: Sequence[SpanLine]) -> str:
    return "<br>".join(write_line(line.runs) for line in lines).replace("|", "\\|")


def _is_bold(cells: Sequence[Sequence[SpanLine]]) -> bool:
    """Return whether all words of a row are bold, and it is a header by that."""
    runs = [run for cell in cells for line in cell for run in line.runs if run.text.strip()]
    return bool(runs) and all(SpanKind.STRONG in run.kinds for run in runs)


def _read_items(tag: Tag) -> list[Tag]:
    """Return the items of a list that are not empty; what is between items belongs to the one above."""
    items: list[Tag] = []
    for child in nest_lists(tag.children):
        if isinstance(child, Tag) and child.name == "li":
            items.append(Tag("li", child.line, child.attributes, list(child.children)))
        elif isinstance(child, Tag) or (isinstance(child, Words) and child.text.strip()):
            if not items:
                items.append(Tag("li", child.line))
            items[-1].children.append(child)
    return [item for item in items if item.text or item.find("img", "input")]


def _make_markers(tag: Tag, items: Sequence[Tag]) -> list[str]:
    if tag.name != "ol":
        return ["- "] * len(items)
    kind, start = tag.attributes.get("type", "1"), tag.attributes.get("start", "")
    number = int(start[:9]) if start.isascii() and start[:9].isdigit() else 1
    markers: list[str] = []
    for item in items:
        value = item.attributes.get("value", "")
        number = int(value[:9]) if value.isascii() and value[:9].isdigit() else number
        letters = _LIST_LETTERS.get(kind, "")
        markers.append(f"{letters[number - 1]}) " if 0 < number <= len(letters) else f"{number}. ")
        number += 1
    return markers


def _is_only_details(item: Tag) -> bool:
    return [child.name for child in item.tags] == ["details"] and not any(
        isinstance(child, Words) and child.text.strip() for child in item.children
    )


def _has_blocks(item: Tag) -> bool:
    """Return whether an item has more than a paragraph and lists."""
    blocks = [child.name for child in item.tags if child.name in _BLOCKS or child.name in _WRITERS]
    has_words = any(isinstance(child, Words) and child.text.strip() for child in item.children)
    others = [name for name in blocks if name not in ("ul", "ol")]
    return len(others) > (0 if has_words else 1)


def _read_link(tag: Tag) -> str:
    """Return where a link leads; links of Google Docs lead there by way of google.com."""
    href = tag.attributes.get("href", "").strip()
    if href.lower().startswith(("javascript:", "about:", "data:")):
        return ""
    if href.startswith(("https://www.google.com/url?", "http://www.google.com/url?")):
        try:
            query = parse_qs(urlsplit(href).query)
        except ValueError:
            return href
        return next(iter(query.get("q") or query.get("url") or [href]))
    return href


def _find_language(tag: Tag) -> str:
    """Return the language of code that its class, or one around or in it, names."""
    for part in (tag, *tag.iter_tags()):
        named = part.attributes.get("data-lang") or part.attributes.get("data-language") or ""
        match = _LANGUAGE.search(part.attributes.get("class", ""))
        if language := (named or (match[1] if match else "")).lower().strip("."):
            return "" if language in ("text", "plaintext", "none", "plain") else language
    return ""


_WRITERS: dict[str, Callable[[PageWriter, Tag], None]] = {
    **{f"h{level}": PageWriter._write_heading for level in range(1, 7)},
    "hr": PageWriter._write_rule,
    "blockquote": PageWriter._write_quote,
    "pre": PageWriter._write_code,
    "details": PageWriter._write_details,
    "dl": PageWriter._write_definitions,
    "ul": PageWriter._write_list,
    "ol": PageWriter._write_list,
    "menu": PageWriter._write_list,
    "table": PageWriter._write_table,
}
"""The elements that are written in special ways."""
