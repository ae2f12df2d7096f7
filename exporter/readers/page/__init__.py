"""The reader of web pages: the page is made Markdown, line by line, and read as such."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain

from exporter.config.settings import Settings
from exporter.model.source_lines import SourceLines, find_number
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown import read as read_markdown
from exporter.readers.page.content import find_content
from exporter.readers.page.elements import BLOCK_WRITERS, LINE_WRITERS
from exporter.readers.page.roles import label_roles
from exporter.readers.page.tree import parse_page
from exporter.readers.page.writer import PageWriter
from exporter.readers.skipped_content import report_skipped


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a web page.

    Reports `comment-skipped`, `page-part-skipped` and `picture-skipped`, and what Markdown's reader does.
    """
    content = find_content(parse_page("\n".join(source.lines)))
    label_roles(content.body)
    writer = PageWriter(BLOCK_WRITERS, LINE_WRITERS)
    writer.write(content.body)
    writer.flush()
    lines = writer.lines.finish()
    has_heading = any(line.startswith("# ") for line in lines)
    title = writer.title or ("" if has_heading else content.title.split(" | ")[0].strip())
    if title:
        matter = ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---", ""]
        lines = SourceLines([*matter, *lines], [1, 1, 1, 1, *lines.numbers])
    # the source may have been made of another file itself, as a document's is
    lines = SourceLines(lines, [find_number(source.lines, number) for number in lines.numbers])
    reading = read_markdown(SourceText(source.path, lines), settings)
    skipped = {
        "page-part-skipped": content.left_out,
        "comment-skipped": content.comments,
        "picture-skipped": writer.lost_pictures,
    }
    diagnostics = chain.from_iterable(
        report_skipped(source, code, ranges) for code, ranges in skipped.items()
    )
    return replace(
        reading,
        diagnostics=(*reading.diagnostics, *diagnostics),
        lines=lines,
        media=writer.pictures.media,
    )
