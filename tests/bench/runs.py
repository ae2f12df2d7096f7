"""One measurement, in a process of its own: `python -m tests.bench.runs NAME COUNT FOLDER`.

Prints the seconds it took, the processor's seconds, and the greatest memory in MiB. What is
loaded but once, and the reading of the source where it is no part of the question, is not timed.
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


def script(name: str, path: Path) -> None:
    """A script beside this file, as a person runs it: its start and its imports are part of it."""
    command = [sys.executable, str(Path(__file__).with_name(f"{name}.py")), path.name]
    subprocess.run(command, cwd=path.parent, env={"PATH": "/usr/bin:/bin"}, check=True)


def exporter_build(path: Path, *arguments: str) -> None:
    """The command, as a person runs it."""
    subprocess.run(
        [sys.executable, "-m", "exporter", "build", path.name, "--quiet", *arguments],
        cwd=path.parent,
        env={
            "PYTHONPATH": str(REPOSITORY),
            "XDG_CACHE_HOME": str(path.parent / "caches"),
            "PATH": "/usr/bin:/bin",
        },
        check=True,
    )


def one_answer_changed(path: Path) -> None:
    """Change one answer in the middle of the source."""
    lines = path.read_text("utf-8").split("\n")
    middle = next(place for place in range(len(lines) // 2, len(lines)) if lines[place] == "Answer:") + 1
    lines[middle] = "This line is quite another one now."
    path.write_text("\n".join(lines), "utf-8")


def match_edited(path: Path) -> Callable[[], object]:
    """Match with the old lock a source in which every 20th question and every 20th answer changed."""
    questions = loader.load_source(path, Settings()).questions.questions
    first = identify([SourceQuestions(path.name, questions)], Lock(), NOW)
    edited = list(questions)
    for place in range(0, len(edited), 20):
        words = plain_text(edited[place].question)
        edited[place] = replace(edited[place], question=(paragraph(f"Explain in detail {words[14:]}"),))
    for place in range(10, len(edited), 20):
        lines = plain_text(edited[place].answer).split("\n")
        edited[place] = replace(edited[place], answer=(paragraph("Quite another line.", *lines[1:]),))
    source = SourceQuestions(path.name, tuple(edited))
    return lambda: identify([source], first.lock, NOW + 1)


def run(name: str, path: Path) -> Callable[[], object]:
    """Return what is to be timed; what it needs is made ready here."""
    match name.split("+"):
        case ["read"]:
            return lambda: loader.load_source(path, Settings())
        case ["identify"]:
            return lambda: plan_sources([path], Settings(), NOW)
        case ["match"]:
            return match_edited(path)
        case ["anki" | "pdf" | "markdown" as exporter]:
            deck = _deck(path)
            small = _deck(sources.write(path.parent / "small", 28))
            export_runner.export([small], [exporter], Settings(), NOW)
            return lambda: export_runner.export([deck], [exporter], Settings(), NOW)
        case ["genanki script"]:
            return lambda: script("genanki_script", path)
        case ["jinja2 script"]:
            return lambda: script("jinja2_script", path)
        case ["help"]:
            command = [sys.executable, "-m", "exporter", "--help"]
            return lambda: subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True)
        case ["build"]:
            return lambda: exporter_build(path)
        case ["build", "anki" | "markdown" as exporter]:
            return lambda: exporter_build(path, "--to", exporter)
        case ["build", "unchanged"]:
            exporter_build(path)
            return lambda: exporter_build(path)
        case ["build", "one answer"]:
            exporter_build(path)
            one_answer_changed(path)
            return lambda: exporter_build(path)
    tool = getattr(typst_cards if name.startswith("typst") else cards, "with_" + name.replace(" ", "_"))
    entries = _entries(_deck(path))
    tool(entries[:8])
    return lambda: tool(entries)


def main() -> None:
    """Time one run."""
    name, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    gc.set_threshold(700_000, 20, 50)  # as the command does
    (folder / "small").mkdir(parents=True, exist_ok=True)
    work = run(name, sources.write(folder, count))
    began, processor = time.perf_counter(), _processor()
    work()
    seconds, used = time.perf_counter() - began, _processor() - processor
    memory = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    if name.startswith(("build", "help")):
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(seconds, used, memory / 1024)


def _processor() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
