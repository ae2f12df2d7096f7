"""Sources of any size, with words of the real questions."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.projects import SEED


def text_of(count: int) -> str:
    """Return a source of `count` questions, with answers of 4 to 8 lines; the same in each run."""
    chance = random.Random(count)
    words = [word for word in SEED.read_text("utf-8").split() if word.isalpha()]

    def sentence(min_words: int, max_words: int) -> str:
        return " ".join(chance.choices(words, k=chance.randrange(min_words, max_words))).capitalize()

    parts = ["Many questions\n"]
    for number in range(1, count + 1):
        lines = "\n".join(f"{sentence(9, 20)}." for _ in range(chance.randrange(4, 9)))
        parts.append(f"Question {number}: Tell me about {sentence(4, 10).lower()}?\nAnswer:\n{lines}\n")
    return "\n".join(parts)


def write(folder: Path, count: int) -> Path:
    """Write the source into a folder, and return its path."""
    path = folder / "many.txt"
    path.write_text(text_of(count), "utf-8")
    return path


def write_for_ankcompiler(source: Path) -> None:
    """Write the same questions beside a source, in Markdown as ankcompiler reads it, with a uid for each card."""
    title, *blocks = re.split(r"\n\n+", source.read_text("utf-8"))
    parts = [f"---\ndeck: {title}\n---\n"]
    for number, block in enumerate(blocks, 1):
        heading, _, answer = block.partition("\nAnswer:\n")
        lines = "\n".join(f"{i}. {line}" for i, line in enumerate(answer.strip().split("\n"), 1))
        front = heading.split(": ", 1)[1]
        parts.append(f"---\n\n{front} ::: {lines}\n\n---\n\n[^uid]: {number:010d}\n")
    source.with_suffix(".md").write_text("\n".join(parts), "utf-8")
