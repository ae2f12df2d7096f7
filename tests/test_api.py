"""The Python interface, as a program uses it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import exporter
from tests.projects import REPOSITORY, Project
from tests.test_imports import HEAVY

pytestmark = pytest.mark.slow

PAGE = (REPOSITORY / "docs" / "python.md").read_text("utf-8")
EXAMPLES = [part.split("```")[0] for part in PAGE.split("```python\n")[1:]]


@pytest.fixture
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with the program in it."""
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    return project


def _program(project: Project, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


SAYS = {
    "read": "3 Describe a time you had a tight deadline.",
    "read in memory": "['A record of keys.']",
    "json": "What is a lock?\n['locks.apkg']",
    "build": "exports/interview-questions.apkg\nexports/interview-questions-answers.md",
    "plan": "28 ",
    "render": "[('answer changed', 'Why sort?')]",
    "progress": "Cancelled before this step: Writing pdf of interview-questions.txt (2 of 4). Nothing was written.",
    "threads": "8",
    "processes": "['deck-0.apkg', 'deck-1.apkg', 'deck-2.apkg', 'deck-3.apkg']",
    "asyncio": "1 question",
    "wrong": "config-unknown-key Unknown setting “dekc”. Did you mean “deck”?",
}


@pytest.mark.parametrize(("code", "words"), list(zip(EXAMPLES, SAYS.values(), strict=True)), ids=SAYS)
def test_the_examples_of_the_page_do_what_it_says(project: Project, code: str, words: str) -> None:
    ran = _program(project, code)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert words in ran.stdout


def test_load_reads_and_writes_nothing(inside: Project) -> None:
    source = exporter.load(inside.source)
    assert isinstance(source, exporter.Source)
    assert len(source.questions.questions) == 28
    assert [one.code for one in source.diagnostics] == ["encoding-repaired"]
    assert source.questions == exporter.load(str(inside.source)).questions
    assert not inside.lock.exists()


def test_build_writes_what_the_command_writes(inside: Project) -> None:
    built = exporter.build()
    by_program, lock = inside.exports(), inside.lock.read_bytes()
    assert [str(path) for path in built.files] == [f"dist/{path.name}" for path in built.files]
    assert {path.name for path in built.files} == set(by_program)
    assert [len(deck.notes) for deck in built.decks] == [28]
    assert {str(change.kind) for change in built.changes} == {"added"}
    for path in (*(inside.root / "dist").iterdir(), inside.lock):
        path.unlink()
    inside.build(now=1800000000)
    assert (inside.exports(), inside.lock.read_bytes()) == (by_program, lock)
    assert exporter.build().changes == ()


def test_no_paths_are_all_and_an_empty_list_is_an_error(inside: Project) -> None:
    assert len(exporter.build(None, to=[]).changes) == 28
    assert inside.lock.exists()
    assert not list((inside.root / "dist").iterdir())
    for call in (exporter.build, exporter.plan):
        with pytest.raises(exporter.ExporterError) as raised:
            call([])
        assert [one.code for one in raised.value.diagnostics] == ["no-sources"]


def test_plan_says_what_a_build_changes_and_writes_nothing(inside: Project) -> None:
    first = exporter.plan()
    assert (len(first.questions), len(first.changes), first.lock_changed) == (28, 28, True)
    assert not inside.lock.exists()
    exporter.build(to="markdown")
    inside.edit("tight deadline", "very tight deadline")
    plan = exporter.plan()
    assert [change.kind for change in plan.changes] == [exporter.ChangeKind.REWORDED]
    assert plan.changes[0].key in {keyed.key for keyed in plan.questions}
    assert (plan.look_changed, plan.deck_moves) == (False, ())
    assert [move.new for move in exporter.plan(deck="Other").deck_moves] == ["Other"]
    assert exporter.plan(anki__speak=True).look_changed


def test_reader_is_an_argument_and_a_setting(inside: Project) -> None:
    assert len(exporter.load(inside.source, reader="plain").questions) == 28
    with pytest.warns(DeprecationWarning, match="use “reader”"):
        assert len(exporter.load(inside.source, **{"from": "plain"}).questions) == 28  # type: ignore[arg-type]
    with pytest.warns(DeprecationWarning) as warned:
        exporter.plan(inside.source, **{"from": "plain"})  # type: ignore[arg-type]
    assert warned[0].filename == __file__
    with pytest.raises(exporter.ExporterError, match="markdwon"):
        exporter.load(inside.source, reader="markdwon")


def test_progress_names_each_step_and_cancelling_writes_nothing(inside: Project) -> None:
    steps: list[exporter.Progress] = []
    with pytest.raises(exporter.CancelledError, match=r"Replacing the files\. Nothing was written"):
        exporter.build(
            to=["markdown", "sheet"],
            on_progress=steps.append,
            is_cancelled=lambda: len(steps) == 4,
        )
    assert [(str(one.step), one.done, one.total, one.export) for one in steps] == [
        ("read", 0, 1, ""),
        ("plan", 0, 1, ""),
        ("export", 0, 2, "markdown"),
        ("export", 1, 2, "sheet"),
    ]
    assert not inside.lock.exists()
    assert not (inside.root / "dist").exists()
    with pytest.raises(ZeroDivisionError):
        exporter.build(on_progress=lambda _step: 1 // 0)
    assert not inside.lock.exists()


def test_settings_come_before_the_configuration(inside: Project) -> None:
    (inside.root / "exporter.toml").write_text('title = "Of the file"\ndeck = "Of the file"\n')
    built = exporter.build([inside.source], to="anki", title="Of the program")
    assert [(deck.title, deck.name) for deck in built.decks] == [("Of the program", "Of the file")]
    assert {path.name for path in built.files} == {"interview-questions.apkg"}
    exporter.build(to=["pdf"], out=inside.root / "paper", pdf__stock="a4-3x5", anki__subdecks=True)
    assert (inside.root / "paper" / "interview-questions-cards.pdf").exists()


def test_error_has_diagnostics_and_nothing_is_written(inside: Project) -> None:
    inside.write("nothing here\n")
    for call in (lambda: exporter.load(inside.source), exporter.build):
        with pytest.raises(exporter.ExporterError, match="No question was found") as raised:
            call()
        errors = [one for one in raised.value.diagnostics if one.severity is exporter.Severity.ERROR]
        assert [one.code for one in errors] == ["no-questions"]
        assert errors[0].span is not None
        assert errors[0].span.path.endswith("interview-questions.txt")
    assert not inside.lock.exists()
    assert not (inside.root / "dist").exists()


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"to": "ankey"}, "unknown-export"),
        ({"pdf__duplex": "both"}, "config-wrong-value"),
        ({"deck": 3}, "config-wrong-value"),
        ({"title": None}, "config-wrong-value"),
        ({"pdf_stock": "a4"}, "config-unknown-key"),
        ({"locked": True}, "lock-would-change"),
        ({"paths": "nowhere.txt"}, "no-such-file"),
    ],
)
def test_a_wrong_argument_is_reported(inside: Project, settings: dict[str, object], code: str) -> None:
    with pytest.raises(exporter.ExporterError) as raised:
        exporter.build(**settings)  # type: ignore[arg-type]
    assert code in [one.code for one in raised.value.diagnostics]
    assert not (inside.root / "dist").exists()


