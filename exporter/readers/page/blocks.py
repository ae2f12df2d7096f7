"""Headings, rules, quotations, disclosures and definitions of a page."""

from __future__ import annotations

from exporter.readers.page.spans import Run, write_html_line, write_line
from exporter.readers.page.tree import Tag
from exporter.readers.page.writer import PageWriter


def write_heading(writer: PageWriter, tag: Tag) -> None:
    """Write a heading, without links to itself; below a title that is one by its class, a level deeper."""
    line = writer.collect_words(tag)
    line.runs = [
        Run(run.text, run.kinds, "" if run.target.startswith("#") else run.target, run.is_markdown)
        for run in line.runs
    ]
    if text := write_line(line.runs):
        writer.lines.end_block()
        level = min(int(tag.name[1]) + bool(writer.title), 6)
        writer.lines.add(f"{'#' * level} {text}", line.number)
        writer.lines.end_block()


def write_rule(writer: PageWriter, tag: Tag) -> None:
    """Write a thematic break."""
    writer.lines.add("---", tag.line)
    writer.lines.end_block()


def write_quote(writer: PageWriter, tag: Tag) -> None:
    """Write a quotation."""
    if tag.text or tag.find("img"):
        with writer.lines.indented("> ", "> "):
            writer.write(tag)
            writer.flush()
        writer.lines.end_block()


def write_details(writer: PageWriter, tag: Tag) -> None:
    """Write a disclosure as such."""
    summary = next((child for child in tag.tags if child.name == "summary"), None)
    rest = Tag("div", tag.line, {}, [child for child in tag.children if child is not summary])
    writer.lines.add("<details>", tag.line)
    if summary is not None:
        line = writer.collect_words(summary)
        writer.lines.add(f"<summary>{write_html_line(line.runs)}</summary>", line.number)
    writer.lines.end_block()
    writer.write(rest)
    writer.flush()
    writer.lines.end_block()
    writer.lines.add("</details>", tag.last_line)
    writer.lines.end_block()


def write_definitions(writer: PageWriter, tag: Tag) -> None:
    """Write a definition list as Markdown extended by definitions."""
    parts = [part for child in tag.tags for part in (child.tags if child.name == "div" else [child])]
    for part in parts:
        if part.name == "dt":
            line = writer.collect_words(part)
            if text := write_line(line.runs):
                writer.lines.add(text, line.number)
                writer.lines.continue_block()
        elif part.name == "dd" and (part.text or part.find("img")):
            with writer.lines.indented(": ", "  "):
                writer.write(part)
                writer.flush()
            writer.lines.end_block()
    writer.lines.end_block()
