"""Blocks as HTML: one walk over them, and a policy for the parts that its readers treat differently."""

from __future__ import annotations

from collections.abc import Iterable
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


class HtmlPolicy:
    """How text, code, formulas, images and links are written; every method returns HTML.

    This one escapes and changes nothing else. A subclass replaces the methods of what the reader of its
    HTML, such as Anki or a browser, would act on.
    """

    def text(self, text: str) -> str:
        """Return plain text as the content of an element."""
        return escape(text, quote=False)

    def attribute(self, text: str) -> str:
        """Return plain text as the value of a quoted attribute."""
        return escape(text)

    def code(self, code: str, language: str) -> str:
        """Return a code block; `language` may be empty."""
        name = f' class="language-{self.attribute(language)}"' if language else ""
        return f"<pre><code{name}>\n{escape(code)}\n</code></pre>"

    def math(self, tex: str, display: bool) -> str:
        """Return a formula in TeX; `display` puts it on a separate line."""
        return f'<span class="math {"display" if display else "inline"}">{escape(tex)}</span>'

    def image(self, image: Image) -> str:
        """Return an image."""
        return f'<img src="{self.attribute(image.target)}" alt="{self.attribute(image.alt)}">'

    def link(self, content: str, target: str) -> str:
        """Return a link; `content` is the HTML of its words."""
        return f'<a href="{self.attribute(target)}">{content}</a>'


def render_blocks(blocks: Iterable[Block], policy: HtmlPolicy) -> str:
    """Return blocks as HTML, one after the other."""
    return "".join([_render_block(block, policy) for block in blocks])


def render_item(blocks: tuple[Block, ...], policy: HtmlPolicy) -> str:
    """Return the content of a list item: blocks, the first paragraph without an element around it."""
    match blocks:
        case (Paragraph(lines), *rest):
            return _render_lines(lines, policy) + render_blocks(rest, policy)
    return render_blocks(blocks, policy)


def render_line(line: Line, policy: HtmlPolicy) -> str:
    """Return a line of spans as HTML."""
    return "".join([_render_span(span, policy) for span in line])


def _render_lines(lines: tuple[Line, ...], policy: HtmlPolicy) -> str:
    return "<br>".join([render_line(line, policy) for line in lines])


def _render_block(block: Block, policy: HtmlPolicy) -> str:
    match block:
        case Paragraph(lines):
            return f"<p>{_render_lines(lines, policy)}</p>"
        case ListBlock():
            return _render_list(block, policy)
        case Table():
            return _render_table(block, policy)
        case CodeBlock(code, language):
            return policy.code(code, language)
        case Image():
            return policy.image(block)
        case Quote(blocks):
            return f"<blockquote>{render_blocks(blocks, policy)}</blockquote>"


def _render_list(block: ListBlock, policy: HtmlPolicy) -> str:
    attributes = ""
    if block.ordered and block.start != 1:
        attributes = f' start="{block.start}"'
    elif not block.ordered and all(map(_is_task, block.items)):
        attributes = ' class="tasks"'  # the style omits the bullets before the boxes
    items = "".join([f"<li>{render_item(item, policy)}</li>" for item in block.items])
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}{attributes}>{items}</{tag}>"


def _is_task(item: tuple[Block, ...]) -> bool:
    """Return whether an item begins with a box to tick."""
    match item:
        case (Paragraph(((Text(text), *_), *_)), *_):
            return text.startswith((f"{EMPTY_BOX} ", f"{TICKED_BOX} "))
    return False


def _render_table(table: Table, policy: HtmlPolicy) -> str:
    head = f"<thead>{_render_row('th', table.header, table, policy)}</thead>" if table.header else ""
    body = "".join([_render_row("td", row, table, policy) for row in table.rows])
    return f'<div class="table"><table>{head}<tbody>{body}</tbody></table></div>'


def _render_row(tag: str, row: tuple[Line, ...], table: Table, policy: HtmlPolicy) -> str:
    cells = []
    for index, cell in enumerate(row):
        alignment = table.alignments[index] if index < len(table.alignments) else Alignment.NONE
        name = f' class="{alignment}"' if alignment is not Alignment.NONE else ""
        cells.append(f"<{tag}{name}>{render_line(cell, policy)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _render_span(span: Span, policy: HtmlPolicy) -> str:
    match span:
        case Text(text):
            return policy.text(text)
        case Code(text):
            return f"<code>{policy.text(text)}</code>"
        case Strong(spans):
            return f"<strong>{render_line(spans, policy)}</strong>"
        case Emphasis(spans):
            return f"<em>{render_line(spans, policy)}</em>"
        case Superscript(spans):
            return f"<sup>{render_line(spans, policy)}</sup>"
        case Subscript(spans):
            return f"<sub>{render_line(spans, policy)}</sub>"
        case Strikethrough(spans):
            return f"<s>{render_line(spans, policy)}</s>"
        case LineBreak():
            return "<br>"
        case Link(spans, target):
            return policy.link(render_line(spans, policy), target)
        case Math(tex, display):
            return policy.math(tex, display)
