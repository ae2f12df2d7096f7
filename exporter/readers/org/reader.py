"""The reader of Org files: a file is made Markdown, line by line, and read as such."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain

from exporter.config.settings import Settings
from exporter.model.source_lines import SourceLines, find_number
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown import read as read_markdown
from exporter.readers.org.converter import OrgConverter
from exporter.readers.skipped_content import report_skipped


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of an Org file.

    Reports `comment-skipped`, `org-part-skipped` and `unclosed-fence`, and what Markdown's reader does.
    """
    converter = OrgConverter(source.lines)
    converter.convert()
    matter: list[str] = []
    if converter.title or converter.tags:
        title = [f"title: {json.dumps(converter.title, ensure_ascii=False)}"] if converter.title else []
        tags = [f"tags: {json.dumps(converter.tags, ensure_ascii=False)}"] if converter.tags else []
        matter = ["---", *title, *tags, "---", ""]
    numbers = [*[1] * len(matter), *converter.numbers]
    lines = SourceLines(
        [*matter, *converter.lines], [find_number(source.lines, number) for number in numbers]
    )
    reading = read_markdown(SourceText(source.path, lines), settings)
    skipped = {
        "org-part-skipped": converter.left_out,
        "comment-skipped": converter.comments,
        "unclosed-fence": converter.unclosed,
    }
    diagnostics = chain.from_iterable(
        report_skipped(source, code, ranges) for code, ranges in skipped.items()
    )
    return replace(reading, diagnostics=(*reading.diagnostics, *diagnostics), lines=lines)
