"""`exporter cues`: derived cues are shown, and drafted as lines of the source."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest

from exporter.anki.apkg_reader import read_package
from exporter.config.settings import Settings
from exporter.cues import extract_cues
from exporter.patching.cue_drafts import draft_cues
from exporter.pipeline.loader import load_bytes
from tests.projects import Project

CORPUS = Path(__file__).parent / "corpus"
NOW = 1_700_000_000


def shown_part(name: str, data: bytes) -> bytes:
    """Return a sheet without the list of own cues; PDFs and packages have times, their notes are compared."""
    if name.endswith(".md"):
        return re.sub(rb"<!-- details -->\n\n- Cues:\n(?:  - .*\n)+\n?", b"", data).rstrip()
    return b"" if name.endswith((".apkg", ".pdf")) else data


def test_written_cues_are_those_of_the_build(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    project.build(now=NOW)
    before, source = project.exports(), project.source.read_bytes()
    notes = [note.fields for note in read_package(project.package)]
    ran = project.run("cues", "input/interview-questions.txt", "--write", "--yes")
    assert ran.status == 0, ran.errors
    lines = [line for line in project.source.read_bytes().split(b"\n") if not line.startswith(b"Cues: ")]
    assert b"\n".join(lines) == source
    project.build(now=NOW)
    after = project.exports()
    assert [name for name in after if shown_part(name, after[name]) != shown_part(name, before[name])] == []
    assert [note.fields for note in read_package(project.package)] == notes
    again = project.run("cues", "input/interview-questions.txt", "--write")
    assert again.output == "Nothing to write.\n"


def test_only_questions_without_cues_are_shown(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    project.write(
        "Q: What is TLS?\nA: It encrypts connections.\nCues: keys\n\nQ: What is DNS?\nA: A directory.\n"
    )
    ran = project.run("cues", "input/interview-questions.txt")
    assert ran.output.startswith("input/interview-questions.txt:5: What is DNS?\n    Cues: directory\n")
    assert "TLS" not in ran.output
    assert "To write the cues of 1 question into the file" in ran.output
    project.write("Q: What is TLS?\nA: It encrypts connections.\nCues: keys\n\nQ: What is DNS?\n")
    ran = project.run("cues", "input/interview-questions.txt")
    assert ran.output == "All questions with answers have their own cues.\n"


def test_nothing_is_written_without_yes(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    source = project.source.read_bytes()
    for options, status in (((), 2), (("--dry-run", "--yes"), 0), (("--format", "json"), 0)):
        ran = project.run("cues", "input/interview-questions.txt", "--write", *options)
        assert ran.status == status
        assert "+Cues: " in ran.output
        assert project.source.read_bytes() == source
    assert project.run("cues", "input/interview-questions.txt", "--yes").status == 2
    assert project.run("cues", "-", "--write", answers="Q: What?\nA: That.\n").status == 2


def test_file_that_is_never_written_shows_cues(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    page = project.root / "input" / "page.html"
    page.write_text("<h2>What is TLS?</h2><p>It encrypts connections; \\(n; m\\) keys.</p>")
    data = page.read_bytes()
    ran = project.run("cues", "input/page.html", "--write", "--yes", "--format", "json")
    result = json.loads(ran.output)
    assert (result["written"], result["files"]) == (False, [])
    (question,) = result["questions"]
    assert "by hand" in question["refused"]
    assert question["lines"][0].startswith("Cues:")
    ran = project.run("cues", "input/page.html", "--write", "--yes")
    assert question["lines"][0] in ran.output
    assert page.read_bytes() == data


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encoding_and_line_ends_are_kept(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "q.txt"
    text = "Q: What is a heap?\r\nA: A tree in an array: “children” are smaller.\r\n"
    data = text.encode(encoding)
    settings = Settings()
    after, (draft,) = draft_cues(data, load_bytes(path, data, settings), settings)
    assert not draft.refused
    assert after.decode(encoding) == text + "\r\n".join([*draft.lines, ""])
    assert after.startswith(data[:2])


@pytest.mark.parametrize(
    "name",
    [
        "labels-question-answer.txt",
        "bold-questions.md",
        "code-below-question.txt",
        "definition-lists.md",
        "details-answers.md",
        "headings-levels.md",
        "list-with-answers.md",
        "org-notes.org",
        "underlined-questions.txt",
    ],
)
def test_drafts_change_nothing_but_cues(name: str) -> None:
    path, settings = CORPUS / name, Settings()
    read = partial(load_bytes, path, settings=settings)
    data = path.read_bytes()
    before = read(data)
    after, drafts = draft_cues(data, before, settings)
    assert any(not draft.refused for draft in drafts)
    loaded = read(after)
    assert [extract_cues(question) for question in loaded.questions.questions] == [
        extract_cues(question) for question in before.questions.questions
    ]
    assert [(question.question, question.answer) for question in loaded.questions.questions] == [
        (question.question, question.answer) for question in before.questions.questions
    ]
    again, rest = draft_cues(after, loaded, settings)
    assert again == after
    assert all(draft.refused for draft in rest)
