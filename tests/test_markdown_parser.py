"""The parser of Markdown tries fewer rules than markdown-it-py, and finds the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import inline
from markdown_it.token import Token

from exporter.readers.markdown import parser

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.md"))

PARTS = (
    *("\n", "\n\n", "    ", "  ", " ", "word", "What?", "- ", "* ", "1. ", "+ ", "# ", "> ", "```", "~~~"),
    *(
        "---",
        "===",
        "| ",
        "|---|",
        ": ",
        "[",
        "]",
        "(",
        ")",
        "<b>",
        "</b>",
        "<div>",
        "<!--",
        "-->",
        "<http:x>",
    ),
    *("*", "**", "_", "__", "~", "~~", "==", "`", "``", "$", "$$", "\\", "\\(", "\\)", "\\[", "\\]", "&amp;"),
    *("![", "[[", "]]", "[^1]", "^[", "[a]: b", "!", "^", "&", "=", "\t", "  \n", "中", "：", "https://x.y"),
)


def create_slow_parser() -> MarkdownIt:
    """Return a parser with the same rules, all of which it tries everywhere."""
    slow = parser._create_parser.__wrapped__()
    block, text = ParserBlock(), ParserInline()
    block.ruler = slow.block.ruler
    text.ruler, text.ruler2 = slow.inline.ruler, slow.inline.ruler2
    slow.block, slow.inline = block, text
    slow.core.ruler.at("inline", inline)
    return slow


SLOW = create_slow_parser()


def parse(md: MarkdownIt, text: str) -> list[Token]:
    return md.parse(text, {"footnotes": {"1": "A note."}})


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_files_are_parsed_as_by_markdown_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    assert parse(parser._create_parser(), text) == parse(SLOW, text)


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_any_text_is_parsed_as_by_markdown_it(text: str) -> None:
    assert parse(parser._create_parser(), text) == parse(SLOW, text)
