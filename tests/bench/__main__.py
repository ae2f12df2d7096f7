"""Measures everything and writes docs/benchmarks.md: `python -m tests.bench`.

    pip install '.[bench,test]'
    python -m tests.bench            # all of it, about ten minutes
    python -m tests.bench --quick    # up to 1,000 questions

Each figure is the median of three runs (one from 50,000 questions on), each run in a process of its
own; a pair that is compared takes turns, so that both meet the same machine.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.projects import REPOSITORY

TABLE = REPOSITORY / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Figure:
    """Seconds on the clock, seconds of the processor, and memory in MiB."""

    seconds: float
    processor: float
    memory: float


def once(name: str, count: int) -> Figure:
    """Run one measurement in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.runs", name, str(count), folder]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return Figure(*map(float, done.stdout.split()[-3:]))


def medians(names: list[str], count: int) -> dict[str, Figure]:
    """Run several in turns, and return the median of each."""
    rounds = 3 if count < 50_000 else 1
    runs: dict[str, list[Figure]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            runs[name].append(once(name, count))
    found = {
        name: Figure(
            *(
                statistics.median(getattr(run, part) for run in some)
                for part in ("seconds", "processor", "memory")
            )
        )
        for name, some in runs.items()
    }
    for name, figure in found.items():
        print(
            f"{count:>6} {name}: {figure.seconds:.2f} s, {figure.processor:.2f} s processor, {figure.memory:.0f} MiB",
            flush=True,
        )
    return found


def stages(counts: list[int]) -> list[str]:
    """The table of exporter's own stages, by the number of questions."""
    names = [
        "read",
        "identify",
        "match",
        "anki",
        "pdf",
        "markdown",
        "build",
        "build+unchanged",
        "build+one answer",
    ]
    found = {count: medians(names, count) for count in counts}
    lines = [
        "| seconds | " + " | ".join(f"{count:,}" for count in counts) + " |",
        "|---|" + "--:|" * len(counts),
    ]
    titles = {
        "identify": "read, check and identify",
        "match": "match with the lock, 5 % of the questions and 5 % of the answers edited",
        "build": "whole build, first",
        "build+unchanged": "whole build, nothing changed",
        "build+one answer": "whole build, one answer changed",
    }
    for name in names:
        cells = " | ".join(f"{found[count][name].seconds:.2f}" for count in counts)
        lines.append(f"| {titles.get(name, name)} | {cells} |")
    memory = " | ".join(f"{found[count]['build'].memory:.0f}" for count in counts)
    lines.append(f"| memory of a process of the first build, MiB | {memory} |")
    if len(counts) > 1:
        last, before = counts[-1], counts[-2]
        growth = found[last]["build"].seconds / found[before]["build"].seconds
        lines += [
            "",
            f"From {before:,} to {last:,} questions ({last / before:.0f} times) the whole build takes {growth:.1f} times as long.",
        ]
    return lines


PAIRS: tuple[tuple[str, str, int], ...] = (
    ("build+anki", "genanki script", 10_000),
    ("build+markdown", "jinja2 script", 10_000),
    ("pdf", "bare canvas", 10_000),
    ("pdf", "paragraph", 1_000),
    ("pdf", "typst", 1_000),
    ("pdf", "typst fixed size", 1_000),
    ("pdf", "typst fixed size", 10_000),
    ("pdf", "fpdf2", 1_000),
    ("pdf", "weasyprint", 1_000),
)
"""What is compared with what, on how many questions."""


def pairs(largest: int) -> list[str]:
    """The table of comparisons: the processor's seconds, and how many times ours the other takes."""
    lines = [
        "| ours | the other | questions | ours, s | the other, s | the other / ours |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for ours, other, count in PAIRS:
        if count <= largest:
            found = medians([ours, other], count)
            mine, theirs = found[ours].processor, found[other].processor
            lines.append(
                f"| {ours} | {other} | {count:,} | {mine:.2f} | {theirs:.2f} | {theirs / mine:.2f} |"
            )
    return lines


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="only up to 1,000 questions")
    quick = parser.parse_args().quick
    counts = [28, 1_000] if quick else [28, 1_000, 10_000, 50_000]
    helped = medians(["help"], 28)["help"]
    lines = [
        "# How fast exporter is",
        "",
        f"Made by `python -m tests.bench` with Python {platform.python_version()} on {platform.system()}, two cores. "
        "Medians of three runs, each in a process of its own.",
        "",
        f"`exporter --help` takes {helped.seconds:.2f} s.",
        "",
        "## Each stage, and the whole",
        "",
        *stages(counts),
        "",
        "## Beside what one would use instead",
        "",
        "Seconds are the processor's. `build+anki` and `build+markdown` are the whole command, lock and all; the two "
        "scripts are whole processes too, that read the same source, and escape what they write. The genanki script "
        "gives its notes no cues and no order, remembers nothing and checks nothing; the jinja2 script writes both "
        "sheets, with the first words of each line for cues. Of the other setters of cards `bare canvas`, `paragraph` "
        "and `typst` search the size for each side of each card, as exporter does; the rest set all cards at one size "
        "that fits. None balances its lines. The search takes typst more than a GiB for 1,000 cards, so it is not run for "
        "more.",
        "",
        *pairs(max(counts)),
        "",
    ]
    TABLE.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    print(Path(TABLE).read_text("utf-8"))


if __name__ == "__main__":
    main()
