"""Only what changed is printed again."""

from __future__ import annotations

import json
import re

import pdfplumber
import pytest

from tests.projects import Project

pytestmark = pytest.mark.slow


def _words(project: Project) -> list[str]:
    with pdfplumber.open(project.root / "dist" / "interview-questions-reprint.pdf") as document:
        return [" ".join((page.extract_text() or "").split()) for page in document.pages]


def test_first_every_card_then_only_those_that_changed(project: Project) -> None:
    project.build("--to", "pdf")
    assert "28 cards of 28" in project.run("reprint").output
    assert project.run("reprint", "--done").status == 0
    assert "nothing to print" in project.run("reprint").output

    project.edit("before the end of the week", "before the end of the month")
    project.edit("What are your strengths as a developer?", "Which strengths do you have as a developer?")
    ran = project.run("reprint")
    assert "2 cards of 28" in ran.output
    pages = _words(project)
    assert len(pages) == 2
    assert "tight deadline" in pages[0]
    assert "Which strengths" in pages[0]
    assert "difficult bug" not in "".join(pages)
    assert "2 cards of 28" in project.run("reprint").output, "nobody said yet that they are printed"

    project.edit("difficult bug", "awkward bug")
    assert project.run("reprint", "--done").status == 1, "an edit since: what was printed is not known"
    project.build("--to", "pdf")
    assert project.run("reprint", "--done").status == 0
    assert "1 card of 28" in project.run("reprint").output
    assert "awkward bug" in _words(project)[0]


def test_a_new_number_alone_prints_nothing(project: Project) -> None:
    project.build("--to", "pdf")
    project.run("reprint", "--done")
    text = project.source.read_text("utf-8")
    for number in range(28, 0, -1):
        text = text.replace(f"Question {number}:", f"Question {number + 1}:")
    project.write(text.replace("Question 2:", "Question 1: Why us?\nAnswer:\nThe people.\n\nQuestion 2:", 1))
    assert "1 card of 29" in project.run("reprint").output


def test_cards_of_questions_that_are_gone_are_named_until_done(project: Project) -> None:
    project.build("--to", "pdf")
    project.run("reprint", "--done")
    text = project.source.read_text("utf-8")
    project.write(text[: text.index("Question 28:")])
    ran = project.run("reprint")
    assert "Take these cards out of the stack" in ran.output
    assert "28. Describe a time you had to coordinate" in ran.output
    project.run("reprint", "--done")
    assert "Take these cards" not in project.run("reprint").output


def test_a_reprint_that_fails_remembers_nothing(project: Project) -> None:
    project.build("--to", "pdf")
    project.run("reprint", "--done")
    project.edit("difficult bug", "awkward bug")
    project.build("--to", "pdf")
    lock = project.lock.read_bytes()
    ran = project.run("reprint", "--set", "pdf.stock=nonsense")
    assert ran.status == 2
    assert "[pdf-setting]" in ran.errors
    assert project.lock.read_bytes() == lock
    assert "1 card of 28" in project.run("reprint").output


def _key(project: Project, words: str) -> str:
    value = json.loads(project.run("show", f"input/{project.source.name}", "--format", "json").output)
    (key,) = [one["key"] for one in value["questions"] if words in one["question"]]
    return str(key)


def test_question_with_a_new_key_gets_a_new_card(project: Project) -> None:
    project.build("--to", "pdf")
    project.run("reprint", "--done")
    key = _key(project, "strengths")
    assert project.run("relink", key, "new", "--yes").status == 0
    project.build("--to", "pdf")
    ran = project.run("reprint")
    assert f"  {key}  " in ran.output, "the old card is to be taken out"
    assert "1 card of 28" in ran.output


def test_cards_on_paper_bear_the_keys_they_were_printed_with(project: Project) -> None:
    project.build("--to", "pdf")
    assert "28 cards of 28" in project.run("reprint").output
    one, two = _key(project, "strengths"), _key(project, "difficult bug")
    assert project.run("relink", one, two, "--yes").status == 0
    project.build("--to", "pdf")
    project.run("reprint", "--done")
    assert "2 cards of 28" in project.run("reprint").output


def test_a_question_that_goes_while_its_card_is_printed_is_named(project: Project) -> None:
    project.build("--to", "pdf")
    project.run("reprint")
    text = project.source.read_text("utf-8")
    project.write(text[: text.index("Question 28:")])
    project.build("--to", "pdf")
    ran = project.run("reprint", "--done")
    assert "Take these cards out of the stack" in ran.output
    assert "28. Describe a time you had to coordinate" in ran.output
    assert "nothing to print" in project.run("reprint").output


def test_a_new_reprint_takes_the_place_of_the_one_before(project: Project) -> None:
    project.build("--to", "pdf")
    project.run("reprint", "--done")
    before = project.source.read_text("utf-8")
    project.edit("before the end of the week", "before the end of the month")
    ran = project.run("reprint")
    assert "1 answer changed" in ran.output
    assert "1 card of 28" in ran.output
    project.write(before)
    project.edit("difficult bug", "awkward bug")
    assert "1 card of 28" in project.run("reprint").output
    project.run("reprint", "--done")
    assert "nothing to print" in project.run("reprint").output
    project.edit("before the end of the week", "before the end of the month")
    assert "1 card of 28" in project.run("reprint").output


def test_cut_pile_of_a_reprint_is_in_order(project: Project) -> None:
    project.build("--to", "pdf")
    project.run("reprint", "--done")
    text = project.source.read_text("utf-8")
    for number in (3, 7, 11, 20, 25):
        text = text.replace(f"Question {number}: ", f"Question {number}: Again{number}: ")
    project.write(text)
    assert "5 cards of 28" in project.run("reprint").output
    fronts = [sorted(re.findall(r"Again(\d+)", page), key=int) for page in _words(project)[::2]]
    assert fronts == [["3", "11", "25"], ["7", "20"]]
