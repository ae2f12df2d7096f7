"""Plugins: separate packages, installed with pip and used from the command line."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exporter import exporters, readers
from exporter.config import plugin_calls
from exporter.config.plugins import Plugin, discover
from tests.projects import REPOSITORY, Project, Ran

pytestmark = pytest.mark.slow

PLUGINS = REPOSITORY / "tests" / "plugin"

RunWith = Callable[..., Ran]


def _installed(folder: Path, *names: str) -> Path:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    done = subprocess.run(
        [*command, *(str(PLUGINS / name) for name in names)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which all packages are installed."""
    return _installed(tmp_path_factory.mktemp("site"), "slides", "qa", "tidy", "broken")


@pytest.fixture
def run(project: Project, site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunWith]:
    """Run a command in this process, in the project where the packages are installed."""
    monkeypatch.syspath_prepend(site)
    yield project.run
    for name in ("exporter_slides", "exporter_qa", "exporter_tidy", "exporter_broken"):
        sys.modules.pop(name, None)


@pytest.fixture
def run_process(project: Project, site: Path) -> RunWith:
    """Run a command in a new process, where a plugin may do what it likes to the interpreter."""

    def with_plugins(*arguments: str, before: Callable[[], object] | None = None) -> Ran:
        path = os.pathsep.join([str(REPOSITORY), str(site)])
        return project.run_process(*arguments, environment={"PYTHONPATH": path}, before=before)

    return with_plugins


def test_an_exporter_of_another_package_is_used_by_its_name(project: Project, run: RunWith) -> None:
    ran = run("build", "--to", "slides", "--to", "markdown", "--verbose")
    assert ran.status == 0, ran.errors
    assert set(project.exports()) == {
        "interview-questions-slides.html",
        "interview-questions-cheatsheet.md",
        "interview-questions-answers.md",
    }
    assert "interview-questions: 28 questions; sheets, slides; 28 added" in ran.output
    assert "28 slides" in ran.output
    page = project.exports()["interview-questions-slides.html"].decode()
    assert page.count("<section>") == 28


