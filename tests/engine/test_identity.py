"""Reviews in the real Anki engine stay with their questions when the source is edited."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.pipeline import loader
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.builder import build
from tests.engine.phone import Phone, visible
from tests.projects import SEED, Project
from tests.rewordings import Entry, edited, text_of

NOW = 1_767_225_600
ROUNDS = 10  # with 50, all reviews survive too


def seed_entries() -> list[Entry]:
    questions = loader.load_source(SEED, Settings()).questions.questions
    return [
        Entry(f"seed {one.number}", plain_text(one.question), tuple(plain_text(one.answer).split("\n")))
        for one in questions
    ]


def _keys(project: Project) -> dict[str, str]:
    """Return the key of each question of the project, by its text."""
    from exporter.identity import lockfile

    lock, found = lockfile.parse(project.lock.read_text("utf-8"), "lock")
    assert not found
    return {record.question: record.key for record in lock.records if not record.retired}


@pytest.mark.parametrize("part", range(2))
def test_every_review_survives_random_edits(project: Project, phone: Phone, part: int) -> None:
    survivors = kept = 0
    for seed in range(part * ROUNDS // 2, (part + 1) * ROUNDS // 2):
        chance = random.Random(seed)
        entries = seed_entries()
        # Each round is a separate deck, so that they can share one collection.
        title = f"Round {seed}"
        project.lock.unlink(missing_ok=True)
        source = project.root / "input" / f"round-{seed}.txt"
        package = project.root / "dist" / f"round-{seed}.apkg"
        now = NOW
        source.write_text(text_of(entries, title), "utf-8")
        _build(source, package.parent, now)
        phone.import_package(package)
        phone.review_all()
        reviews = phone.reviews()
        names = {key: _name_of(entries, words) for words, key in _keys(project).items()}
        for _ in range(2):
            entries = edited(entries, chance)
            now += 86_400
            source.write_text(text_of(entries, title), "utf-8")
            _build(source, package.parent, now)
            log = phone.import_package(package)
            assert log.conflicting == 0
            keys = _keys(project)
            assert len(set(keys.values())) == len(entries)
            notes = phone.notes()
            for entry in entries:
                key = keys[entry.question]
                if entry.name in names.values():
                    survivors += 1
                    same = names.get(key) == entry.name
                    arrived = visible(notes[key]["Question"]) == entry.question and all(
                        line in visible(notes[key]["Answer"]) for line in entry.answer
                    )
                    history = phone.reviews()[key] >= reviews.get(key, 0)
                    kept += same and arrived and history
                else:
                    assert key not in names, f"“{entry.question}” has the history of {names[key]}"
                    names[key] = entry.name
        # else the next round's deck, whose lock is missing, would take over this one's keys
        package.unlink()
        source.unlink()
    assert survivors > 200
    assert kept / survivors >= 0.99


def _build(source: Path, folder: Path, now: int) -> None:
    """Build the deck as the command does, in this process: here are 60 builds."""
    assert build(BuildRequest((source,), Settings(), folder, ("anki",)), now).ok


def _name_of(entries: list[Entry], words: str) -> str:
    (name,) = [entry.name for entry in entries if entry.question == words]
    return name


def test_changed_answer_updates_one_note_and_keeps_other_edits(project: Project, phone: Phone) -> None:
    project.build("--to", "anki", now=NOW)
    phone.import_package(project.package)
    keys = _keys(project)
    mine = keys["What are your strengths as a developer?"]
    phone.edit(mine, "Notes", "my own words")
    project.edit("before the end of the week", "before Friday noon")
    project.build("--to", "anki", now=NOW + 86_400)
    log = phone.import_package(project.package)
    assert (log.new, log.updated, log.duplicate) == (0, 1, 27)
    notes = phone.notes()
    assert notes[mine]["Notes"] == "my own words"
    assert "before Friday noon" in notes[keys["Describe a time you had a tight deadline."]]["Answer"]


def test_a_question_added_at_the_top_touches_no_other(project: Project, phone: Phone) -> None:
    project.build("--to", "anki", now=NOW)
    phone.import_package(project.package)
    text = project.source.read_text("utf-8")
    for number in range(28, 0, -1):
        text = text.replace(f"Question {number}:", f"Question {number + 1}:")
    project.write(text.replace("Question 2:", "Question 1: Why us?\nAnswer:\nBecause.\n\nQuestion 2:", 1))
    project.build("--to", "anki", now=NOW + 86_400)
    log = phone.import_package(project.package)
    assert (log.new, log.updated) == (1, 0)


def test_a_changed_answer_arrives_though_the_clock_went_back(project: Project, phone: Phone) -> None:
    project.build("--to", "anki", now=NOW)
    phone.import_package(project.package)
    project.edit("before the end of the week", "before Friday noon")
    project.build("--to", "anki", now=NOW - 1_000_000)
    assert phone.import_package(project.package).updated == 1


def test_a_changed_style_arrives(project: Project, phone: Phone) -> None:
    project.build("--to", "anki", now=NOW)
    phone.import_package(project.package)
    own = project.root / "templates" / "anki"
    own.mkdir(parents=True)
    (project.root / "exporter.toml").touch()
    (own / "style.css").write_text(".card { color: teal }")
    project.build("--to", "anki", now=NOW + 86_400)
    log = phone.import_package(project.package)
    assert (log.updated, log.duplicate) == (0, 28)
    (key, *_) = phone.notes()
    assert "color: teal" in phone.collection.get_note(phone.note_id(key)).note_type()["css"]


def test_search_for_retired_finds_exactly_their_notes(project: Project, phone: Phone) -> None:
    project.build("--to", "anki", now=NOW)
    phone.import_package(project.package)
    keys = _keys(project)
    text = project.source.read_text("utf-8")
    blocks = re.split(r"\n+(?=Question )", text)
    gone = [blocks[4], blocks[9], blocks[20]]
    words = [block.split(": ", 1)[1].split("\n", 1)[0] for block in gone]
    for before, count in ((0, 1), (1, 3)):
        project.write("\n\n".join(block for block in blocks if block not in gone[:count]) + "\n")
        built = project.build("--to", "anki", now=NOW + count).output
        assert _searched(built, phone) == {keys[question] for question in words[before:count]}
        every = project.run("diff", "--retired").output
        assert _searched(every, phone) == {keys[question] for question in words[:count]}
    project.write(text)
    assert "3 returned" in project.build("--to", "anki", now=NOW + 9).output
    assert _keys(project) == keys


def _searched(output: str, phone: Phone) -> set[str]:
    """Return the keys of the notes found by the search that a command prints."""
    lines = output.splitlines()
    search = lines[next(n for n, line in enumerate(lines) if "cannot delete" in line) + 1].strip()
    return {phone.collection.get_note(note_id).guid for note_id in phone.collection.find_notes(search)}


def _lock_forgotten(project: Project) -> None:
    project.lock.unlink()


def _lock_damaged(project: Project) -> None:
    project.lock.write_text("{half a line\n", "utf-8")


@pytest.mark.parametrize("lose", [_lock_forgotten, _lock_damaged])
@pytest.mark.parametrize("form", ["ours", "apkg", "legacy", "colpkg"])
def test_a_lost_lock_is_recovered_from_a_package(project: Project, phone: Phone, form: str, lose) -> None:
    from anki.collection import DeckIdLimit, ExportAnkiPackageOptions

    project.build("--to", "anki", now=NOW)
    project.edit("Describe a time you had a tight deadline.", "How did you cope when time was short?")
    project.build("--to", "anki", now=NOW + 60)
    phone.import_package(project.package)
    before = project.lock.read_text("utf-8")
    keys = _keys(project)
    package = project.root / ("backup.colpkg" if form == "colpkg" else "backup.apkg")
    if form == "ours":
        package.write_bytes(project.package.read_bytes())
    elif form == "colpkg":
        phone.collection.export_collection_package(str(package), include_media=False, legacy=False)
    else:
        deck = phone.collection.decks.id_for_name(
            "Interview Questions and Sample Answers – Challenges and Experience"
        )
        options = ExportAnkiPackageOptions(with_scheduling=True, legacy=form == "legacy")
        phone.collection.export_anki_package(out_path=str(package), options=options, limit=DeckIdLimit(deck))
    lose(project)
    refused = project.run("recover", str(package))
    assert refused.status != 0
    assert not project.lock.exists() or project.lock.read_text("utf-8") == "{half a line\n"
    ran = project.run("recover", str(package), "--yes")
    assert ran.status == 0, ran.errors
    assert "28 questions" in ran.output
    project.build("--to", "anki", now=NOW + 86_400)
    assert _keys(project) == keys
    if form == "ours":
        times = re.findall(r'"modified": \d+', before)
        assert re.findall(r'"modified": \d+', project.lock.read_text("utf-8")) == times


def test_a_build_without_its_lock_keeps_every_review(project: Project, phone: Phone) -> None:
    project.build("--to", "anki", now=NOW)
    project.edit("Describe a time you had a tight deadline.", "How did you cope when time was short?")
    project.build("--to", "anki", now=NOW + 60)
    phone.import_package(project.package)
    phone.review_all()
    project.lock.unlink()
    project.edit("before the end of the week", "before Friday noon")
    project.build("--to", "anki", now=NOW + 86_400)
    log = phone.import_package(project.package)
    assert (log.new, log.updated, log.duplicate) == (0, 1, 27)
    assert set(phone.reviews().values()) == {1}


AHEAD = 2_100_000_000


def test_edits_in_anki_survive_a_build_with_a_clock_ahead(project: Project, phone: Phone) -> None:
    project.build("--to", "anki", now=AHEAD)
    phone.import_package(project.package)
    keys = _keys(project)
    mine, other = (
        keys["What are your strengths as a developer?"],
        keys["Describe a time you had a tight deadline."],
    )
    phone.edit(mine, "Answer", "my own words")
    assert "lock-time-ahead" in project.build("--to", "anki", now=NOW).errors
    phone.import_package(project.package)
    assert phone.notes()[mine]["Answer"] == "my own words"
    project.edit("before the end of the week", "before Friday noon")
    project.build("--to", "anki", now=NOW + 60)
    assert phone.import_package(project.package).updated == 1
    assert "before Friday noon" in phone.notes()[other]["Answer"]
    assert phone.notes()[mine]["Answer"] == "my own words"


@pytest.mark.parametrize("damaged", [False, True])
def test_a_note_copied_in_anki_is_left_out_and_named(project: Project, phone: Phone, damaged: bool) -> None:
    from anki.collection import ExportAnkiPackageOptions

    project.build("--to", "anki", now=NOW)
    phone.import_package(project.package)
    collection = phone.collection
    note = collection.get_note(collection.find_notes("")[0])
    copy = collection.new_note(note.note_type())
    copy.fields = list(note.fields)
    collection.add_note(copy, note.cards()[0].did)
    package = project.root / "copied.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=True)
    collection.export_anki_package(out_path=str(package), options=options, limit=None)
    before = project.lock.read_text("utf-8")
    if damaged:
        project.lock.write_text("{half a line\n", "utf-8")
    else:
        lines = before.splitlines(keepends=True)
        project.lock.write_text("".join(lines[:-1]), "utf-8")
    kept = project.lock.read_text("utf-8")
    ran = project.run("recover", str(package), "--yes")
    assert ran.status == 0, ran.errors
    assert "1 note left out" in ran.output
    assert copy.guid in ran.output
    assert (project.root / "input" / "exporter.lock.bak").read_text("utf-8") == kept
    known = {json.loads(line)["key"] for line in before.splitlines() if '"key"' in line}
    assert set(_keys(project).values()) == known
    project.build("--to", "anki", now=NOW + 60)
