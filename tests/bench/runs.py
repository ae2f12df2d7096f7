"""One measurement: `python -m tests.bench.runs NAME COUNT FOLDER`.

Prints wall time and processor time in seconds, and the greatest memory in MiB. Commands and scripts are timed
from their start; for the parts of a build, imports and reading the source are not timed.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from exporter.config.settings import Settings
from exporter.identity import SourceQuestions, identify
from exporter.identity.records import Lock
from exporter.model.deck import Deck
from exporter.model.text import line_text, paragraph, plain_text
from exporter.pipeline import export_runner, loader
from tests.bench import cards, sources, typst_cards
from tests.notes import decks_of, plan_sources
from tests.projects import REPOSITORY

NOW = 1_767_225_600


def _deck(path: Path) -> Deck:
    return decks_of(plan_sources([path], Settings(), NOW))[0]


def _entries(deck: Deck) -> list[cards.Card]:
    return [
        (plain_text(note.question.question), [line_text(line) for line in note.question.answer[0].lines])  # type: ignore[union-attr]
        for note in deck.notes
    ]


def run_python(folder: Path, *arguments: str) -> None:
    """Run Python as a person does; in an environment that lets it write bytecode, as an installer does."""
    environment = {
        "PYTHONPATH": str(REPOSITORY),
        "XDG_CACHE_HOME": str(folder / "caches"),
        "PATH": "/usr/bin:/bin",
    }
    subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True
    )


def run_script(name: str, path: Path) -> None:
    """Run a script of this folder; its start and its imports are part of the time."""
    run_python(path.parent, str(Path(__file__).with_name(f"{name}.py")), path.name)


def run_build(path: Path, *arguments: str) -> None:
    """Run the command."""
    run_python(path.parent, "-m", "exporter", "build", path.name, "--quiet", *arguments)


def change_one_answer(path: Path) -> None:
    """Change one answer in the middle of the source."""
    lines = path.read_text("utf-8").split("\n")
    middle = lines.index("Answer:", len(lines) // 2) + 1
    lines[middle] = "This line is different now."
    path.write_text("\n".join(lines), "utf-8")


def prepare_match(path: Path) -> Callable[[], object]:
    """Return the matching of a source in which every 20th question and every 20th answer changed."""
    questions = loader.load_source(path, Settings()).questions.questions
    first = identify([SourceQuestions(path.name, questions)], Lock(), NOW)
    edited = list(questions)
    for index in range(0, len(edited), 20):
        words = plain_text(edited[index].question)
        edited[index] = replace(edited[index], question=(paragraph(f"Explain in detail {words[14:]}"),))
    for index in range(10, len(edited), 20):
        lines = plain_text(edited[index].answer).split("\n")
        edited[index] = replace(edited[index], answer=(paragraph("Quite another line.", *lines[1:]),))
    source = SourceQuestions(path.name, tuple(edited))
    return lambda: identify([source], first.lock, NOW + 1)


def prepare(name: str, path: Path) -> Callable[[], object]:
    """Return what is to be timed, after preparing what it needs."""
    match name.split("+"):
        case ["read"]:
            return lambda: loader.load_source(path, Settings())
        case ["identify"]:
            return lambda: plan_sources([path], Settings(), NOW)
        case ["match"]:
            return prepare_match(path)
        case ["anki" | "pdf" | "markdown" | "sheet" as exporter]:
            deck = _deck(path)
            small = _deck(sources.write(path.parent / "small", 28))
            export_runner.export([small], [exporter], Settings(), NOW)
            return lambda: export_runner.export([deck], [exporter], Settings(), NOW)
        case ["imports"]:
            return lambda: run_python(path.parent, "-c", "import genanki, reportlab.pdfgen.canvas, jinja2")
        case ["ankcompiler"]:
            sources.write_for_ankcompiler(path)
            return lambda: run_python(path.parent, "-m", "app.main", "build", "--all")
        case ["genanki script"]:
            return lambda: run_script("genanki_script", path)
        case ["jinja2 script"]:
            return lambda: run_script("jinja2_script", path)
        case ["help"]:
            return lambda: run_python(path.parent, "-m", "exporter", "--help")
        case ["build"]:
            return lambda: run_build(path)
        case ["build", "anki" | "markdown" as exporter]:
            return lambda: run_build(path, "--to", exporter)
        case ["build", "unchanged"]:
            run_build(path)
            return lambda: run_build(path)
        case ["build", "one answer"]:
            run_build(path)
            change_one_answer(path)
            return lambda: run_build(path)
    tool = getattr(typst_cards if name.startswith("typst") else cards, "with_" + name.replace(" ", "_"))
    entries = _entries(_deck(path))
    tool(entries[:8])
    return lambda: tool(entries)


def main() -> None:
    """Time one run."""
    name, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    gc.set_threshold(700_000, 20, 50)  # as the command does
    (folder / "small").mkdir(parents=True, exist_ok=True)
    timed = prepare(name, sources.write(folder, count))
    wall_start, processor_start = time.perf_counter(), _processor_time()
    timed()
    wall, processor = time.perf_counter() - wall_start, _processor_time() - processor_start
    # commands run in a child; this process has read the source, too
    whose = resource.RUSAGE_CHILDREN if name.startswith("build") else resource.RUSAGE_SELF
    print(wall, processor, resource.getrusage(whose).ru_maxrss / 1024)


def _processor_time() -> float:
    usages = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
