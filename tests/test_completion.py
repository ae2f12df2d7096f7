"""Completion in the shell: what is offered where, and that each shell takes it."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.cli import completion_shells, group
from exporter.identity import lockfile
from tests.projects import REPOSITORY, Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project.with_seed(tmp_path)
    (tmp_path / "notes.pdf").touch()
    (tmp_path / "my cards.apkg").touch()
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "shout.py").write_text(
        "from dataclasses import dataclass\n"
        "from exporter.plugin import declare, setting\n"
        "@dataclass(frozen=True)\n"
        "class Own:\n    loud: bool = setting(True, 'In capitals.')\n"
        "@declare(api=1, settings=Own)\n"
        "def export(deck, settings, now):\n    raise NotImplementedError\n"
    )
    (tmp_path / "exporter.toml").write_text('plugins = ["shout"]\n')
    with contextlib.chdir(tmp_path):
        yield project


def complete(*words: str) -> dict[str, str | None]:
    """Return the values that are offered for the last word, with their help."""
    shell = completion_shells.Zsh(group, {}, "exporter", "_EXPORTER_COMPLETE")
    *before, typed = words
    return {item.value: item.help for item in shell.get_completions(before, typed)}


@pytest.mark.parametrize("command", ["build", "diff", "watch"])
@pytest.mark.usefixtures("project")
def test_exporters_and_those_of_plugins_are_offered(command: str) -> None:
    assert set(complete(command, "--to", "")) == {"anki", "pdf", "markdown", "sheet", "shout"}
    assert set(complete(command, "--to", "s")) == {"sheet", "shout"}
    assert set(complete(command, "--to=s")) == {"--to=sheet", "--to=shout"}
    assert not complete(command, "--to", "x")


@pytest.mark.usefixtures("project")
def test_readers_are_offered() -> None:
    assert {"plain", "docx", "org"} <= complete("check", "--from", "").keys()
    assert "pdf" not in complete("check", "--from", "")


@pytest.mark.usefixtures("project")
def test_settings_are_offered_with_help() -> None:
    offered = complete("config", "--set", "pdf.sto")
    assert set(offered) == {"pdf.stock="}
    assert offered["pdf.stock="]
    assert not complete("config", "--set", "nothing=")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("pdf.duplex=fronts", {"pdf.duplex=fronts-backs"}),
        ("pdf.perforated=t", set()),
        ("pdf.stock=a4-a7", {"pdf.stock=a4-a7"}),
        ("from=or", {"from=org"}),
        ("to=pdf,s", {"to=pdf,sheet", "to=pdf,shout"}),
        ("to=sheet,s", {"to=sheet,shout"}),
        ("plugins=s", {"plugins=shout"}),
        ("plugin.shout.l", {"plugin.shout.loud="}),
        ("plugin.shout.loud=", {"plugin.shout.loud=true", "plugin.shout.loud=false"}),
    ],
)
def test_values_of_settings_are_offered(typed: str, offered: set[str]) -> None:
    assert set(complete("build", "--set", typed)) == offered


def test_keys_are_offered_with_their_questions(project: Project) -> None:
    assert not complete("relink", "")
    assert project.run("build", "--to", "markdown").status == 0
    lock, _, _ = lockfile.read(project.lock)
    assert lock
    first = lock.records[0]
    offered = complete("relink", "")
    assert len(offered) == len(lock.records)
    assert offered[first.key] == " ".join(first.question.split())
    new = complete("relink", first.key, "")
    assert first.key not in new
    assert new.keys() - offered.keys() == {"new"}
    assert complete("pull", "--take", "") == complete("pull", "--keep", "") == offered
    assert complete("build", "--retire", "") == offered
    other = lock.records[1].key
    assert set(complete("build", "--resend", f"{first.key},{other[:6]}")) == {f"{first.key},{other}"}


@pytest.mark.usefixtures("project")
def test_sources_and_packages_are_offered() -> None:
    assert set(complete("build", "")) == {"input/", "plugins/"}
    assert set(complete("build", "input/")) == {"input/interview-questions.txt"}
    assert set(complete("pull", "m")) == {"my cards.apkg"}
    assert not complete("build", "missing/")


def test_printers_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lpstat").write_text("#!/bin/sh\necho Office\necho Home\n")
    (tmp_path / "lpstat").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert set(complete("print", "--printer", "O")) == {"Office"}


def test_a_broken_project_offers_what_is_known(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    (project.root / "exporter.toml").write_text("plugins = [")
    project.lock.write_bytes(b"\xff\x00 no lock")
    assert "pdf" in complete("build", "--to", "")
    assert not complete("relink", "")
    (project.root / "exporter.toml").write_text('plugins = ["shout"]\n')
    (project.root / "plugins" / "shout.py").write_text("print('loud')\ndef export(): ...\nraise OSError")
    assert not complete("build", "--set", "plugin.shout.")
    assert capfd.readouterr() == ("", "")


def test_no_script_of_click_is_left_unchanged() -> None:
    assert "suffix=(-S '')" in completion_shells.Zsh.source_template
    assert completion_shells.Zsh.source_template.count('-U "${suffix[@]}"') == 2
    assert 'string split -m 1 ","' in completion_shells.Fish.source_template


def run_shell(project: Project, shell: str, script: str) -> list[str]:
    """Return the lines that a script prints in a shell that has loaded the completion of `exporter`."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    folder = project.root / ".bin"
    folder.mkdir(exist_ok=True)
    code = "import sys; sys.argv[0] = 'exporter'; from exporter.cli import main; main()"
    (folder / "exporter").write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code}" "$@"\n')
    (folder / "exporter").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(project.root),
    }
    done = subprocess.run(
        [shell, "-c", script], cwd=project.root, env=environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["build", "--to", "pd"], ["pdf"]),
        (["build", "--to", "=", "pd"], ["pdf"]),
        (["build", "--set", "pdf.sto"], ["pdf.stock="]),
        (
            ["build", "--set", "pdf.duplex", "="],
            ["long-edge", "short-edge", "fold", "fronts-backs", "single"],
        ),
        (["build", "--set", "=", "pdf.duplex", "=", "fr"], ["fronts-backs"]),
        (["pull", "my\\ c"], ["my\\ cards.apkg"]),
    ],
)
def test_bash_completes(project: Project, words: list[str], offered: list[str]) -> None:
    quoted = shlex.join(["exporter", *words])
    script = (
        'eval "$(_EXPORTER_COMPLETE=bash_source exporter)"\n'
        f"COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; _exporter_completion exporter\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert set(run_shell(project, "bash", script)) == set(offered)


def test_fish_completes(project: Project) -> None:
    script = "_EXPORTER_COMPLETE=fish_source exporter | source\n"
    script += "for typed in 'build --to=pd' 'build --set to=anki,pd' 'config --set pdf.sto'\n"
    script += 'complete -C "exporter $typed"; end'
    values = [line.partition("\t") for line in run_shell(project, "fish", script)]
    assert [value for value, _, _ in values] == ["--to=pdf", "to=anki,pdf", "pdf.stock="]
    assert values[-1][2]


def test_zsh_completes(project: Project) -> None:
    # the builtins that take the values print them: completion itself needs a terminal
    script = (
        "compdef() { :; }; compadd() { print -r -- $@ $completions; }\n"
        "_describe() { print -r -- ${(j:|:)@} $completions_with_descriptions; }\n"
        'eval "$(_EXPORTER_COMPLETE=zsh_source exporter)"\n'
        "words=(exporter build --to pd); CURRENT=4; _exporter_completion\n"
        "words=(exporter build --set pdf.sto); CURRENT=4; _exporter_completion"
    )
    exporters, settings = run_shell(project, "zsh", script)
    assert exporters == "-U -V unsorted -a completions pdf"
    assert "-U|-S|" in settings
    assert "pdf.stock=:" in settings
