"""Plugins are believed: what they do wrong is named with their lines, and hangs and prints harm nothing."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from exporter.config import plugin_calls
from exporter.config.plugin_time_limit import TimeLimitError
from tests.plugin_packages import Packages, packages
from tests.projects import Project

__all__ = ["packages"]

READER = """
from exporter.plugin import Question, QuestionSet, ReadResult, paragraph, declare

@declare(api=1)
def read(source, settings):
    pairs = (line.partition("|") for line in source.lines if line)
    questions = [Question((paragraph(q),), (paragraph(a + "WORD"),)) for q, _, a in pairs]
    return ReadResult(QuestionSet(tuple(questions), source=source.path))
"""

EXPORTER = """
import json
from exporter.plugin import Export, ExportedFile, declare

@declare(api=1)
def export(deck, settings, now):
    BODY
    return Export((ExportedFile(f"{deck.stem}.txt", b"text", "a text"),))
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "project" / "input").mkdir(parents=True)
    (tmp_path / "project" / "input" / "a.txt").write_text("Q: What is a heap?\nA: A tree.\n")
    return Project(tmp_path / "project")


def exporter_with(body: str) -> str:
    return EXPORTER.replace("BODY", body)


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "__import__('time').sleep(60)",
        "__import__('re').match('(a+)+$', 'a' * 40 + 'b')",
        "__import__('threading').Event().wait(60)",
    ],
)
def test_a_hang_ends_and_the_others_are_written(project: Project, packages: Packages, body: str) -> None:
    packages.add("slow", exporter_with(body), exporters="slow=export")
    before = signal.getsignal(signal.SIGALRM)
    ran = project.run("build", "--to", "slow", "--to", "markdown", "--set", "plugin.timeout=0.1")
    assert ran.status == 3
    assert "slow.py:7:5: error: The exporter “slow” of slow 1.0 failed" in ran.errors
    assert "it took longer than 0.1 seconds (`plugin.timeout`)." in ran.errors
    assert set(project.exports()) == {"a-answers.md", "a-cheatsheet.md"}
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def hang_catching_all() -> None:
    while True:
        try:
            time.sleep(60)
        except BaseException:
            continue


def hang_in_a_loop() -> None:
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


def loop() -> None:
    while True:
        pass


def swallow() -> int:
    try:
        time.sleep(60)
    except BaseException:
        return 7
    return 8


@pytest.mark.parametrize("function", [hang_catching_all, hang_in_a_loop, swallow])
def test_even_a_plugin_that_catches_all_ends(function: object) -> None:
    with pytest.raises(plugin_calls.RaisedError) as caught:
        plugin_calls.call(function, 0.1)  # type: ignore[arg-type]
    assert isinstance(caught.value.cause, TimeLimitError)


def test_a_hang_in_a_thread_ends(capfd: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(1) as pool:
        raised = pool.submit(plugin_calls.call, loop, 0.1).exception()
        assert isinstance(raised, plugin_calls.RaisedError)
        assert pool.submit(plugin_calls.call, lambda: 7, 0.1).result() == 7
        assert pool.submit(plugin_calls.call, lambda: 7, 0).result() == 7


def test_time_to_clean_up_is_given() -> None:
    cleaned = []

    def work() -> None:
        try:
            time.sleep(60)
        finally:
            time.sleep(0.1)
            cleaned.append(True)

    with pytest.raises(plugin_calls.RaisedError):
        plugin_calls.call(work, 0.1)
    assert cleaned == [True]


def test_output_of_plugins_in_threads_is_restored(capfd: pytest.CaptureFixture[str]) -> None:
    barrier = threading.Barrier(3)

    def work() -> None:
        barrier.wait()
        print("of a plugin")

    before = sys.stdout
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(plugin_calls.call, work) for _ in range(3)]:
            done.result()
    assert sys.stdout is before
    print("of ours", flush=True)
    output = capfd.readouterr()
    assert (output.out, output.err.count("of a plugin")) == ("of ours\n", 3)


def test_the_line_is_that_of_the_plugin_itself(project: Project, packages: Packages) -> None:
    path = packages.add("odd", exporter_with("json.loads('{')"), exporters="odd=export")
    ran = project.run("build", "--to", "odd", "--format", "json")
    assert ran.status == 3
    (found,) = (one for one in json.loads(ran.output)["diagnostics"] if one["code"] == "plugin-failed")
    assert (found["path"], found["line"], found["column"]) == (str(path), 7, 5)
    assert "JSONDecodeError" in found["message"]
    assert "json.loads('{')" in ran.errors
    assert "Traceback" not in ran.errors
    debugging = project.run("build", "--to", "odd", "--debug")
    assert "Traceback (most recent call last)" in debugging.errors
    assert "json/decoder.py" in debugging.errors


