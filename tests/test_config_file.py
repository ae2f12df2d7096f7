"""Where a configuration is searched for, whose it may be, and that a hostile one costs little."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.config import loader, project_file, validation
from exporter.model.diagnostics import Severity
from tests.in_process import CommandLine
from tests.projects import REPOSITORY

QUESTION = "Question 1: Why?\nAnswer:\nThus.\n"

OTHER_USER = 54321

AS_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file to another user"
)


@pytest.fixture
def inner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder below one with a configuration and templates of somebody else."""
    (tmp_path / "exporter.toml").write_text('title = "Injected"\n')
    (tmp_path / "templates" / "anki").mkdir(parents=True)
    (tmp_path / "templates" / "anki" / "back.html").write_text("{{Answer}}<script>1</script>")
    project = tmp_path / "work" / "project"
    (project / "input").mkdir(parents=True)
    (project / "input" / "mine.txt").write_text(QUESTION)
    monkeypatch.chdir(project)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    return project


@pytest.fixture
def cli(inner: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(inner, monkeypatch)


def _is_injected(folder: Path) -> bool:
    loaded = loader.load(folder)
    return loaded.settings.title == "Injected" or bool(loaded.settings.templates)


@pytest.mark.parametrize("name", ["exporter.toml", "pyproject.toml"])
@pytest.mark.parametrize("end", ["project", "project/input", "."])
@pytest.mark.parametrize("kind", ["folder", "file", "home"])
def test_the_search_ends_at_a_repository_or_home(
    inner: Path, monkeypatch: pytest.MonkeyPatch, kind: str, end: str, name: str
) -> None:
    upper = inner.parent.parent
    (upper / "exporter.toml").unlink()
    text = 'title = "Injected"\n'
    (upper / name).write_text(text if name == "exporter.toml" else "[tool.exporter]\n" + text)
    assert _is_injected(inner / "input")
    folder = inner.parent / end
    if kind == "home":
        monkeypatch.setenv("HOME", str(folder))
    elif kind == "folder":
        (folder / ".git").mkdir()
    else:
        (folder / ".git").write_text("gitdir: elsewhere\n")  # of a worktree or submodule
    assert not _is_injected(inner / "input")


def test_the_configuration_of_the_repository_itself_is_used(inner: Path) -> None:
    (inner / ".git").mkdir()
    (inner / "exporter.toml").write_text('title = "Mine"\n')
    assert loader.load(inner / "input").settings.title == "Mine"


def test_the_search_ends_at_the_edge_of_a_file_system(inner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        status = real(path, follow_symlinks=follow_symlinks)
        if path.is_relative_to(inner):
            return os.stat_result((*status[:2], status.st_dev + 1, *status[3:10]))
        return status

    monkeypatch.setattr(Path, "stat", stat)
    assert not _is_injected(inner / "input")


@AS_ROOT
@pytest.mark.parametrize("name", ["exporter.toml", "pyproject.toml"])
def test_a_file_of_another_user_is_refused_with_its_path(inner: Path, cli: CommandLine, name: str) -> None:
    path = inner / name
    path.write_text('title = "Injected"\n' if name == "exporter.toml" else '[tool.exporter]\ntitle = "x"\n')
    os.chown(path, OTHER_USER, OTHER_USER)
    for command in ("build", "check", "config", "diff"):
        ran = cli.run(command)
        assert ran.status == 2, command
        assert f"{name} belongs to another user" in ran.errors
    assert not (inner / "dist").exists()
    assert cli.run("check", "--config", name).status == 0


@AS_ROOT
def test_the_search_ends_at_a_folder_of_another_user(inner: Path, cli: CommandLine) -> None:
    os.chown(inner.parent.parent, OTHER_USER, OTHER_USER)
    os.chown(inner.parent.parent / "exporter.toml", OTHER_USER, OTHER_USER)
    assert not _is_injected(inner)
    ran = cli.run("build", "--to", "anki")
    assert ran.status == 0
    assert "exporter.toml belongs to another user, and is not used" in ran.errors


@AS_ROOT
def test_a_project_of_the_host_builds_in_a_container(inner: Path) -> None:
    (inner / "exporter.toml").write_text('title = "Mine"\n')
    for path in (inner, inner / "exporter.toml"):
        os.chown(path, OTHER_USER, OTHER_USER)
    assert loader.load(inner).settings.title == "Mine"


def test_the_first_build_and_config_say_which_file_rules(inner: Path, cli: CommandLine) -> None:
    first = cli.run("build", "input/mine.txt", "--to", "anki")
    assert "Settings come from " in first.errors
    assert str(inner.parent.parent / "exporter.toml") in first.errors
    assert "Settings come from" not in cli.run("build", "input/mine.txt", "--to", "anki").errors
    assert str(inner.parent.parent / "exporter.toml") in cli.run("config").output.splitlines()[0]
    (inner / ".git").mkdir()
    assert "No configuration" in cli.run("config").output.splitlines()[0]


def test_paths_that_leave_the_project_are_reported(inner: Path, cli: CommandLine, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    (outside / "anki").mkdir(parents=True)
    (outside / "font.ttf").write_bytes(b"")
    (inner / "exporter.toml").write_text('[pdf]\nfont = "../../elsewhere/font.ttf"\n')
    (inner / "templates").symlink_to(outside)
    (inner / "dist").symlink_to(outside)
    found = [one for one in loader.load(inner).diagnostics if one.code == "config-outside"]
    assert [one.message.split(" ")[0] for one in found] == ["“pdf.font”", "templates", "dist"]
    assert {one.severity for one in found} == {Severity.INFO}
    assert all(str(outside.resolve()) in one.message for one in found)
    assert cli.run("build", "--to", "anki", "--quiet").errors == ""


def test_paths_in_the_project_are_not_reported(inner: Path) -> None:
    (inner / "fonts").mkdir()
    (inner / "fonts" / "own.ttf").write_bytes(b"")
    (inner / "look" / "anki").mkdir(parents=True)
    (inner / "exporter.toml").write_text('[pdf]\nfont = "fonts/own.ttf"\n')
    (inner / "templates").symlink_to("look")
    (inner / "dist").mkdir()
    assert not loader.load(inner).diagnostics


@pytest.mark.parametrize("count", [validation.MAX_UNKNOWN_KEYS, validation.MAX_UNKNOWN_KEYS + 1, 4000])
@pytest.mark.parametrize("name", ["exporter.toml", "pyproject.toml"])
def test_the_first_unknown_keys_are_reported(inner: Path, count: int, name: str) -> None:
    prefix = "" if name == "exporter.toml" else "tool.exporter."
    lines = [f"{prefix}titel{number} = 1" for number in range(count)]
    (inner / name).write_text("\n".join(lines) + "\n")
    found = loader.load(inner).diagnostics
    assert [one.span.line for one in found if one.span] == list(range(1, len(found) + 1))
    assert "Did you mean “title”?" in (found[0].hint or "")
    more = count - validation.MAX_UNKNOWN_KEYS
    assert len(found) == validation.MAX_UNKNOWN_KEYS + (more > 0)
    assert not more or f"{more:,} more keys" in found[-1].message


HOSTILE = {
    "many keys": "".join(f"key{number} = 1\n" for number in range(15_000)),
    "many keys below a deep heading": "["
    + ".".join("a" * 19)
    + "]\n"
    + "".join(f"k{n}=1\n" for n in range(25_000)),
    "lists 20,000 deep": "a = " + "[" * 20_000,
    "lists 5,000 deep": "a = " + "[" * 5_000,
    "lists on lines of their own": "a = " + "[\n" * 50_000,
    "tables within each other": "a = " + "{a=" * 3_000,
    "a heading 20,000 deep": "[" + "a." * 20_000 + "a]\n",
    "a heading 4,000 deep": "[" + "a." * 4_000 + "a]\n" + "b=1\n" * 10,
    "a quoted heading 1,000 deep": "[" + '"a". ' * 1_000 + "a]\n",
    "a key 4,000 deep": "a." * 4_000 + "a = 1\n",
    "a key of 9,000 letters": "a" * 9_000 + " = 1\n",
    "a number of 9,000 digits": "title = " + "9" * 9_000 + "\n",
    "a long value": "pdf.duplex = '" + "long" * 2_000 + "'\n",
    "spaces": "  " * 100_000 + "= 1\n",
    "too large": "# \n" * 200_000,
    "quotes": "\"'" * 4_000 + " = 1\n",
}


LOAD_ALL = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))  # all take 2 s; the former reader took minutes for one
resource.setrlimit(resource.RLIMIT_AS, (500 << 20, 500 << 20))
from exporter.config import loader
for folder in sorted(path.parent for path in Path.cwd().glob(f"*/{sys.argv[1]}")):
    print(folder.name, file=sys.stderr, flush=True)
    diagnostics = loader.load(folder).diagnostics
    print(max(len(diagnostic.message) for diagnostic in diagnostics), len(diagnostics))
"""


@pytest.mark.parametrize("name", ["exporter.toml", "pyproject.toml"])
def test_a_hostile_configuration_is_a_sentence(inner: Path, name: str) -> None:
    for title, text in HOSTILE.items():
        (inner / title).mkdir()
        (inner / title / name).write_text(
            text
            if name == "exporter.toml"
            else f"[tool.exporter]\n{text}".replace("\n[", "\n[tool.exporter.")
        )
    done = subprocess.run(
        [sys.executable, "-c", LOAD_ALL, name],
        cwd=inner,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    figures = done.stdout.splitlines()
    for title, line in zip(sorted(HOSTILE), figures, strict=True):
        longest, count = map(int, line.split())
        assert longest < 400, title
        assert 0 < count <= validation.MAX_UNKNOWN_KEYS + 1, title


def test_limits_of_keys_and_lines_are_exact() -> None:
    parts = project_file.MAX_KEY_PARTS
    assert project_file.parse(".".join("a" * parts) + " = 1")
    with pytest.raises(project_file.TomlError, match="parts"):
        project_file.parse(".".join("a" * (parts + 1)) + " = 1")
    line = "a = '" + "x" * (project_file.MAX_LINE_CHARS - 6) + "'"
    assert project_file.parse(line)
    with pytest.raises(project_file.TomlError, match="characters") as caught:
        project_file.parse(f"b = 1\n{line} ")
    assert caught.value.line == 2
