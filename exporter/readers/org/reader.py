"""The reader of Org files: a file is made Markdown, line by line, and read as such."""

from __future__ import annotations

from exporter.config.settings import Settings
from exporter.model.source_lines import SourceLines
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown.converted import read_converted
from exporter.readers.org.converter import OrgConverter


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of an Org file.

    Reports `cloze-read`, `cloze-skipped`, `comment-skipped`, `org-part-skipped`, `unclosed-fence`, and what
    Markdown's reader does.
    """
    converter = OrgConverter(source.lines)
    converter.convert()
    skipped = {
        "org-part-skipped": converter.left_out,
        "comment-skipped": converter.comments,
        "cloze-read": converter.clozes,
        "cloze-skipped": converter.cloze_cards,
        "unclosed-fence": converter.unclosed,
    }
    lines = SourceLines(converter.lines, converter.numbers)
    matter = {"title": converter.title, "tags": converter.tags}
    return read_converted(source, settings, lines, matter, skipped)
