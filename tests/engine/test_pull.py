"""What a person mends in the real Anki engine comes back into the source."""

from __future__ import annotations

import json

import pytest

from tests.engine.rehearsal import DAY_S, Rehearsal
from tests.projects import REPOSITORY, SEED

SOURCE = (
    "Breads\n\n1. What is bread?\nA staple.\nMade of flour.\nBaked at 250 degrees.\nSold in loaves.\n\n"
    "2. What is rye?\nA grain.\nIt is dark.\n"
)


def test_an_edited_word_is_written_into_its_line(rehearsal: Rehearsal) -> None:
    data = SEED.read_bytes()
    rehearsal.import_source(data)
    rehearsal.replace("learn a new technology quickly", "Answer", "in the project.", "in production.")
    output = rehearsal.pull("--yes")
    assert "27 notes as exported." in output
    assert rehearsal.source.read_bytes() == data.replace(
        b"confidently in the project.", b"confidently in production."
    )
    assert "Nothing to write." in rehearsal.pull("--yes")


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("with_scheduling", [False, True])
def test_an_untouched_deck_has_no_edits(rehearsal: Rehearsal, legacy: bool, with_scheduling: bool) -> None:
    rehearsal.import_source(SEED.read_bytes())
    rehearsal.phone.review_all()
    package = rehearsal.export(with_scheduling=with_scheduling, legacy=legacy)
    ran = rehearsal.command_line.run("pull", str(package), rehearsal.name, "--exit-code")
    assert (ran.status, ran.output) == (0, "28 notes as exported.\nNothing to write.\n")


def test_touched_notes_without_another_text_have_no_edits(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SEED.read_bytes())
    collection = rehearsal.phone.collection
    notes = list(collection.find_notes(""))
    collection.tags.bulk_add(notes, "leech marked")
    collection.sched.suspend_cards(collection.find_cards("")[:5])
    collection.set_user_flag_for_cards(3, collection.find_cards("")[5:10])
    assert rehearsal.states() == {"as-exported": 28}


def test_lines_are_added_and_removed_where_they_belong(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "</ol>", "</ol>From the north.")
    rehearsal.replace("What is bread", "Answer", "<li>Made of flour.</li>", "")
    rehearsal.pull("--yes")
    expected = SOURCE.replace("Made of flour.\n", "").replace(
        "It is dark.\n", "It is dark.\nFrom the north.\n"
    )
    assert rehearsal.source.read_text("utf-8") == expected


