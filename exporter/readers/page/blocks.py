"""Headings, rules, quotations, disclosures and definitions of a page."""

from __future__ import annotations

from exporter.readers.page.spans import Run, write_html_line, write_line
from exporter.readers.page.tree import Tag, Words
from exporter.readers.page.writer import MIN_BUTTON_WORDS, PageWriter

MAX_BADGE_WORDS = 2  # measured: the pages that have them say “Easy”, “Very hard”, “Java”
"""Maximum number of words of an element after the question in a summary that is a tag."""


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
    badges = _take_badges(summary) if summary is not None else []
    if summary is not None:
        line = writer.collect_words(summary)
        writer.lines.add(f"<summary>{write_html_line(line.runs)}</summary>", line.number)
    writer.lines.end_block()
    writer.write(rest)
    writer.flush()
    writer.lines.end_block()
    if badges:
        writer.lines.add(f"Tags: {', '.join(badges)}", tag.line)
        writer.lines.end_block()
    writer.lines.add("</details>", tag.last_line)
    writer.lines.end_block()


def _take_badges(summary: Tag) -> list[str]:
    """Take the elements after the words of a summary out of it, and return the words in them.

    They show how hard a question is, or an arrow.
    """
    if any(isinstance(child, Words) and child.text.strip() for child in summary.children):
        return []
    first, *others = [tag for tag in summary.tags if any(map(str.isalnum, tag.text))] or [summary]
    if len(first.text.split()) < MIN_BUTTON_WORDS or any(
        tag.find("img") or len(tag.text.split()) > MAX_BADGE_WORDS for tag in others
    ):
        return []
    summary.children = [first]
    return ["-".join(tag.text.split()) for tag in others]


def write_definitions(writer: PageWriter, tag: Tag) -> None:
    """Write a definition list as Markdown extended by definitions."""
    for part in _read_definitions(tag):
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
        elif part.name == "div":
            writer.write(part)
            writer.flush()
            writer.lines.end_block()
    writer.lines.end_block()


def _read_definitions(tag: Tag) -> list[Tag]:
    """Return the terms and meanings of a list; what is between them belongs to the meaning above.

    What is above the first term is a `div`.
    """
    parts: list[Tag] = []
    children = [
        part
        for child in tag.children
        for part in (child.children if isinstance(child, Tag) and _is_group(child) else [child])
    ]
    for child in children:
        if isinstance(child, Tag) and child.name in ("dt", "dd"):
            parts.append(Tag(child.name, child.line, child.attributes, list(child.children)))
        elif isinstance(child, Tag) or (isinstance(child, Words) and child.text.strip()):
            if not parts or parts[-1].name == "dt":
                parts.append(Tag("dd" if parts else "div", child.line))
            parts[-1].children.append(child)
    return parts


def _is_group(tag: Tag) -> bool:
    """Return whether an element has terms or meanings of the list around it."""
    return tag.name == "div" and any(child.name in ("dt", "dd") for child in tag.tags)
