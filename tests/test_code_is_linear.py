"""Code detection reads each line a limited number of times, whatever the lines are."""

from __future__ import annotations

import pytest

from exporter.readers.plain import code_detection
from exporter.readers.plain.block_parser import parse_blocks

PATTERNS = {
    "braces": ["x {", "  y"],
    "here documents": ["cat <<EOF", "  x"],
    "loops": ["while x; do", "  y"],
    "keys": ["a:", "  b: c"],
    "bullets": ["- a", "* b", "+ c"],
    "columns": ["a   b", "c    d"],
}


class CountingList(list[str]):
    """A list that counts the lines that are taken from it."""

    taken = 0

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        self.taken += len(range(*index.indices(len(self)))) if isinstance(index, slice) else 1
        return super().__getitem__(index)


@pytest.mark.parametrize("name", list(PATTERNS))
def test_code_detection_takes_each_line_a_few_times(name: str) -> None:
    lines = CountingList(PATTERNS[name] * 500)
    index = 0
    while index < len(lines):
        index = max(index + 1, code_detection.find_code_end(lines, index))
    assert lines.taken <= (code_detection.MAX_BLOCK_LINES + 20) * 2 * len(lines)
    assert parse_blocks(["", *lines])
