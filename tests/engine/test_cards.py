"""What the real engine makes of a card's cues, tags and speech."""

from __future__ import annotations

from tests.engine.phone import Phone
from tests.projects import Project

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
