"""The text of code in HTML: `<pre>`, with what is raised, lowered or struck out in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.model.questions import CodeBlock
from exporter.model.text import shifted_text
from exporter.readers.html.fragments import EXACT_SPACE
from exporter.readers.markup.inline_tags import iter_span_kinds
from exporter.readers.span_builder import SpanKind

if TYPE_CHECKING:
    from justhtml import Node

_SHIFT_MARKS = {SpanKind.SUPERSCRIPT: "^", SpanKind.SUBSCRIPT: "_"}

MAX_MARKS = 16
"""Marks in each other are written to this depth: each costs a pass over the code in it."""


def read_code_block(pre: Node) -> CodeBlock | None:
    """Return the code of a `pre`, or nothing if there is none."""
    parts: list[str] = []
    language = _find_language(pre)
    marks = 0
    children = pre.children or []
    stack: list[tuple[Any, int]] = [(node, -1) for node in reversed(children)]
    while stack:
        node, start = stack.pop()
        if node.name == "#text":
            parts.append(node.data)
        elif start >= 0:
            parts[start:] = [_mark("".join(parts[start:]), node)]
            marks -= 1
        elif node.name == "br":
            parts.append("\n")
        elif node.children:
            language = (_find_language(node) if node.name == "code" else "") or language
            if marks < MAX_MARKS and any(_find_kinds(node)):
                marks += 1
                stack.append((node, len(parts)))
            stack += [(child, -1) for child in reversed(node.children)]
    code = "".join(parts).replace(EXACT_SPACE, " ").removesuffix("\n")
    if children and children[0].name != "#text":
        # the parser has removed a line end at the start of `pre`, but not one at the start of its `code`
        code = code.removeprefix("\n")
    return CodeBlock(code, language) if code else None


def _mark(text: str, node: Any) -> str:
    """Return code that an element raises, lowers or strikes out, with the marks for it."""
    for kind in _find_kinds(node):
        if kind in _SHIFT_MARKS:
            text = shifted_text(text, _SHIFT_MARKS[kind])
        elif text.strip():
            text = f"~~{text}~~"
    return text


def _find_kinds(node: Any) -> list[SpanKind]:
    attributes = {name: value or "" for name, value in node.attrs.items()}
    return [
        kind
        for kind in iter_span_kinds(node.name, attributes)
        if kind in _SHIFT_MARKS or kind is SpanKind.STRIKETHROUGH
    ]


def _find_language(node: Any) -> str:
    classes = (node.attrs.get("class") or "").split()
    return next((name[9:] for name in classes if name.startswith("language-")), "")
