"""Bytes become lines, whatever the encoding and the line breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.options import Options
from exporter.readers.decoding import decode
from exporter.readers.plain import read

SEED = Path(__file__).parent.parent / "input" / "interview-questions.txt"


def test_the_seed_has_a_repaired_title_and_28_questions() -> None:
    source, diagnostics = decode(str(SEED), SEED.read_bytes())
    assert source is not None
    assert [(found.code, found.span.line if found.span else 0) for found in diagnostics] == [
        ("encoding-repaired", 1)
    ]
    reading = read(source, Options())
    assert reading.questions.title == (
        "Interview Questions and Sample Answers – Challenges and Experience (Plain Text)"
    )
    assert [question.number for question in reading.questions.questions] == list(range(1, 29))
    assert not reading.diagnostics


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be"])
def test_unicode_encodings_give_the_same_lines(encoding: str) -> None:
    source, diagnostics = decode("x.txt", "Question 1: Où?\nAnswer: là, naïvement".encode(encoding))
    assert source is not None
    assert source.lines == ("Question 1: Où?", "Answer: là, naïvement")
    assert not diagnostics


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be"])
def test_bytes_that_are_no_text_are_told_with_their_line(encoding: str) -> None:
    lines = ("Question 1: Why?", "Answer:", "So \ud800 it is.")
    source, (found,) = decode("x.txt", "\r\n".join(lines).encode(encoding, "surrogatepass"))
    assert source is not None
    assert source.lines[:2] == lines[:2]
    assert found.span is not None
    assert (found.code, found.span.line, found.span.text) == ("encoding-guessed", 3, source.lines[2])


@pytest.mark.parametrize("data", [b"a\n\nb\n", b"a\r\n\r\nb", b"a\r\rb\r", b"a\r\r\n\r\r\nb\r\r\n"])
def test_line_breaks_of_every_kind_keep_the_lines_of_the_disk(data: bytes) -> None:
    source, _ = decode("x.txt", data)
    assert source is not None
    assert source.lines == ("a", "", "b")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"PK\x03\x04rest", bytes(range(256)) * 4, b"\x00"])
def test_what_is_not_text_is_an_error_in_words(data: bytes) -> None:
    source, (found,) = decode("x.txt", data)
    assert source is None
    assert found.code == "binary-file"
