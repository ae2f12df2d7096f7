"""Cues, tags and speech of cards in the real Anki engine."""

from __future__ import annotations

import time

import pytest

from tests.engine.phone import Phone
from tests.projects import Project

NOW = 1_767_225_600

SOURCE = """Title

DATABASES
Question 1: What is an index?
Answer:
A sorted copy of a column.
It makes reads fast.
Tags: sql, deep dive
Cues: sorted copy; fast reads; slow writes

DISTRIBUTED SYSTEMS
Question 2: What is consensus?
Answer:
An agreement of all nodes.
"""


def _tags(phone: Phone) -> list[set[str]]:
    notes = sorted(phone.notes().items(), key=lambda item: item[1]["Number"])
    return [set(phone.collection.get_note(phone.note_id(key)).tags) for key, _ in notes]


def test_cues_are_a_plain_list_in_their_field(project: Project, phone: Phone) -> None:
    project.write(SOURCE)
    project.build("--to", "anki")
    phone.import_package(project.package)
    first = next(fields for fields in phone.notes().values() if fields["Number"] == "1")
    assert (
        first["Cues"] == '<ul class="cues"><li>sorted copy</li><li>fast reads</li><li>slow writes</li></ul>'
    )


def test_categories_are_tags_that_filtered_decks_can_use(project: Project, phone: Phone) -> None:
    project.write(SOURCE)
    project.build("--to", "anki")
    phone.import_package(project.package)
    assert _tags(phone) == [
        {"sql", "deep-dive", "category::databases"},
        {"category::distributed-systems"},
    ]
    assert len(phone.collection.find_cards("tag:category::distributed-systems")) == 1
    assert len(phone.collection.find_cards("tag:category")) == 2
    report, healthy = phone.collection.fix_integrity()
    assert healthy, report
    assert {"sql", "deep-dive", "category::databases"} in _tags(phone)


@pytest.mark.parametrize(("language", "locale"), [("en", "en_US"), ("pt-BR", "pt_BR"), ("zh-Hant", "zh_TW")])
def test_engine_reads_the_question_aloud(project: Project, phone: Phone, language: str, locale: str) -> None:
    project.write(SOURCE)
    project.build("--to", "anki", "--set", "anki.speak=true", "--set", f"language={language}")
    phone.import_package(project.package)
    key = next(key for key, fields in phone.notes().items() if fields["Number"] == "1")
    card = phone.collection.get_note(phone.note_id(key)).cards()[0]
    (speech,) = card.question_av_tags()
    assert (speech.field_text, speech.lang) == ("What is an index?", locale)
    assert not card.answer_av_tags()
    assert "[anki:play:q:0]" in card.question()
    assert not phone.collection.get_empty_cards().notes


def test_speech_comes_and_goes_with_the_setting(project: Project, phone: Phone) -> None:
    project.write(SOURCE)
    for day, speak in enumerate(("false", "true", "false")):
        project.build("--to", "anki", "--set", f"anki.speak={speak}", now=NOW + day * 86_400)
        log = phone.import_package(project.package)
        assert (log.updated, log.conflicting) == (0, 0)
        (key, *_) = phone.notes()
        card = phone.collection.get_note(phone.note_id(key)).cards()[0]
        assert bool(card.question_av_tags()) == (speak == "true")


def test_anki_finds_what_changed_with_the_search_of_the_build(project: Project, phone: Phone) -> None:
    today = int(time.time())
    project.write(SOURCE)
    assert "edited:7" not in project.build("--to", "anki", now=today - 30 * 86_400).output
    phone.import_package(project.package)
    assert not phone.collection.find_notes("edited:7")
    project.edit("It makes reads fast.", "It makes reads quick.")
    ran = project.build("--to", "anki", now=today)
    assert "edited:7" in ran.output
    phone.import_package(project.package)
    (found,) = phone.collection.find_notes("edited:7")
    assert "quick" in phone.collection.get_note(found)["Answer"]
    assert "edited:7" not in project.build("--to", "anki").output
