"""`relink` : its messages, questions and refusals, and what `diff` and `build` suggest."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from exporter.identity import lockfile
from tests.projects import Project

CONFLICT = "Question 1: Tell me about a conflict.\nAnswer:\nTwo of us wanted different databases.\n"
MISTAKE = "Question 2: Describe a mistake.\nAnswer:\nI dropped a column on a Friday.\n"
OTHER_WORDS = "Question 2: Something quite new?\nAnswer:\nNothing of the former answer is left here.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A built project of two questions."""
    (tmp_path / "project" / "input").mkdir(parents=True)
    project = Project(tmp_path / "project")
    write(project, CONFLICT + "\n" + MISTAKE)
    build(project)
    return project


def write(project: Project, text: str, name: str = "input/q.txt") -> None:
    (project.root / name).write_text(text, "utf-8")


def build(project: Project, *arguments: str) -> str:
    ran = project.run("build", "--to", "anki", *arguments)
    assert ran.status == 0, ran.errors
    return ran.output


def keys(project: Project, lock: str = "input/exporter.lock") -> dict[str, str]:
    """Return the key of each question that is not retired."""
    records = lockfile.parse((project.root / lock).read_text("utf-8"), "lock")[0].records
    return {record.question: record.key for record in records if not record.retired}


def offered(output: str) -> list[str]:
    """Return the arguments of the suggested command."""
    (line,) = re.findall(r"^  exporter (relink .*)$", output, re.MULTILINE)
    return shlex.split(line)


def test_two_living_questions_are_refused_and_named_in_full(project: Project) -> None:
    conflict, mistake = (
        keys(project)["Tell me about a conflict."],
        keys(project)["Describe a mistake."],
    )
    before = project.lock.read_bytes()
    ran = project.run("relink", conflict, mistake, answers="y\n")
    assert ran.status == 1
    assert (
        "“Describe a mistake.” would take the reviews of “Tell me about a conflict.”, "
        "which is still in the source" in ran.errors
    )
    assert "[relink-exchange]" in ran.errors
    assert project.lock.read_bytes() == before


def test_with_yes_they_exchange_their_reviews_and_diff_shows_it(project: Project) -> None:
    conflict, mistake = keys(project)["Tell me about a conflict."], keys(project)["Describe a mistake."]
    ran = project.run("relink", conflict, mistake, "--yes")
    assert ran.status == 0
    assert "“Tell me about a conflict.”\n  which gets the key" in ran.output
    shown = project.run("diff").output
    assert "[-Tell me about a conflict.-] {+Describe a mistake.+}" in shown
    assert "2 questions would change." in shown
    assert project.run("build", "--to", "anki", "--locked").status == 1
    assert "2 reworded" in build(project)
    assert keys(project) == {"Tell me about a conflict.": mistake, "Describe a mistake.": conflict}
    assert "No question would change." in project.run("diff").output


def test_it_asks_and_no_answer_changes_nothing(project: Project) -> None:
    write(project, CONFLICT + "\n" + OTHER_WORDS)
    command = offered(build(project))
    before = project.lock.read_bytes()
    for answers in ("", "n\n"):
        ran = project.run(*command, answers=answers)
        assert "“Something quite new?”" in ran.output
        assert "“Describe a mistake.”" in ran.output
        assert "Reviews under" in ran.output
        assert project.lock.read_bytes() == before
    assert project.run(*command, answers="y\n").status == 0
    assert project.lock.read_bytes() != before


def test_a_long_question_is_named_whole(project: Project) -> None:
    words = "Tell me about " + " and ".join(f"thing number {number}" for number in range(20))
    write(
        project, CONFLICT + f"\nQuestion 2: {words}?\nAnswer:\nNothing of the former answer is left here.\n"
    )
    ran = project.run(*offered(build(project)), "--yes")
    assert f"“{words}?”" in ran.output


@pytest.mark.parametrize("typed", ["K3F4-ZZZZ-0000", "mistake", "Ünknown"])
def test_an_unknown_key_is_shown_as_it_was_typed(project: Project, typed: str) -> None:
    known = keys(project)["Describe a mistake."]
    for arguments in ((typed, known), (known, typed), (typed, "new")):
        ran = project.run("relink", *arguments, "--yes")
        assert ran.status == 1
        assert f"“{typed}”" in ran.errors
        assert "[unknown-key]" in ran.errors


