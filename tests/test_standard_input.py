"""The source `-`: standard input under a name."""

from __future__ import annotations

import pytest

from tests.in_process import CommandLine

QUESTIONS = "1. What is a?\nIt is b.\n2. What is c?\nIt is d.\n"


def test_standard_input_is_shown(command_line: CommandLine) -> None:
    ran = command_line.run("show", "-", answers=QUESTIONS)
    assert (ran.status, ran.output[:13]) == (0, "1. What is a?")


@pytest.mark.parametrize(
    ("options", "stem"), [((), "stdin"), (("--name", "cards"), "cards"), (("--name", "c.md"), "c")]
)
def test_exports_and_lock_have_its_name(
    options: tuple[str, ...], stem: str, command_line: CommandLine
) -> None:
    assert command_line.run("build", "-", *options, answers=QUESTIONS).status == 0
    assert (command_line.root / "dist" / f"{stem}.apkg").is_file()
    assert f'"source": "{stem}' in (command_line.root / "exporter.lock").read_text("utf-8")


def test_second_build_reads_it_again(command_line: CommandLine) -> None:
    command_line.run("build", "-", answers=QUESTIONS)
    same = command_line.run("build", "-", answers=QUESTIONS)
    changed = command_line.run("build", "-", answers=QUESTIONS.replace("is d", "is e"))
    assert "nothing changed" in same.output
    assert "1 answer changed" in changed.output


def test_name_says_how_it_is_read(command_line: CommandLine) -> None:
    ran = command_line.run("show", "-", "--name", "a.csv", answers="question,answer\nWhat is a?,It is b.\n")
    assert ran.output.startswith("What is a?")


@pytest.mark.parametrize("name", ["a/b", "..", "-", "/a"])
def test_names_are_no_paths(name: str, command_line: CommandLine) -> None:
    ran = command_line.run("check", "-", "--name", name, answers=QUESTIONS)
    assert ran.status == 2
    assert "without its folder" in ran.errors


def test_name_without_standard_input_is_an_error(command_line: CommandLine) -> None:
    command_line.write("q.txt", QUESTIONS)
    assert command_line.run("check", "q.txt", "--name", "a").status == 2


@pytest.mark.parametrize("command", ["watch", "preview"])
def test_commands_that_read_again_refuse_it(command: str, command_line: CommandLine) -> None:
    ran = command_line.run(command, "-", answers=QUESTIONS)
    assert ran.status == 2
    assert "again" in ran.errors


def test_too_much_is_refused(command_line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.cli.standard_input.MAX_SOURCE_BYTES", 100)
    monkeypatch.setattr("exporter.system.files.read_limited.__defaults__", (100,))
    assert command_line.run("check", "-", answers=QUESTIONS.ljust(100, "\n")).status == 0
    assert "too-large" in command_line.run("check", "-", answers=QUESTIONS.ljust(101, "\n")).errors


def test_a_terminal_shows_how_to_end(command_line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.cli.standard_input.is_terminal", lambda: True)
    assert "Ctrl-D" in command_line.run("check", "-", answers=QUESTIONS).errors


def test_next_steps_do_not_read_it_again(command_line: CommandLine) -> None:
    assert "preview" not in command_line.run("build", "-", answers=QUESTIONS).output


def test_a_lost_lock_is_restored_for_its_name(command_line: CommandLine) -> None:
    command_line.run("build", "-", answers=QUESTIONS)
    (command_line.root / "exporter.lock").unlink()
    reworded = QUESTIONS.replace("What is a?", "What would you say is a?")
    ran = command_line.run("build", "-", answers=reworded)
    assert "1 reworded" in ran.output
    assert "restored the keys of 2 questions" in ran.errors
