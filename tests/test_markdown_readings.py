"""Which words of a Markdown file are the question, the answer and the metadata, and which belong to none."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model import plain_text
from exporter.readers import SourceText
from exporter.readers.markdown import read
from tests.test_mixed_markdown import read_questions, read_texts


def test_an_option_is_not_the_label_of_an_answer() -> None:
    text = "## What holds a boat?\nA) Anchor\nB) Oar\n\n## What is a stern?\na. The back\nb. The front\n"
    assert read_questions(text) == [
        ("What holds a boat?", "A) Anchor B) Oar"),
        ("What is a stern?", "a. The back b. The front"),
    ]


@pytest.mark.parametrize("option", ["A)", "(A)", "**A)**", "a."])
def test_options_in_separate_paragraphs_are_kept(option: str) -> None:
    second = option.replace("A", "B").replace("a", "b")
    lines = f"{option} Anchor\n\n{second} Oar\n"
    answer = f"{option} Anchor\n\n{second} Oar".replace("**", "")
    text = f"1. What holds a boat?\n\n{lines}\n2. What moves it?\n\n{lines}"
    assert read_questions(text) == [("What holds a boat?", answer), ("What moves it?", answer)]


def test_options_above_a_labelled_answer_join_the_question() -> None:
    text = "## 1. What is 2+2?\na) 3\nb) 4\n\nAnswer: b\n\n## 2. What is 3+3?\na) 6\nb) 7\n\nAnswer: a\n"
    assert read_questions(text) == [
        ("What is 2+2? a) 3 b) 4", "b"),
        ("What is 3+3? a) 6 b) 7", "a"),
    ]


def test_a_letter_without_a_second_option_is_a_label() -> None:
    text = "## Which knot slips?\nA: A granny.\nIt rolls.\n\n## Which holds?\nA: A bowline.\n"
    assert read_questions(text) == [
        ("Which knot slips?", "A granny. It rolls."),
        ("Which holds?", "A bowline."),
    ]


def read_facts(text: str) -> list[tuple[str, str, str | None]]:
    source = SourceText("notes.md", tuple(text.split("\n")))
    return [
        (plain_text(question.question), plain_text(question.answer), question.category)
        for question in read(source, Settings()).questions.questions
    ]


@pytest.mark.parametrize("gap", ["\n", ""])
@pytest.mark.parametrize("label", ["**Category:**", "**Kategorie**:", "Category:"])
def test_metadata_above_the_question_is_not_the_question(label: str, gap: str) -> None:
    text = (
        f"## Question 1\n{label} Locks\n{gap}What is a lock?\n\nIt has a key.\n\n"
        f"## Question 2\n{label} Bolts\n{gap}Choose the bolt\n\nIt slides.\n"
    )
    assert read_facts(text) == [
        ("What is a lock?", "It has a key.", "Locks"),
        ("Choose the bolt", "It slides.", "Bolts"),
    ]


def test_metadata_that_fills_no_field_stays_below_the_question() -> None:
    text = "## 1\n**Weight:** 3\n\nWhat is a lock?\n\nA key.\n\n## 2\n**Weight:** 5\n\nWhat is a bolt?\n\nIt slides.\n"
    assert read_questions(text) == [
        ("What is a lock?", "Weight: 3\n\nA key."),
        ("What is a bolt?", "Weight: 5\n\nIt slides."),
    ]


def test_a_question_that_wraps_below_its_number_is_complete() -> None:
    text = "## Question 1\nTell which\nis a lock:\n\nA key.\n\n## Question 2\nWhat is a bolt?\n\nIt slides.\n"
    assert read_questions(text) == [("Tell which is a lock:", "A key."), ("What is a bolt?", "It slides.")]


def test_labelled_lines_below_a_number_are_not_its_question() -> None:
    text = "## 1\n**Word:** der Hund\n**Meaning:** the dog\n\n## 2\n**Word:** Bett\n**Meaning:** the bed\n"
    assert next(answer for _, answer in read_questions(text)) == "Word: der Hund\nMeaning: the dog"


def join_entries(entries: dict[str, str], below: str) -> str:
    return "# Ship\n\n" + "".join(f"## {name}\n{below}\n\n{text}\n\n" for name, text in entries.items())


@pytest.mark.parametrize("below", ["**Who is this?**", "*Who is this?*", "\nWho is this?"])
def test_a_question_that_headings_share_does_not_replace_them(below: str) -> None:
    entries = {"Captain": "Leads.", "1. Cook": "Feeds.", "Bosun": "Cares."}
    assert read_questions(join_entries(entries, below)) == [
        ("Captain Who is this?", "Leads."),
        ("Cook Who is this?", "Feeds."),
        ("Bosun Who is this?", "Cares."),
    ]


def test_another_question_among_shared_ones_is_kept_as_well() -> None:
    text = join_entries({"Jib": "A sail.", "Keel": "A beam.", "Bow": "The front."}, "**What is this?**")
    text += "## Stern\n**Where is this?**\n\nBehind.\n"
    assert read_questions(text)[2:] == [
        ("Bow What is this?", "The front."),
        ("Stern Where is this?", "Behind."),
    ]


def test_different_questions_below_headings_stay_questions() -> None:
    text = "# Ship\n\n" + "".join(
        f"## Topic {i}\n**What is {word}?**\n\nIt floats.\n\n"
        for i, word in enumerate(("a jib", "a keel", "tar"))
    )
    assert read_questions(text)[0] == ("What is a jib?", "It floats.")
    assert len(read_questions(text)) == 3


@pytest.mark.parametrize("number", ["1", "Ticket 1", "№ 1"])
@pytest.mark.parametrize("count", [2, 4])
def test_headings_below_one_with_only_a_number_are_questions(number: str, count: int) -> None:
    word = number.rstrip("1")
    text = "".join(f"# {word}{i}\n## Kinds of cheese {i}\n## Milk fats {i}\n" for i in range(1, count + 1))
    assert len(read_questions(text)) == 2 * count
    assert read_questions(text)[:2] == [("Kinds of cheese 1", ""), ("Milk fats 1", "")]


def test_sentences_in_headings_below_shorter_ones_are_answers() -> None:
    entries = {"Keel": "The beam at the bottom.", "Jib": "A small sail.", "Stern": "The back of a ship."}
    text = "".join(f"## {term}\n### {meaning}\n" for term, meaning in entries.items())
    assert read_questions(f"# 1\n{text}# 2\n{text.replace('Jib', 'Sail')}")[1] == ("Jib", "A small sail.")
    assert len(read_questions(text)) == 3


def test_headings_that_ask_below_shorter_ones_stay_questions() -> None:
    text = "# Ship\n## Keel\n### What is it for?\n## Jib\n### Where is it found?\n## Sheet\n### Why is it a rope?\n"
    assert "Where is it found?" in [question for question, _ in read_questions(text)]


def read_codes(text: str) -> set[str]:
    source = SourceText("notes.md", tuple(text.split("\n")))
    return {diagnostic.code for diagnostic in read(source, Settings()).diagnostics}


BARE = "{0} What is a jib?\n{1} Explain the keel.\n{2} How does it flap?\n{3} Why?\n"


@pytest.mark.parametrize("marks", [("1.", "2.", "3.", "4."), "----"])
@pytest.mark.parametrize("closing", ["That is all.\nSee you!", "> Written with Pen.", "Thanks.\n\nBye."])
def test_text_below_a_bare_list_is_reported_and_no_answer(marks: tuple[str, ...], closing: str) -> None:
    text = f"# Sails\n\n{BARE.format(*marks)}\n{closing}\n"
    assert [answer for _, answer in read_questions(text)] == [""] * 4
    assert "stray-text" in read_codes(text)


def test_a_short_line_between_bare_lists_is_a_section() -> None:
    text = f"{BARE.format(*'----')}\nRopes\n\n- halyard\n- What is a sheet?\n- sheet and painter\n"
    assert ("halyard", "", "Ropes") in read_facts(text)
    assert all(not answer for _, answer in read_questions(text))


@pytest.mark.parametrize(
    "text",
    [
        "1. What is a jib?\n\nA sail.\n\n2. Why?\n\nIt flaps.\n\n3. Explain keels.\n4. What is tar?\n\nBlack.\n",
        f"{BARE.format('1.', '2.', '3.', '4.')}\nAnswer: Black.\n",
        "1. What is a jib?\n   - a sail\n2. Why?\n   - it flaps\n3. Explain keels.\n4. What is tar?\n\nBlack.\n",
    ],
)
def test_text_below_a_list_with_answers_is_an_answer(text: str) -> None:
    assert read_questions(text)[-1][1].endswith("Black.")


@pytest.mark.parametrize("end", [" <br>", "  ", "\\"])
def test_lines_with_hard_breaks_that_nearly_all_ask_are_a_list(end: str) -> None:
    lines = [
        "Is it kept?",
        "How old?",
        "Who restores it, and\nwhen?",
        "Name a test.",
        "Is it read?",
        "By whom?",
    ]
    text = "# Intake\n\n" + "".join(f"{line}{end}\n" for line in lines[:-1]) + f"{lines[-1]}\n"
    assert read_texts(text) == tuple(line.replace("\n", " ") for line in lines)


def test_few_lines_with_hard_breaks_that_ask_are_no_list() -> None:
    text = "# Ship\n\n## Sails\n\nIt goes on  \nand does it flap?  \nIt does  \nor not?  \nIt goes on\n\n## Keel\n\nA beam.\n"
    assert [question for question, _ in read_questions(text)] == ["Sails", "Keel"]
