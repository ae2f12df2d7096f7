"""A command with `--format json` prints one document of its form in every outcome."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click import Command

from exporter.cli import COMMANDS, group
from exporter.cli.json_document import EMPTY_DOCUMENTS
from exporter.config import loader
from exporter.model.rules import RULES
from exporter.system.build_lock import BuildLockedError
from tests.json_schemas import FOLDER, find_validator, validate_output
from tests.projects import Project, Ran

TEXT = "Title\n\nQuestion 1: Why tests?\nAnswer:\nThey stay.\n\nQuestion 2: Why us?\nAnswer:\nThe people.\n"

CALLS = {
    "build": ["build"],
    "build, two exports": ["build", "--to", "pdf", "--to", "sheet"],
    "check": ["check"],
    "check --fix": ["check", "--fix"],
    "clean": ["clean"],
    "config": ["config"],
    "cues": ["cues", "input/interview-questions.txt"],
    "cues --write": ["cues", "input/interview-questions.txt", "--write"],
    "diff": ["diff", "--retired"],
    "formats": ["formats"],
    "pull": ["pull", "dist/interview-questions.apkg"],
    "show": ["show", "input/interview-questions.txt"],
    "show --lines": ["show", "input/interview-questions.txt", "--lines"],
    "stocks": ["stocks"],
    "weak": ["weak", "dist/interview-questions.apkg", "--to", "markdown"],
}
"""A call of each command with documents, and of its variants."""


@pytest.fixture
def built(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    (tmp_path / "input").mkdir()
    project.write(TEXT)
    project.build("--to", "anki")
    return project


def run_json(project: Project, call: list[str]) -> tuple[Ran, dict[str, Any]]:
    """Run a command; its document is validated as well."""
    ran = project.run(*call, "--format", "json")
    return ran, json.loads(ran.output)


def break_source(project: Project) -> None:
    project.write(TEXT.replace("They stay.", "<<<<<<< ours\nThey stay.\n=======\nThey go.\n>>>>>>> theirs"))


def break_configuration(project: Project) -> None:
    (project.root / "exporter.toml").write_text("pdf.stick = 'a7'\n")


def break_lock(project: Project) -> None:
    project.lock.write_text(project.lock.read_text("utf-8") + "damaged\n")


def break_package(project: Project) -> None:
    project.package.write_bytes(b"no package")


def remove_source(project: Project) -> None:
    project.source.unlink()


def choose_impossible_cards(project: Project) -> None:
    (project.root / "exporter.toml").write_text("pdf.stock = 'papyrus'\n")


def warn(project: Project) -> None:
    project.edit("The people.", "")


FAULTS = (
    break_source,
    break_configuration,
    break_lock,
    break_package,
    remove_source,
    choose_impossible_cards,
)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_document_has_the_same_keys_in_each_outcome(built: Project, call: list[str]) -> None:
    source, lock, package = built.source.read_bytes(), built.lock.read_bytes(), built.package.read_bytes()
    ran, document = run_json(built, call)
    assert ran.status == 0
    for fault in (warn, *FAULTS):
        fault(built)
        ran, other = run_json(built, call)
        assert set(other) == set(document) - ({"retired"} if ran.status else set()), fault
        has_error = any(item["severity"] == "error" for item in other["diagnostics"])
        assert has_error == (ran.status != 0), fault
        assert {item["code"] for item in other["diagnostics"]} <= set(RULES)
        built.source.write_bytes(source)
        built.lock.write_bytes(lock)
        built.package.write_bytes(package)
        (built.root / "exporter.toml").unlink(missing_ok=True)


EXCEPTIONS: dict[str, tuple[Callable[[], BaseException], int]] = {
    "internal-error": (lambda: RuntimeError("what"), 3),
    "system-error": (lambda: OSError(errno.ENOSPC, "No space", "x.pdf"), 3),
    "build-locked": (lambda: BuildLockedError("Another build is working."), 3),
    "stopped": (KeyboardInterrupt, 130),
}


@pytest.mark.parametrize(("code", "fault"), EXCEPTIONS.items())
def test_exceptions_are_in_the_document(
    built: Project,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    fault: tuple[Callable[[], BaseException], int],
) -> None:
    make, status = fault

    def fail(*_arguments: object) -> None:
        raise make()

    monkeypatch.setattr(loader, "load", fail)
    for call in (CALLS["build"], CALLS["show"], CALLS["config"]):
        ran, document = run_json(built, call)
        assert (ran.status, [item["code"] for item in document["diagnostics"]]) == (status, [code])
        assert ran.errors


def test_anki_that_does_not_run_is_in_the_document(built: Project) -> None:
    for command in ("pull", "weak"):
        ran, document = run_json(built, [command, "--anki", "--url", "http://127.0.0.1:9"])
        assert (ran.status, document["diagnostics"][-1]["code"]) == (3, "anki-failed")


@pytest.mark.parametrize(
    "call",
    [
        ["build", "--nonsense"],
        ["build", "--resend", ","],
        ["check", "--yes"],
        ["show"],
        ["pull"],
        ["diff", "--config", "missing.toml"],
        ["push", "--nonsense"],
        ["bulid"],
        [],
    ],
)
def test_wrong_usage_is_in_the_document(built: Project, call: list[str]) -> None:
    ran, document = run_json(built, call)
    assert ran.status == 2
    (found,) = document["diagnostics"]
    assert found["code"] == "wrong-usage"
    assert set(EMPTY_DOCUMENTS.get(call[0] if call else "", {})) < set(document)


def test_what_is_shown_before_is_in_the_document(built: Project, tmp_path: Path) -> None:
    (built.root / "dist").rename(tmp_path / "elsewhere")
    (built.root / "dist").symlink_to("..")
    _, document = run_json(built, ["check"])
    assert [item["code"] for item in document["diagnostics"]] == ["config-outside"]


def test_the_last_form_counts(built: Project) -> None:
    assert "2 questions" in built.run("check", "--format", "json", "--format=text").output
    assert json.loads(built.run("check", "--format=text", "--format=json").output)["schema"] == 1


def test_help_is_no_document(built: Project) -> None:
    ran = built.run_process("build", "--format", "json", "--help")
    assert (ran.status, ran.output[:6]) == (0, "Usage:")


@pytest.fixture
def faulty_plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a reader and an exporter that fail, of another package."""
    site = tmp_path / "site"
    (site / "faulty-1.0.dist-info").mkdir(parents=True)
    (site / "faulty.py").write_text(
        "def read(source, settings):\n    print('read')\n    raise ValueError('no reader')\n\n\n"
        "def export(deck, settings, now):\n    print('exported')\n    raise SystemExit(9)\n"
    )
    (site / "faulty-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n"
    )
    (site / "faulty-1.0.dist-info" / "entry_points.txt").write_text(
        "[exporter.readers]\nfaulty = faulty:read\n\n[exporter.exporters]\nfaulty = faulty:export\n"
    )
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "faulty", raising=False)


