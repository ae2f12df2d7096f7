"""The lock has the last versions of each note that builds have written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from exporter.anki.fields import render_answer
from exporter.anki.html import AnkiHtml
from exporter.config.settings import Settings
from exporter.identity import lockfile
from exporter.identity.shipped_versions import MAX_VERSIONS, ShippedVersion, digest_parts, parse_versions
from exporter.model.canonical_blocks import canonical_blocks, join_blocks, split_blocks
from exporter.model.html import render_item
from exporter.model.media_names import name_media, note_blocks
from exporter.pipeline.loader import load_source
from exporter.pull.note_fields import parse_field
from tests.in_process import CommandLine

CORPUS = Path(__file__).parent / "corpus"
SUFFIXES = {".txt", ".md", ".csv", ".tsv", ".org", ".html", ".json"}
FILES = sorted(
    path for path in CORPUS.rglob("*") if path.suffix in SUFFIXES and not path.name.endswith(".expected.txt")
)


def test_fields_of_the_corpus_are_read_back_as_the_source() -> None:
    count = 0
    for path in FILES:
        source = load_source(path, Settings())
        names = name_media(source.media)
        for question in source.questions.questions:
            fields = (
                (question.question, render_item(question.question, AnkiHtml(names))),
                (question.answer, render_answer(question.answer, names)),
            )
            for blocks, html in fields:
                count += 1
                parts = canonical_blocks(note_blocks(blocks, names))
                assert parse_field(html) == parts, path.name
                assert canonical_blocks(join_blocks(split_blocks(parts))) == parts, path.name
    assert count > 2000


def versions_in(path: Path) -> dict[str, tuple[ShippedVersion, ...]]:
    lock, _ = lockfile.parse(path.read_text("utf-8"), str(path))
    return {record.question: parse_versions(record) for record in lock.records}


def test_builds_add_the_versions_that_they_ship(command_line: CommandLine) -> None:
    lock = command_line.root / "exporter.lock"
    for number in range(1, MAX_VERSIONS + 3):
        command_line.write("q.txt", f"1. What is bread?\nA staple.\nNumber {number}.\n\n2. Why?\nSo.\n")
        command_line.build("q.txt", "--to", "anki", now=1_800_000_000 + number)
    versions = versions_in(lock)
    assert [version.modified - 1_800_000_000 for version in versions["What is bread?"]] == [3, 4, 5]
    assert [version.modified - 1_800_000_000 for version in versions["Why?"]] == [1]
    first, _, last = versions["What is bread?"]
    assert first.question == last.question
    assert first.answer[0] == last.answer[0]
    assert first.answer[1] != last.answer[1]


def test_a_lock_without_versions_gets_them_at_the_next_build(command_line: CommandLine) -> None:
    lock = command_line.root / "exporter.lock"
    command_line.write("q.txt", "1. What is bread?\nA staple.\n")
    command_line.build("q.txt", "--to", "anki", now=1_800_000_000)
    text = lock.read_text("utf-8")
    old = re.sub(r', "shipped": \[.*?\]', "", text).replace('2, "needs": ["shipped"]', "1")
    lock.write_text(old, "utf-8")
    locked = command_line.run("build", "q.txt", "--to", "anki", "--locked", now=1_800_000_009)
    assert locked.status == 0
    command_line.build("q.txt", "--to", "anki", now=1_800_000_009)
    assert lock.read_text("utf-8") == text


@pytest.mark.parametrize("value", ["x", [1], ["\ud800"], None])
def test_versions_that_are_no_texts_are_damage(command_line: CommandLine, value: object) -> None:
    lock = command_line.root / "exporter.lock"
    command_line.write("q.txt", "1. What is bread?\nA staple.\n")
    command_line.build("q.txt", "--to", "anki")
    lines = lock.read_text("utf-8").splitlines()
    record = json.loads(lines[-1]) | {"shipped": value}
    _, found = lockfile.parse("\n".join([*lines[:-1], json.dumps(record)]), "exporter.lock")
    assert [item.code for item in found] == ["lock-damaged"]


@pytest.mark.parametrize("text", ["", "12", "x a|b|c|d", "1 a|b", "-1 a|b|c|d", "² a|b|c|d"])
def test_a_text_that_is_no_version_is_left_out(text: str) -> None:
    assert ShippedVersion.parse(text) is None


def test_a_version_is_read_as_it_was_written() -> None:
    version = ShippedVersion(7, digest_parts(()), ("abcd", "efgh"), (), ("ijkl",))
    assert ShippedVersion.parse(str(version)) == version
