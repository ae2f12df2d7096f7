"""What a pull takes, merges, only tells, or never touches: each rule with notes of the real Anki engine."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from tests.engine.rehearsal import Rehearsal

SOURCE = (
    "Breads\n\nQuestion 1: What is bread?\nAnswer:\nA staple.\nMade of flour.\nBaked at 250 degrees.\n"
    "Sold in loaves.\nCues: staple; flour\nNotes: Ask the baker.\n\n# Grains\n\n"
    "Question 2: What is rye?\nAnswer: A grain.\n"
)


def set_all_times(rehearsal: Rehearsal) -> None:
    """Set the times of notes to that of their import, as older Ankis do."""
    rehearsal.phone.collection.db.execute("update notes set mod = ?", int(time.time()))


def move_and_bury(rehearsal: Rehearsal) -> None:
    collection = rehearsal.phone.collection
    cards = list(collection.find_cards(""))
    collection.set_deck(cards, collection.decks.id("Elsewhere"))
    collection.sched.bury_cards(cards)
    collection.set_user_flag_for_cards(2, cards)


@pytest.mark.parametrize("touch", [set_all_times, move_and_bury])
def test_touched_notes_have_no_edits(rehearsal: Rehearsal, touch: Callable[[Rehearsal], None]) -> None:
    rehearsal.import_source(SOURCE)
    touch(rehearsal)
    assert rehearsal.pull("--exit-code") == "2 notes as exported.\nNothing to write.\n"


EDITS = {
    "a cue is reworded": ("bread", "Cues", "staple", "daily food", "Cues: staple", "Cues: daily food"),
    "a cue is added": ("bread", "Cues", "</ul>", "<li>water</li></ul>", "flour\nNotes", "flour; water\nNotes"),
    "a cue is gone": ("bread", "Cues", "<li>staple</li>", "", "staple; flour", "flour"),
    "notes get a line": ("bread", "Notes", "baker.", "old baker.<br>Twice.", "baker.", "old baker.\nTwice."),
    "two steps change places": ("bread", "Answer", "<li>Made of flour.</li><li>Baked at 250 degrees.</li>",
        "<li>Baked at 250 degrees.</li><li>Made of flour.</li>",
        "Made of flour.\nBaked at 250 degrees.", "Baked at 250 degrees.\nMade of flour."),
    "a line that begins as a question": ("rye", "Answer", "grain.", "grain.<br>Question 3: Who?", "grain.", "grain.\n\\Question 3: Who?"),
    "scripts and styles": ("rye", "Answer", "A grain", "<style>p {}</style><script>1</script>A fine grain", "A grain", "A fine grain"),
}  # fmt: skip


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_is_written_where_it_belongs(rehearsal: Rehearsal, case: str) -> None:
    words, field, old, new, before, after = EDITS[case]
    rehearsal.import_source(SOURCE)
    rehearsal.replace(f"What is {words}", field, old, new)
    rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == SOURCE.replace(before, after)
    assert "2 notes as exported." in rehearsal.pull("--exit-code")


@pytest.mark.parametrize("field", ["Category", "Key"])
def test_an_ignored_field_is_put_back_by_the_next_build(rehearsal: Rehearsal, field: str) -> None:
    rehearsal.import_source(SOURCE)
    key = rehearsal.key("What is rye")
    before = rehearsal.phone.notes()[key][field]
    rehearsal.phone.edit(key, field, "Other")
    assert f"{field} edited in Anki; the next build puts it back." in rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == SOURCE
    rehearsal.build(0)
    assert rehearsal.phone.notes()[key][field] == before


def test_a_pasted_picture_is_told_and_its_words_are_taken(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "grain.", 'fine <img src="paste-1.png">grain.')
    assert "pictures that only Anki has are not taken: paste-1.png." in rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == SOURCE.replace("A grain", "A fine grain")
    assert "Nothing to write." in rehearsal.pull("--yes", "--exit-code")


def test_an_edit_without_a_known_version_is_a_conflict(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    lock = rehearsal.command_line.root / "exporter.lock"
    text = re.sub(r', "(?:shipped|needs)": \[[^\]]*\]', "", lock.read_text("utf-8"))
    lock.write_text(text.replace('"exporter-lock": 2', '"exporter-lock": 1'), "utf-8")
    assert rehearsal.states() == {"as-exported": 2}
    rehearsal.replace("What is rye", "Answer", "A grain", "A fine grain")
    assert "conflict in the answer." in rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == SOURCE
    rehearsal.pull("--yes", "--take", rehearsal.key("What is rye"))
    assert rehearsal.source.read_text("utf-8") == SOURCE.replace("A grain", "A fine grain")


BOTH = {
    "a removed line was edited": ("Made of flour.\n", "", "Answer", "Made of flour", "Made of much flour",
        ("Made of flour", "Made of much flour")),
    "both added a last line": ("loaves.\n", "loaves.\nHere.\n", "Answer", "</ol>", "<li>There.</li></ol>",
        ("loaves.\n", "loaves.\nThere.\n")),
    "both reworded the question": ("is bread", "is bread exactly", "Question", "is bread", "is good bread",
        ("is bread", "is good bread")),
}  # fmt: skip


@pytest.mark.parametrize("case", BOTH)
@pytest.mark.parametrize("option", ["--take", "--keep", ""])
def test_edits_of_one_place_are_a_conflict(rehearsal: Rehearsal, case: str, option: str) -> None:
    old, new, field, in_anki, edited, (before, after) = BOTH[case]
    rehearsal.import_source(SOURCE)
    key = rehearsal.key("What is bread")
    rehearsal.replace("What is bread", field, in_anki, edited)
    rehearsal.command_line.edit(rehearsal.name, old, new)
    ours = rehearsal.source.read_text("utf-8")
    output = rehearsal.pull("--yes", *([option, key] if option else []))
    expected = SOURCE.replace(before, after) if option == "--take" else ours
    assert rehearsal.source.read_text("utf-8") == expected
    assert ("conflict" in output) is (option == "")


def test_a_line_gone_in_anki_and_an_edit_of_another_are_merged(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is bread", "Answer", "<li>Sold in loaves.</li>", "")
    rehearsal.command_line.edit(rehearsal.name, "A staple", "A dear staple")
    rehearsal.pull("--yes")
    expected = SOURCE.replace("A staple", "A dear staple").replace("Sold in loaves.\n", "")
    assert rehearsal.source.read_text("utf-8") == expected


def test_a_renumbered_question_is_patched(rehearsal: Rehearsal) -> None:
    rehearsal.import_source(SOURCE)
    rehearsal.replace("What is rye", "Answer", "A grain", "A fine grain")
    rehearsal.command_line.edit(rehearsal.name, "Question 2", "Question 12")
    rehearsal.pull("--yes")
    expected = SOURCE.replace("Question 2", "Question 12").replace("A grain", "A fine grain")
    assert rehearsal.source.read_text("utf-8") == expected


STEPS = "Question 1: What is bread?\nAnswer:\nA staple.\nMade of flour.\nSold.\n\nQuestion 2: What is rye?\nAnswer: So.\n"
RAW = {
    "lines in elements": (
        "<div>A staple.</div><div>Made of rye.</div><div>Sold.</div>",
        "of flour",
        "of rye",
    ),
    "hard blanks": ("A staple.<br>Made&nbsp;of&nbsp;rye.<br>Sold.", "of flour", "of rye"),
    "breaks": ("A staple.<br>Made of flour.<br>Sold.<br>New.<br>", "Sold.\n", "Sold.\nNew.\n"),
    "a blank line": (
        "A staple.<div>Made of flour.</div><div><br></div><div>Sold dear.</div>",
        "Sold",
        "Sold dear",
    ),
    "a break within the list": (
        '<ol class="steps"><li>A staple.</li><li>Made of flour.</li><li>Sold.<br>New.</li></ol>',
        "Sold.\n",
        "Sold.\nNew.\n",
    ),
}


@pytest.mark.parametrize("case", RAW)
def test_raw_html_of_a_phone_is_written_as_lines(rehearsal: Rehearsal, case: str) -> None:
    html, old, new = RAW[case]
    rehearsal.import_source(STEPS)
    rehearsal.phone.edit(rehearsal.key("What is bread"), "Answer", html)
    rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == STEPS.replace(old, new)
    assert "Nothing to write." in rehearsal.pull("--yes")