def test_an_empty_input_folder_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(exporter.ExporterError, match="There is no folder input/"):
        exporter.build()


def test_the_stable_names_are_there_and_documented() -> None:
    for name in exporter.__all__:
        assert getattr(exporter, name) is not None
        assert name == "__version__" or name in PAGE, name
    assert set(exporter.__all__) <= set(dir(exporter))
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = exporter.nonsense  # type: ignore[attr-defined]


def test_importing_it_loads_nothing(project: Project) -> None:
    code = f"import exporter, sys; print(sorted({HEAVY | {'click', 'exporter.api', 'email'}!r} & sys.modules.keys()))"
    assert _program(project, code).stdout == "[]\n"


WRONG_PROGRAM = """import exporter
exporter.load("a.txt", dekc="Interviews")
exporter.build("a.txt", pdf__duplex="both")
exporter.render({"a.txt": "text"}, anki__speak="yes")
"""
"""A program with an unknown setting, an unknown choice and a wrong type."""


def test_a_program_that_uses_it_is_typed(project: Project) -> None:
    (project.root / "program.py").write_text("\n".join(EXAMPLES).replace("dekc", "deck"))
    (project.root / "wrong.py").write_text(WRONG_PROGRAM)
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--follow-imports=silent",
            "--cache-dir",
            os.devnull,
            "program.py",
            "wrong.py",
        ],
        cwd=project.root,
        env={**os.environ, "MYPYPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.findall(r"^(\S+):(\d+): error: .*\[(.*)\]$", ran.stdout, re.MULTILINE) == [
        ("wrong.py", "2", "call-arg"),
        ("wrong.py", "3", "arg-type"),
        ("wrong.py", "4", "arg-type"),
    ]
