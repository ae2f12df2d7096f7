"""The tree of a page to Markdown: a walk over its elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from exporter.readers.markup.inline_tags import find_checkbox
from exporter.readers.page.inline import is_anchor_sign, read_formula, read_link, write_picture
from exporter.readers.page.lines import MarkdownLines
from exporter.readers.page.list_nesting import nest_lists
from exporter.readers.page.pictures import Pictures
from exporter.readers.page.spans import Run, SpanLine, write_line
from exporter.readers.page.style_sheet import iter_style_kinds
from exporter.readers.page.tree import Tag, Words
from exporter.readers.span_builder import SpanKind

_BLOCKS = frozenset(
    "address article aside body center dd dialog div dt fieldset figcaption figure footer form header hgroup"
    " html legend li main nav p section caption".split()
)
"""Elements that are paragraphs of their own and have no other meaning."""

_TITLE_CLASSES = frozenset(("title", "msotitle", "doc-title"))

MIN_BUTTON_WORDS = 4  # unmeasured
"""Least number of words of a button that opens an answer, if it does not ask."""

BlockWriter = Callable[["PageWriter", Tag], None]


@dataclass(slots=True)
class PageWriter:
    """Writes elements as lines of Markdown.

    `paragraph` are the lines of the paragraph that is open; `kinds` and `target` are the spans that are open.
    With `in_line`, blocks are only lines of the paragraph, as in a heading or a cell. `blocks` write the
    elements of some names, and `line_blocks` those in a line.
    """

    blocks: Mapping[str, BlockWriter]
    line_blocks: Mapping[str, BlockWriter]

    lines: MarkdownLines = field(default_factory=MarkdownLines)
    pictures: Pictures = field(default_factory=Pictures)
    title: str = ""
    paragraph: list[SpanLine] = field(default_factory=list)
    kinds: tuple[SpanKind, ...] = ()
    target: str = ""
    in_line: bool = False
    in_item: bool = False
    lost_pictures: list[tuple[int, int]] = field(default_factory=list)
    buttons: list[tuple[int, int]] = field(default_factory=list)

    def write(self, tag: Tag) -> None:
        """Write what is in an element."""
        for child in nest_lists(tag.children):
            if isinstance(child, Words):
                self._add_text(child)
            elif isinstance(child, Tag):
                self._write_tag(child)

    def _add_text(self, words: Words) -> None:
        if not words.text.strip():
            if self.paragraph and self.paragraph[-1].runs and words.text:
                self.add_run(Run(" ", frozenset(self.kinds), self.target), words.line)
            return
        line = words.line + words.text[: len(words.text) - len(words.text.lstrip())].count("\n")
        self.add_run(Run(words.text, frozenset(self.kinds), self.target), line)

    def add_run(self, run: Run, line: int) -> None:
        """Add words to the paragraph that is open."""
        if not self.paragraph:
            self.paragraph.append(SpanLine(line))
        last = self.paragraph[-1]
        if not last.runs:
            last.number = line
        last.runs.append(run)

    def break_line(self, line: int) -> None:
        """End the line of the paragraph that is open."""
        self.paragraph.append(SpanLine(line))

    def flush(self) -> None:
        """Write the paragraph that is open; two line breaks divide it."""
        if self.in_line:
            if self.paragraph and self.paragraph[-1].runs:
                self.break_line(self.paragraph[-1].number)
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

    def collect_words(self, tag: Tag) -> SpanLine:
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

    def _write_tag(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self.break_line(tag.line)
        elif name == "img":
            self._write_image(tag)
        elif name in ("math", "script"):
            self._write_formula(tag)
        elif name == "button":
            self._write_button(tag)
        elif box := find_checkbox(name, tag.attributes):
            self.add_run(Run(box + " "), tag.line)
        elif (write := self._find_block_writer(tag)) is not None:
            self.flush()
            write(self, tag)
            self.flush()
        elif name != "input":
            self._write_span(tag)

    def is_block(self, tag: Tag) -> bool:
        """Return whether an element is a paragraph, or another block."""
        return tag.name in _BLOCKS or tag.name in self.blocks

    def _find_block_writer(self, tag: Tag) -> BlockWriter | None:
        if not self.is_block(tag):
            return None
        if self.in_line:
            return self.line_blocks.get(tag.name, PageWriter.write)
        is_title = tag.name in ("p", "div") and not _TITLE_CLASSES.isdisjoint(map(str.lower, tag.classes))
        if is_title and not self.title and not self.lines.lines:
            return PageWriter._write_title
        return self.blocks.get(tag.name, PageWriter.write)

    def _write_span(self, tag: Tag) -> None:
        href = read_link(tag) if tag.name == "a" else ""
        if is_anchor_sign(tag):
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
            self.add_run(Run(alt), tag.line)
            return
        source = tag.attributes.get("src", "") or tag.attributes.get("data-src", "")
        target = self.pictures.name(source.strip())
        if not target:
            if source:
                self.lost_pictures.append((tag.line - 1, tag.line))
            self.add_run(Run(f" {alt} "), tag.line)
            return
        self.add_run(Run(write_picture(alt, target), is_markdown=True), tag.line)

    def _write_formula(self, tag: Tag) -> None:
        if formula := read_formula(tag):
            self.add_run(Run(formula, is_markdown=True), tag.line)
        else:
            self.write(tag)

    def _write_button(self, tag: Tag) -> None:
        """Write a button that opens an answer as a question; others only serve the page."""
        text = tag.text
        if self.in_line:
            self.write(tag)
        elif text.endswith(("?", "？")) or len(text.split()) >= MIN_BUTTON_WORDS:
            self.flush()
            self.kinds, before = (*self.kinds, SpanKind.STRONG), self.kinds
            self.write(tag)
            self.kinds = before
            self.flush()
        else:
            self.skip_button(tag)

    def skip_button(self, tag: Tag) -> None:
        """Leave a button out, and remember its lines if it has words."""
        if tag.text:
            self.buttons.append((tag.line - 1, tag.last_line))

    def _write_title(self, tag: Tag) -> None:
        self.title = self.collect_words(tag).text
