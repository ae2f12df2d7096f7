"""A pull into files of any encoding, as a patch for git, and from decks with notes of others."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.engine.rehearsal import Rehearsal

SOURCE = (
    "Größen\n\nQuestion 1: What is bread?\nAnswer:\n1. A staple.\n2. Made of flour.\n\n"
    "Question 2: What is rye?\nAnswer: A grain.\n"
)


def expect(text: str, line_end: str = "\n") -> str:
    """Return the source with the edits of `edit_both`."""
    line = f"dark flour.{line_end}3. Sold in loaves."
    return text.replace("flour.", line).replace("A grain", "A fine grain")


def edit_both(rehearsal: Rehearsal) -> None:
    """Change a word and add a step on one card, and change a word on the other."""
    rehearsal.replace("What is bread", "Answer", "flour.</li>", "dark flour.</li><li>Sold in loaves.</li>")
    rehearsal.replace("What is rye", "Answer", "A grain", "A fine grain")


ENCODINGS = {
    "utf-8": ("utf-8", b"", "\n", "Größen"),
    "utf-8 with a mark": ("utf-8", b"\xef\xbb\xbf", "\n", "Größen"),
    "utf-16-le": ("utf-16-le", b"\xff\xfe", "\n", "Größen"),
    "utf-16-be": ("utf-16-be", b"\xfe\xff", "\n", "Größen"),
    "utf-16 without a mark": ("utf-16-le", b"", "\n", "Größen"),
    "crlf": ("utf-8", b"", "\r\n", "Größen"),
    "cr": ("utf-8", b"", "\r", "Größen"),
    "cp1252": ("cp1252", b"", "\n", "Größen"),
    "cp1251": ("cp1251", b"", "\r\n", "Размер"),
    "shift_jis": ("shift_jis", b"", "\n", "大きさ"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_only_the_edited_lines_of_any_encoding_differ(rehearsal: Rehearsal, name: str) -> None:
    encoding, mark, line_end, word = ENCODINGS[name]
    text = SOURCE.replace("Größen", word).replace("staple", f"{word} staple").replace("\n", line_end)
    if not encoding.startswith("utf"):
        rehearsal.command_line.write("exporter.toml", f'[source]\nencoding = "{encoding}"\n')
    rehearsal.import_source(mark + text.encode(encoding))
    edit_both(rehearsal)
    rehearsal.pull("--yes")
    assert rehearsal.source.read_bytes() == mark + expect(text, line_end).encode(encoding)
    rehearsal.build(0)
    assert rehearsal.states() == {"as-exported": 2}


def test_mixed_line_ends_stay_mixed(rehearsal: Rehearsal) -> None:
    text = SOURCE.replace("\n", "\r\n").replace("staple.\r\n", "staple.\n")
    rehearsal.import_source(text)
    edit_both(rehearsal)
    rehearsal.pull("--yes")
    assert rehearsal.source.read_bytes() == expect(text, "\r\n").encode()


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "crlf", "cr", "cp1251"])
def test_git_applies_the_patch_of_any_encoding(rehearsal: Rehearsal, name: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    encoding, mark, line_end, word = ENCODINGS[name]
    text = SOURCE.rstrip("\n").replace("Größen", word).replace("\n", line_end)
    rehearsal.name = "my ö file.txt"
    if not encoding.startswith("utf"):
        rehearsal.command_line.write("exporter.toml", f'[source]\nencoding = "{encoding}"\n')
    rehearsal.import_source(mark + text.encode(encoding))
    edit_both(rehearsal)
    assert "Wrote edits.patch." in rehearsal.pull("--patch", "edits.patch")
    assert rehearsal.source.read_bytes() == mark + text.encode(encoding)
    root = rehearsal.command_line.root
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "apply", "edits.patch"], cwd=root, check=True)
    assert rehearsal.source.read_bytes() == mark + expect(text, line_end).encode(encoding)


def test_a_patch_overwrites_only_a_patch(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    edit_both(rehearsal)
    output = rehearsal.pull("--patch", rehearsal.name, status=2)
    assert "already exists, and is not a patch" in output
    assert rehearsal.source.read_text("utf-8") == SOURCE
    for _ in range(2):
        rehearsal.pull("--patch", "edits.patch")


def test_notes_of_other_sources_are_only_counted(rehearsal: Rehearsal) -> None:
    rehearsal.command_line.write("other/r.txt", "Question 1: Who is it?\nAnswer: Me.\n")
    rehearsal.command_line.build("other/r.txt", "--to", "anki")
    rehearsal.phone.import_package(rehearsal.command_line.root / "dist/r.apkg")
    rehearsal.command_line.write("z.txt", "Question 1: Who was it?\nAnswer: You.\n")
    rehearsal.command_line.write(rehearsal.name, SOURCE)
    rehearsal.command_line.build("z.txt", rehearsal.name, "--to", "anki", now=rehearsal.now - 9)
    for name in ("z", "q"):
        rehearsal.phone.import_package(rehearsal.command_line.root / f"dist/{name}.apkg")
    rehearsal.replace("Who is it", "Answer", "Me", "Me too")
    rehearsal.replace("Who was it", "Answer", "You", "You too")
    output = rehearsal.pull("--yes", "--exit-code")
    assert output == "2 notes as exported.\n2 notes of sources that were not read.\nNothing to write.\n"


def test_a_copy_in_anki_is_shown(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    collection = rehearsal.phone.collection
    note = collection.get_note(rehearsal.phone.note_id(rehearsal.key("What is rye")))
    copy = collection.new_note(note.note_type())
    for name, value in note.items():
        copy[name] = value
    copy["Answer"] = "A copied grain."
    collection.add_note(copy, 1)
    output = rehearsal.pull("--yes")
    assert "1 note made or copied in Anki:\n  Question: What is rye?" in output
    assert "A copied grain." in output
    assert rehearsal.source.read_text("utf-8") == SOURCE


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (("--take", "zzz"), 2, "No note has the key zzz."),
        (("--take", "zzz", "--keep", "zzz"), 2, "The key zzz is both taken and kept."),
        (("--anki",), 2, "Name a package, or use --anki, not both."),
    ],
)
def test_wrong_options_are_a_sentence(
    rehearsal: Rehearsal, options: tuple[str, ...], status: int, message: str
) -> None:
    rehearsal.import_source(SOURCE)
    assert message in rehearsal.pull(*options, status=status)


def test_a_lock_that_is_missing_or_damaged_is_a_sentence(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    edit_both(rehearsal)
    lock = rehearsal.command_line.root / "exporter.lock"
    text = lock.read_text("utf-8")
    lock.unlink()
    assert "no build has exported these questions yet" in rehearsal.pull("--yes", status=2)
    for damaged in (
        "<<<<<<< HEAD\n" + text,
        "{}\n",
        text.replace('"exporter-lock": 2', '"exporter-lock": 9'),
    ):
        lock.write_text(damaged, "utf-8")
        assert "exporter.lock:1:1: error:" in rehearsal.pull("--yes", status=1)
    assert rehearsal.source.read_text("utf-8") == SOURCE


def test_json_has_every_note_and_the_diff(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "A grain", "A fine grain")
    shown, written = (
        json.loads(rehearsal.pull("--format", "json", *options)) for options in ((), ("--yes",))
    )
    assert not shown["written"]
    assert written["written"]
    edited = next(note for note in written["notes"] if note["state"] == "edited")
    assert (edited["line"], edited["fields"]) == (8, ["answer"])
    assert edited["in_anki"]["answer"] == "A fine grain."
    assert "-Answer: A grain.\n+Answer: A fine grain.\n" in written["files"][0]["diff"]
    assert rehearsal.source.read_text("utf-8") == SOURCE.replace("A grain", "A fine grain")
