"""HTML to blocks and spans: fields of spreadsheets and Anki, and HTML within Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from exporter.model.character_references import shorten_references, unescape
from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    Image,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Table,
    Text,
)
from exporter.model.text import block_lines, shifted_text
from exporter.readers.markup.inline_tags import INLINE, RUBY, InlineTags, box_of, kinds_of
from exporter.readers.span_builder import SpanBuilder, joined_by_breaks

_SPACE = " \t\n\r\f"
_SPACES = re.compile(f"[{_SPACE}]+")
_END_TAG = re.compile(r"</([A-Za-z][A-Za-z0-9]*)")
_MARKS = {"sup": "^", "sub": "_"}

DEEPEST = 40
"""Lists and tables within each other are followed so far down."""

BREAKING = frozenset(
    "p div section article header footer main center h1 h2 h3 h4 h5 h6 hr dl dt dd figure".split()
)
LISTS = ("ul", "ol")
FRAMES = (*LISTS, "li", "table", "tr", "td", "th", "blockquote")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
KNOWN = frozenset(
    "abbr acronym address aside big blockquote br caption cite col colgroup details dfn figcaption font"
    " form iframe img input ins label li link mark meta nav nobr ol picture pre q ruby script small source"
    " span style summary table tbody td tfoot th thead title tr u ul var video wbr svg path".split()
) | BREAKING | RUBY | frozenset(INLINE)  # fmt: skip
"""The tags that are taken for HTML; anything else between angle brackets is text, as in `List<String>`."""


@dataclass(slots=True)
class Piece:
    """A run of blocks, a heading, or where `details` or `summary` opens or closes; `line` counts from 0."""

    kind: str
    line: int
    blocks: tuple[Block, ...] = ()
    level: int = 0


@dataclass(slots=True)
class _Frame:
    """A list, an item, a cell, or a quotation that is open, and what has been read of it."""

    tag: str
    blocks: list[Block] = field(default_factory=list)
    items: list[tuple[Block, ...]] = field(default_factory=list)
    rows: list[list[Line]] = field(default_factory=list)
    start: int = 1


def html_blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML."""
    return tuple(block for piece in html_pieces(html) for block in piece.blocks)


def html_pieces(html: str) -> list[Piece]:
    """Return the blocks of a piece of HTML, parted where `details` and `summary` open and close."""
    html = shorten_references(html)
    parser = _Parser(html)
    try:
        parser.feed(_closed(html))
        parser.close()
    except AssertionError:  # the parser of the standard library gives up on some broken declarations
        parser.rest(html)
    return parser.finish()


def _closed(html: str) -> str:
    """Return HTML in which what is never closed is text, so that its end is not sought again and again."""
    html = html.replace("<![", "&lt;![")
    end = html.rfind("-->") + 3 if "-->" in html else 0
    html = html[:end] + html[end:].replace("<!--", "&lt;!--")
    end = html.rfind(">") + 1
    return html[:end] + html[end:].replace("<", "&lt;")