EXAMPLES = {
    "slides": "exporter_slides/__init__.py",
    "qa": "exporter_qa.py",
    "tidy": "exporter_tidy.py",
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_has_fewer_than_forty_lines(name: str) -> None:
    assert len((PLUGINS / name / EXAMPLES[name]).read_text("utf-8").splitlines()) < 40


def test_the_examples_pass_their_own_tests(site: Path, tmp_path: Path) -> None:
    tests = [shutil.copytree(PLUGINS / name, tmp_path / name) for name in EXAMPLES]
    path = os.pathsep.join([str(REPOSITORY), str(site)])
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(tmp_path)]
    done = subprocess.run(
        [*command, *(str(path) for folder in tests for path in folder.glob("test_*.py"))],
        env={**os.environ, "PYTHONPATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 passed" in done.stdout


def test_settings_templates_and_filters_of_plugins(project: Project, run: RunWith) -> None:
    project.source.unlink()
    (project.root / "input" / "a.txt").write_text("Q: Why?\nA: So.\nTags: draft\n\nQ: How?\nA: Thus.\n")
    (project.root / "exporter.toml").write_text(
        'to = ["slides"]\nfilters = ["tidy"]\n[plugin.slides]\nanswers = false\n'
    )
    own = project.root / "templates" / "slides" / "page.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ own.answers }} {{ own.size }} {{ slides }}")
    ran = run("build", "--verbose", "--set", "plugin.slides.size=7")
    assert ran.status == 0, ran.errors
    page = project.exports()["a-slides.html"].decode()
    assert page == "False 7.0 [(&#39;How?&#39;, &#39;Thus.&#39;)]"
    assert "The filter “tidy” left out 1 question." in ran.errors
    own.write_text("\n{{ nothing }}")
    ran = run("build")
    assert "templates/slides/page.html.j2:2:1: error: This template cannot be used" in ran.errors
    assert ran.status == 2


def test_a_build_runs_those_that_the_configuration_names(project: Project, run: RunWith) -> None:
    (project.root / "exporter.toml").write_text('to = ["slides"]\n')
    assert run("build").status == 0
    assert set(project.exports()) == {"interview-questions-slides.html"}
    assert run("build", "--to", "anki").status == 0
    assert project.package.exists()


def test_a_plain_build_runs_none_of_them(project: Project, run: RunWith) -> None:
    assert run("build", "--quiet").errors == ""
    assert len(project.exports()) == 6


def test_a_reader_of_another_package_reads_its_suffix(
    project: Project, run: RunWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.source.unlink()
    (project.root / "input" / "short.qa").write_text("Q Why tests?\nA They stay.\n")
    ran = run("build", "--to", "anki")
    assert ran.status == 0, ran.errors
    assert set(project.exports()) == {"short.apkg"}
    shown = json.loads(run("show", "input/short.qa", "--format", "json").output)
    assert [(one["question"], one["answer"]) for one in shown["questions"]] == [("Why tests?", "They stay.")]
    monkeypatch.undo()
    without = json.loads(project.run("show", "input/short.qa", "--format", "json").output)
    assert without["questions"] != shown["questions"]


FAULTS = {
    "raises": "failed: LookupError: no such slide.",
    "leaves": "failed: SystemExit: 7.",
    "interrupts": "failed: KeyboardInterrupt: of my own.",
    "ends-a-generator": "failed: GeneratorExit: no reason given.",
    "is-cancelled": "failed: CancelledError: by nobody.",
    "has-no-words": "failed: NamelessError: no reason given.",
    "yields": "failed: SystemExit: 8.",
    "ends-at-import": "failed: KeyboardInterrupt: no reason given.",
    "no-json": "failed: the details of slides.html are not JSON values.",
    "wrong-type": "failed: it returned bytes instead of an Export.",
    "wrong-file": "failed: the name and summary of a file must be str, its data bytes.",
    "outside": "failed: “../slides.html” is not a file name.",
    "overwrites": "failed: Interview-Questions.apkg is a file of another export.",
    "missing": "failed: ModuleNotFoundError: No module named 'exporter_nowhere'",
}


def test_a_fault_names_the_plugin_and_the_others_continue(project: Project, run_process: RunWith) -> None:
    names = ["anki", "slides", *FAULTS]
    ran = run_process("build", *(part for name in names for part in ("--to", name)))
    assert ran.status == 3
    assert "Traceback" not in ran.errors
    for name, words in FAULTS.items():
        assert f"The exporter “{name}” of exporter-broken 0.3 {words}" in ran.errors
    assert ran.errors.count("[plugin-failed]") == len(FAULTS)
    assert re.search(r"exporter_broken\.py:\d+:5: error: The exporter “raises”", ran.errors)
    assert set(project.exports()) == {"interview-questions.apkg", "interview-questions-slides.html"}
    assert project.package.stat().st_size > 1000
    assert not (project.root / "slides.html").exists()


@pytest.mark.parametrize(
    ("suffix", "words"),
    [
        ("bad", "ValueError: line 1 is odd."),
        ("stops", "KeyboardInterrupt: no reason given."),
        ("odd", "the question of its question 1 is not a tuple of blocks."),
    ],
)
def test_failing_reader_is_reported_and_others_are_checked(
    project: Project, run: RunWith, suffix: str, words: str
) -> None:
    (project.root / "input" / f"more.{suffix}").write_text("Why?\n")
    ran = run("check")
    assert ran.status == 3
    failed = f"The reader “{suffix}” of exporter-broken 0.3 failed for input/more.{suffix}: {words}"
    assert re.search(rf"exporter_broken\.py:\d+:\d+: error: {re.escape(failed)}", ran.errors)
    assert "28 questions, 1 error" in ran.output
    assert run("build").status == 3
    assert not (project.root / "dist").exists()


def test_what_a_plugin_prints_never_reaches_stdout(project: Project, run_process: RunWith) -> None:
    names = ["prints", "ends-at-import", "markdown"]
    ran = run_process("build", "--format", "json", *(part for name in names for part in ("--to", name)))
    value = json.loads(ran.output)
    assert "printed.html" in {Path(file["path"]).name for file in value["files"]}
    for words in (
        "printed by print",
        "printed on the stream of the start",
        "written to the descriptor",
        "printed by a child",
        "printed at the import",
    ):
        assert words in ran.errors
    json.loads(run_process("formats", "--format", "json").output)
    (project.root / "input" / "more.stops").write_text("Why?\n")
    ran = run_process("check", "--format", "json")
    assert "printed by a reader" in ran.errors
    json.loads(ran.output)


def test_a_plugin_may_print_where_there_is_no_stdout_or_stderr(
    project: Project, run_process: RunWith
) -> None:
    for closed in ((1,), (2,), (1, 2)):
        ran = run_process(
            "build", "--to", "prints", before=lambda closed=closed: [os.close(fd) for fd in closed]
        )
        assert ran.status == 0, (closed, ran)
        assert "printed by" not in ran.output


def _interrupted(project: Project, site: Path, name: str, times: int) -> tuple[int, str]:
    """Press Ctrl-C that many times while a plugin runs; return the status and the output."""
    path = os.pathsep.join([str(REPOSITORY), str(site)])
    command = [sys.executable, "-m", "exporter", "build", "--to", name]
    with subprocess.Popen(
        command,
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        output = ""
        for awaited in ("started", "caught")[:times]:
            while awaited not in output:
                line = process.stdout.readline()
                assert line, output
                output += line
            process.send_signal(signal.SIGINT)
        output += process.communicate(timeout=60)[0]
        return process.returncode, output


def test_ctrl_c_ends_a_build_though_a_plugin_catches_it(project: Project, site: Path) -> None:
    status, output = _interrupted(project, site, "goes-on", 1)
    assert (status, "caught" in output, output.splitlines()[-1]) == (130, True, "Stopped.")
    assert not (project.root / "dist").exists()
    assert _interrupted(project, site, "never-ends", 2)[0] == -signal.SIGINT


def test_a_plugin_leaves_the_handlers_of_signals_as_they_were() -> None:
    before = signal.getsignal(signal.SIGINT)
    plugin_calls.call(lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    assert signal.getsignal(signal.SIGINT) is before


def test_an_unknown_name_is_reported_with_those_that_are_known(run: RunWith) -> None:
    ran = run("build", "--to", "slide")
    assert ran.status == 2
    assert "Unknown export “slide”." in ran.errors
    assert "Did you mean “slides”?" in ran.errors


def test_formats_lists_all_with_package_and_version(run: RunWith) -> None:
    value = json.loads(run("formats", "--format", "json").output)
    listed = {(one["name"], one["package"]): one for kind in ("readers", "exporters") for one in value[kind]}
    assert listed["slides", "exporter-slides"]["version"] == "1.2.0"
    assert listed["slides", "exporter-slides"]["problem"] is None
    assert listed["qa.yaml", "exporter-qa"]["suffixes"] == [".qa.yaml"]
    assert [row["name"] for row in value["filters"]] == ["tidy"]
    assert listed["pdf", "exporter"]["problem"] is None
    assert "belongs to exporter itself" in listed["pdf", "exporter-broken"]["problem"]
    assert "ModuleNotFoundError" in listed["missing", "exporter-broken"]["problem"]
    text = run("formats").output
    assert re.search(r"slides +exporter-slides 1\.2\.0", text)
    for name in (*readers.BUILT_IN, *exporters.BUILT_IN):
        assert f"  {name} " in text


def test_a_name_of_our_own_cannot_be_taken(project: Project, run: RunWith) -> None:
    assert run("build", "--to", "pdf").status == 0
    assert set(project.exports()) == {"interview-questions-cards.pdf"}


def test_two_packages_with_one_name_are_not_chosen_by_chance(
    project: Project, site: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second" / "exporter_rival-2.0.dist-info"
    second.mkdir(parents=True)
    (second / "METADATA").write_text("Metadata-Version: 2.1\nName: exporter-rival\nVersion: 2.0\n")
    (second / "entry_points.txt").write_text("[exporter.exporters]\nslides = exporter_slides:export\n")
    path = os.pathsep.join([str(REPOSITORY), str(site), str(second.parent)])
    ran = project.run_process("build", "--to", "slides", environment={"PYTHONPATH": path})
    assert ran.status == 3
    assert "comes from exporter-rival 2.0 and exporter-slides 1.2.0" in ran.errors


def test_nobody_looks_for_plugins_in_vain(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(**_: object) -> tuple[Plugin, ...]:
        raise AssertionError("the metadata of all packages was read")

    monkeypatch.setattr("exporter.config.plugins.entry_points", forbidden)
    monkeypatch.syspath_prepend(str(project.root))  # nothing is cached for another search path
    with pytest.raises(AssertionError):
        discover(exporters.GROUP)
    from exporter.pipeline import sources

    project.lock.write_text("")
    assert sources.discover((), project.root)[0]
    for name in exporters.BUILT_IN:
        exporters.load(name)


def test_the_page_on_plugins_shows_the_package_that_is_tested() -> None:
    page = (REPOSITORY / "docs" / "plugins.md").read_text("utf-8")
    code = "".join((PLUGINS / name / path).read_text("utf-8") for name, path in EXAMPLES.items())
    names = (PLUGINS / "slides" / "pyproject.toml").read_text("utf-8")
    for block in page.split("```python\n")[1:]:
        assert block.split("```")[0] in code
    assert page.split("```toml\n")[1].split("```")[0] in names
