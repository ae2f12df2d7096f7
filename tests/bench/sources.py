"""Sources of any size: questions of words that the real ones have."""

from __future__ import annotations

import random
from pathlib import Path

from tests.projects import SEED


def text_of(count: int) -> str:
    """Return a source of so many questions, with answers of 4 to 8 lines; always the same one."""
    chance = random.Random(count)
    words = [word for word in SEED.read_text("utf-8").split() if word.isalpha()]

    def sentence(least: int, most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randrange(least, most))).capitalize()

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
