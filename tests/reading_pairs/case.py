"""A case: a file, and what must be read from it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source


@dataclass(frozen=True, slots=True)
class Case:
    """A file on one side of a number, and what must be read from it."""

    title: str
    """The number's name, and the side: `MAX_TITLE_CHARS below`."""

    name: str
    """The file's name; its suffix decides the reader."""

    text: str | bytes
    expected: tuple[str, ...]
    """`question → answer` of each question, or the part of it that `shows` names; then codes with lines."""

    shows: str = "questions"
    """`questions` (with answers and diagnostics), `fronts`, `answers`, `last answer`, `count`, `codes`, `messages`, `title`,
    `tags` or `categories`."""


def outcome(case: Case) -> str:
    """Return what is read from a case, as the text that its expectation is compared with."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.name
        path.write_bytes(case.text if isinstance(case.text, bytes) else case.text.encode())
        loaded = load_source(path, Settings())
    codes = [f"{one.code} {one.span.line if one.span else 0}" for one in loaded.diagnostics]
    questions = loaded.questions.questions
    parts: dict[str, list[str]] = {
        "questions": [
            *(f"{plain_text(one.question)} → {plain_text(one.answer)}" for one in questions),
            *codes,
        ],
        "fronts": [plain_text(one.question) for one in questions],
        "answers": [plain_text(one.answer) for one in questions],
        "last answer": [plain_text(one.answer) for one in questions[-1:]],
        "count": [str(len(questions))],
        "codes": codes,
        "messages": [one.message for one in loaded.diagnostics],
        "title": [loaded.questions.title or ""],
        "tags": [" ".join(one.tags) for one in questions],
        "cues": [" | ".join(one.cues) for one in questions],
        "categories": [one.category or "" for one in questions],
    }
    return "\n".join(parts[case.shows])
