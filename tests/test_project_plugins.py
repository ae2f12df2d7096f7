"""Plugins of a project: files that its configuration lists, their settings, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import exporter
from exporter.config import loader as config
from tests.plugin_packages import Packages, packages
from tests.projects import Project

__all__ = ["packages"]

PLUGIN = """
from dataclasses import dataclass, replace
from enum import StrEnum
from exporter.plugin import *

class Case(StrEnum):
    UPPER = "upper"
    LOWER = "lower"

@dataclass(frozen=True, kw_only=True)
class House:
    case: Case = setting(Case.UPPER, "How titles are written.")
    count: float = setting(2, "How many there are.")
    words: tuple[str, ...] = setting((), "Words.")

    def __post_init__(self):
        if self.count > 9:
            raise ValueError("count must be 9 at most.")

@declare(api=1, settings=House)
def filter_questions(questions, settings):
    case = settings.of_plugin(House).case
    return replace(questions, title=getattr(str(questions.title or "none"), case.value)())

def read(source, settings):
    return ReadResult(QuestionSet((Question((paragraph("Why?"),), (paragraph("So."),), span=source.span(1)),)))
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    (root / "input").mkdir(parents=True)
    (root / "plugins").mkdir()
    (root / "input" / "a.txt").write_text("Title: Heaps\n\nQ: What is a heap?\nA: A tree.\n")
    (root / "plugins" / "house.py").write_text(PLUGIN)
    configure(root, 'plugins = ["house"]\nfilters = ["house"]\n')
    return Project(root)


def configure(root: Path, text: str) -> None:
    (root / "exporter.toml").write_text(text)


def title(project: Project, *arguments: str) -> str:
    ran = project.run("show", "input/a.txt", "--format", "json", *arguments)
    assert ran.status == 0, ran.errors
    shown = json.loads(ran.output)["title"]
    assert isinstance(shown, str)
    return shown


def test_a_listed_file_is_used_with_its_settings(project: Project) -> None:
    shown = title(project)
    assert shown.isupper()
    assert title(project, "--set", "plugin.house.case=lower") == shown.lower()
    configure(project.root, 'plugins = ["house"]\nfilters = ["house"]\n[plugin.house]\ncase = "lower"\n')
    assert title(project) == shown.lower()
    assert not (project.root / "plugins" / "__pycache__").exists()
    (project.root / "input" / "b.house").write_text("anything\n")
    assert [path.name for path in exporter_sources(project)] == ["a.txt", "b.house"]


def exporter_sources(project: Project) -> list[Path]:
    from exporter.pipeline import sources

    settings = config.load(project.root).settings
    return list(sources.discover((), project.root, settings.plugin_files)[0])


def test_a_file_that_is_not_listed_is_not_run(project: Project) -> None:
    (project.root / "plugins" / "other.py").write_text("raise SystemExit\ndef read(): ...\n")
    configure(project.root, "")
    assert title(project) != title(project).upper()
    assert project.run("formats").status == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('plugins = ["hous"]\n', "there is no file plugins/hous.py. [config-wrong-value]"),
        ('plugins = ["hous"]\n', "Did you mean “house”?"),
        ('plugins = ["../plugins/house"]\n', "there is no file plugins/../plugins/house.py."),
        ('plugins = ["empty"]\n', "defines none of read, export, filter_questions."),
        ('filters = ["hose"]\nplugins = ["house"]\n', "Unknown filter “hose”. [unknown-filter]"),
        ('filters = ["hose"]\nplugins = ["house"]\n', "Did you mean “house”?"),
    ],
)
def test_a_wrong_list_is_reported(project: Project, text: str, words: str) -> None:
    (project.root / "plugins" / "empty.py").write_text("x = 1\n")
    configure(project.root, text)
    ran = project.run("check")
    assert ran.status == 2
    assert words in ran.errors


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("cas = 'upper'", "exporter.toml:4:1: error: Unknown setting “plugin.house.cas”."),
        ("cas = 'upper'", "Did you mean “plugin.house.case”?"),
        ("case = 'uper'", "exporter.toml:4:1: error: “plugin.house.case” cannot be 'uper'."),
        ("case = 'uper'", "Did you mean “upper”? It can be upper, lower."),
        ("count = 'x'", "“plugin.house.count” must be a number, not 'x'."),
        ("count = 10", "The settings of “house” cannot be used: count must be 9 at most."),
    ],
)
def test_a_wrong_setting_is_at_its_line(project: Project, line: str, words: str) -> None:
    configure(project.root, f'plugins = ["house"]\nfilters = ["house"]\n[plugin.house]\n{line}\n')
    for command in ("check", "config", "build"):
        ran = project.run(command)
        assert ran.status == 2, command
        assert words in ran.errors, command
    assert not (project.root / "dist").exists()


