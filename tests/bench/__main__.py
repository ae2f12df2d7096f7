"""Measures exporter and other tools, and writes docs/benchmarks.md: `python -m tests.bench`.

    pip install '.[bench,test]'
    python -m tests.bench                # everything, about half an hour
    python -m tests.bench targets        # only this section of the page; also `tools`, `stages`, `markdown`

The page has ratios only: seconds depend on the computer. What is compared is measured in turns.
"""

from __future__ import annotations

import argparse
import platform
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.markdown import QUESTIONS, measure_ratios
from tests.bench.measure import Figure, measure_medians
from tests.projects import REPOSITORY

PAGE = REPOSITORY / "docs" / "benchmarks.md"
COUNTS = (28, 1_000, 10_000)


@dataclass(frozen=True)
class Target:
    """A limit for the ratio of two processor times; one round is enough where it is far from the limit."""

    name: str
    ours: str
    other: str
    count: int
    max_ratio: float
    rounds: int = 1


TARGETS = (
    Target(
        "Deck of 1,000: at most 1/15 of ankcompiler", "build+anki", "ankcompiler", 1_000, 1 / 15, rounds=3
    ),
    Target("Deck of 10,000: at most 6 times a genanki script", "build+anki", "genanki script", 10_000, 6),
    Target("Cue cards of 10,000: at most 1 reportlab canvas", "pdf", "bare canvas", 10_000, 1),
)

MAX_START_RATIO = 2.5
START_ROUNDS = 15
"""Both take less than a second: the median of a few would be chance."""

MAX_GROWTH = 5.5
MAX_READING_RATIO = 2.5


@dataclass(frozen=True)
class Comparison:
    """What of ours is compared with which other tool, on how many questions.

    One round is enough where a ratio is far from 1.
    """

    ours: str
    other: str
    count: int
    rounds: int = 1


COMPARISONS = (
    Comparison("build+anki", "genanki script", 28, rounds=3),
    Comparison("build+anki", "genanki script", 1_000, rounds=3),
    Comparison("build+anki", "ankcompiler", 28, rounds=3),
    Comparison("build+anki", "ankcompiler", 10_000),
    Comparison("build+markdown", "jinja2 script", 10_000),
    Comparison("pdf", "paragraph", 1_000),
    Comparison("pdf", "typst", 1_000),
    Comparison("pdf", "typst fixed size", 1_000),
    Comparison("pdf", "typst fixed size", 10_000),
    Comparison("pdf", "fpdf2", 1_000),
    Comparison("pdf", "weasyprint", 1_000),
)
"""Those that have a target are in `TARGETS`."""

STAGES = {
    "read": "read",
    "identify": "read, check and identify",
    "match": "match with the lock, 5 % of the questions and 5 % of the answers edited",
    "anki": "Anki deck",
    "pdf": "cue cards",
    "markdown": "Markdown sheets",
    "sheet": "cheat sheet, PDF and HTML",
    "build": "whole build, first",
    "build+unchanged": "whole build, nothing changed",
    "build+one answer": "whole build, one answer changed",
}


def write_targets() -> list[str]:
    """Return the section of the targets."""
    rows = []
    for target in TARGETS:
        figures = measure_medians([target.ours, target.other], target.count, target.rounds)
        ratio = figures[target.ours].processor / figures[target.other].processor
        rows.append(_row(target.name, ratio, target.max_ratio))
    start = measure_medians(["build", "imports"], 28, START_ROUNDS)
    ratio = start["build"].processor / start["imports"].processor
    name = f"First build of the 28 questions, every export: at most {MAX_START_RATIO} times importing"
    rows.append(_row(f"{name} genanki, reportlab and jinja2", ratio, MAX_START_RATIO))
    growth = [measure_medians(["build"], count, 1)["build"].processor for count in (10_000, 50_000)]
    name = f"From 10,000 to 50,000 questions, every export: at most {MAX_GROWTH} times"
    rows.append(_row(name, growth[1] / growth[0], MAX_GROWTH))
    return [
        "Processor time; the deck is the whole command `exporter build --to anki`.",
        "",
        "| target | ratio | |",
        "|---|--:|---|",
        *rows,
    ]


