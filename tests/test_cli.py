"""The command line, run as a person runs it: a process, what it prints, what it leaves."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest

from tests.projects import Project


def test_build_writes_every_export_and_says_so(project: Project) -> None:
    ran = project.build("--verbose")
    assert set(project.exports()) == {
        "interview-questions.apkg",
        "interview-questions-cards.pdf",
        "interview-questions-cheatsheet.md",
        "interview-questions-answers.md",
        "interview-questions-cheatsheet.html",
        "interview-questions-cheatsheet.pdf",
    }
    lines = ran.output.splitlines()
    for name in project.exports():
        assert any(line.startswith(f"dist/{name}") for line in lines)
    assert (
        lines[0]
        == "interview-questions: 28 questions; deck, cards (7 sheets, flip on the long edge), sheets; 28 added"
    )
    assert "warning" not in ran.output
    assert "encoding-repaired" in ran.errors
    assert "interview-questions.txt:1:" in ran.errors


def test_build_tells_machines_how_the_cards_fit(project: Project) -> None:
    ran = project.build("--format", "json", "--set", "pdf.stock=a7")
    value = json.loads(ran.output)
    (cards,) = [file for file in value["files"] if file["path"].endswith("-cards.pdf")]
    assert cards["stock"] == "a4-a7"
    assert cards["smallest"] >= 9
    assert cards["continued"]
    assert cards["summary"] == cards["holds"]
    assert cards["summary"].startswith("29 cards on 8 pages")
    assert value["changes"][0]["kind"] == "added"


def test_stocks_says_what_the_questions_need(project: Project) -> None:
    rows = {
        row["stock"]: row for row in json.loads(project.run("stocks", "--format", "json").output)["stocks"]
    }
    assert rows["a4-3x5"]["cards_a_sheet"] == 4
    assert rows["a4-3x5"]["sheets"] == 7
    assert "5371" in rows["avery-5371"]["aliases"]
    assert [name for name, row in rows.items() if row["chosen"]] == ["a4-3x5"]
    assert "a4-3x5-portrait" in project.run("stocks").output
    assert "The cards are on letter-3x5;" in project.run("stocks", "--set", "language=en-US").output
    refused = project.run("stocks", "--set", "pdf.start_slot=5")
    assert refused.status == 2
    assert "has no slot 5" in refused.errors
    assert project.run("stocks", "gone.txt").status == 2


def test_stocks_are_listed_where_there_is_no_project(tmp_path: Path) -> None:
    ran = Project(tmp_path).run("stocks")
    assert ran.status == 0
    assert "avery-5371" in ran.output
    rows = json.loads(Project(tmp_path).run("stocks", "--format", "json").output)["stocks"]
    assert {row["cards"] for row in rows} == {0}


@pytest.mark.parametrize(
    ("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("csv", "csv"), ("json", "json")]
)
def test_convert_writes_what_reads_back_the_same(project: Project, form: str, suffix: str) -> None:
    name = f"again.{suffix}"
    assert project.run("convert", "input/interview-questions.txt", "--to", form, "-o", name).status == 0
    shown = [
        json.loads(project.run("show", path, "--format", "json").output)
        for path in ("input/interview-questions.txt", name)
    ]
    words = [
        [(one["question"], one["answer"], one["number"]) for one in value["questions"]] for value in shown
    ]
    assert words[0] == words[1]
    assert project.run("convert", "input/interview-questions.txt", "--to", form, "-o", name).status == 2


def test_calibrate_writes_a_sheet_of_two_sides(project: Project) -> None:
    import pypdf

    assert project.run("calibrate").status == 0
    assert len(pypdf.PdfReader(project.root / "dist" / "calibration.pdf").pages) == 2
    for command in ("calibrate", "stocks", "preview", "build"):
        ran = project.run(command, "--set", "pdf.stock=nope")
        assert ran.status == 2
        assert "Unknown stock “nope”" in ran.errors
        assert "[pdf-setting]" in ran.errors


def test_show_tells_the_questions_where_the_lock_is_damaged(project: Project) -> None:
    project.build()
    project.lock.write_text("no lock at all\n")
    ran = project.run("show", "input/interview-questions.txt")
    assert "lock-damaged" in ran.errors
    assert "What challenges did you face in your previous company?" in ran.output
    assert "[key]" not in ran.output


@pytest.mark.parametrize("command", ["show", "convert"])
def test_one_source_is_asked_for_where_one_is_needed(project: Project, command: str) -> None:
    assert " SOURCE\n" in project.run(command, "--help").output
    ran = project.run(command)
    assert ran.status == 2
    assert "SOURCE" in ran.errors


def test_build_writes_only_what_is_asked_for(project: Project) -> None:
    project.build("--to", "markdown", "--out", "sheets")
    names = {path.name for path in (project.root / "sheets").iterdir()}
    assert names == {"interview-questions-cheatsheet.md", "interview-questions-answers.md"}
    assert not (project.root / "dist").exists()


def test_quiet_says_nothing(project: Project) -> None:
    ran = project.build("--quiet")
    assert (ran.output, ran.errors) == ("", "")


def test_check_tells_and_writes_nothing(project: Project) -> None:
    project.write(
        "Title\n\nQuestion 1: What is missing?\nAnswer:\n\nQuestion 2: And here?\nAnswer:\nNothing.\n"
    )
    ran = project.run("check", "--format", "json")
    assert ran.status == 0
    (found,) = [one for one in json.loads(ran.output)["diagnostics"] if one["code"] == "missing-answer"]
    assert (found["severity"], found["line"], found["path"]) == (
        "warning",
        3,
        "input/interview-questions.txt",
    )
    assert not project.lock.exists()
    assert project.run("check", "--strict").status == 1


def test_show_prints_the_model(project: Project) -> None:
    value = json.loads(project.run("show", "input/interview-questions.txt", "--format", "json").output)
    assert value["schema"] == 1
    assert len(value["questions"]) == 28
    eighth = value["questions"][7]
    assert eighth["number"] == 8
    assert eighth["line"] == 61
    assert len(eighth["answer"].split("\n")) == 5
    assert value["diagnostics"][0]["code"] == "encoding-repaired"
    assert (
        "3. Describe a time you had a tight deadline."
        in project.run("show", "input/interview-questions.txt").output
    )


CUSTOM = ("--set", "pdf.stock=custom")

MISTAKES = {
    "a missing file": (["build", "nowhere.txt"], 2, "The file does not exist"),
    "a folder": (["build", "input"], 2, "This is a folder, not a file"),
    "no questions": (["build", "empty.txt"], 1, "No question was found"),
    "a file of zeros": (["build", "zeros.txt"], 1, "text"),
    "an unknown export": (["build", "--to", "anky"], 2, "The exports are anki, pdf, markdown"),
    "an unknown command": (["bild"], 2, "Did you mean “build”?"),
    "an unknown option": (["build", "--tow", "anki"], 2, "--to"),
    "an unknown key": (["build", "--set", "pdf.stok=a4"], 2, "Did you mean “pdf.stock”?"),
    "a key without a value": (["build", "--set", "title"], 2, "KEY=VALUE"),
    "an unknown stock": (["build", "--set", "pdf.stock=a4-3x6"], 2, "a4-3x5"),
    "a key without a name": (["build", "--set", "=x"], 2, "Unknown setting “”"),
    "half a column": (["build", *CUSTOM, "--set", "pdf.custom.columns=1.9"], 2, "whole numbers"),
    "a control character": (["build", "--set", "deck=a\x07b"], 2, "invisible characters"),
    "no number of minutes": (["share", "--minutes", "nan"], 2, "--minutes 5"),
    "a host that cannot be": (["push", "--url", "http://ä..com/"], 2, "Write it like http://127"),
    "a lock that has no folder": (
        ["recover", "empty.txt", "--lock", "x/y.lock"],
        2,
        "Name the lock with --lock",
    ),
    "nothing to show": (["show"], 2, "Missing argument 'SOURCE'"),
}


@pytest.mark.parametrize(("arguments", "status", "words"), list(MISTAKES.values()), ids=list(MISTAKES))
def test_a_mistake_is_reported_in_words(
    project: Project, arguments: list[str], status: int, words: str
) -> None:
    (project.root / "empty.txt").write_text("\n")
    (project.root / "zeros.txt").write_bytes(b"\0" * 100)
    ran = project.run(*arguments)
    assert (ran.status, "Traceback" in ran.errors) == (status, False), ran.errors
    assert words in ran.errors
    assert not (project.root / "dist").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read and write everything")
def test_no_permission_is_a_fault(project: Project) -> None:
    project.source.chmod(0)
    assert project.run("build").status == 3


def test_folder_in_place_of_a_file_is_an_error(project: Project) -> None:
    project.build()
    before = project.exports()
    project.write(project.source.read_text("utf-8").replace("tight deadline", "close deadline"))
    package = before.pop("interview-questions.apkg")
    project.package.unlink()
    project.package.mkdir()
    ran = project.run("build")
    assert ran.status == 3
    assert "Traceback" not in ran.errors
    assert "interview-questions.apkg" in ran.errors
    project.package.rmdir()
    project.package.write_bytes(package)
    assert {name: data for name, data in project.exports().items() if name in before} == before


def test_an_error_in_the_source_keeps_earlier_exports(project: Project) -> None:
    project.build()
    before, lock = project.exports(), project.lock.read_bytes()
    project.write("nothing here\n")
    assert project.run("build").status == 1
    assert project.exports() == before
    assert project.lock.read_bytes() == lock


def test_the_project_configures_and_its_templates_come_first(project: Project) -> None:
    (project.root / "exporter.toml").write_text('title = "My questions"\n[pdf]\nstock = "a4-3x5"\n')
    own = project.root / "templates" / "anki"
    own.mkdir(parents=True)
    (own / "style.css").write_text(".card { color: rebeccapurple }\n")
    project.build()
    assert "# My questions" in (project.root / "dist" / "interview-questions-answers.md").read_text("utf-8")
    assert _style_of(project.package) == ".card { color: rebeccapurple }\n"


def _style_of(package: Path) -> str:
    import sqlite3
    import zipfile

    with zipfile.ZipFile(package) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    (models,) = connection.execute("select models from col").fetchone()
    connection.close()
    (model,) = json.loads(models).values()
    return model["css"]


def test_a_deleted_and_a_recreated_dist_are_the_same(project: Project) -> None:
    project.build()
    before = project.exports()
    for path in (project.root / "dist").iterdir():
        path.unlink()
    project.build()
    assert project.exports() == before


def test_no_export_is_written_over_a_source(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "notes.md").write_text("# N\n\n## What is a?\n\nIt is a.\n")
    other = tmp_path / "notes-answers.md"
    other.write_text("# M\n\n## What is b?\n\nIt is b.\n")
    before = other.read_text()
    for named in (["notes.md", "notes-answers.md"], ["notes.md"]):
        ran = project.run("build", *named, "--out", ".")
        assert ran.status == 1
        assert "notes-answers.md:1:1: error" in ran.errors
        assert "[output-collision]" in ran.errors
        assert other.read_text() == before
        assert not (tmp_path / "notes.apkg").exists()
    other.unlink()
    assert project.run("build", "notes.md", "--out", ".").status == 0
    assert project.run("build", "notes.md", "--out", ".", "--set", "title=Other").status == 0, (
        "its own sheets"
    )


@pytest.mark.parametrize("name", ["input/interview-questions.txt", "input/exporter.lock", "mine.html", ""])
def test_preview_writes_over_no_file_of_anybody_elses(project: Project, name: str) -> None:
    project.build()
    (project.root / "mine.html").write_text("<p>Mine</p>")
    place = project.root / name
    before = place.read_bytes() if name else b""
    ran = project.run("preview", "--out", name)
    assert ran.status == 2, ran.errors
    assert not name or place.read_bytes() == before
    if name == "mine.html":
        assert project.run("preview", "--out", name, "--force").status == 0
        assert project.run("preview", "--out", name).status == 0


@pytest.mark.parametrize("time", ["abc", "1.5", "99999999999999999"])
@pytest.mark.parametrize("command", ["build", "calibrate", "preview", "reprint"])
def test_a_time_that_is_none_is_refused_by_every_command(project: Project, command: str, time: str) -> None:
    ran = project.run(command, environment={"SOURCE_DATE_EPOCH": time})
    assert ran.status == 2
    assert ran.errors.startswith("exporter: SOURCE_DATE_EPOCH is not a time")


def test_what_a_hint_says_can_be_done(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "my own.txt").write_text("Question 1: Why?\nAnswer:\nSo.\n")
    assert project.run("build", "my own.txt").status == 0
    (tmp_path / "exporter.lock").unlink()
    package = tmp_path / "dist" / "my own.apkg"
    package.rename(tmp_path / "backup.apkg")
    package.write_text("spoilt")
    hinted = re.search(r"run `exporter (.*?)` with a package", project.run("build", "my own.txt").errors)
    assert hinted
    command = shlex.split(hinted[1].replace("PACKAGE", "backup.apkg"))
    assert project.run(*command, "--yes").status == 0
    assert (tmp_path / "exporter.lock").exists()
    hinted = re.search(r"run `exporter (.*?)`\.", project.run("reprint", "my own.txt").output)
    assert hinted
    assert project.run(*shlex.split(hinted[1])).status == 0
    assert "nothing to print" in project.run("reprint", "my own.txt").output


def test_without_a_command_the_help_is_printed(tmp_path: Path) -> None:
    ran = Project.with_seed(tmp_path).run()
    assert (ran.status, ran.output) == (2, "")
    assert ran.errors.startswith("Usage: ")
