"""The Python interface in memory: texts and bytes in, questions and exports out."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import exporter
from exporter.config.settings import Settings
from exporter.pipeline.memory_builder import MemoryRequest, build_in_memory
from exporter.pipeline.memory_sources import MemorySource
from tests.json_schemas import find_validator
from tests.projects import PIXEL, REPOSITORY, SEED, Project

NOW = 1_800_000_000
TEXT = "1. What is a lock?\nA record of keys.\n\n2. Why sort?\nTo merge.\n"
OTHER = "1. What is a heap?\nA tree in an array.\n"


def _codes(problem: pytest.ExceptionInfo[exporter.ExporterError]) -> list[str]:
    return [one.code for one in problem.value.diagnostics if one.severity is exporter.Severity.ERROR]


def test_loads_reads_text_and_bytes_as_load_does(project: Project) -> None:
    data = project.source.read_bytes()
    from_file = exporter.load(project.source)
    from_bytes = exporter.loads(data, name=project.source.name)
    assert from_bytes.questions == from_file.questions
    assert [one.code for one in from_bytes.diagnostics] == [one.code for one in from_file.diagnostics]
    assert exporter.loads(data.decode(), name=project.source.name).questions == from_file.questions


def test_loads_knows_encodings_of_bytes_and_formats_of_names() -> None:
    polish = "1. Co to jest żółw?\nZwierzę w skorupie, które żyje bardzo długo.\n"
    read = exporter.loads(polish.encode("windows-1250"), source__encoding="windows-1250")
    assert read.questions == exporter.loads(polish, source__encoding="windows-1250").questions
    markdown = exporter.loads("# What is a lock?\n\nA *record*.\n", name="a.md").questions.questions[0]
    assert exporter.Emphasis((exporter.Text("record"),)) in markdown.answer[0].lines[0]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["", ".", "..", "a/b.txt", "a\\b.txt", "a\0.txt", "\ud800.txt", "ä" * 200])
def test_a_name_that_is_none_of_a_file_is_an_error(name: str) -> None:
    for call in (lambda: exporter.loads(TEXT, name=name), lambda: exporter.render({name: TEXT})):
        with pytest.raises(exporter.ExporterError) as problem:
            call()
        assert _codes(problem) == ["bad-file-name"]


def test_text_with_halves_of_characters_is_an_error() -> None:
    with pytest.raises(exporter.ExporterError) as problem:
        exporter.loads("1. What?\n\ud800\n")
    assert _codes(problem) == ["encoding-wrong"]


def test_questions_have_a_length_and_are_iterated_over() -> None:
    questions = exporter.loads(TEXT).questions
    assert len(questions) == 2
    assert list(questions) == list(questions.questions)
    assert not exporter.QuestionSet(())


def test_json_is_read_back_as_the_same_questions() -> None:
    source = exporter.loads(SEED.read_bytes(), name=SEED.name)
    value = json.loads(json.dumps(exporter.to_json(source)))
    find_validator("show").validate(value)
    assert exporter.from_json(value) == source.questions
    assert [one["code"] for one in value["diagnostics"]] == ["encoding-repaired"]
    assert value["diagnostics"][0] == json.loads(json.dumps(exporter.to_json(source.diagnostics[0])))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({}, "'questions' is missing"),
        ([], "schema 1"),
        ({"schema": 2, "questions": []}, "schema 1"),
        ({"questions": 3}, "write it as a list"),
        ({"questions": [3]}, "in its question 1"),
        ({"questions": [{"question": "x", "number": "3"}]}, "“number” cannot be '3'"),
        ({"questions": [], "title": 3}, "“title” cannot be 3"),
    ],
)
def test_json_that_is_none_of_ours_is_an_error(value: Any, words: str) -> None:
    with pytest.raises(exporter.ExporterError, match=words) as problem:
        exporter.from_json(value)
    assert _codes(problem) == ["bad-json"]


def test_render_has_the_bytes_of_a_build(project: Project) -> None:
    project.build(now=NOW)
    data = {project.source.name: project.source.read_bytes()}
    made = exporter.render(data, now=NOW)
    assert {file.name: file.data for file in made.files} == project.exports()
    assert made.lock == project.lock.read_bytes()
    project.edit("tight deadline", "very tight deadline")
    project.build(now=NOW + 60)
    data = {project.source.name: project.source.read_bytes()}
    again = exporter.render(data, lock=made.lock, now=NOW + 60)
    assert {file.name: file.data for file in again.files} == project.exports()
    assert again.lock == project.lock.read_bytes()
    assert [change.kind for change in again.changes] == [exporter.ChangeKind.REWORDED]
    assert [deck.notes[0].key for deck in again.decks] == [deck.notes[0].key for deck in made.decks]


def test_render_without_changes_returns_the_lock_as_it_is() -> None:
    lock = exporter.render({"a.txt": TEXT}, to=[]).lock.replace(b"\n", b"\r\n")
    again = exporter.render({"a.txt": TEXT}, to=[], lock=lock)
    assert (again.lock, again.files, again.changes) == (lock, (), ())
    assert exporter.render({"a.txt": TEXT}, to=[], lock=lock.decode()).changes == ()


@pytest.mark.parametrize(("complete", "kinds"), [(True, ["retired"]), (False, [])])
def test_questions_of_other_sources_go_only_if_all_are_given(complete: bool, kinds: list[str]) -> None:
    both = exporter.render({"a.txt": TEXT, "b.txt": OTHER}, to="markdown")
    assert [file.name for file in both.files if "answers" in file.name] == ["a-answers.md", "b-answers.md"]
    one = exporter.render({"a.txt": TEXT}, to=[], lock=both.lock, complete=complete)
    assert [str(change.kind) for change in one.changes] == kinds
    assert len(exporter.render({"b.txt": OTHER}, to=[], lock=one.lock, complete=False).changes) == len(kinds)


def test_a_source_with_another_name_keeps_its_keys() -> None:
    made = exporter.render({"a.txt": TEXT}, to=[])
    renamed = exporter.render({"b.txt": TEXT}, to=[], lock=made.lock)
    assert {str(change.kind) for change in renamed.changes} == {"moved"}


def test_pictures_come_with_the_source_and_never_from_disk(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PIXEL)
    text = f"1. What is it?\nLook: ![a dot](img/Dot.png) ![no]({tmp_path}/secret.png) ![far](https://a.b/c.png)\n"
    source = text.replace("1. ", "# ").replace("\nLook", "\n\nLook")
    made = exporter.render({"a.md": source}, to="anki", pictures={"img/dot.png": PIXEL})
    assert dict(made.decks[0].media) == {"img/Dot.png": PIXEL}
    assert [one.code for one in made.diagnostics if one.code == "missing-image"] == ["missing-image"] * 2
    outside = "# What?\n\n![a](../up.png) ![b](/abs.png) ![c](C:\\x\\dot.png)\n"
    pictures = {"../up.png": PIXEL, "/abs.png": PIXEL, "C:/x/dot.png": PIXEL}
    made = exporter.render({"a.md": outside}, to="markdown", pictures=pictures)
    assert [one.message.endswith("is outside the source's folder.") for one in made.diagnostics] == [True] * 3
    assert not [file.name for file in made.files if file.name.endswith(".png")]
    below = exporter.render({"a.md": "# What?\n\n![a](dot.png)\n"}, to=[], pictures={"x/dot.png": PIXEL})
    assert below.diagnostics == ()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"sources": {}}, "no-sources"),
        ({"sources": {"a.txt": "nothing here\n"}}, "no-questions"),
        ({"sources": {"a.txt": TEXT, "a.md": TEXT}}, "output-collision"),
        ({"sources": {"a.txt": TEXT}, "lock": b""}, "lock-damaged"),
        ({"sources": {"a.txt": TEXT}, "lock": "<<<<<<< ours\n"}, "lock-conflict"),
        ({"sources": {"a.txt": TEXT}, "to": "ankey"}, "unknown-export"),
        ({"sources": {"a.txt": TEXT}, "retire": "nosuchkey"}, "unknown-key"),
        ({"sources": {"a.txt": TEXT}, "pdf__duplex": "both"}, "config-wrong-value"),
        ({"sources": {"a.txt": TEXT}, "to": "pdf", "pdf__stock": "a99"}, "pdf-setting"),
        ({"sources": {"a.txt": "1. What?\n"}, "to": [], "strict": True}, "missing-answer"),
    ],
)
def test_what_is_wrong_is_raised_with_its_diagnostics(arguments: dict[str, object], code: str) -> None:
    with pytest.raises(exporter.ExporterError) as problem:
        exporter.render(**arguments)  # type: ignore[arg-type]
    assert code in _codes(problem)
    for copied in (pickle.loads(pickle.dumps(problem.value)), copy.deepcopy(problem.value)):
        assert (copied.diagnostics, str(copied)) == (problem.value.diagnostics, str(problem.value))


def test_what_is_returned_can_be_pickled() -> None:
    made = exporter.render({"a.txt": TEXT}, to="markdown", now=NOW)
    assert pickle.loads(pickle.dumps(made)) == made
    error = pickle.loads(pickle.dumps(exporter.CancelledError("ended")))
    assert str(error) == "ended"


@pytest.mark.parametrize("now", [-1, 2**31])
def test_a_time_that_cannot_be_is_a_value_error(now: int) -> None:
    with pytest.raises(ValueError, match="seconds since 1970"):
        exporter.render({"a.txt": TEXT}, to=[], now=now)
    exporter.render({"a.txt": TEXT}, to=[], now=min(max(now, 0), 2**31 - 1))


def test_report_of_a_failed_build_has_what_was_read() -> None:
    sources = [MemorySource("a.txt", TEXT + "\n3. Who?\n"), MemorySource("b.txt", b"nothing here\n")]
    report = build_in_memory(MemoryRequest(sources, Settings(), lock=b"kept"), NOW)
    assert (report.ok, report.files, report.lock) == (False, (), b"kept")
    assert [len(source.questions) for source in report.plan.loaded] == [3, 0]
    assert {one.code for one in report.diagnostics} == {"missing-answer", "no-questions"}


def test_render_can_be_cancelled() -> None:
    steps: list[str] = []
    with pytest.raises(exporter.CancelledError):
        exporter.render(
            {"a.txt": TEXT, "b.txt": OTHER},
            on_progress=lambda progress: steps.append(progress.text),
            is_cancelled=lambda: len(steps) == 3,
        )
    assert steps == ["Reading a.txt (1 of 2)", "Reading b.txt (2 of 2)", "Comparing with the last build"]


AUDIT = """
import sys
import exporter

touched = []
WATCHED = {"open", "sqlite3.connect", "os.mkdir", "os.rename", "os.remove", "os.listdir", "os.scandir",
           "socket.connect", "subprocess.Popen"}
OURS = tuple(sys.argv[1:])


def watch(event, arguments):
    if event in WATCHED and not str(arguments[0]).startswith(OURS):
        touched.append((event, str(arguments[0])))


sources = {"a.txt": "1. What is a lock?\\nA record.\\n", "b.md": "# Why?\\n\\n![x](x.png)\\n"}
exporter.render(sources)  # imports packages, which look for settings of their own
sys.addaudithook(watch)
exporter.render(sources)
print([item for item in touched if item[1] != ":memory:"])
"""
"""A program that prints which files outside the installation a build in memory touches."""


@pytest.mark.slow
def test_render_touches_no_disk(tmp_path: Path) -> None:
    (tmp_path / "exporter.toml").write_text("broken")
    ours = (sys.prefix, sys.base_prefix, str(REPOSITORY))
    ran = subprocess.run(
        [sys.executable, "-c", AUDIT, *ours],
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY), "HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["exporter.toml"]
