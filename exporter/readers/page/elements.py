"""The elements of a page that are written in special ways."""

from __future__ import annotations

from exporter.readers.page.blocks import (
    write_definitions,
    write_details,
    write_heading,
    write_quote,
    write_rule,
)
from exporter.readers.page.code import write_code, write_code_lines
from exporter.readers.page.lists import write_list, write_listed
from exporter.readers.page.tables import write_table
from exporter.readers.page.writer import BlockWriter

BLOCK_WRITERS: dict[str, BlockWriter] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), write_heading),
    "hr": write_rule,
    "blockquote": write_quote,
    "pre": write_code,
    "details": write_details,
    "dl": write_definitions,
    "ul": write_list,
    "ol": write_list,
    "menu": write_list,
    "table": write_table,
}
"""The functions that write the elements that are blocks, by the names of the elements."""

LINE_WRITERS: dict[str, BlockWriter] = {"ul": write_listed, "ol": write_listed, "pre": write_code_lines}
"""Those in a heading or a cell, where blocks are only lines."""
