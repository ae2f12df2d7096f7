"""What an import leaves undone in Anki: cards in other decks, and notes of retired questions.

Notes are found by their field `Key`, which no other note type is likely to fill with our keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from exporter.anki.connect import Anki
from exporter.anki.decks import deck_name, same_deck
from exporter.anki.note_type import key_search
from exporter.config.settings import Settings
from exporter.model.deck import Deck

TAG = "exporter::retired"

AT_ONCE = 500
"""How many keys one search names."""


@dataclass(frozen=True, slots=True)
class Move:
    """Cards that lie in one deck and belong into another."""

    cards: tuple[int, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Found:
    """Notes in Anki, and their cards."""

    notes: tuple[int, ...] = ()
    cards: tuple[int, ...] = ()


def wanted_decks(decks: Iterable[Deck], settings: Settings) -> dict[str, list[str]]:
    """Return the keys of the notes that belong into each deck."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for deck in decks:
        for note in deck.notes:
            wanted[deck_name(note.question, deck.name, settings)].append(note.key)
    return dict(wanted)


def find_notes(anki: Anki, keys: Sequence[str]) -> list[int]:
    """Return Anki's ids of these notes."""
    return [note for some in _parts(keys) for note in anki.find("findNotes", key_search(some))]


def known(anki: Anki, keys: Sequence[str]) -> int:
    """Return how many of these notes Anki has."""
    return len(find_notes(anki, keys))


def misplaced(anki: Anki, wanted: Mapping[str, Sequence[str]]) -> tuple[Move, ...]:
    """Return the cards that lie in other decks than they belong into.

    A card that is on loan to a filtered deck is left there: taking it out would end the
    session that it was chosen for.
    """
    moves: dict[tuple[str, str], list[int]] = defaultdict(list)
    for name, keys in wanted.items():
        cards = _find(anki, keys, "-deck:filtered").cards
        for old, lying in anki.decks_of(cards).items() if cards else ():
            if not same_deck(old, name):
                moves[old, name] += lying
    return tuple(Move(tuple(cards), old, new) for (old, new), cards in moves.items())


def retired(anki: Anki, keys: Sequence[str]) -> Found:
    """Return the notes of retired questions that are not yet both tagged and suspended."""
    return _find(anki, keys, f"-(tag:{TAG} is:suspended)")


def returned(anki: Anki, keys: Sequence[str]) -> Found:
    """Return the notes of questions that were retired, and have come back to the source."""
    return _find(anki, keys, f"tag:{TAG}")


def move(anki: Anki, moves: Iterable[Move]) -> None:
    """Move cards into their decks; a deck that is missing is made."""
    for one in moves:
        anki.ask("changeDeck", cards=one.cards, deck=one.new)


def retire(anki: Anki, found: Found) -> None:
    """Suspend and tag the notes of retired questions; their reviews stay."""
    anki.ask("suspend", cards=found.cards)
    anki.ask("addTags", notes=found.notes, tags=TAG)


def bring_back(anki: Anki, found: Found) -> None:
    """Undo `retire` for questions that have come back."""
    anki.ask("unsuspend", cards=found.cards)
    anki.ask("removeTags", notes=found.notes, tags=TAG)


def _find(anki: Anki, keys: Sequence[str], also: str = "") -> Found:
    notes: list[int] = []
    cards: list[int] = []
    for some in _parts(keys):
        query = f"{key_search(some)} {also}".strip()
        notes += anki.find("findNotes", query)
        cards += anki.find("findCards", query)
    return Found(tuple(notes), tuple(cards))


def _parts(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    left = iter(keys)
    while part := tuple(islice(left, AT_ONCE)):
        yield part
