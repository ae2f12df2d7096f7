"""The limits of patching and of the report of a pull, each on both sides."""

from __future__ import annotations

import pytest

from exporter.cli.pull_report import MAX_SHOWN_NOTES, iter_report
from exporter.patching.field_lines import text_lines
from exporter.patching.line_pairing import MAX_PAIRED_LINES, MIN_SIMILARITY, LinePair, pair_lines
from exporter.patching.word_location import MAX_GAP_CHARS, locate_words
from exporter.pull.anki_edition import read_edition
from exporter.pull.pulled_note import PulledNote, PullState


@pytest.mark.parametrize(("shared", "is_paired"), [(5, True), (4, False)])
def test_lines_are_paired_if_they_are_similar(shared: int, is_paired: bool) -> None:
    assert (shared / 10 > MIN_SIMILARITY) is is_paired
    similar = "abcdefghij"[:shared].ljust(10, "z")
    pairs = pair_lines(text_lines(["abcdefghij"]), text_lines(["-" * 10, similar]))
    assert (LinePair(0, 1) in pairs) is is_paired


@pytest.mark.parametrize(("count", "is_compared"), [(MAX_PAIRED_LINES, True), (MAX_PAIRED_LINES + 1, False)])
def test_a_limited_number_of_lines_is_compared(count: int, is_compared: bool) -> None:
    new = text_lines([*["-" * 10] * (count - 1), "abcdezzzzz"])
    pairs = pair_lines(text_lines(["abcdefghij"]), new)
    assert (LinePair(0, count - 1) in pairs) is is_compared


@pytest.mark.parametrize(("excess", "is_located"), [(0, True), (1, False)])
def test_words_are_located_behind_markup_of_a_limited_size(excess: int, is_located: bool) -> None:
    markup = "<" + "x" * (MAX_GAP_CHARS - len("<>two") + excess) + ">"
    source = f"one{markup}two"
    assert (locate_words("one two", source, 0, len(source)) is not None) is is_located


@pytest.mark.parametrize(("excess", "more"), [(0, []), (1, ["  … and 1 more"])])
def test_a_pull_shows_a_limited_number_of_foreign_notes(excess: int, more: list[str]) -> None:
    edition = read_edition({"Question": "What is rye?", "Answer": "A grain."})
    notes = [
        PulledNote(str(number), PullState.FOREIGN, anki=edition) for number in range(MAX_SHOWN_NOTES + excess)
    ]
    lines = list(iter_report(notes))
    assert [line for line in lines if line.startswith("  …")] == more
    assert lines.count("  Question: What is rye?") == MAX_SHOWN_NOTES
