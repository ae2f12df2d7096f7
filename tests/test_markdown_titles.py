"""Short lines between lists of questions without answers are titles of the questions below them."""

from __future__ import annotations

import pytest

from tests.test_markdown_readings import read_codes, read_facts

SAILS = "- what is a jib?\n- trim of a jib\n- how does it flap?\n"
KNOTS = "1. What is a knot?\n2. Explain the bend.\n3. Which hitch slips?\n"


def read_sections(text: str) -> list[tuple[str | None, int]]:
    """Return the categories of the questions of a text, and how many questions each has."""
    categories = [category for _, _, category in read_facts(text)]
    return [(category, categories.count(category)) for category in dict.fromkeys(categories)]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        (f"# Sea\n\n{SAILS}\nRopes\n\n- halyard\n- sheet\n", [(None, 3), ("Ropes", 2)]),
        (f"# Sea\n\n{SAILS}\nRopes\n\n- halyard\n\nHull:\n\n- chine\n- keel\n", [(None, 3), ("Ropes", 1), ("Hull", 2)]),
        (f"# Sea\n\n## Boat\n\n{SAILS}\nRopes\n\n* halyard\n\nHull\n\n+ chine\n", [("Boat", 3), ("Boat / Ropes", 1), ("Boat / Hull", 1)]),
        (f"{KNOTS}4. Why tar?\nНабережная\n\n1. Pier\n2. What is a quay?\n", [(None, 4), ("Набережная", 2)]),
        (f"{KNOTS}4. Name two ropes!\nCrew and mates\n\n1. Who steers?\n", [(None, 4), ("Crew and mates", 1)]),
        (f"# Sea\n\n{KNOTS}\n4. Why tar?\nCrew:\n\n1. Who steers?\n2. Who hauls?\n", [(None, 4), ("Crew", 2)]),
    ],
)  # fmt: skip
def test_short_lines_between_bare_lists_are_titles(text: str, sections: list[tuple[str | None, int]]) -> None:
    assert read_sections(text) == sections
    assert not any(answer for _, answer, _ in read_facts(text))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (f"{KNOTS}4. What seals a rope?\nTar\n5. What is a quay?\n6. What is a pier?\n", "Tar"),
        ("1. What is it?\nA knot\n2. And this?\nA bend\n3. That?\nA hitch\n4. What seals?\nTar\n\n1. Who steers?\nJo\n", "Tar"),
        ("1. What is it?\n2. What seals?\nTar\n\n1. Who steers?\n2. Who hauls?\n", "Tar"),
        ("- What is it?\n\nA knot\n\n- And this?\n\nA bend\n\n- Which seals?\n\nTar\n\n- And that\n- Keel\n", "Tar"),
        ("- What is it?\n\nA knot\n\n- And this?\n\nA bend\n\n- halyard\n- sheet\n- bow\n- keel\n\nTar\n\n- jib\n- mast\n", "A knot"),
    ],
)  # fmt: skip
def test_short_answers_are_no_titles(text: str, answer: str) -> None:
    assert any(found.startswith(answer) for _, found, _ in read_facts(text))


def test_a_line_below_the_last_of_some_bare_lists_is_reported() -> None:
    text = f"# Sea\n\n{SAILS}\nRopes\n\n- halyard\n\nHull\n\n- chine\n- keel\n\nWrite to me\nWhich trip was best\n"
    assert not any(answer for _, answer, _ in read_facts(text))
    assert "stray-text" in read_codes(text)