def test_question_and_answer_change_together(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Question", "rye", "good rye")
    rehearsal.replace("What is good rye", "Answer", "A grain.", "A fine grain.")
    rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == SOURCE.replace("is rye", "is good rye").replace(
        "A grain", "A fine grain"
    )
    rehearsal.build(0)
    assert rehearsal.states() == {"as-exported": 2}


def test_edits_on_different_lines_are_merged(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is bread", "Answer", "Sold in loaves", "Sold in long loaves")
    rehearsal.command_line.edit(rehearsal.name, "A staple.", "A dear staple.")
    rehearsal.pull("--yes")
    expected = SOURCE.replace("A staple", "A dear staple").replace("in loaves", "in long loaves")
    assert rehearsal.source.read_text("utf-8") == expected


@pytest.mark.parametrize("line", ["Made of flour.", "A staple."])
@pytest.mark.parametrize(("option", "is_taken"), [("", None), ("--take", True), ("--keep", False)])
def test_edits_on_neighbouring_lines_are_a_conflict(
    rehearsal: Rehearsal, line: str, option: str, is_taken: bool | None
) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is bread", "Answer", "Made of flour", "Made of much flour")
    rehearsal.command_line.edit(rehearsal.name, line, "Changed here.")
    before = rehearsal.source.read_text("utf-8")
    if is_taken is None:
        output = rehearsal.pull("--yes")
        assert f"{rehearsal.name}:3: conflict in the answer." in output
        assert "Made of much flour" in output
    else:
        rehearsal.pull("--yes", option, rehearsal.key("What is bread"))
    taken = SOURCE.replace("Made of flour", "Made of much flour")
    assert rehearsal.source.read_text("utf-8") == (taken if is_taken else before)
    if is_taken is False:
        rehearsal.build(0)
        assert "Changed here." in rehearsal.phone.notes()[rehearsal.key("What is bread")]["Answer"]


def test_the_same_edit_on_both_sides_is_none(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "A grain.", "A fine grain.")
    rehearsal.command_line.edit(rehearsal.name, "A grain.", "A fine grain.")
    assert rehearsal.states() == {"as-exported": 2}


def test_a_build_that_was_not_imported_is_not_taken_back(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.command_line.edit(rehearsal.name, "A staple.", "A dear staple.")
    rehearsal.build(-5, is_imported=False)
    rehearsal.replace("What is bread", "Answer", "Sold in loaves", "Sold in long loaves")
    rehearsal.pull("--yes")
    expected = SOURCE.replace("A staple", "A dear staple").replace("in loaves", "in long loaves")
    assert rehearsal.source.read_text("utf-8") == expected


def test_a_note_touched_after_a_build_takes_the_next_one(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.command_line.edit(rehearsal.name, "A staple.", "A dear staple.")
    rehearsal.build(-5, is_imported=False)
    (note,) = rehearsal.phone.collection.find_notes('"What is bread"')
    rehearsal.phone.collection.tags.bulk_add([note], "leech")
    assert "Anki would have refused this update" in rehearsal.pull("--yes")
    rehearsal.build(0)
    assert "A dear staple." in rehearsal.phone.notes()[rehearsal.key("What is bread")]["Answer"]


def test_cues_of_ones_own_are_written_below_the_question(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.phone.edit(rehearsal.key("What is rye"), "Cues", "<ul><li>cereal</li><li>black</li></ul>")
    rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == SOURCE.rstrip("\n") + "\nCues: cereal; black\n"
    assert "Nothing to write." in rehearsal.pull("--yes")


def test_notes_and_tags_are_written_if_wanted(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.phone.edit(rehearsal.key("What is rye"), "Notes", "Ask the baker.")
    (note,) = rehearsal.phone.collection.find_notes('"What is rye"')
    rehearsal.phone.collection.tags.bulk_add([note], "leech marked weak")
    assert "tagged in Anki with weak; --tags writes that into the file." in rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == SOURCE + "Notes: Ask the baker.\n"
    rehearsal.pull("--yes", "--tags")
    assert rehearsal.source.read_text("utf-8").count("Tags: weak\n") == 1


def test_an_emptied_field_deletes_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.phone.edit(rehearsal.key("What is rye"), "Answer", "")
    assert "That is never a deletion." in rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == SOURCE


def test_words_are_taken_without_formatting_that_text_lacks(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    span = '<span style="color: red"><u>fine</u></span>'
    rehearsal.replace("What is rye", "Answer", "A grain.", f"A {span} <b>grain</b>.")
    output = rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8").replace("**", "") == SOURCE.replace("A grain", "A fine grain")
    assert "Only the words are taken" in output or "**" in rehearsal.source.read_text("utf-8")


def test_formatting_alone_is_no_edit_of_a_form_without_it(rehearsal: Rehearsal) -> None:
    rehearsal.name = "q.org"
    source = "* What is bread?\nA staple.\n* What is rye?\nA /fine/ grain.\n"
    rehearsal.import_source(source)
    lock = (rehearsal.command_line.root / "exporter.lock").read_bytes()
    rehearsal.replace("What is rye", "Answer", "grain", '<span style="color: red"><b>grain</b></span>')
    assert "only formatted in Anki, which the file cannot hold" in rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == source
    assert (rehearsal.command_line.root / "exporter.lock").read_bytes() == lock
    rehearsal.replace("What is rye", "Answer", "A ", "A very ")
    assert "Only the words are taken" in rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == source.replace("A /fine", "A very /fine")


def test_blanks_alone_are_no_edit(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "A grain.", "A&nbsp; grain. ")
    assert rehearsal.states() == {"as-exported": 2}


def test_retired_and_foreign_notes_are_only_shown(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "A grain.", "A fine grain.")
    collection = rehearsal.phone.collection
    copy = collection.new_note(collection.models.by_name("Interview question (exporter)"))
    copy["Question"], copy["Answer"] = "What is spelt?", "An old wheat."
    collection.add_note(copy, collection.decks.id("Breads"))
    rehearsal.command_line.write(rehearsal.name, SOURCE.partition("\n\n2.")[0] + "\n")
    rehearsal.build(-1, is_imported=False)
    before = rehearsal.source.read_bytes()
    output = rehearsal.pull("--yes")
    assert "A fine grain." in output
    assert "An old wheat." in output
    assert rehearsal.source.read_bytes() == before


def test_a_question_in_another_file_is_patched_there(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "A grain.", "A fine grain.")
    first, _, second = SOURCE.partition("\n\n2.")
    rehearsal.command_line.write(rehearsal.name, first + "\n")
    rehearsal.command_line.write("r.txt", "Grains\n\n7." + second)
    ran = rehearsal.command_line.run("pull", str(rehearsal.export()), "q.txt", "r.txt", "--yes")
    assert ran.status == 0, ran.errors
    assert (rehearsal.command_line.root / "r.txt").read_text("utf-8") == "Grains\n\n7." + second.replace(
        "A grain", "A fine grain"
    )


def test_nothing_is_written_unless_it_is_wanted(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "A grain.", "A fine grain.")
    assert "Nothing was written." in rehearsal.pull("--dry-run")
    assert "Left unchanged." in rehearsal.pull(status=2)
    assert rehearsal.pull("--exit-code", "--dry-run", status=1)
    patch = rehearsal.command_line.root / "edits.patch"
    rehearsal.pull("--patch", str(patch))
    assert rehearsal.source.read_text("utf-8") == SOURCE
    assert "-A grain.\n+A fine grain.\n" in patch.read_text("utf-8")


def test_markdown_gets_what_was_made_bold(rehearsal: Rehearsal) -> None:
    rehearsal.name = "q.md"
    source = "# Breads\n\n## What is bread?\n\nA staple.\n\n## What is rye?\n\nA grain.\n"
    rehearsal.import_source(source)
    rehearsal.replace("What is rye", "Answer", "A grain.", "A <b>fine</b> grain.")
    rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == source.replace("A grain", "A **fine** grain")


CORPUS = REPOSITORY / "tests" / "corpus"
EVERY = 6
"""Of the files of the corpus, every sixth is imported: 60 sources of all forms."""


@pytest.mark.slow
def test_no_touched_note_of_any_form_has_an_edit(rehearsal: Rehearsal) -> None:
    root = rehearsal.command_line.root
    paths = [
        path for path in sorted(CORPUS.rglob("*")) if path.suffix in {".txt", ".md", ".csv", ".org", ".html"}
    ]
    paths = [path for path in paths if not path.name.endswith(".expected.txt")]
    for index, path in enumerate(paths[::EVERY]):
        name = f"{index}-{path.name}"
        rehearsal.command_line.write(f"input/{name}", path.read_bytes())
        rehearsal.command_line.run("build", f"input/{name}", "--to", "anki", now=rehearsal.now - DAY_S)
    for package in sorted((root / "dist").glob("*.apkg")):
        rehearsal.phone.import_package(package)
    collection = rehearsal.phone.collection
    collection.tags.bulk_add(list(collection.find_notes("")), "leech")
    for key, fields in rehearsal.phone.notes().items():
        for name in ("Question", "Answer"):
            rehearsal.phone.edit(key, name, as_saved_by_an_editor(fields[name]))
    sources = sorted(str(path) for path in (root / "input").iterdir() if path.suffix != ".lock")
    readable = [source for source in sources if rehearsal.command_line.run("check", source).status == 0]
    ran = rehearsal.command_line.run(
        "pull", str(rehearsal.export()), *readable, "--format", "json", "--dry-run"
    )
    states = {note["state"] for note in json.loads(ran.output)["notes"]}
    assert len(readable) > 40
    assert states == {"as-exported"}


def as_saved_by_an_editor(html: str) -> str:
    """Return HTML as an editor saves it that was only opened: other tags, and a line break at the end."""
    for old, new in (("strong>", "b>"), ("em>", "i>"), ("<br>", "<br />")):
        html = html.replace(old, new)
    return html + "<br>" if html else html
