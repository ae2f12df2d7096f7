"""Headings of a Markdown file: which are questions, and which are titles of the questions below them."""

from __future__ import annotations

import pytest

from tests.test_markdown_readings import read_facts


def read_categories(text: str) -> list[tuple[str, str | None]]:
    return [(question, category) for question, _, category in read_facts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "# Sea\n\n## What is a keel?\nA beam.\n\n## Knot, mile\n\n## Where is port?\nLeft.\n\n## A bow\n",
        "# Sea\n\n## What is a jib?\nA sail.\n\n## The mast holds {{c1::sails}}\n\n## Who steers?\nI.\n",
        "# Law\n\n## Tort\n\n## Offer\nA promise.\n\n## Estoppel\n\n## What is a lease?\nA right.\n",
        "## Was ist ein Kiel?\nHolz.\n\n---\n\n## Der Mast\n\n---\n\n## Wer steuert?\nIch.\n\n---\n",
        "## A\n\n### What is a ring?\nA set.\n\n### Axioms\n\n## B\n\n### Limits\n\n### What is pi?\n3.\n",
        "# Sea\n\n## Knots\n\n## What is a jib?\nA sail.\n\n## Where is port?\nLeft.\n\n## The bow\n",
    ],
)
def test_a_heading_without_answer_is_not_a_title_of_its_level(text: str) -> None:
    level = max(len(line) - len(line.lstrip("#")) for line in text.split("\n"))
    headings = [line[level + 1 :] for line in text.split("\n") if line.startswith("#" * level + " ")]
    read = read_categories(text)
    assert [question for question, _ in read] == headings
    assert not {category for _, category in read} & set(headings)


def test_headings_above_all_questions_of_their_level_are_titles() -> None:
    text = (
        "## Basics\n\n## What is a keel?\nA beam.\n\n## What is a jib?\nA sail.\n\n"
        "## Advanced\n\n## Where is port?\nLeft.\n\n## Who steers?\nHelm.\n"
    )
    assert read_categories(text) == [
        ("What is a keel?", "Basics"),
        ("What is a jib?", "Basics"),
        ("Where is port?", "Advanced"),
        ("Who steers?", "Advanced"),
    ]
