"""A lock that is missing is rebuilt from the packages of former builds, before they are overwritten."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import exporter
from exporter.identity import lockfile
from tests.projects import SEED, Project

FRUIT = """T

Question 1: Which fruit first?
Answer:
I would take the red apples from the north garden first.
They are the sweetest of the whole year.

Question 2: Beta two?
Answer:
Green pears.
"""
TREES = "Question 1: Which tree is the oldest?\nAnswer:\nThe lime tree at the gate, which my grandfather planted.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A built project of two small sources, in each of which a question was reworded since its first build."""
    (tmp_path / "project" / "input").mkdir(parents=True)
    project = Project(tmp_path / "project")
    _write(project, "fruit.txt", FRUIT)
    _write(project, "trees.txt", TREES)
    _build(project)
    _write(project, "fruit.txt", FRUIT.replace("Which fruit first?", "Name your favourite in the garden."))
    _write(project, "trees.txt", TREES.replace("Which tree is the oldest?", "What grew here before you?"))
    _build(project)
    return project


def _write(project: Project, name: str, text: str) -> None:
    (project.root / "input" / name).write_text(text, "utf-8")


def _build(project: Project, *arguments: str) -> str:
    ran = project.run("build", "--to", "anki", *arguments)
    assert ran.status == 0, ran.errors
    return ran.errors


def _keys(project: Project) -> dict[str, str]:
    lock, faults = lockfile.parse(project.lock.read_text("utf-8"), "lock")
    assert not faults
    return {record.question: record.key for record in lock.records if not record.retired}


def test_keys_are_recovered_from_all_packages_with_one_warning(project: Project) -> None:
    keys, packages = _keys(project), project.exports()
    project.lock.unlink()
    errors = _build(project)
    assert errors.count("[lock-missing]") == 1
    assert "dist/fruit.apkg and dist/trees.apkg restored the keys of 3 questions" in errors
    assert _keys(project) == keys
    assert project.exports().keys() == packages.keys()
    assert "lock-missing" not in _build(project)
    assert "lock-missing" not in project.run("build", "--locked", "--to", "anki").errors


def test_an_edit_in_the_meantime_is_matched_as_with_the_lock(project: Project) -> None:
    keys = _keys(project)
    project.lock.unlink()
    text = (project.root / "input" / "fruit.txt").read_text("utf-8")
    _write(project, "fruit.txt", text.replace("Green pears.", "Yellow pears, and plums in autumn."))
    _write(
        project,
        "trees.txt",
        "Question 1: Why?\nAnswer:\nSo.\n" + (project.root / "input" / "trees.txt").read_text("utf-8"),
    )
    shown = project.run("diff")
    assert "[lock-missing]" in shown.errors
    assert "2 questions would change." in shown.output
    assert not project.lock.exists()
    _build(project)
    assert keys.items() <= _keys(project).items()


def test_a_build_of_one_source_recovers_the_questions_of_all(project: Project) -> None:
    keys = _keys(project)
    project.lock.unlink()
    _build(project, "input/fruit.txt")
    assert _keys(project) == keys


def test_renamed_source_recovers_its_questions(project: Project) -> None:
    keys = _keys(project)
    project.lock.unlink()
    (project.root / "input" / "trees.txt").rename(project.root / "input" / "old-trees.md")
    assert "1 moved" in project.run("build", "--to", "anki").output
    assert _keys(project) == keys


def test_locked_forbids_it_and_writes_nothing(project: Project) -> None:
    project.lock.unlink()
    exports = project.exports()
    ran = project.run("build", "--to", "anki", "--locked")
    assert ran.status == 1
    assert "exporter.lock is missing, and --locked forbids it" in ran.errors
    assert not project.lock.exists()
    assert project.exports() == exports


@pytest.mark.parametrize("out", ["elsewhere", "../elsewhere"])
def test_exports_elsewhere_are_searched_too(project: Project, out: str) -> None:
    shutil.move(project.root / "dist", project.root / out)
    keys = _keys(project)
    project.lock.unlink()
    assert "elsewhere/fruit.apkg" in project.run("diff", "--out", out).errors
    _build(project, "--out", out)
    assert _keys(project) == keys


def test_build_to_another_folder_finds_own_packages(project: Project) -> None:
    keys = _keys(project)
    project.lock.unlink()
    _build(project, "--out", "other")
    assert _keys(project) == keys


