"""The corpus: small files with one style of writing each, and their questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source
from exporter.readers.decoding.decode import decode
from exporter.readers.format_detection import detect_format

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(path for path in CORPUS.iterdir() if not path.name.endswith(".expected.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_corpus(path: Path, update_golden: bool) -> None:
    expected = path.with_name(path.name + ".expected.txt")
    shown = show(path)
    if update_golden:
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text(encoding="utf-8")


def test_the_corpus_is_large_enough() -> None:
    assert len(CASES) >= 40


def show(path: Path) -> str:
    """Return the reader, questions and diagnostics of a file as text."""
    loaded = load_source(path, Settings())
    source, _ = decode(path.name, path.read_bytes())
    name, _ = detect_format(path.name, source.lines if source else ())
    questions = loaded.questions
    lines = [f"reader: {name}", f"questions: {len(questions.questions)}"]
    named = {"title": questions.title, "deck": questions.deck, "language": questions.language}
    lines += [f"{key}: {value}" for key, value in named.items() if value]
    lines += [f"preamble: {block}" for block in questions.preamble]
    for question in questions.questions:
        lines += ["", *shown(question)]
    diagnostics = list(map(describe, loaded.diagnostics))
    return "\n".join(lines + [""] * bool(diagnostics) + diagnostics) + "\n"


def shown(question: Question) -> list[str]:
    """Return a question as lines: its plain text, then its blocks unless they are paragraphs of text."""
    lines = [f"--- line {question.span.line if question.span else '?'}, number {question.number}"]
    fields = ("category", "tags", "cues", "notes", "id")
    lines += [f"{name}: {getattr(question, name)}" for name in fields if getattr(question, name)]
    for sign, blocks in (("?", question.question), ("!", question.answer)):
        for block in blocks:
            lines += [f"{sign} {line}".rstrip() for line in plain_text([block]).split("\n")]
            if "Text" not in str(block) or any(kind in str(block) for kind in RICH):
                lines.append(f"  {block}")
    return lines


RICH = ("Strong(", "Emphasis(", "Code(", "Link(", "Math(", "ListBlock(", "Table(", "CodeBlock(", "Image(")


def describe(diagnostic: Diagnostic) -> str:
    position = f"line {diagnostic.span.line}, column {diagnostic.span.column}: " if diagnostic.span else ""
    return f"{diagnostic.severity} {diagnostic.code}: {position}{diagnostic.message}"
