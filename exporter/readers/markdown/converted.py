"""Read a file of another form, such as a web page, after it was made Markdown line by line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from exporter.config.settings import Settings
from exporter.model.source_lines import SourceLines, find_number
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown import read
from exporter.readers.skipped_content import LineRanges, report_skipped


def read_converted(
    source: SourceText,
    settings: Settings,
    lines: SourceLines,
    matter: Mapping[str, str | Sequence[str]],
    skipped: Mapping[str, LineRanges],
) -> ReadResult:
    """Return what is read from lines of Markdown, whose numbers are those of the lines of `source`.

    `matter` are the properties of the file for its front matter, of which empty ones are left out; `skipped`
    are the ranges of lines (from 0) that were left out, by the code that reports them.
    """
    properties = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items() if value]
    front = ["---", *properties, "---", ""] if properties else []
    # the source may have been made of another file itself, as a document's is
    numbers = (find_number(source.lines, number) for number in (*[1] * len(front), *lines.numbers))
    converted = SourceLines([*front, *lines], numbers)
    reading = read(SourceText(source.path, converted), settings)
    diagnostics = chain.from_iterable(
        report_skipped(source, code, ranges) for code, ranges in skipped.items()
    )
    return replace(reading, diagnostics=(*reading.diagnostics, *diagnostics), lines=converted)
