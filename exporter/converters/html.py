"""Blocks as HTML for the cells of a table, in the form that our reader takes exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape as escape_html

from exporter.model import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)

_ESCAPED = re.compile(r"(?<= ) |^ | $|[\t\n\r\f\u00a0]|\\(?=[(\[])|\[(?=\$|latex\])", re.IGNORECASE)
"""Spaces that HTML would join, and what marks formulas in fields of Anki's."""


def blocks_html(blocks: Iterable[Block]) -> str:
    """Return blocks as HTML."""
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph(lines):
            return "<p>" + "<br>".join(map(_line, lines)) + "</p>"
        case ListBlock(items, ordered, start):
            tag = "ol" if ordered else "ul"
            opening = f'<ol start="{start}">' if ordered and start != 1 else f"<{tag}>"
            return opening + "".join(f"<li>{blocks_html(item)}</li>" for item in items) + f"</{tag}>"
        case Table(header, rows, _):
            inner = _row("th", header) + "".join(_row("td", row) for row in rows)
            return f"<table>{inner}</table>"
        case CodeBlock(code, language):
            kind = f' class="language-{escape_html(language)}"' if language else ""
            return f"<pre><code{kind}>\n{escape_html(code)}\n</code></pre>"
        case Image(target, alt):
            return f'<img src="{escape_html(target)}" alt="{escape_html(alt)}">'
        case Quote(blocks):
            return f"<blockquote>{blocks_html(blocks)}</blockquote>"


def _row(tag: str, cells: tuple[Line, ...]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_line(cell)}</{tag}>" for cell in cells) + "</tr>"


def _line(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    match span:
        case Text(text):
            return _text(text)
        case Code(text):
            return f"<code>{_text(text)}</code>"
        case Strong(spans):
            return f"<b>{_line(spans)}</b>"
        case Emphasis(spans):
            return f"<i>{_line(spans)}</i>"
        case Superscript(spans):
            return f"<sup>{_line(spans)}</sup>"
        case Subscript(spans):
            return f"<sub>{_line(spans)}</sub>"
        case Strikethrough(spans):
            return f"<s>{_line(spans)}</s>"
        case LineBreak():
            return "<br>"
        case Link(spans, target):
            return f'<a href="{escape_html(target)}">{_line(spans)}</a>'
        case Math(tex, display):
            return f'<span class="math {"display" if display else "inline"}">{escape_html(tex)}</span>'


def _text(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"&#{ord(found[0])};", escape_html(text, quote=False))
