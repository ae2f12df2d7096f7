"""What the model says of itself as plain text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exporter.model import Paragraph, block_lines, line_text, paragraph
from tests.strategies import paragraphs, words


@given(st.one_of(paragraphs(), st.lists(words()).map(lambda lines: paragraph(*lines))))
def test_lines_of_one_text_each_read_as_any_lines(paragraph: Paragraph) -> None:
    assert list(block_lines(paragraph)) == list(map(line_text, paragraph.lines))
