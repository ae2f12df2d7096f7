"""Lists in `details` are parts of the answer where the summaries are questions."""

from __future__ import annotations

import pytest

from tests.test_markdown_readings import read_codes, read_facts

STEPS = (
    "1. The crew comes.\n2. The mate asks → “who hauls the sail?”\n3. All haul.\n"
    "4. The cook asks: “what is for supper?”\n5. They leave.\n6. The captain checks the tide.\n"
    "7. The mate asks the pilot → “is the net dry?”\n8. Buoys are passed.\n"
)


def join_cards(names: range) -> str:
    cards = (
        f"<details>\n<summary>What is part {name} of a ship?</summary>\n\nWood {name}.\n\n- note\n\n</details>\n\n"
        for name in names
    )
    return "".join(cards)


@pytest.mark.parametrize(
    "steps",
    [
        STEPS,
        STEPS.replace(". ", ") "),
        "".join(f"- {line[3:]}\n" for line in STEPS.splitlines()),
        f"First:\n\n{STEPS}\nThen they rest.\n",
        "".join(f"**{line[3:]}**\n\nIt takes a while.\n\n" for line in STEPS.splitlines()),
        f"<details>\n<summary>Show answer</summary>\n\n{STEPS}\n</details>\n",
    ],
)
@pytest.mark.parametrize("summary", ["How does a ship leave? Walk me through.", "Leaving a harbour"])
def test_steps_in_an_answer_that_quote_questions_are_none(steps: str, summary: str) -> None:
    card = f"<details>\n<summary>{summary}</summary>\n\n{steps}\n</details>\n\n"
    read = read_facts(join_cards(range(6)) + card + join_cards(range(6, 10)))
    assert [question for question, _, _ in read].index(summary) == 6
    assert len(read) == 11
    assert "supper" in read[6][1]


def test_lines_that_ask_in_the_answer_of_a_summary_are_reported() -> None:
    card = f"<details>\n<summary>How does a ship leave?</summary>\n\n{STEPS}\n</details>\n\n"
    assert "question-within" in read_codes(join_cards(range(6)) + card + join_cards(range(6, 10)))


def test_questions_in_details_below_a_title_are_questions() -> None:
    lists = "".join(
        f"<details>\n<summary>{name}</summary>\n\n1. What is a {name}?\n2. Who uses a {name}?\n\n</details>\n\n"
        for name in ("rope", "sail", "net")
    )
    assert [category for _, _, category in read_facts(lists)] == [
        "rope", "rope", "sail", "sail", "net", "net"
    ]  # fmt: skip
