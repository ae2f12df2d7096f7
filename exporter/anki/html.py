"""Blocks and spans as the HTML of Anki's fields, with everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from exporter.model.questions import (
    EMPTY_BOX,
    TICKED_BOX,
    Alignment,
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
from exporter.model.text import plain_lines

_ACTIVE = re.compile(r"\[(?=/?latex\]|\$|sound:|anki:)|\\(?=[()\[\]])|\{(?=\{)|(?<=\{)\{", re.IGNORECASE)
"""What Anki acts on within a field: media and LaTeX brackets, MathJax delimiters, templates."""

_SAFE_TARGET = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)


def escaped(text: str) -> str:
    """Return plain text as HTML that Anki shows as typed, whatever it holds."""
    return text if _is_html(text) else _ACTIVE.sub(_inert, escape(text, quote=False))


def all_escaped(texts: Sequence[str]) -> Sequence[str]:
    """Return plain texts as HTML; most have nothing to escape, and are looked at together."""
    return texts if _is_html("".join(texts)) else list(map(escaped, texts))


def _is_html(text: str) -> bool:
    # Far quicker than a pattern: each sign is looked for by the memory's own search.
    return not ("&" in text or "<" in text or ">" in text or "[" in text or "\\" in text or "{" in text)


def _inert(match: re.Match[str]) -> str:
    char = match.group()
    # MathJax looks for its delimiters in the page's text, after entities: only an element parts them.
    return "<span>\\</span>" if char == "\\" else f"&#{ord(char)};"


def attribute(text: str) -> str:
    """Return plain text as the value of an attribute, where Anki acts on nothing either."""
    return _ACTIVE.sub(lambda match: f"&#{ord(match.group())};", escape(text))


def line_html(line: Iterable[Span]) -> str:
    """Return a line of spans as HTML."""
    return "".join(map(_span_html, line))


def lines_html(lines: tuple[Line, ...]) -> Iterable[str]:
    """Return each of several lines as HTML."""
    texts = plain_lines(lines)
    return all_escaped(texts) if texts else map(line_html, lines)


def _span_html(span: Span) -> str:
    match span:
        case Text(text):
            return escaped(text)
        case Strong(spans):
            return f"<strong>{line_html(spans)}</strong>"
        case Emphasis(spans):
            return f"<em>{line_html(spans)}</em>"
        case Code(text):
            return f"<code>{escaped(text)}</code>"
        case Superscript(spans):
            return f"<sup>{line_html(spans)}</sup>"
        case Subscript(spans):
            return f"<sub>{line_html(spans)}</sub>"
        case Strikethrough(spans):
            return f"<s>{line_html(spans)}</s>"
        case LineBreak():
            return "<br>"
        case Link(spans, target) if _SAFE_TARGET.match(target):
            return f'<a href="{attribute(target)}">{line_html(spans)}</a>'
        case Link(spans, _):
            return line_html(spans)
        case Math(tex, display):
            opening, closing = ("\\[", "\\]") if display else ("\\(", "\\)")
            return opening + escape(tex).replace("{{", "{<!-- -->{") + closing


def block_html(block: Block, media: Mapping[str, str]) -> str:
    """Return a block as HTML; `media` gives the name of the file for an image's target."""
    match block:
        case Paragraph(lines):
            return f"<p>{'<br>'.join(lines_html(lines))}</p>"
        case ListBlock(items, ordered, start):
            attributes = f' start="{start}"' if start != 1 else ""
            tag, first = ("ol", attributes) if ordered else ("ul", _TASKS if _are_tasks(items) else "")
            return f"<{tag}{first}>{''.join(f'<li>{item_html(item, media)}</li>' for item in items)}</{tag}>"
        case CodeBlock(code, language):
            from exporter.anki.highlight import highlighted

            return f"<pre><code>{highlighted(code, language)}</code></pre>"
        case Table():
            return _table_html(block)
        case Image(target, alt) if target in media:
            return f'<img src="{attribute(media[target])}" alt="{attribute(alt)}">'
        case Image(target, alt):
            return f"<p>{escaped(alt or target)}</p>"
        case Quote(blocks):
            return f"<blockquote>{blocks_html(blocks, media)}</blockquote>"


_TASKS = ' class="tasks"'
"""Makes a list of boxes to tick have no bullets before them."""


def _are_tasks(items: tuple[tuple[Block, ...], ...]) -> bool:
    return all(map(_is_task, items))


def _is_task(item: tuple[Block, ...]) -> bool:
    """Return whether an item begins with a box to tick."""
    match item:
        case (Paragraph(((Text(text), *_), *_)), *_):
            return text.startswith((f"{EMPTY_BOX} ", f"{TICKED_BOX} "))
    return False


def item_html(item: tuple[Block, ...], media: Mapping[str, str]) -> str:
    """Return blocks as HTML; a first paragraph goes without a paragraph's air."""
    match item:
        case (Paragraph(lines), *rest):
            return "<br>".join(lines_html(lines)) + blocks_html(rest, media)
    return blocks_html(item, media)


def blocks_html(blocks: Iterable[Block], media: Mapping[str, str]) -> str:
    """Return blocks as HTML, one after the other."""
    return "".join(block_html(block, media) for block in blocks)


def _table_html(table: Table) -> str:
    def row(cells: tuple[Line, ...], tag: str) -> str:
        parts = []
        for column, cell in enumerate(cells):
            alignment = table.alignments[column] if column < len(table.alignments) else Alignment.NONE
            style = f' class="{alignment}"' if alignment is not Alignment.NONE else ""
            parts.append(f"<{tag}{style}>{line_html(cell)}</{tag}>")
        return f"<tr>{''.join(parts)}</tr>"

    head = f"<thead>{row(table.header, 'th')}</thead>" if table.header else ""
    body = "".join(row(cells, "td") for cells in table.rows)
    return f'<div class="table"><table>{head}<tbody>{body}</tbody></table></div>'
