"""The lock file: it is read back as it was written, and damage is reported with its line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.identity import lockfile
from exporter.identity.keys import KEY_ALPHABET
from exporter.identity.records import Lock, Namespace, Record, SourceDeck
from exporter.model.deck import MAX_TIME_S
from tests.projects import Project

KEYS = st.text(KEY_ALPHABET, min_size=12, max_size=12)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
TIMES = st.integers(0, MAX_TIME_S)
RECORDS = st.builds(
    Record,
    key=KEYS,
    source=TEXTS,
    question=TEXTS,
    answer=TEXTS,
    content=TEXTS,
    modified=TIMES,
    created=TIMES,
    rank=st.integers(-(2**40), 2**40),
    number=st.none() | st.integers(0, 9999),
    id=st.none() | TEXTS,
    retired=st.booleans(),
    printed=st.none() | TEXTS,
    sent=st.none() | TEXTS,
    deck=st.none() | TEXTS,
)
LOCKS = st.builds(
    Lock,
    records=st.lists(RECORDS, unique_by=lambda record: record.key).map(
        lambda records: tuple(sorted(records, key=lambda record: record.key))
    ),
    namespaces=st.dictionaries(TEXTS, TEXTS).map(
        lambda spaces: tuple(Namespace(*item) for item in sorted(spaces.items()))
    ),
    decks=st.dictionaries(TEXTS, TEXTS).map(
        lambda decks: tuple(SourceDeck(*item) for item in sorted(decks.items()))
    ),
    templates=TEXTS,
    templates_modified=TIMES,
    derivation=st.integers(0, 2**40),
)


@given(LOCKS)
def test_a_lock_is_read_as_it_was_written(lock: Lock) -> None:
    assert lockfile.parse(lockfile.render(lock), "exporter.lock") == (lock, ())


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    lock, found = lockfile.parse(text, "exporter.lock")
    assert found or lockfile.parse(lockfile.render(lock), "again") == (lock, ())


def _cut_short(lines: list[str]) -> None:
    lines[5] = lines[5][:40]


def _conflict(lines: list[str]) -> None:
    lines[5:5] = ["<<<<<<< HEAD", lines[5], "=======", lines[6], ">>>>>>> other"]


def _newer(lines: list[str]) -> None:
    lines[0] = lines[0].replace('"exporter-lock": 2', '"exporter-lock": 3')


def _repeated(lines: list[str]) -> None:
    lines.insert(6, lines[5])


def _headless(lines: list[str]) -> None:
    del lines[0]


def _emptied(lines: list[str]) -> None:
    lines.clear()


FAULTS = {
    "lock-damaged": [(_cut_short, 6), (_headless, 1), (_emptied, 1)],
    "lock-conflict": [(_conflict, 6)],
    "lock-newer": [(_newer, 1)],
    "lock-repeated-key": [(_repeated, 7)],
}


@pytest.mark.parametrize(
    ("code", "fault", "line"), [(code, *fault) for code, faults in FAULTS.items() for fault in faults]
)
def test_a_fault_names_its_line_and_nothing_is_written(project: Project, code: str, fault, line: int) -> None:
    project.build()
    exports = project.exports()
    lines = project.lock.read_text("utf-8").splitlines()
    fault(lines)
    broken = "\n".join(lines)
    project.lock.write_text(broken, "utf-8")
    project.write(project.source.read_text("utf-8").replace("tight", "close"))
    ran = project.run("build")
    assert ran.status == 1
    assert f"exporter.lock:{line}:1: error:" in ran.errors
    assert f"[{code}]" in ran.errors
    assert "Traceback" not in ran.errors
    assert project.exports() == exports
    assert project.lock.read_text("utf-8") == broken


def _with_line_ends(ends: str, mark: str = "", order: int = 1) -> Callable[[str], bytes]:
    def change(text: str) -> bytes:
        header, *lines = text.splitlines()
        return (mark + ends.join([header, *lines[::order], ""])).encode()

    return change


REWRITTEN = {
    "CRLF": _with_line_ends("\r\n"),
    "CRLF and a byte order mark": _with_line_ends("\r\n", "\ufeff"),
    "a byte order mark": _with_line_ends("\n", "\ufeff"),
    "CR": _with_line_ends("\r"),
    "blank lines": _with_line_ends("\n\n"),
    "CRLF twice": _with_line_ends("\r\r\n"),
    "another order": _with_line_ends("\n", order=-1),
    "no last line end": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("rewrite", list(REWRITTEN.values()), ids=list(REWRITTEN))
def test_line_ends_and_marks_of_an_editor_are_not_a_change(
    project: Project, rewrite: Callable[[str], bytes]
) -> None:
    project.run("build", "--to", "markdown")
    data = rewrite(project.lock.read_text("utf-8"))
    project.lock.write_bytes(data)
    assert "No question would change." in project.run("diff").output
    for arguments in (("--locked",), ()):
        ran = project.run("build", "--to", "markdown", *arguments)
        assert ran.status == 0, ran.errors
        assert project.lock.read_bytes() == data, "a build that changes nothing leaves the lock alone"
    project.edit("before the end of the week", "before Friday noon")
    locked = project.run("build", "--to", "markdown", "--locked")
    assert "[lock-would-change]" in locked.errors
    assert project.run("build", "--to", "markdown").status == 0
    assert b"before Friday noon" in project.lock.read_bytes()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_merge_marks_are_seen_with_any_line_ends(project: Project, ends: str) -> None:
    project.run("build", "--to", "markdown")
    lines = project.lock.read_text("utf-8").splitlines()
    _conflict(lines)
    project.lock.write_bytes(("\ufeff" + ends.join(lines)).encode())
    ran = project.run("build", "--to", "markdown")
    assert ran.status == 1
    assert "exporter.lock:6:1: error:" in ran.errors
    assert "[lock-conflict]" in ran.errors


def test_two_peoples_additions_merge(project: Project) -> None:
    import subprocess

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=project.root,
            check=True,
            capture_output=True,
        )

    text = project.source.read_text("utf-8")
    project.build(now=1_767_225_600)
    git("init", "-q", "-b", "main")
    git("add", "input")
    git("commit", "-qm", "start")
    git("checkout", "-qb", "theirs")
    project.write(text.replace("Plain Text)\n", "Plain Text)\n\nQuestion: Why you?\nAnswer:\nI care.\n", 1))
    theirs = text.replace("before the end of the week", "before Friday")
    project.write(theirs)
    project.build(now=1_767_300_000)
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "main")
    project.write(text + "\nQuestion 29: Why us?\nAnswer:\nBecause of the people.\nAnd of the work.\n")
    project.build(now=1_767_310_000)
    git("commit", "-qam", "ours")
    git("merge", "-q", "--no-edit", "theirs")
    ran = project.build("--locked", now=1_767_320_000)
    assert "29 questions" in ran.output
