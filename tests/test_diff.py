"""`diff`, `--locked`, `relink`, and the warnings about the lock."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.projects import REPOSITORY, Project

QUESTION = "Describe a time you had a tight deadline."


@pytest.fixture
def edited(project: Project) -> Project:
    """A built project in which one of everything was changed since."""
    project.build("--to", "markdown")
    project.edit("before the end of the week", "before the end of the month")
    project.edit("Tell me about a time you helped a teammate.", "When did you help somebody on your team?")
    text = project.source.read_text("utf-8")
    head, *blocks = text.split("\n\nQuestion ")
    first = blocks.pop(27)
    blocks.insert(1, "29: Why us?\nAnswer:\nBecause of the people.\nAnd of the work.")
    del blocks[11]
    blocks.append(first.rstrip("\n"))
    blocks[-2], blocks[-5] = blocks[-5], blocks[-2]
    project.write("\n\nQuestion ".join([head, *blocks]) + "\n")
    return project


def test_diff_shows_each_question_once_and_writes_nothing(edited: Project) -> None:
    lock, exports = edited.lock.read_bytes(), edited.exports()
    ran = edited.run("diff")
    assert ran.status == 0
    lines = ran.output.splitlines()
    assert "the end of the [-week-]{+month+}." in ran.output
    assert "We had a small feature" in ran.output
    assert "We communicated daily" not in ran.output
    assert [line[0] for line in lines if line[:2] in ("+ ", "- ", "~ ")].count("+") == 1
    assert any("Why us?" in line and line.startswith("+") for line in lines)
    assert any("improved performance in a system" in line and line.startswith("-") for line in lines)
    assert (
        "[-Tell me about a time you helped a teammate.-] {+When did you help somebody on your team?+}"
        in ran.output
    )
    assert "moved" in ran.output
    assert (edited.lock.read_bytes(), edited.exports()) == (lock, exports)
    assert edited.run("diff", "--exit-code").status == 1


def test_diff_as_json(edited: Project) -> None:
    value = json.loads(edited.run("diff", "--format", "json").output)
    kinds = {change["kind"] for change in value["changes"]}
    assert kinds == {"added", "answer changed", "reworded", "moved", "retired"}
    (answer,) = [change for change in value["changes"] if change["kind"] == "answer changed"]
    assert answer["question"] == QUESTION
    assert "week" in answer["old"]
    assert "month" in answer["new"]


def test_after_a_build_nothing_would_change(edited: Project) -> None:
    ran = edited.build("--to", "markdown")
    assert "1 added" in ran.output
    assert "1 retired" in ran.output
    assert edited.run("diff", "--to", "markdown", "--exit-code").status == 0
    assert edited.run("diff", "--to", "markdown").output == "No question would change.\n"


def test_a_likeness_is_reported_with_its_percentage(project: Project) -> None:
    project.build("--to", "markdown")
    project.edit(QUESTION, "How did you cope when time was short?")
    project.edit("We had a small feature that a client needed before the end of the week.\n", "")
    ran = project.build("--to", "markdown")
    assert f"reworded: {QUESTION} → How did you cope when time was short? (" in ran.output
    assert "%)" in ran.output


def test_locked_fails_and_writes_nothing(edited: Project) -> None:
    lock, exports = edited.lock.read_bytes(), edited.exports()
    ran = edited.run("build", "--locked")
    assert ran.status == 1
    assert "exporter.lock would change" in ran.errors
    assert (edited.lock.read_bytes(), edited.exports()) == (lock, exports)
    edited.build("--to", "markdown")
    edited.build("--to", "markdown", "--locked")


def test_relink_corrects_a_missed_match(project: Project) -> None:
    project.build("--to", "anki")
    project.edit(QUESTION, "Quite otherwise?")
    text = project.source.read_text("utf-8")
    start, end = text.index("We had a small feature"), text.index("Question 4:")
    project.write(text[:start] + "Nothing of the old answer is left here.\n\n" + text[end:])
    changes = json.loads(project.run("diff", "--format", "json").output)["changes"]
    old, new = (next(one["key"] for one in changes if one["kind"] == kind) for kind in ("retired", "added"))
    project.build("--to", "anki")
    assert project.run("relink", old, new, "--yes").status == 0
    project.build("--to", "anki")
    shown = json.loads(project.run("show", "input/interview-questions.txt", "--format", "json").output)
    assert shown["questions"][2]["key"] == old
    assert project.run("relink", "000000000000", old, "--yes").status == 1


def test_a_question_without_an_answer_is_to_do(project: Project) -> None:
    project.write("Title\n\nQuestion 1: Why us?\nAnswer:\n\nQuestion 2: Why you?\nAnswer:\nI care.\n")
    ran = project.build()
    assert "[missing-answer]" in ran.errors
    assert ran.output.splitlines()[:2] == [
        "interview-questions: 2 questions; deck, cards (1 sheet, flip on the long edge), sheets; 2 added",
        "1 warning",
    ]
    answers = (project.root / "dist" / "interview-questions-answers.md").read_text("utf-8")
    assert "Why you?" in answers
    assert "Why us?" not in answers
    key = next(line for line in project.lock.read_text("utf-8").splitlines() if "Why us?" in line).split('"')[
        3
    ]
    project.edit("Why us?\nAnswer:\n", "Why us?\nAnswer:\nThe people.\n")
    project.build()
    assert f"#q-{key}" in (project.root / "dist" / "interview-questions-answers.md").read_text("utf-8")


def test_two_questions_with_one_id_are_an_error(project: Project) -> None:
    project.write(
        "Title\n\nQuestion 1: Why us?\nId: why\nAnswer:\nThe people.\n\nQuestion 2: Why you?\nId: why\nAnswer:\nI care.\n"
    )
    ran = project.run("build")
    assert ran.status == 1
    assert "[duplicate-id]" in ran.errors
    assert not (project.root / "dist").exists()


def test_a_source_converted_to_markdown_takes_over_its_questions(project: Project) -> None:
    project.build()
    source = f"input/{project.source.name}"
    assert project.run("convert", source, "--to", "markdown", "-o", "input/mine.md").status == 0
    project.source.unlink()
    ran = project.build()
    assert "28 moved" in ran.output
    assert "retired" not in ran.output
    assert "28 questions" in ran.output


def test_a_question_whose_answer_went_first_counts_as_retired(project: Project) -> None:
    project.write("Question 1: Why?\nAnswer:\nSo.\n\nQuestion 2: How?\nAnswer:\nThus.\n")
    project.build()
    project.write("Question 1: Why?\nAnswer:\n\nQuestion 2: How?\nAnswer:\nThus.\n")
    project.build()
    project.write("Question 2: How?\nAnswer:\nThus.\n")
    assert "There is 1 retired question" in project.build().output


def read_diff(project: Project, *options: str) -> dict[str, Any]:
    """Return the document of `diff`; its exit status must say the same as `would_write`."""
    ran = project.run("diff", *options, "--exit-code", "--format", "json", environment=LATER)
    document: dict[str, Any] = json.loads(ran.output)
    assert ran.status == int(document["would_write"]), document
    return document


def states_of(document: dict[str, Any]) -> dict[str, str]:
    return {Path(file["path"]).name: file["state"] for file in document["files"] or ()}


LATER = {"SOURCE_DATE_EPOCH": "2000000000"}


def test_what_was_just_built_would_not_be_written(project: Project) -> None:
    project.build(now=1_900_000_000)
    document = read_diff(project)
    assert set(states_of(document).values()) == {"unchanged"}
    assert (document["settings"], document["look_changed"], document["lock_changed"]) == ([], False, False)
    shutil.rmtree(project.caches)
    document = read_diff(project)  # without the up-to-date check
    assert set(states_of(document).values()) == {"unchanged"}
    assert document["settings"] is None


def test_exports_that_are_gone_or_edited_would_be_written(project: Project) -> None:
    project.build("--to", "anki", "--to", "markdown")
    sheet = project.root / "dist" / "interview-questions-answers.md"
    sheet.write_text("mine")
    (project.root / "dist" / "interview-questions-cheatsheet.md").unlink()
    states = states_of(read_diff(project, "--to", "anki", "--to", "markdown"))
    assert states == {
        "interview-questions.apkg": "unchanged",
        "interview-questions-answers.md": "changed",
        "interview-questions-cheatsheet.md": "missing",
    }
    text = project.run("diff", "--to", "markdown").output
    assert "dist/interview-questions-answers.md would change." in text
    assert "dist/interview-questions-cheatsheet.md is missing, and would be written." in text
    shutil.rmtree(project.root / "dist")
    assert set(states_of(read_diff(project, "--to", "markdown")).values()) == {"missing"}
    assert not (project.root / "dist").exists()


def test_exports_of_another_setting_would_be_written(project: Project) -> None:
    project.build("--to", "pdf", "--to", "anki")
    (project.root / "exporter.toml").write_text("pdf.stock = 'a7'\n[source.'*.txt']\ntitle = ''\n")
    document = read_diff(project, "--to", "pdf", "--to", "anki")
    assert document["settings"] == [
        {"key": "pdf.stock", "old": "auto", "new": "a7"},
        {"key": 'source."*.txt".title', "old": None, "new": ""},
    ]
    assert states_of(document) == {
        "interview-questions-cards.pdf": "changed",
        "interview-questions.apkg": "unchanged",
    }
    assert 'pdf.stock changed from "auto" to "a7".' in project.run("diff", "--to", "pdf").output


def test_a_setting_without_effect_writes_nothing(project: Project) -> None:
    project.build("--to", "anki")
    document = read_diff(project, "--to", "anki", "--set", "pdf.stock=a7")
    assert [change["key"] for change in document["settings"]] == ["pdf.stock"]


@pytest.mark.parametrize(
    ("setting", "key"), [("anki.speak=true", "look_changed"), ("deck=Mine", "deck_moves")]
)
def test_a_new_look_or_deck_name_would_be_written(project: Project, setting: str, key: str) -> None:
    project.build("--to", "anki")
    document = read_diff(project, "--to", "anki", "--set", setting)
    assert document[key]
    assert document["files"] is None
    assert document["lock_changed"]


def test_a_lock_that_is_gone_would_be_written(project: Project) -> None:
    project.build("--to", "markdown")
    project.lock.unlink()
    assert read_diff(project, "--to", "markdown")["would_write"]


def test_an_unknown_export_cannot_be_compared(project: Project) -> None:
    project.build("--to", "anki")
    ran = project.run("diff", "--to", "anky", "--format", "json")
    assert ran.status == 2
    assert json.loads(ran.output)["diagnostics"][0]["code"] == "unknown-export"


def set_in_configuration(line: str) -> Callable[[Project], None]:
    return lambda project: (project.root / "exporter.toml").write_text(line) and None


def write_template(name: str) -> Callable[[Project], None]:
    def write(project: Project) -> None:
        path = project.root / "templates" / name
        path.parent.mkdir(parents=True)
        path.write_text((REPOSITORY / "templates" / name).read_text("utf-8") + "\n/* mine */\n")

    return write


MUTATIONS: dict[str, Callable[[Project], object]] = {
    "nothing": lambda _: None,
    "no dist": lambda project: shutil.rmtree(project.root / "dist"),
    "no cache": lambda project: shutil.rmtree(project.caches),
    "no lock": lambda project: project.lock.unlink(),
    "an old lock": lambda project: project.lock.write_text(project.lock.read_text().replace("\n", "\r\n")),
    "another package": lambda project: project.package.write_bytes(b"PK"),
    "a question": lambda project: project.edit("tight deadline", "very tight deadline"),
    "a blank line": lambda project: project.edit("\n\nQuestion 2", "\n\n\nQuestion 2"),
    "a number": lambda project: project.edit("Question 28:", "Question 29:"),
    "a tag": lambda project: project.edit("Question 2:", "Tags: new\n\nQuestion 2:"),
    "a stock": set_in_configuration("pdf.stock = 'a7'"),
    "an empty setting": set_in_configuration("pdf.stock = 'auto'"),
    "a title": set_in_configuration("title = 'Mine'"),
    "a language": set_in_configuration("language = 'de'"),
    "a look on the phone": write_template("anki/style.css"),
    "a sheet": write_template("markdown/answers.md.j2"),
    "a template that nothing uses": write_template("sheet/page.css"),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_the_exit_status_says_whether_a_build_writes(
    project: Project, mutation: Callable[[Project], object]
) -> None:
    exports = ("--to", "anki", "--to", "pdf", "--to", "markdown")
    project.build(*exports, now=1_900_000_000)
    mutation(project)
    before = _written_bytes(project)
    status = project.run("diff", *exports, "--exit-code", environment=LATER).status
    assert _written_bytes(project) == before
    project.build(*exports, now=2_000_000_000)
    assert status == int(_written_bytes(project) != before)


def _written_bytes(project: Project) -> dict[str, bytes]:
    files = [project.lock, *(project.root / "dist").glob("*")]
    return {path.name: path.read_bytes() for path in files if path.is_file()}
