"""Settings of single sources: tables of the configuration, by file name or pattern."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import exporter
from exporter.config import loader
from tests.projects import Project

LABELLED = "Q: What is a heap?\nA: A tree.\n\nQ: What is a trie?\nA: Another tree.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "new.txt").write_text(LABELLED)
    (tmp_path / "input" / "old notes[1].txt").write_text("Was ist ein Heap\nEin Baum.\n\nUnd dann\nNichts.\n")
    return Project(tmp_path)


def configure(project: Project, text: str) -> None:
    (project.root / "exporter.toml").write_text(text)


def test_a_table_has_the_settings_of_one_source(project: Project) -> None:
    configure(project, '[source."old notes[1].txt"]\nquestions = "blank"\nlanguage = "de"\ntitle = "Alt"\n')
    project.run("build", "--to", "sheet")
    old, new = (
        (project.root / "dist" / f"{stem}-cheatsheet.html").read_text("utf-8")
        for stem in ("old notes[1]", "new")
    )
    assert 'lang="de"' in old
    assert "<title>Alt" in old
    assert 'lang="en"' in new


def test_later_tables_come_first_and_the_command_line_before_all(project: Project) -> None:
    configure(
        project,
        'source.encoding = "koi8-r"\n[source."*.txt"]\nencoding = "cp1250"\nrepair = false\n'
        '[source."new.*"]\nencoding = "cp1252"\n',
    )
    settings = loader.load(project.root).settings
    assert settings.for_source("new.txt").source.encoding == "cp1252"
    assert settings.for_source("x.txt").source.encoding == "cp1250"
    assert settings.for_source("new.txt").source.repair is False
    assert settings.for_source("x.md").source.encoding == "koi8-r"
    assigned = loader.load(project.root, ["source.encoding=cp1251"]).settings
    assert assigned.for_source("new.txt").source.encoding == "cp1251"
    assert assigned.for_source("new.txt").source.repair is False


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (
            '[source."a.txt"]\nqestions = "N."\n',
            2,
            "“qestions” is not a setting of a single source",
            "questions",
        ),
        ('[source."a.txt"]\npdf.stock = "x"\n', 2, "“pdf.stock” is not a setting", "It may have"),
        ('[source."a.txt"]\nrepair = "x"\n', 2, "“source.repair” must be true or false", ""),
        ('[source."a.txt"]\nquestions = 3\n', 2, "must be a string or a list of strings, not 3", ""),
        ('source."a b.txt".questions = "/(/"\n', 1, "is not a valid regular expression: missing )", ""),
        ('[source]\nquestions = ["N.", "/x*/"]\n', 2, "matches every line", ""),
        ("[source]\nquestions = '/a{999999999999}/'\n", 2, "is not a valid regular expression", ""),
        (f"[source]\nquestions = '{'x' * 301}'\n", 2, "more than 300 characters", ""),
        ("[source]\nquestions = ' '\n", 2, "has an empty value", ""),
    ],
)
def test_a_mistake_in_a_table_has_its_line(
    project: Project, text: str, line: int, message: str, hint: str
) -> None:
    configure(project, text)
    (found,) = loader.load(project.root).diagnostics
    assert found.span is not None
    assert found.span.line == line
    assert message in found.message
    assert hint in (found.hint or "")


def test_a_table_that_no_source_matches_is_reported(project: Project) -> None:
    configure(project, 'title = "x"\n\n[source."nwe.txt"]\nrepair = false\n')
    for arguments in (["check"], ["check", "input/new.txt"]):
        errors = project.run(*arguments).errors
        assert "exporter.toml:3:" in errors
        assert "No source is named “nwe.txt”; its settings are not used. [source-unmatched]" in errors
        assert "Did you mean “new.txt”?" in errors


def test_a_table_of_a_source_that_is_not_named_is_not_reported(project: Project) -> None:
    configure(project, '[source."new.txt"]\nrepair = false\n')
    assert "source-unmatched" not in project.run("check", "input/old notes[1].txt").errors


def test_config_shows_the_settings_of_single_sources(project: Project) -> None:
    configure(project, '[source."new.txt"]\nquestions = ["Q:", "N."]\n')
    shown = project.run("config").output
    assert '[source."new.txt"]' in shown
    assert 'questions = ["Q:", "N."]' in shown
    value = json.loads(project.run("config", "--format", "json").output)["settings"][
        'source."new.txt".questions'
    ]
    assert value["value"] == ["Q:", "N."]
    assert value["origin"].endswith("exporter.toml:1")


def test_a_build_is_not_up_to_date_after_a_change_of_a_table(project: Project) -> None:
    project.run("build", "--to", "anki", "input/new.txt")
    assert "unchanged" in project.run("build", "--to", "anki", "--verbose", "input/new.txt").output
    configure(project, '[source."new.txt"]\nquestions = "A:"\n')
    assert "nothing changed" not in project.run("build", "--to", "anki", "input/new.txt").output


def test_an_argument_of_the_interface_comes_before_a_table(project: Project) -> None:
    configure(project, '[source."new.txt"]\nquestions = "N)"\n')
    path = project.root / "input" / "new.txt"
    with pytest.raises(exporter.ExporterError):
        exporter.load(path)
    assert len(exporter.load(path, source__questions="Q:").questions.questions) == 2


@pytest.mark.parametrize(("text", "values"), [("[N]", ("[N]",)), ('["N.", "Q:"]', ("N.", "Q:")), ("", ())])
def test_the_command_line_takes_one_value_or_an_array(text: str, values: tuple[str, ...]) -> None:
    found = loader.load(Path("/"), [f"source.questions={text}"])
    assert not found.diagnostics
    assert found.settings.source.questions == values