def test_python_push_and_reprint_go_the_same_way(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = _keys(project)
    monkeypatch.chdir(project.root)
    for rebuild in (
        lambda: exporter.build(to="anki").diagnostics,
        lambda: project.run("reprint").errors,
    ):
        project.lock.unlink()
        assert "lock-missing" in str(rebuild())
        assert _keys(project) == keys
    project.lock.unlink()
    shown = json.loads(project.run("show", "input/fruit.txt", "--format", "json").output)
    assert {one["key"] for one in shown["questions"]} <= set(keys.values())


def _cut_short(package: Path) -> None:
    package.write_bytes(package.read_bytes()[:300])


def _not_a_package(package: Path) -> None:
    package.write_text("not a package")


def _without_collection(package: Path) -> None:
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("media", "{}")


@pytest.mark.parametrize("spoil", [_cut_short, _not_a_package, _without_collection])
def test_a_package_that_cannot_be_read_is_not_overwritten(
    project: Project, spoil: Callable[[Path], None]
) -> None:
    project.lock.unlink()
    package = project.root / "dist" / "trees.apkg"
    spoil(package)
    exports = project.exports()
    ran = project.run("build")
    assert ran.status == 1
    assert "[not-a-package]" in ran.errors
    assert "exporter recover PACKAGE --lock input/exporter.lock" in ran.errors
    assert "move the file away" in ran.errors
    assert not project.lock.exists()
    assert project.exports() == exports
    package.rename(package.with_suffix(".bak"))
    _build(project)
    assert len(_keys(project)) == 3


def test_unreadable_foreign_package_is_reported_and_kept(project: Project) -> None:
    keys = _keys(project)
    project.lock.unlink()
    other = project.root / "dist" / "geography.apkg"
    other.write_text("not a package")
    errors = _build(project)
    assert "dist/geography.apkg. [package-unused]" in errors
    assert _keys(project) == keys
    assert other.read_text() == "not a package"


@pytest.mark.parametrize("name", ["fruit.txt", SEED.name])
def test_package_of_other_questions_gives_no_keys(tmp_path: Path, name: str) -> None:
    other = Project.with_seed(tmp_path / "other")
    _build(other)
    (tmp_path / "project" / "input").mkdir(parents=True)
    project = Project(tmp_path / "project")
    _write(project, name, FRUIT)
    shutil.copytree(other.root / "dist", project.root / "dist")
    ran = project.run("build", "--to", "anki")
    assert "[package-unused]" in ran.errors
    assert "lock-missing" not in ran.errors
    assert "retired" not in ran.output
    assert len(lockfile.parse(project.lock.read_text("utf-8"), "lock")[0].records) == 2


def test_a_foreign_deck_under_our_name_is_reported_as_a_warning(project: Project, tmp_path: Path) -> None:
    import genanki

    project.lock.unlink()
    model = genanki.Model(
        1,
        "Plain",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "1", "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
    )
    deck = genanki.Deck(2, "Mine")
    deck.add_note(genanki.Note(model, ["One", "Two"]))
    genanki.Package(deck).write_to_file(str(project.root / "dist" / "trees.apkg"))
    ran = project.run("build", "--to", "anki", "--strict")
    assert ran.status == 1
    assert (
        "error: input/exporter.lock is missing, and no question of its sources is in dist/trees.apkg."
        in ran.errors
    )
    assert "dist/trees.apkg. [package-unused]" in _build(project)


def test_notes_that_were_made_in_anki_are_left_out(project: Project) -> None:
    from exporter.identity.records import Lock
    from exporter.identity.recovery import PackageNote, recover

    notes = [PackageNote(key, "a.txt", "Why?", "So.", 1, 5, 5) for key in ("k3f40n7cp6h3", "k=P!x9;Ez_")]
    found = recover(Lock(), notes, frozenset({"a.txt"}))
    assert [record.key for record in found.recovered] == ["k3f40n7cp6h3"]
    assert len(found.foreign) == 1


def test_of_two_packages_the_later_one_tells_a_notes_time(project: Project) -> None:
    keys, now = _keys(project), 2_000_000_000
    shutil.copyfile(project.root / "dist" / "fruit.apkg", project.root / "dist" / "backup.apkg")
    _write(
        project,
        "fruit.txt",
        (project.root / "input" / "fruit.txt").read_text("utf-8").replace("Green", "Blue"),
    )
    ran = project.run("build", "--to", "anki", environment={"SOURCE_DATE_EPOCH": str(now)})
    assert ran.status == 0
    project.lock.unlink()
    _build(project)
    lock, _ = lockfile.parse(project.lock.read_text("utf-8"), "lock")
    assert {record.question: record.modified for record in lock.records}["Beta two?"] == now
    assert _keys(project) == keys


def test_a_first_build_says_nothing_of_a_lock(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path / "project")
    assert "lock" not in _build(project)
    assert SEED.name in project.lock.read_text("utf-8")