class _Parser(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tags = InlineTags()
        self.ends = Counter(name.lower() for name in _END_TAG.findall(html))
        self.shifted: list[tuple[str, str, int]] = []
        self.pieces: list[Piece] = []
        self.start = 0
        self.frames: list[_Frame] = [_Frame("")]
        self.spans = SpanBuilder()
        self.skipping = 0
        self.code: list[str] | None = None
        self.language = ""
        self.math = ""
        self.tex: list[str] = []

    def finish(self) -> list[Piece]:
        self._end_math()
        self._end_code()
        while len(self.frames) > 1:
            self._close_frame()
        self._end_piece()
        return self.pieces

    def rest(self, html: str) -> None:
        line, column = self.getpos()
        self.handle_data("\n".join(html.split("\n")[line - 1 :])[column:])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.skipping or tag in ("script", "style"):
            self.skipping += tag in ("script", "style")
        elif self.code is not None:
            if tag == "br":
                self.code.append("\n")
            elif tag == "code":
                self.language = _language(given.get("class", ""))
            elif tag not in KNOWN:
                self.code.append(self.get_starttag_text() or "")
            self.shifted += [(tag, kind, len(self.code)) for kind in kinds_of(tag, given)]
        elif tag == "br":
            self.spans.new_line()
        elif tag == "span" and given.get("class", "") in ("math inline", "math display"):
            self.math = given["class"]
        elif tag == "img":
            self._image(given)
        elif tag == "pre":
            self._end_paragraph()
            self.code, self.language = [], _language(given.get("class", ""))
        elif tag in FRAMES:
            self._open_frame(tag, given)
            self.tags.open(self.spans, tag, given)
        elif tag in ("details", "summary"):
            self._end_piece()
            self.pieces.append(Piece(f"{tag} opens", self.getpos()[0] - 1))
        elif tag in HEADINGS and len(self.frames) == 1:
            self._end_piece()
        elif tag not in KNOWN:
            self.spans.text(self.get_starttag_text() or "")
        elif box := box_of(tag, given):
            self.spans.text(box)
        else:
            if tag in BREAKING:
                self._end_paragraph()
            self.tags.open(self.spans, tag, given)

    def handle_endtag(self, tag: str) -> None:
        self.ends[tag] -= 1
        if self.skipping:
            self.skipping -= tag in ("script", "style")
        elif self.code is not None:
            if tag == "pre":
                self._end_code()
            elif tag not in KNOWN:
                self.code.append(f"</{tag}>")
            elif self.shifted and self.shifted[-1][0] == tag:
                self._shift_code(self.code)
        elif self.math:
            if tag == "span":
                self._end_math()
        elif tag in FRAMES:
            if any(frame.tag == tag for frame in self.frames):
                while self._close_frame() != tag:
                    pass
            self.tags.close(self.spans, tag)
        elif tag in ("details", "summary"):
            self._end_piece()
            self.pieces.append(Piece(f"{tag} closes", self.getpos()[0] - 1))
        elif tag in HEADINGS and len(self.frames) == 1:
            before = len(self.pieces)
            self._end_piece()
            for piece in self.pieces[before:]:
                piece.kind, piece.level = "heading", int(tag[1])
        elif tag not in KNOWN:
            self.spans.text(f"</{tag}>")
        else:
            if tag in BREAKING:
                self._end_paragraph()
            self.tags.close(self.spans, tag)

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if self.math:
            self.tex.append(data)
            return
        if self.code is not None:
            self.code.append(data)
            return
        words = _SPACES.sub(" ", data).strip(" ")
        if not words:
            self.spans.text(" " if data else "")
        else:
            before = " " if data[0] in _SPACE else ""
            self.spans.text(before + words + (" " if data[-1] in _SPACE else ""))

    def handle_entityref(self, name: str) -> None:
        text = " " if name == "nbsp" else unescape(f"&{name};")
        self._exactly(text if text != f"&{name};" else f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._exactly(unescape(f"&#{name};"))

    def _exactly(self, text: str) -> None:
        if self.math:
            self.tex.append(text)
        elif self.code is not None:
            self.code.append(text)
        elif not self.skipping:
            self.spans.text(text)

    def unknown_decl(self, data: str) -> None:
        self.handle_data(f"<![{data}]>")

    def handle_decl(self, decl: str) -> None:
        self.handle_data(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.handle_data(f"<?{data}>")

    def _image(self, given: dict[str, str]) -> None:
        target, alt = given.get("src", ""), given.get("alt", "")
        if any(frame.tag in ("td", "th") for frame in self.frames):
            self.spans.text(alt or target)
        elif target:
            self._end_paragraph()
            self._add_block(Image(target, alt))

    def _end_paragraph(self) -> None:
        after = self.tags.interrupt(self.spans, self.ends)
        lines = [line for line in self.spans.finish() if line]
        self.spans = after
        if lines:
            self._add_block(Paragraph(tuple(lines)))

    def _add_block(self, block: Block) -> None:
        """Add a block; one between the items of a list belongs to the item before it."""
        frame = self.frames[-1]
        if frame.tag in LISTS and frame.items:
            frame.items[-1] += (block,)
        else:
            frame.blocks.append(block)

    def _end_math(self) -> None:
        if self.math:
            self.spans.add(Math("".join(self.tex), self.math.endswith("display")))
        self.math, self.tex = "", []

    def _shift_code(self, code: list[str]) -> None:
        """Mark the code since the last tag that raises, lowers or strikes it out."""
        _, kind, start = self.shifted.pop()
        text = "".join(code[start:])
        if kind in _MARKS:
            code[start:] = [shifted_text(text, _MARKS[kind])]
        elif kind == "strike" and text.strip():
            code[start:] = [f"~~{text}~~"]

    def _end_code(self) -> None:
        if self.code is not None:
            self.shifted.clear()
            code = "".join(self.code).removeprefix("\n").removesuffix("\n")
            self.code = None
            if code:
                self._add_block(CodeBlock(code, self.language))

    def _end_piece(self) -> None:
        self._end_paragraph()
        frame = self.frames[0]
        while len(self.frames) > 1:
            self._close_frame()
        if frame.blocks:
            self.pieces.append(Piece("blocks", self.start, tuple(frame.blocks)))
            frame.blocks.clear()
        self.start = self.getpos()[0] - 1

    def _open_frame(self, tag: str, given: dict[str, str]) -> None:
        self._end_paragraph()
        closes = {"li": ("li",), "tr": ("td", "th", "tr"), "td": ("td", "th"), "th": ("td", "th")}.get(
            tag, ()
        )
        while self.frames[-1].tag in closes:
            self._close_frame()
        if len(self.frames) > DEEPEST or (tag == "li" and self.frames[-1].tag not in LISTS):
            return
        if tag in LISTS and self.frames[-1].tag in LISTS:
            # Anki's editor indents an item by a list between the items: it belongs to the item before it.
            items = self.frames[-1].items
            self.frames.append(_Frame("li", list(items.pop()) if items else []))
        if tag in ("td", "th", "tr") and not any(frame.tag == "table" for frame in self.frames):
            return
        frame = _Frame(tag)
        if tag == "ol" and given.get("start", "").isascii() and given.get("start", "").isdigit():
            frame.start = int(given["start"][:9])
        self.frames.append(frame)

    def _close_frame(self) -> str:
        self._end_paragraph()
        frame = self.frames.pop()
        outer = self.frames[-1]
        if frame.tag == "li":
            outer.items.append(tuple(frame.blocks))
        elif frame.tag in ("ul", "ol"):
            outer.blocks.extend(frame.blocks)
            if frame.items:
                self._add_block(ListBlock(tuple(frame.items), frame.tag == "ol", frame.start))
        elif frame.tag in ("td", "th"):
            if not outer.rows:
                outer.rows.append([])
            outer.rows[-1].append(_cell(frame.blocks))
        elif frame.tag == "tr":
            outer.rows.extend(frame.rows)
            outer.blocks.extend(frame.blocks)
        elif frame.tag == "blockquote":
            if frame.blocks:
                self._add_block(Quote(tuple(frame.blocks)))
        elif frame.rows:
            outer.blocks.extend(frame.blocks)
            self._add_block(_table(frame.rows))
        else:
            outer.blocks.extend(frame.blocks)
        return frame.tag


def _table(rows: list[list[Line]]) -> Table:
    width = max(map(len, rows))
    padded = [(*row, *[()] * (width - len(row))) for row in rows]
    return Table(padded[0], tuple(padded[1:]))


def _cell(blocks: Iterable[Block]) -> Line:
    """Return what a cell holds as one line, in which line breaks part lines and blocks."""
    return joined_by_breaks(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterable[Line]:
    match block:
        case Paragraph(lines):
            return lines
        case CodeBlock(code, _):
            return [(Code(line),) for line in code.split("\n") if line.strip()]
        case _:
            return [(Text(line),) for line in block_lines(block)]


def _language(classes: str) -> str:
    return next((each[9:] for each in classes.split() if each.startswith("language-")), "")
