"""Tables with any separators, as Quizlet exports them."""

from __future__ import annotations

import pytest

from exporter.readers.table.records import split_records
from tests.in_process import CommandLine


@pytest.mark.parametrize(
    ("text", "separator", "record", "rows"),
    [
        ("a - b\nc - d - e", " - ", "", [(0, ["a", "b"]), (1, ["c", "d - e"])]),
        ("a,b;c,d;", ",", ";", [(0, ["a", "b"]), (0, ["c", "d"])]),
        ("a\tb\nb2\n\n\nc\td", "", "\\n\\n", [(0, ["a", "b\nb2"]), (4, ["c", "d"])]),
        ("a\tb\nc", "\\t", "", [(0, ["a", "b"]), (1, ["c"])]),
        ("a=b###\nc=d", "=", "###", [(0, ["a", "b"]), (1, ["c", "d"])]),
    ],
)
def test_records(text: str, separator: str, record: str, rows: list[tuple[int, list[str]]]) -> None:
    assert list(split_records(text.split("\n"), separator, record)) == rows


def test_quizlet_export_is_read(command_line: CommandLine) -> None:
    command_line.write(
        "quizlet.txt", "mitosis - division of a cell;osmosis - water through\na membrane;gene - a part of DNA"
    )
    options = ("--set", "delimited.separator= - ", "--set", "delimited.record=;")
    ran = command_line.run("show", "quizlet.txt", *options)
    assert ran.status == 0, ran.errors
    assert [line for line in ran.output.split("\n") if line and line[0] != " "] == [
        "mitosis",
        "osmosis",
        "gene",
    ]
    assert "    a membrane" in ran.output