@pytest.mark.parametrize("when", ["diff", "build"])
def test_the_offered_command_keeps_the_reviews(project: Project, when: str) -> None:
    old = keys(project)["Describe a mistake."]
    write(project, CONFLICT + "\n" + OTHER_WORDS)
    command = offered(project.run("diff").output if when == "diff" else build(project))
    assert command[1] == old
    assert project.run(*command, "--yes").status == 0
    shown = project.run("diff").output
    assert "[-Describe a mistake.-] {+Something quite new?+}" in shown
    assert "exporter relink" not in shown
    build(project)
    assert keys(project)["Something quite new?"] == old
    retired = [
        record for record in lockfile.parse(project.lock.read_text("utf-8"), "")[0].records if record.retired
    ]
    assert len(retired) == (when == "build"), "a key that no export had is not kept"


def test_the_json_has_the_command_too(project: Project) -> None:
    write(project, CONFLICT + "\n" + OTHER_WORDS)
    (shown,) = json.loads(project.run("diff", "--format", "json").output)["relinks"]
    (built,) = json.loads(project.run("build", "--to", "anki", "--format", "json").output)["relinks"]
    assert shown == built
    assert shown["command"] == f"exporter relink {shown['old']} {shown['new']}"
    assert keys(project)["Something quite new?"] == shown["new"]


def test_the_command_names_the_lock_and_how_to_read(project: Project) -> None:
    folder = project.root / "my questions"
    folder.mkdir()
    write(project, CONFLICT + "\n" + MISTAKE, "my questions/a.txt")
    how = ("--from", "plain", "--set", "title=It's mine")
    build(project, "my questions/a.txt", *how)
    old = keys(project, "my questions/exporter.lock")["Describe a mistake."]
    write(project, CONFLICT + "\n" + OTHER_WORDS, "my questions/a.txt")
    command = offered(project.run("diff", "my questions/a.txt", *how).output)
    assert command[3:] == ["--lock", "my questions/exporter.lock", *how]
    assert project.run(*command, "--yes").status == 0
    build(project, "my questions/a.txt", *how)
    assert keys(project, "my questions/exporter.lock")["Something quite new?"] == old


def test_of_several_changes_those_in_one_gap_are_offered(project: Project) -> None:
    third = "\nQuestion 3: What do you read?\nAnswer:\nMostly the manuals of old machines.\n"
    last = "\nQuestion 4: Where did you grow up?\nAnswer:\nIn a town with a harbour and two bridges.\n"
    write(project, CONFLICT + "\n" + MISTAKE + third + last)
    build(project)
    new_last = "\nQuestion 4: Another one, then?\nAnswer:\nFor this there is no record of any kind.\n"
    write(project, CONFLICT + "\n" + OTHER_WORDS + third + new_last)
    output = project.run("diff").output
    offers = re.findall(r"“(.*)” is “(.*)” reworded", output)
    assert offers == [
        ("Something quite new?", "Describe a mistake."),
        ("Another one, then?", "Where did you grow up?"),
    ]
    write(project, OTHER_WORDS + new_last + third)
    assert "exporter relink" not in project.run("diff").output, "two went and two came: nobody knows which"


def test_a_question_with_a_new_key_is_not_offered_its_former_one(project: Project) -> None:
    key = keys(project)["Describe a mistake."]
    assert project.run("relink", key, "new", "--yes").status == 0
    output = build(project)
    assert "1 retired" in output
    assert "exporter relink" not in output
    assert keys(project)["Describe a mistake."] != key


def test_correction_for_an_edited_question_is_reported_once(project: Project) -> None:
    write(project, CONFLICT + "\n" + OTHER_WORDS)
    assert project.run(*offered(project.run("diff").output), "--yes").status == 0
    write(project, CONFLICT)
    ran = project.run("build", "--to", "anki")
    assert "[relink-open]" in ran.errors
    assert "Describe a mistake." in ran.errors
    assert "relink-open" not in project.run("build", "--to", "anki").errors


def test_a_source_with_errors_leaves_relink_to_the_lock(project: Project) -> None:
    write(project, CONFLICT + "\n" + OTHER_WORDS)
    command = offered(build(project))
    write(project, "Question 1: Why?\nId: a\nAnswer:\nSo.\n\nQuestion 2: How?\nId: a\nAnswer:\nThus.\n")
    assert project.run(*command, "--yes").status == 0


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_an_exchange_holds_if_its_sources_are_built_one_by_one(tmp_path: Path, order: str) -> None:
    (tmp_path / "input").mkdir()
    project = Project(tmp_path)
    write(project, CONFLICT, "input/a.txt")
    write(project, MISTAKE, "input/b.txt")
    build(project)
    conflict, mistake = keys(project)["Tell me about a conflict."], keys(project)["Describe a mistake."]
    assert project.run("relink", conflict, mistake, "--yes").status == 0
    for name in order * 2:
        changes = build(project, f"input/{name}.txt")
        assert keys(project) == {"Tell me about a conflict.": mistake, "Describe a mistake.": conflict}
    assert "reworded" not in changes
