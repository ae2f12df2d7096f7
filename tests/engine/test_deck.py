"""The deck in the real Anki engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.identity.keys import is_key
from exporter.model.text import plain_text
from exporter.pipeline import loader
from tests.engine.phone import Phone, visible
from tests.projects import PIXEL, SEED, Project

CUE_SCRIPT = "// Shows the cues one at a time."
"""How the only script of our own begins that a card has."""

HOSTILE = [
    "<script>alert(1)</script> and <b>bold</b>",
    "List<String> names = new ArrayList<>();",
    "{{c1::x}} and {{Answer}} and {{#Cues}}",
    "[sound:x.mp3] and [anki:play:q:0]",
    r"\(x\) and \[y\] and [latex]z[/latex] and [$]a[/$] and [$$]b[/$$]",
    "&amp; &lt; &#65; “quoted” 'single' \"double\"",
    "$x$ and $$y$$ and `code` and **stars**",
]


def test_the_seed_arrives_whole(project: Project, phone: Phone) -> None:
    project.build("--to", "anki")
    assert phone.import_package(project.package).new == 28

    questions = loader.load_source(SEED, Settings()).questions.questions
    report, healthy = phone.collection.fix_integrity()
    assert healthy, report
    assert len(phone.collection.find_cards("")) == 28
    assert not phone.collection.get_empty_cards().notes
    by_number = {int(fields["Number"]): key for key, fields in phone.notes().items()}
    assert [question.number for question in questions] == sorted(by_number)
    for question in questions:
        front, back = map(visible, phone.faces(by_number[question.number]))
        assert plain_text(question.question) in front
        assert by_number[question.number] not in front + back
        for line in plain_text(question.answer).split("\n"):
            assert line in back
            assert line not in front
        assert is_key(by_number[question.number])


def test_new_cards_come_in_the_order_of_the_source(project: Project, phone: Phone) -> None:
    project.build("--to", "anki")
    phone.import_package(project.package)
    order = phone.collection.db.list("select n.flds from cards c join notes n on n.id = c.nid order by c.due")
    assert [fields.split("\x1f")[5] for fields in order] == [str(number) for number in range(1, 29)]


def test_the_same_package_again_changes_nothing(project: Project, phone: Phone) -> None:
    project.build("--to", "anki")
    phone.import_package(project.package)
    again = phone.import_package(project.package)
    assert (again.new, again.updated, again.duplicate, again.conflicting) == (0, 0, 28, 0)


def test_deck_name_is_the_title_or_the_setting(project: Project, phone: Phone) -> None:
    project.build("--to", "anki")
    phone.import_package(project.package)
    names = {deck.name for deck in phone.collection.decks.all_names_and_ids()}
    assert "Interview Questions and Sample Answers – Challenges and Experience" in names

    project.build("--to", "anki", "--set", "deck=Work::Interviews")
    phone.import_package(project.package)
    assert "Work::Interviews" in {deck.name for deck in phone.collection.decks.all_names_and_ids()}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_anki_would_act_on_shows_as_typed(project: Project, phone: Phone, text: str) -> None:
    project.write(f"Title\n\nQuestion 1: {text} front?\nAnswer:\n{text} back.\nSecond.\n\nCues: {text}\n")
    project.build("--to", "anki")
    phone.import_package(project.package)
    (key,) = phone.notes()
    front, back = phone.faces(key)
    card = phone.collection.get_note(phone.note_id(key)).cards()[0]
    shown = text.replace("`", "").replace("**", "")  # code and bold, also in plain text
    assert f"{shown} front?" in visible(front)
    assert f"{shown} back." in visible(back)
    assert not card.question_av_tags()
    assert not card.answer_av_tags()
    for page in (front, back):
        assert page.count("<script") == page.count(CUE_SCRIPT)
        assert "[latex]" not in page
        assert "[sound:" not in page
        assert "\\(" not in page
        assert "\\[" not in page
        assert "<img" not in page


def test_a_picture_arrives_and_a_changed_one_replaces_it(project: Project, phone: Phone) -> None:
    source = project.root / "input" / "interview-questions.md"
    project.source.unlink()
    source.write_text(
        "## What is this?\n\n![a dot](dot.png)\n\nA dot & more.\n\n## And?\n\nNothing.\n", "utf-8"
    )
    picture = project.root / "input" / "dot.png"
    picture.write_bytes(PIXEL)
    project.build("--to", "anki", now=1_767_225_600)
    phone.import_package(project.package)
    (key,) = [key for key, fields in phone.notes().items() if "this" in fields["Question"]]
    (name,) = re.findall(r'<img src="([^"]+)"', phone.faces(key)[1])
    assert (Path(phone.collection.media.dir()) / name).read_bytes() == PIXEL
    picture.write_bytes(PIXEL + b"\0")
    project.build("--to", "anki", now=1_767_312_000)
    log = phone.import_package(project.package)
    assert (log.updated, log.duplicate) == (1, 1)
    (name,) = re.findall(r'<img src="([^"]+)"', phone.faces(key)[1])
    assert (Path(phone.collection.media.dir()) / name).read_bytes() == PIXEL + b"\0"


def test_raised_struck_and_quoted_text_arrives(project: Project, phone: Phone) -> None:
    source = project.root / "input" / "interview-questions.md"
    project.source.unlink()
    source.write_text(
        "## How many is 2<sup>31</sup>?\n\nNot ~~2000~~, more than log<sub>2</sub> of it.\n\n"
        "> Quoted.\n\n- [x] done\n\n| a | b |\n|---|---|\n| c<br>d | e |\n",
        "utf-8",
    )
    project.build("--to", "anki")
    phone.import_package(project.package)
    (key,) = phone.notes()
    front, back = phone.faces(key)
    assert "2<sup>31</sup>" in front
    for part in (
        "<s>2000</s>",
        "log<sub>2</sub>",
        "<blockquote><p>Quoted.</p></blockquote>",
        "<li>☑ done</li>",
        "<td>c<br>d</td>",
    ):
        assert part in back
