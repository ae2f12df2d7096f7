"""Rows of delimited files: quoted fields, quotation marks that are text, separators."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exporter.readers.table.csv_rows import OpenQuotes, iter_rows
from tests.endless import ends


def rows(text: str, separator: str) -> list[list[str]]:
    return [row for _, row in iter_rows(text.split("\n"), separator)]


def marks(text: str, separator: str) -> tuple[list[int], list[int]]:
    quotes = OpenQuotes()
    assert list(iter_rows(text.split("\n"), separator, 0, quotes))
    return quotes.unclosed, quotes.words


SEPARATORS = [",", ";", "\t", "|", ":"]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_unclosed_quote_takes_no_other_row(separator: str) -> None:
    text = 'What is one?;"First word\nWhat is two?;Second\n"What is three?;A "third" word\nWhat is four?;"'
    text = text.replace(";", separator)
    assert rows(text, separator) == [line.split(separator) for line in text.split("\n")]
    assert marks(text, separator) == ([0, 2, 3], [])


@pytest.mark.parametrize("separator", SEPARATORS)
def test_quotes_followed_by_text_are_text(separator: str) -> None:
    text = '"C" is what?;A language\n"Yes" or "no"?;"Yes";"a" b'.replace(";", separator)
    assert rows(text, separator) == [
        ['"C" is what?', "A language"],
        ['"Yes" or "no"?', "Yes", '"a" b'],
    ]
    assert marks(text, separator) == ([], [0, 1, 1])


@pytest.mark.parametrize("separator", SEPARATORS)
def test_quoted_field_keeps_separators_newlines_and_quotes(separator: str) -> None:
    text = '"What; is\n""one""?" ; "First;\n\nsecond"\n"";"x"""'.replace(";", separator)
    expected = [['What; is\n"one"?', "First;\n\nsecond"], ["", 'x"']]
    assert rows(text, separator) == [[cell.replace(";", separator) for cell in row] for row in expected]
    assert marks(text, separator) == ([], [])


def test_unclosed_quote_in_last_column_keeps_separators() -> None:
    assert rows('q,a\nWhy?,"Well, nothing, really\nHow?,Thus', ",")[1] == ["Why?", '"Well, nothing, really']
    assert rows('q,a,t\nWhy?,"Well,tag\nHow?,Thus,x', ",")[1] == ["Why?", '"Well', "tag"]


def test_two_stray_quotes_do_not_enclose_rows() -> None:
    tabbed = 'one\tFirst\ntwo\t"Second\nthree\tThird\nfour\tan inch is 1"\nfive\tFifth'
    assert len(rows(tabbed, "\t")) == 5
    assert marks(tabbed, "\t") == ([1], [])
    asked = 'Q,A\nWhat is two?,"Second\nWhat is three?,Third\nWhat is four?,an inch is 1"'
    assert len(rows(asked, ",")) == 4


def test_separators_in_quoted_lines_do_not_make_rows() -> None:
    prose = 'question,answer\nWhy?,"Yes,\nbecause so,\nand so"\nHow?,Thus'
    assert rows(prose, ",")[1] == ["Why?", "Yes,\nbecause so,\nand so"]
    code = 'question,answer\nWhat is printed?,"print(a)\nf(a,b)\ng(c,d)"\nHow?,Thus'
    assert rows(code, ",")[1] == ["What is printed?", "print(a)\nf(a,b)\ng(c,d)"]
    table = 'question\tanswer\nWhich?\t"a\tb\nc\td"\nHow?\tThus'
    assert rows(table, "\t")[1] == ["Which?", "a\tb\nc\td"]


cells = st.text(st.sampled_from('ab "\n,;\t|:'), max_size=8)


@given(table=st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=5), at=st.integers(0, 4))
def test_what_a_spreadsheet_writes_is_read_back(table: list[list[str]], at: int) -> None:
    # two lines in one field that could be rows by themselves: a question mark decides
    separator = SEPARATORS[at]
    assume(separator != "\t" or not any("\n" in cell for row in table for cell in row))
    file = io.StringIO()
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    expected = [row for row in table if any(cell.strip() for cell in row)]
    assert rows(file.getvalue(), separator) == expected


@given(text=st.text(st.sampled_from('ab "\n,'), max_size=60))
def test_only_separators_and_quotes_are_removed(text: str) -> None:
    kept = "".join(cell for row in rows(text, ",") for cell in row)
    assert [kept.count(letter) for letter in "ab"] == [text.count(letter) for letter in "ab"]


@pytest.mark.parametrize(
    "unit", ['"', '""', '"a', ',"', ',"\n', '"\n', '""\n', ',""""x', '"a,', '" ', 'a,"b\n', 'a?,"b\nc?,d"\n']
)
def test_many_quotes_are_read_in_one_pass(unit: str) -> None:
    with ends():
        rows(unit * (175_000 // len(unit)), ",")
