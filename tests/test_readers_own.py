"""Our own sheet of answers reads back as the questions it was made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exporter.model import Question
from exporter.options import Options
from exporter.readers import load
from exporter.readers.decoding import decode

SEED = Path(__file__).parent.parent / "input" / "interview-questions.txt"


def _read(path: str, data: bytes, reader: str) -> tuple[str | None, tuple[Question, ...]]:
    source, _ = decode(path, data)
    assert source is not None
    questions = load(reader)(source, Options()).questions
    return questions.title, tuple(replace(question, span=None) for question in questions.questions)


def test_the_sheet_of_the_real_questions_reads_back() -> None:
    golden = Path(__file__).parent / "golden" / "interview-questions-answers.md"
    assert _read("a.md", golden.read_bytes(), "markdown") == _read("a.txt", SEED.read_bytes(), "plain")


def test_numbered_items_are_lines_only_where_we_wrote_them() -> None:
    sheet = b'<!-- exporter: answers, form 1 -->\n\n## A? <a id="q-1"></a>\n\n1. x\n2. y\n'
    _, (own,) = _read("a.md", sheet, "markdown")
    _, (other,) = _read("a.md", b"## A?\n\n1. x\n2. y\n", "markdown")
    assert "Paragraph" in str(own.answer)
    assert "ListBlock" in str(other.answer)