def _row(name: str, ratio: float, max_ratio: float) -> str:
    shown = f"1/{1 / ratio:.1f}" if max_ratio < 1 else f"{ratio:.2f}"
    return f"| {name} | {shown} | {'kept' if ratio <= max_ratio else '**missed**'} |"


def write_comparisons() -> list[str]:
    """Return the section that compares other tools."""
    lines = [
        "How many times the processor time of exporter the other tool takes; below 1 it is faster. Deck and Markdown sheets are",
        "whole commands: start, reading, checks, the lock. The genanki script escapes text, and gives its notes no cues, no",
        "order and no record of changes; the jinja2 script writes both sheets, with the first words of each line as cues.",
        "ankcompiler reads the same questions as Markdown, and writes no cues. Of the tools that print cue cards, `bare canvas`,",
        "`paragraph` and `typst` search the largest size for each side of each card, as exporter does; the others use one size",
        "that fits all cards. None balances its lines. The search takes typst more than a GiB for 1,000 cards, so it is not",
        "run for more.",
        "",
        "| what | other tool | questions | the other / exporter |",
        "|---|---|--:|--:|",
    ]
    titles = {"build+anki": "deck", "build+markdown": "Markdown sheets", "pdf": "cue cards"}
    for pair in COMPARISONS:
        figures = measure_medians([pair.ours, pair.other], pair.count, pair.rounds)
        ratio = figures[pair.other].processor / figures[pair.ours].processor
        lines.append(f"| {titles[pair.ours]} | {pair.other} | {pair.count:,} | {ratio:.2f} |")
    return lines


def write_stages() -> list[str]:
    """Return the section of exporter's own stages."""
    figures: dict[int, dict[str, Figure]] = {
        count: measure_medians(list(STAGES), count, 1) for count in COUNTS
    }
    unit = figures[1_000]["build"].processor
    rows = [
        f"| {title} | "
        + " | ".join(f"{figures[count][name].processor / unit:.2f}" for count in COUNTS)
        + " |"
        for name, title in STAGES.items()
    ]
    memory = " | ".join(f"{figures[count]['build'].memory:.0f}" for count in COUNTS)
    return [
        "Processor time, in units of the first build of 1,000 questions. The parts of a build are without imports.",
        "",
        "| questions | " + " | ".join(f"{count:,}" for count in COUNTS) + " |",
        "|---|" + "--:|" * len(COUNTS),
        *rows,
        f"| memory of the first build, MiB | {memory} |",
    ]


def write_markdown() -> list[str]:
    """Return the section on reading Markdown."""
    return [
        f"Processor time of reading {QUESTIONS} questions, with no export, in units of markdown-it-py's own parse of the same",
        "text, which makes no questions of it. The least of several times of both, in turns in one process.",
        "",
        f"| form of the questions | at most {MAX_READING_RATIO} times the parse | |",
        "|---|--:|---|",
        *(_row(name, ratio, MAX_READING_RATIO) for name, ratio in measure_ratios().items()),
    ]


SECTIONS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "targets": ("Targets", write_targets),
    "tools": ("Other tools", write_comparisons),
    "stages": ("Stages, by the number of questions", write_stages),
    "markdown": ("Reading Markdown", write_markdown),
}


def main() -> None:
    """Measure, and write the sections of the page that are named, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "sections", nargs="*", choices=[*SECTIONS, []], help="the sections to renew; else all"
    )
    names = parser.parse_args().sections or list(SECTIONS)
    text = PAGE.read_text("utf-8")
    old = dict(re.findall(r"^## (.+?)\n\n(.*?)\n*(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    parts = [
        "# How fast exporter is",
        f"Made by `python -m tests.bench` with Python {platform.python_version()} on {platform.system()}, two cores. What "
        "is compared is run in turns,\neach in a process of its own: fifteen times for the first build, three times for other "
        "ratios near their limit or of short runs,\nelse once. Ratios only: seconds depend on the computer.",
    ]
    for name, (title, write) in SECTIONS.items():
        body = "\n".join(write()) if name in names else old.get(title, "Not measured yet.")
        parts.append(f"## {title}\n\n{body}")
    titles = {title for title, _ in SECTIONS.values()}
    parts += [f"## {title}\n\n{body}" for title, body in old.items() if title not in titles]  # by hand
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")
    print(PAGE.read_text("utf-8"))


if __name__ == "__main__":
    main()