def test_settings_of_an_unknown_plugin_are_reported(project: Project) -> None:
    configure(project.root, 'plugins = ["house"]\n[plugin.hous]\ncase = "x"\n')
    ran = project.run("check")
    assert ran.status == 0
    assert "exporter.toml:3:1: warning: No plugin is called “hous”; its settings are not used." in ran.errors
    assert "Did you mean “house”?" in ran.errors


def test_config_shows_the_settings_of_plugins(project: Project) -> None:
    assert "plugin.house" not in project.run("config").output
    assert 'plugin.house.case = "upper"' in " ".join(project.run("config", "--all").output.split())
    ran = project.run("config", "--set", "plugin.house.words=a,b", "--set", "plugin.house.count=3")
    shown = " ".join(ran.output.split())
    assert 'plugin.house.words = ["a", "b"] # --set' in shown
    assert "plugin.house.count = 3 # --set" in shown
    assert "plugin.house.case" not in shown
    value = json.loads(project.run("config", "--all", "--format", "json").output)
    assert value["settings"]["plugin.house.case"] == {"value": "upper", "origin": "default"}


def test_the_schema_has_the_settings_of_plugins(project: Project) -> None:
    schema = json.loads(project.run("config", "--schema").output)
    house = schema["properties"]["plugin"]["properties"]["house"]["properties"]
    assert house["case"]["enum"] == ["upper", "lower"]
    assert house["count"]["description"] == "How many there are."


def test_an_edited_file_is_noticed(project: Project) -> None:
    project.build("--to", "markdown")
    assert project.build("--to", "markdown", "--verbose").output.count("(unchanged)") == 2
    (project.root / "plugins" / "house.py").write_text(PLUGIN.replace('"none"', '"none at all"'))
    project.build("--to", "markdown")
    sheet = project.exports()["a-answers.md"].decode()
    (project.root / "plugins" / "house.py").write_text(PLUGIN.replace("UPPER,", "LOWER,"))
    project.build("--to", "markdown")
    assert project.exports()["a-answers.md"].decode() != sheet


def test_what_a_filter_leaves_out_may_go(project: Project) -> None:
    configure(project.root, "")
    project.source.write_text("Q: What is a heap?\nA: A tree.\n\nQ: What is a hash table?\nA: An array.\n")
    project.build("--to", "markdown")
    (project.root / "plugins" / "house.py").write_text(
        "from dataclasses import replace\n"
        "def filter_questions(questions, settings):\n"
        "    return replace(questions, questions=questions.questions[:1])\n"
    )
    configure(project.root, 'plugins = ["house"]\nfilters = ["house"]\n')
    ran = project.build("--to", "markdown", "--verbose")
    assert "The filter “house” left out 1 question." in ran.errors
    assert "still-in-source" not in ran.errors


def test_a_failing_filter_stops_the_build(project: Project) -> None:
    (project.root / "plugins" / "house.py").write_text("def filter_questions(q, s):\n    return q.none\n")
    ran = project.run("build")
    assert ran.status == 3
    assert "plugins/house.py:2:5: error: The filter “house” of plugins/house.py failed for" in ran.errors
    assert "Fix the file, or take it out of `plugins`." in ran.errors
    assert not (project.root / "dist").exists()


def test_settings_of_plugins_from_python(
    project: Project, packages: Packages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    upper = exporter.load("input/a.txt").questions.title
    lower = exporter.load("input/a.txt", plugin__house__case="lower").questions.title  # type: ignore[call-arg]
    assert upper and lower == upper.lower()
    packages.add("house", PLUGIN, filters="house=filter_questions")
    loaded = exporter.loads("Q: a?\nA: b.\n", filters=["house"], plugin__house__case="lower")  # type: ignore[call-arg]
    assert loaded.questions.title == "none"