def test_a_syntax_error_is_at_its_line(project: Project, packages: Packages) -> None:
    packages.add("typo", "def export(:\n", exporters="typo=export")
    ran = project.run("build", "--to", "typo")
    assert "typo.py:1:12: error: The exporter “typo” of typo 1.0 failed: SyntaxError:" in ran.errors


@pytest.mark.parametrize(("api", "words"), [(2, "exporter has 1; update exporter"), (0, "needs 1 or later")])
def test_the_interface_is_checked_at_load(project: Project, packages: Packages, api: int, words: str) -> None:
    packages.add("other", exporter_with("pass").replace("api=1", f"api={api}"), exporters="other=export")
    ran = project.run("build", "--to", "other")
    assert ran.status == 3
    assert f"failed: it is written for the plugin API {api}, and this exporter" in ran.errors
    assert words in ran.errors


def test_the_longest_suffix_chooses_the_reader(project: Project, packages: Packages) -> None:
    code = READER.replace("WORD", ".")
    packages.add("quiz", code, readers="quiz.yaml=read, yaml=read, notes.txt=read")
    for name in ("x.quiz.yaml", "y.YAML", "z.notes.txt", "quiz.yaml.zip"):
        (project.root / "input" / name).write_text("Why?|Because\n")
    ran = project.run("check", "--format", "json")
    readers = {}
    from exporter.config import loader as config
    from exporter.pipeline.loader import load_source

    settings = config.load(project.root).settings
    for path in (project.root / "input").iterdir():
        readers[path.name] = load_source(path, settings).reader
    assert readers.pop("quiz.yaml.zip") == "plain"
    assert readers == {
        "a.txt": "plain",
        "x.quiz.yaml": "quiz.yaml",
        "y.YAML": "yaml",
        "z.notes.txt": "notes.txt",
    }
    assert "quiz.yaml.zip" not in ran.output
    project.build("--to", "markdown")
    assert "x.quiz-answers.md" in project.exports()


def test_formats_says_why_something_is_not_used(project: Project, packages: Packages) -> None:
    code = READER.replace("WORD", "")
    packages.add("readers", code, readers="md=read, Quiz=read, quiz=read, lock=read, json=read")
    (project.root / "plugins").mkdir()
    (project.root / "plugins" / "mine.py").write_text("def export(deck, settings, now): ...\n")
    output = project.run("formats").output
    assert "Not used for .md files: they are read by “markdown”; choose this reader with `from`" in output
    assert "Not used for .quiz files: they are read by “Quiz”, which comes first." in output
    assert "Not used for .lock files: files in .lock are never sources." in output
    assert "Not used: the name “json” belongs to exporter itself." in output
    assert "plugins/mine.py is not used: the setting `plugins` does not list “mine”." in output
    value = json.loads(project.run("formats", "--format", "json").output)
    rows = {row["name"]: row for row in value["readers"] if row["package"] == "readers"}
    assert rows["Quiz"]["suffixes"] == [".quiz"]
    assert rows["md"]["suffixes"] == []
    assert list(rows["md"]["unused"]) == [".md"]
    assert value["unlisted"] == ["mine"]
    assert "unused" not in output.split("Exporters:")[1]


def test_no_plugin_is_loaded_without_need(project: Project, packages: Packages) -> None:
    packages.add("loud", "raise RuntimeError", readers="qz=read", exporters="loud=e", filters="tidy=f")
    for arguments in (("build",), ("check",), ("config",), ("stocks",), ("diff",), ("show", "input/a.txt")):
        ran = project.run(*arguments)
        assert ran.status == 0, ran.errors
        assert "loud" not in ran.errors + ran.output
    assert "loud" not in sys.modules
    assert "RuntimeError" in project.run("formats").output


def test_edited_code_of_a_plugin_is_noticed(project: Project, packages: Packages) -> None:
    (project.root / "input" / "b.qz").write_text("Why?|Because\n")
    packages.add("qz", READER.replace("WORD", "!"), readers="qz=read")
    project.build("--to", "markdown")
    assert project.build("--to", "markdown", "--verbose").output.count("(unchanged)") == 4
    packages.add("qz", READER.replace("WORD", "!!"), readers="qz=read")
    project.build("--to", "markdown")
    assert b"Because!!" in project.exports()["b-answers.md"]


def test_code_that_was_loaded_before_an_edit_is_not_kept(project: Project, packages: Packages) -> None:
    (project.root / "input" / "b.qy").write_text("Why?|Because\n")
    path = packages.add("qy", READER.replace("WORD", "!"), readers="qy=read")
    from exporter.config import loader as config
    from exporter.config.plugin_inputs import find_inputs

    settings = config.load(project.root).settings
    inputs = find_inputs([("exporter.readers", "qy")], settings)
    assert inputs == (path,)
    path.write_text(READER.replace("WORD", "??"))
    assert find_inputs([("exporter.readers", "qy")], settings) is None
