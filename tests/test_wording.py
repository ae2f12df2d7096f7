"""The code is described in plain technical English: the words that were replaced do not come back."""

from __future__ import annotations

import re
from pathlib import Path

import exporter

ROOT = Path(exporter.__file__).parent
REPLACED = re.compile(r"\b(?:mend|told|anew|say whether|stands|lies|of its own)\b", re.IGNORECASE)
WORD_LISTS = {"cues/english.py", "readers/markup/mentioned_tags.py"}
"""Modules whose lists hold these words as data."""


def test_replaced_words_do_not_come_back() -> None:
    used = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted(ROOT.rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in WORD_LISTS
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if REPLACED.search(line)
    ]
    assert used == []
