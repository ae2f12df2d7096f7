"""Blocks as HTML: exact, so that our reader reads the same blocks, or safe to show on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape as escape_html

from exporter.model.questions import (
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
"""Spaces that HTML would collapse, and the delimiters of formulas in Anki fields."""


@dataclass(frozen=True, slots=True)
class HtmlPolicy:
    """The functions that write images and links as HTML.

    `link` takes the HTML of the link's text and its target.
    """

    image: Callable[[Image], str]
    link: Callable[[str, str], str]


def _image(image: Image) -> str:
    return f'<img src="{escape_html(image.target)}" alt="{escape_html(image.alt)}">'


def _link(text_html: str, target: str) -> str:
    return f'<a href="{escape_html(target)}">{text_html}</a>'


EXACT = HtmlPolicy(_image, _link)
"""Images and links with the targets of the source: for source files, not safe on a page."""


def blocks_html(blocks: Iterable[Block], policy: HtmlPolicy = EXACT) -> str:
    """Return blocks as HTML."""
    return "".join(_block(block, policy) for block in blocks)


def line_html(line: Line, policy: HtmlPolicy = EXACT) -> str:
    """Return a line of spans as HTML."""
    return "".join(_span(span, policy) for span in line)


def _block(block: Block, policy: HtmlPolicy) -> str:
    match block:
        case Paragraph(lines):
            return "<p>" + "<br>".join(line_html(line, policy) for line in lines) + "</p>"
        case ListBlock(items, ordered, start):
            tag = "ol" if ordered else "ul"
            opening = f'<ol start="{start}">' if ordered and start != 1 else f"<{tag}>"
            return opening + "".join(f"<li>{blocks_html(item, policy)}</li>" for item in items) + f"</{tag}>"
        case Table(header, rows, _):
            inner = _row("th", header, policy) + "".join(_row("td", row, policy) for row in rows)
            return f"<table>{inner}</table>"
        case CodeBlock(code, language):
            attribute = f' class="language-{escape_html(language)}"' if language else ""
            return f"<pre><code{attribute}>\n{escape_html(code)}\n</code></pre>"
        case Image():
            return policy.image(block)
        case Quote(blocks):
            return f"<blockquote>{blocks_html(blocks, policy)}</blockquote>"


def _row(tag: str, cells: tuple[Line, ...], policy: HtmlPolicy) -> str:
    return "<tr>" + "".join(f"<{tag}>{line_html(cell, policy)}</{tag}>" for cell in cells) + "</tr>"


def _span(span: Span, policy: HtmlPolicy) -> str:
    match span:
        case Text(text):
            return _text(text)
        case Code(text):
            return f"<code>{_text(text)}</code>"
        case Strong(spans):
            return f"<b>{line_html(spans, policy)}</b>"
        case Emphasis(spans):
            return f"<i>{line_html(spans, policy)}</i>"
        case Superscript(spans):
            return f"<sup>{line_html(spans, policy)}</sup>"
        case Subscript(spans):
            return f"<sub>{line_html(spans, policy)}</sub>"
        case Strikethrough(spans):
            return f"<s>{line_html(spans, policy)}</s>"
        case LineBreak():
            return "<br>"
        case Link(spans, target):
            return policy.link(line_html(spans, policy), target)
        case Math(tex, display):
            return f'<span class="math {"display" if display else "inline"}">{escape_html(tex)}</span>'


def _text(text: str) -> str:
    return _ESCAPED.sub(lambda match: f"&#{ord(match[0])};", escape_html(text, quote=False))
