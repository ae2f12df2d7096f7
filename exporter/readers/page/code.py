"""Code of a page."""

from __future__ import annotations

import re

from exporter.model.text import make_fence
from exporter.readers.page.spans import Run, write_code_span
from exporter.readers.page.tree import Comment, Tag, Words
from exporter.readers.page.writer import PageWriter

_LANGUAGE = re.compile(
    r"(?:language|lang|highlight-source|highlight-text|sourceCode|brush:?)[-\s]*([\w+#.-]+)"
)


def write_code(writer: PageWriter, tag: Tag) -> None:
    """Write code in a fence."""
    text, first = _read_text(writer, tag)
    code = text.replace("\xa0", " ").strip("\n").rstrip()
    if not code.strip():
        return
    first += text[: len(text) - len(text.lstrip("\n"))].count("\n")
    fence = make_fence(code)
    writer.lines.add(fence + _find_language(tag), tag.line)
    for index, line in enumerate(code.split("\n")):
        writer.lines.add(line, first + index)
    writer.lines.add(fence, first + code.count("\n"))
    writer.lines.end_block()


def write_code_lines(writer: PageWriter, tag: Tag) -> None:
    """Write code in a cell: each line of it as code."""
    text, first = _read_text(writer, tag)
    for index, line in enumerate(text.split("\n")):
        words = line.strip()
        if words:
            indent = "\N{NO-BREAK SPACE}" * (len(line) - len(line.lstrip()))
            writer.break_line(first + index)
            writer.add_run(Run(write_code_span(words, indent), is_markdown=True), first + index)


def _read_text(writer: PageWriter, tag: Tag) -> tuple[str, int]:
    """Return the text of code as it is, and the number of its first line; buttons in it are left out."""
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
        elif isinstance(node, Tag) and node.name == "button":
            writer.skip_button(node)
        elif isinstance(node, Tag):
            stack.extend(reversed(node.children))
    return "".join(parts), first


def _find_language(tag: Tag) -> str:
    """Return the language of code that its class, or one around or in it, names."""
    for part in (tag, *tag.iter_tags()):
        named = part.attributes.get("data-lang") or part.attributes.get("data-language") or ""
        match = _LANGUAGE.search(part.attributes.get("class", ""))
        if language := (named or (match[1] if match else "")).lower().strip("."):
            return "" if language in ("text", "plaintext", "none", "plain") else language
    return ""
