"""The reader of web pages: the page is made Markdown, line by line, and read as such."""

from __future__ import annotations

from dataclasses import replace

from exporter.config.settings import Settings
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown.converted import read_converted
from exporter.readers.page.code_lines import join_code_lines
from exporter.readers.page.content import find_content
from exporter.readers.page.elements import BLOCK_WRITERS, LINE_WRITERS
from exporter.readers.page.microdata import label_questions
from exporter.readers.page.roles import label_roles
from exporter.readers.page.tree import parse_page
from exporter.readers.page.writer import PageWriter


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a web page.

    Reports `comment-skipped`, `page-part-skipped` and `picture-skipped`, and what Markdown's reader does.
    """
    page = parse_page("\n".join(source.lines))
    left_out = label_questions(page)
    content = find_content(page)
    join_code_lines(content.body)
    label_roles(content.body)
    writer = PageWriter(BLOCK_WRITERS, LINE_WRITERS)
    writer.write(content.body)
    writer.flush()
    lines = writer.lines.finish()
    has_heading = any(line.startswith("# ") for line in lines)
    title = writer.title or ("" if has_heading else content.title.split(" | ")[0].strip())
    skipped = {
        "page-part-skipped": [*left_out, *content.left_out, *writer.buttons],
        "comment-skipped": content.comments,
        "picture-skipped": writer.lost_pictures,
    }
    reading = read_converted(source, settings, lines, {"title": title}, skipped)
    return replace(reading, media=writer.pictures.media)
