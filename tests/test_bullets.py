"""Lists in plain text, with the bullets that people type and that word processors write."""

from __future__ import annotations

import pytest

from exporter.model.text import plain_text
from exporter.readers.plain.block_parser import parse_blocks

NESTED = "- One\n\n  - sub\n  - more\n- Two"
LISTS = {
    "middle dot and o": "·         One\no   sub\no   more\n·         Two",
    "tabs": "\u2022\tOne\n\to\tsub\n\to\tmore\n\u2022\tTwo",
    "symbol font": "\uf0b7       One\no   sub\no   more\n\uf0b7       Two",
    "arrows": "➢ One\n   ▪ sub\n   ▪ more\n➢ Two",
    "section sign": "§  One\n   §  sub\n   §  more\n§  Two",
    "same indentation": "• One\n- sub\n- more\n• Two",
    "blank lines": "● One\n\n  ○ sub\n\n  ○ more\n\n● Two",
    "dashes": "– One\n  — sub\n  — more\n– Two",
    "no space": "•One\n  ◦sub\n  ◦more\n•Two",
    "indented": "    - One\n        - sub\n        - more\n    - Two",
    "two stars": "* One\n** sub\n** more\n* Two",
}
TEXTS = {
    "portuguese article": "o banco guarda\no sistema lê",
    "paragraphs of a law": "§ 433 BGB\n§ 434 BGB",
    "check marks": "✓ fast\n✗ cheap",
    "arrows": "→ then this\n→ then that",
    "one item": "• alone",
    "products": "2·3\n·5",
}


def lines_of(text: str) -> str:
    return plain_text(parse_blocks(["", *text.split("\n")]))


@pytest.mark.parametrize("name", list(LISTS))
def test_bullets_are_items(name: str) -> None:
    assert lines_of(LISTS[name]) == NESTED


@pytest.mark.parametrize("name", list(TEXTS))
def test_signs_with_a_meaning_are_kept(name: str) -> None:
    assert lines_of(TEXTS[name]) == TEXTS[name]


def test_bullets_below_numbers_are_their_lists() -> None:
    assert lines_of("1. A\n- x\n- y\n2. B\n- z\n- w\n3. C") == (
        "1. A\n\n   - x\n   - y\n2. B\n\n   - z\n   - w\n3. C"
    )


def test_item_that_ends_in_a_bracket_is_an_item() -> None:
    assert lines_of("- see [\n  more\n- f(\n  x") == "- see [\n  more\n- f(\n  x"


@pytest.mark.parametrize("above", ["Types:", "Types:\n", "It has some"])
@pytest.mark.parametrize("indent", ["  ", "    ", "\t", "\t\t"])
def test_indented_items_below_text_are_a_list(above: str, indent: str) -> None:
    blocks = parse_blocks(["", *above.split("\n"), f"{indent}- a", f"{indent}- b", "More."])
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "ListBlock", "Paragraph"]


def test_list_in_a_list_is_short() -> None:
    def is_one_list(count: int) -> bool:
        return len(parse_blocks(["", "1. A", *["- x"] * count, "2. B"])) == 1

    assert is_one_list(39)
    assert not is_one_list(40)


def test_list_after_a_list_is_another() -> None:
    assert [len(block.items) for block in parse_blocks("\n- a\n- b\n1. c\n2. d".split("\n"))] == [2, 2]  # type: ignore[union-attr]