@pytest.mark.usefixtures("faulty_plugins")
def test_plugins_that_fail_are_in_the_document(built: Project) -> None:
    for call in (["build", "--to", "anki", "--to", "faulty"], ["diff", "--to", "anki", "--to", "faulty"]):
        ran, document = run_json(built, call)
        assert (ran.status, codes_of(document)) == (3, ["plugin-failed"])
        assert [Path(file["path"]).name for file in document["files"]] == [built.package.name]
    (built.root / "input" / "more.faulty").write_text("Why?\n")
    for name in ("build", "check", "check --fix", "diff", "stocks", "weak"):
        ran, document = run_json(built, CALLS[name])
        assert (ran.status, codes_of(document)) == (3, ["plugin-failed"]), name
    for call in (["show"], ["show", "--lines"], ["cues"]):
        ran, document = run_json(built, [*call, "input/more.faulty"])
        assert (ran.status, codes_of(document)) == (3, ["plugin-failed"]), call


def codes_of(document: dict[str, Any]) -> list[str]:
    return [item["code"] for item in document["diagnostics"]]


def test_a_traceback_leaves_the_document_whole(built: Project) -> None:
    ran = built.run_process("build", "--format", "json", "--debug", "--out", "input/interview-questions.txt")
    assert codes_of(json.loads(ran.output)) == ["system-error"]
    assert "Traceback" in ran.errors


def test_converted_questions_have_the_form_of_show(built: Project) -> None:
    ran = built.run("convert", "input/interview-questions.txt", "--to", "json")
    assert len(validate_output(["show"], ran.output)["questions"]) == 2


def _commands_with_documents() -> set[str]:
    context = Command("exporter").make_context("exporter", [])
    commands = {name: group.get_command(context, name) for name in COMMANDS}
    return {
        name
        for name, command in commands.items()
        if command and any("--format" in parameter.opts for parameter in command.params)
    }


def test_every_command_with_a_document_has_a_schema() -> None:
    names = _commands_with_documents()
    assert {name.split()[0] for name in EMPTY_DOCUMENTS} == names
    assert {call[0] for call in CALLS.values()} == names
    documents = names | {"show-lines", "other"}
    assert documents == {path.stem for path in FOLDER.glob("*.json")} - {"common", "exporter-toml"}
    for name in documents:
        validator = find_validator(name)
        validator.check_schema(validator.schema)


def test_documents_that_lack_a_part_are_not_valid() -> None:
    assert not find_validator("other").is_valid({"schema": 2, "diagnostics": []})
    assert not find_validator("stocks").is_valid({"schema": 1, "diagnostics": []})
    assert not find_validator("clean").is_valid({"schema": 1, "files": [], "more": 1, "diagnostics": []})
    assert not find_validator("build").is_valid(
        {"schema": 1, **EMPTY_DOCUMENTS["build"], "diagnostics": [{"code": "x"}]}
    )
