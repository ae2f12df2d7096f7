"""Lines and headings are classified once, not once for each style that is tried."""

from __future__ import annotations

from collections import Counter

import pytest

from exporter.config.settings import Settings
from exporter.readers import SourceText
from exporter.readers.labels.patterns import Marker, match_marker
from exporter.readers.markdown import element, read
from exporter.readers.plain import tokenizer


def test_markers_of_headings_are_matched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The finders of styles ask for the marker of a heading more than ten times."""
    calls: Counter[str] = Counter()

    def count(text: str) -> Marker | None:
        calls[text] += 1
        return match_marker(text)

    monkeypatch.setattr(element, "match_marker", count)
    lines = [line for i in range(1, 4) for line in (f"### {i}. What is {i}?", "", "A number.", "")]
    result = read(SourceText("questions.md", tuple(lines)), Settings())
    assert [question.number for question in result.questions.questions] == [1, 2, 3]
    assert set(calls.values()) == {1}


def test_repeated_lines_are_classified_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line in a fence has its own kind, also if it is repeated outside."""
    classified: list[tuple[str, bool]] = []
    classify_line = tokenizer.classify_line

    def count(line: str, is_fenced: bool = False) -> tokenizer.Token:
        classified.append((line, is_fenced))
        return classify_line(line, is_fenced)

    monkeypatch.setattr(tokenizer, "classify_line", count)
    text = tokenizer.tokenize(["Answer:", "", "Answer:", "```", "Answer:", "```", "Answer:"])
    assert [token.kind.name for token in text.tokens] == [
        *("ANSWER_WORD", "BLANK", "ANSWER_WORD", "FENCED", "FENCED", "FENCED", "ANSWER_WORD")
    ]
    assert classified.count(("Answer:", False)) == 1
