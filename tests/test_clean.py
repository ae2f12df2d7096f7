"""Exports that belong to no source of today: reported, not shared, and removed after asking."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.in_process import CommandLine

SOURCE = "Technical questions\n\nQuestion 1: What is the GIL?\nAnswer:\nA lock around the interpreter.\n"
EXPORTS = {
    "technical.apkg",
    "technical-cards.pdf",
    "technical-answers.md",
    "technical-cheatsheet.md",
    "technical-cheatsheet.html",
    "technical-cheatsheet.pdf",
}


@pytest.fixture
def renamed(command_line: CommandLine) -> CommandLine:
    """A project whose source was renamed after a build of all exports, and built again."""
    command_line.write("input/technical.txt", SOURCE)
    command_line.build()
    (command_line.root / "input/technical.txt").rename(command_line.root / "input/python.txt")
    return command_line


def files_in(command_line: CommandLine) -> set[str]:
    return {path.name for path in (command_line.root / "dist").iterdir()}


def test_the_build_names_the_exports_of_a_source_that_is_gone(renamed: CommandLine) -> None:
    for ran in (renamed.run("build"), renamed.run("build")):
        assert "dist/technical.* belong to a source that no longer exists: " in ran.errors
        assert all(name in ran.errors for name in EXPORTS)
        assert "`exporter clean`" in ran.errors
        assert files_in(renamed) > EXPORTS
    assert renamed.run("build", "--strict").status == 0


def test_clean_asks_and_removes_those_alone(renamed: CommandLine) -> None:
    renamed.build()
    renamed.write("dist/technical-notes.md", "mine")
    renamed.write("dist/other-answers.md", "# Mine, too\n")
    renamed.write("dist/other.apkg", b"PK mine")
    renamed.write("dist/other-cards.pdf", b"%PDF-1.4 mine")
    before = files_in(renamed)
    assert "Would" not in renamed.run("clean", "--dry-run").output
    assert files_in(renamed) == before
    declined = renamed.run("clean", answers="n\n")
    assert all(f"dist/{name}" in declined.output for name in EXPORTS)
    assert files_in(renamed) == before
    assert "Removed 6 files." in renamed.run("clean", answers="y\n").output
    assert files_in(renamed) == before - EXPORTS
    assert "Nothing to remove" in renamed.run("clean").output
    assert "stale-exports" not in renamed.build().errors


def test_clean_needs_an_answer_or_yes(renamed: CommandLine) -> None:
    renamed.run("clean")
    assert files_in(renamed) == EXPORTS
    renamed.run("clean", "--yes")
    assert files_in(renamed) == set()


def test_clean_as_json(renamed: CommandLine) -> None:
    listed = json.loads(renamed.run("clean", "--format", "json").output)
    assert listed["schema"] == 1
    assert {Path(file["path"]).name: file["removed"] for file in listed["files"]} == dict.fromkeys(
        EXPORTS, False
    )
    assert {(file["reason"], file["changed"]) for file in listed["files"]} == {("source-gone", False)}
    assert files_in(renamed) == EXPORTS
    removed = json.loads(renamed.run("clean", "--format", "json", "--yes").output)
    assert all(file["removed"] for file in removed["files"])
    assert files_in(renamed) == set()


def test_an_export_that_was_changed_is_kept_until_it_is_named(renamed: CommandLine) -> None:
    path = renamed.root / "dist/technical-answers.md"
    path.write_text(path.read_text("utf-8") + "\nMy own remark.\n", "utf-8")
    ran = renamed.run("clean", "--yes")
    assert "dist/technical-answers.md  its source is gone, but it was changed since; kept." in ran.output
    assert files_in(renamed) == {"technical-answers.md"}
    assert renamed.run("clean", "input/python.txt", "--yes").status == 2
    assert renamed.run("clean", "dist/technical-answers.md", "--yes").status == 0
    assert files_in(renamed) == set()
    assert (renamed.root / "input/python.txt").exists()


def test_exports_without_a_record_are_known_by_content(renamed: CommandLine) -> None:
    shutil.rmtree(renamed.root.parent / "folder-caches")
    renamed.run("clean", "--yes")
    assert files_in(renamed) == set()


def test_a_package_that_anki_exported_is_never_removed(renamed: CommandLine) -> None:
    """It has our notes and all reviews: only its format shows that it is not an export of ours."""
    package = renamed.root / "dist/technical.apkg"
    with zipfile.ZipFile(package) as ours:
        entries = {entry.filename: ours.read(entry) for entry in ours.infolist()}
    with zipfile.ZipFile(package, "w") as theirs:
        for name, data in entries.items():
            theirs.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 10, 0, 0)), data)
    assert renamed.run("clean", "--yes").status == 0
    assert files_in(renamed) == {"technical.apkg"}


def test_clean_keeps_converted_sources_and_links(renamed: CommandLine) -> None:
    renamed.run("convert", "input/python.txt", "--to", "markdown", "-o", "dist/gone-answers.md")
    (renamed.root / "dist/gone-cards.pdf").symlink_to(renamed.root / "dist/technical-cards.pdf")
    renamed.run("clean", "--yes")
    assert files_in(renamed) == {"gone-answers.md", "gone-cards.pdf"}


def test_a_reprint_is_cleaned_away_once_it_is_printed(command_line: CommandLine) -> None:
    command_line.write("input/technical.txt", SOURCE)
    command_line.build("--to", "pdf")
    command_line.run("reprint")
    assert "Nothing to remove" in command_line.run("clean").output
    assert "stale-exports" not in command_line.build("--to", "pdf").errors
    assert "`exporter clean`" in command_line.run("reprint", "--done").output
    assert (
        "dist/technical-reprint.pdf no longer needs to be printed" in command_line.build("--to", "pdf").errors
    )
    command_line.run("clean", "--yes")
    assert files_in(command_line) == {"technical-cards.pdf"}


def test_the_preview_of_a_source_that_is_gone_goes_too(command_line: CommandLine) -> None:
    command_line.write("input/technical.txt", SOURCE)
    command_line.run("preview")
    (command_line.root / "input/technical.txt").rename(command_line.root / "input/python.txt")
    command_line.run("preview")
    command_line.run("clean", "--yes")
    assert files_in(command_line) == {"python-preview.html"}


def test_a_source_that_is_built_by_its_name_keeps_its_exports(command_line: CommandLine) -> None:
    command_line.write("technical.txt", SOURCE)
    command_line.write("input/python.txt", SOURCE.replace("GIL", "MRO"))
    command_line.build("technical.txt", "--to", "anki")
    command_line.build("--to", "anki")
    assert "Nothing to remove" in command_line.run("clean").output


def test_the_exports_of_another_project_are_left_alone(command_line: CommandLine) -> None:
    command_line.write("input/python.txt", SOURCE)
    elsewhere = command_line.root.parent / "elsewhere"
    command_line.write("input/technical.txt", SOURCE.replace("GIL", "MRO"))
    command_line.build("input/technical.txt", "--to", "anki", "--out", str(elsewhere))
    (command_line.root / "input/technical.txt").unlink()
    (command_line.root / "input/exporter.lock").unlink()
    assert "stale-exports" not in command_line.build("--to", "anki", "--out", str(elsewhere)).errors
    assert "Nothing to remove" in command_line.run("clean", "--out", str(elsewhere)).output


def test_a_renamed_file_without_a_project_is_known_by_the_lock(command_line: CommandLine) -> None:
    command_line.write("technical.txt", SOURCE)
    command_line.write("dist/elsewhere.txt", "")
    command_line.build("technical.txt", "--to", "anki")
    (command_line.root / "technical.txt").rename(command_line.root / "python.txt")
    assert (
        "dist/technical.* belong to a source that no longer exists"
        in command_line.build("python.txt", "--to", "anki").errors
    )
    command_line.run("clean", "--yes")
    assert files_in(command_line) == {"python.apkg", "elsewhere.txt"}


def test_exports_of_a_copy_that_is_not_built_any_more_go(command_line: CommandLine) -> None:
    command_line.write("input/technical (1).txt", SOURCE)
    command_line.build("--to", "anki")
    command_line.write("input/technical.txt", SOURCE)
    assert "belong to a copy that is not built" in command_line.build("--to", "anki").errors
    command_line.run("clean", "--yes")
    assert files_in(command_line) == {"technical.apkg"}


def test_share_hands_out_the_exports_of_todays_sources_alone(
    renamed: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exporter.cli import share

    served: dict[str, Path] = {}

    def stop(_address: str, _port: int, files: dict[str, Path], *_reports: object) -> None:
        served.update(files)
        raise OSError(0, "stopped here")

    renamed.build("--to", "anki")
    monkeypatch.setattr(share, "ShareServer", stop)
    monkeypatch.setattr(share, "install_signal_handlers", lambda: None)
    ran = renamed.run("share", "--local")
    assert set(served) == {"python.apkg"}
    assert "Not shared" in ran.output + ran.errors or ran.status == 2
