"""The checks for authors of plugins: our own readers and exporters pass them, faulty ones do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exporter import exporters, plugin, readers, testing
from exporter.plugin import Deck, Export, ExportedFile, Question, QuestionSet, ReadResult, SourceText

SAMPLES = {
    "plain": "Q: What is a heap?\nA: A tree.\n\nQ: What is a trie?\nA: Another tree.\n",
    "markdown": "# Title\n\n## What is a heap?\n\nA tree.\n\n## What is a trie?\n\n- a\n- b\n",
    "delimited": "question,answer\nWhat is a heap?,A tree\nWhat is a trie?,Another tree\n",
    "json": '{"schema": 1, "questions": [{"question": "What is a heap?", "answer": "A tree."}]}',
    "html": "<h2>What is a heap?</h2><p>A tree.</p><h2>What is a trie?</h2><p>A tree.</p>",
    "docx": "<h2>What is a heap?</h2><p>A tree.</p><h2>What is a trie?</h2><p>A tree.</p>",
    "org": "* What is a heap?\nA tree.\n* What is a trie?\nAnother tree.\n",
}


@pytest.mark.parametrize("name", readers.BUILT_IN)
def test_our_readers_pass_the_checks_of_plugins(name: str) -> None:
    testing.check_reader(readers.load(name), SAMPLES[name])


@pytest.mark.parametrize("name", exporters.BUILT_IN)
def test_our_exporters_pass_the_checks_of_plugins(name: str) -> None:
    testing.check_exporter(exporters.load(name))


def read(source: SourceText, settings: object) -> ReadResult:
    span = source.span(1)
    question = Question((plugin.paragraph("Why?"),), (plugin.paragraph("So."),), span=span)
    return ReadResult(QuestionSet((question,), source=source.path))


def with_question(change: Callable[[Question], Any]) -> Callable[..., ReadResult]:
    def changed(source: SourceText, settings: object) -> ReadResult:
        result = read(source, settings)
        questions = tuple(map(change, result.questions.questions))
        return replace(result, questions=replace(result.questions, questions=questions))

    return changed


counts = iter(range(1000))

READINGS = {
    "there is no line 3000": with_question(lambda q: replace(q, span=replace(q.span, line=3000))),
    "a place is in other": with_question(lambda q: replace(q, span=replace(q.span, path="other"))),
    "instead of a Question": with_question(lambda q: "Why?"),
    "no question was read": lambda source, settings: ReadResult(QuestionSet((), source=source.path)),
    "instead of a ReadResult": lambda source, settings: [],
    "two readings": with_question(lambda q: replace(q, number=next(counts))),
    "it prints": with_question(lambda q: print("x") or q),
    "the code “Bad code”": lambda source, settings: replace(
        read(source, settings), diagnostics=(plugin.warning("Bad code", "Odd."),)
    ),
}


@pytest.mark.parametrize("words", READINGS)
def test_a_faulty_reader_is_found(words: str) -> None:
    testing.check_reader(read, "a sample")
    with pytest.raises(AssertionError, match=words):
        testing.check_reader(READINGS[words], "a sample")


def test_a_reader_that_raises_is_found() -> None:
    def fragile(source: SourceText, settings: object) -> ReadResult:
        return read(source, settings) if source.lines[0] else ReadResult(None)  # type: ignore[arg-type]

    with pytest.raises(AssertionError, match="ReadResult of a QuestionSet"):
        testing.check_reader(fragile, "a sample")


def export(deck: Deck, settings: object, now: int) -> Export:
    return Export((ExportedFile(f"{deck.stem}.txt", deck.title.encode(), "a text"),))


EXPORTS: dict[str, Callable[..., Any]] = {
    "does not begin with": lambda d, s, n: Export((ExportedFile("x.txt", b"", "x"),)),
    "two files have one name": lambda d, s, n: Export(export(d, s, n).files * 2),
    "two exports differ": lambda d, s, n: Export(
        (ExportedFile(f"{d.stem}.txt", str(next(counts)).encode(), "x"),)
    ),
    "is not a file name": lambda d, s, n: Export((ExportedFile(f"../{d.stem}", b"", "x"),)),
    "it prints": lambda d, s, n: print("x") or export(d, s, n),
}


@pytest.mark.parametrize("words", EXPORTS)
def test_a_faulty_exporter_is_found(words: str) -> None:
    testing.check_exporter(export)
    with pytest.raises(AssertionError, match=words):
        testing.check_exporter(EXPORTS[words])


def test_a_faulty_filter_is_found() -> None:
    testing.check_filter(lambda questions, settings: questions)
    with pytest.raises(AssertionError, match="instead of a QuestionSet"):
        testing.check_filter(lambda questions, settings: questions.questions)


def test_golden_files_are_compared_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = export(testing.deck(), testing.settings(), 0)
    with pytest.raises(AssertionError, match="EXPORTER_UPDATE_GOLDEN=1"):
        testing.check_golden(made, tmp_path / "golden")
    monkeypatch.setenv("EXPORTER_UPDATE_GOLDEN", "1")
    testing.check_golden(made, tmp_path / "golden")
    monkeypatch.delenv("EXPORTER_UPDATE_GOLDEN")
    testing.check_golden(made, tmp_path / "golden")
    (tmp_path / "golden" / "old.txt").write_text("")
    with pytest.raises(AssertionError, match=r"no file of the export is .*old\.txt"):
        testing.check_golden(made, tmp_path / "golden")


def test_a_deck_has_the_pictures_of_its_source() -> None:
    deck = testing.deck("Q: Why?\nA: ![x](p.png)\n", pictures={"p.png": b"x"}, title="Mine")
    assert (deck.title, deck.notes[0].cues, deck.stem) == ("Mine", deck.notes[0].cues, "questions")
