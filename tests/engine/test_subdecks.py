"""A subdeck for each category, in the real Anki engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from exporter.anki.decks import is_same_deck
from exporter.config.settings import Settings, with_values
from exporter.exporters import load
from exporter.model.deck import Deck
from tests.engine.phone import Phone
from tests.pdf_decks import deck, note


def _deck(name: str, *categories: str | None) -> Deck:
    notes = (
        note(f"Question {number}?", "Yes.", number, category=category)
        for number, category in enumerate(categories, 1)
    )
    return replace(deck(*notes), name=name)


def _arrives(phone: Phone, folder: Path, source: Deck, **settings: bool) -> list[str]:
    """Return the deck of each card, in the source's order."""
    (file,) = load("anki")(
        source, with_values(Settings(), {f"anki.{key}": value for key, value in settings.items()}), 0
    ).files
    (folder / file.name).write_bytes(file.data)
    phone.import_package(folder / file.name)
    cards = phone.collection.find_cards("", order="c.id")
    return [phone.collection.decks.name(phone.collection.get_card(card).did) for card in cards]


def test_each_category_has_its_subdeck(phone: Phone, tmp_path: Path) -> None:
    source = _deck("Work::Talks", "SQL", None, "C++ :: and", "SQL", " ")
    assert _arrives(phone, tmp_path, source, subdecks=True) == [
        "Work::Talks::SQL",
        "Work::Talks",
        "Work::Talks::C++ : and",
        "Work::Talks::SQL",
        "Work::Talks",
    ]
    assert phone.collection.fix_integrity()[1]


def test_by_default_there_is_one_deck(phone: Phone, tmp_path: Path) -> None:
    assert _arrives(phone, tmp_path, _deck("Talks", "SQL", None)) == ["Talks", "Talks"]


@pytest.mark.parametrize(
    "name",
    ["Talks", " Talks :: SQL ", "cafe\u0301 \x07bar", 'Quotes “and” "these"', "STRASSE::ß", "a:b*c_d\\e"],
)
def test_a_name_is_known_again_from_what_anki_makes_of_it(phone: Phone, name: str) -> None:
    known = phone.collection.decks.name(phone.collection.decks.id(name))
    assert is_same_deck(name, known)
