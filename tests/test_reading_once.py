"""Lines and headings are classified once, not once for each style that is tried."""

from __future__ import annotations

from collections import Counter

import pytest

from exporter.config.settings import Settings
from exporter.model.questions import Text
from exporter.readers import SourceText
from exporter.readers.labels.patterns import Marker, match_marker
from exporter.readers.markdown import blocks, inline, read
from exporter.readers.markdown.inline import Segment, split_segments
from exporter.readers.plain import tokenizer


def test_markers_of_headings_are_matched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The finders of styles ask for the marker of a heading more than ten times."""
    calls: Counter[str] = Counter()

    def count(text: str) -> Marker | None:
        calls[text] += 1
        return match_marker(text)

    monkeypatch.setattr(inline, "match_marker", count)
    lines = [line for i in range(1, 4) for line in (f"### {i}. What is {i}?", "", f"Number {i}.", "")]
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


def test_words_of_markdown_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The finders of styles, the lines of the file and the answers have the same words."""
    calls: Counter[int] = Counter()
    kept = []

    def count(tokens, *args, **kwargs):  # type: ignore[no-untyped-def]
        kept.append(tokens)  # or its identity is that of another list afterwards
        calls[id(tokens)] += 1
        return split_segments(tokens, *args, **kwargs)

    monkeypatch.setattr(blocks, "split_segments", count)
    lines = ["1. What is a?", "", "   A *number*.", "   - one", "   - ![two](a.png)", "", "2. What is b?", ""]
    lines += ["## Terms", "", "| Question | Answer |", "|---|---|", "| What is c? | A **letter** |"]
    result = read(SourceText("questions.md", tuple(lines)), Settings())
    assert len(result.questions.questions) == 3
    assert set(calls.values()) == {1}


def test_a_line_equals_another_one_whose_words_were_not_read() -> None:
    line, other = Segment((Text("What?"),)), Segment((Text("What?"),))
    assert line.asks
    assert line.marker is None
    assert line == other
