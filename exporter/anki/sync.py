"""What an import leaves undone in Anki: cards in other decks, and notes of retired questions.

Notes are found by their field `Key`, which no other note type is likely to fill with our keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from exporter.anki.connect import Anki
from exporter.anki.decks import choose_deck_name, is_same_deck
from exporter.anki.note_type import build_key_query
from exporter.config.settings import Settings
from exporter.model.deck import Deck

RETIRED_TAG = "exporter::retired"

MAX_KEYS_PER_SEARCH = 500
"""How many keys one search names."""


@dataclass(frozen=True, slots=True)
class Move:
    """Cards that lie in one deck and belong into another."""

    cards: tuple[int, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NoteSet:
    """Notes in Anki, and their cards."""

    notes: tuple[int, ...] = ()
    cards: tuple[int, ...] = ()


def group_keys_by_deck(decks: Iterable[Deck], settings: Settings) -> dict[str, list[str]]:
    """Return the keys of the notes that belong into each deck."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for deck in decks:
        for note in deck.notes:
            wanted[choose_deck_name(note.question, deck.name, settings)].append(note.key)
    return dict(wanted)


def find_notes(anki: Anki, keys: Sequence[str]) -> list[int]:
    """Return Anki's ids of these notes."""
    return [
        note for some in _iter_batches(keys) for note in anki.find_ids("findNotes", build_key_query(some))
    ]


def count_known(anki: Anki, keys: Sequence[str]) -> int:
    """Return how many of these notes Anki has."""
    return len(find_notes(anki, keys))


def find_misplaced(anki: Anki, wanted: Mapping[str, Sequence[str]]) -> tuple[Move, ...]:
    """Return the cards that lie in other decks than they belong into.

    A card that is on loan to a filtered deck is left there: taking it out would end the
    session that it was chosen for.
    """
    moves: dict[tuple[str, str], list[int]] = defaultdict(list)
    for name, keys in wanted.items():
        cards = _find_note_set(anki, keys, "-deck:filtered").cards
        for old, lying in anki.find_decks(cards).items() if cards else ():
            if not is_same_deck(old, name):
                moves[old, name] += lying
    return tuple(Move(tuple(cards), old, new) for (old, new), cards in moves.items())


def find_unmarked_retired(anki: Anki, keys: Sequence[str]) -> NoteSet:
    """Return the notes of retired questions that are not yet both tagged and suspended."""
    return _find_note_set(anki, keys, f"-(tag:{RETIRED_TAG} is:suspended)")


def find_returned(anki: Anki, keys: Sequence[str]) -> NoteSet:
    """Return the notes of questions that were retired, and have come back to the source."""
    return _find_note_set(anki, keys, f"tag:{RETIRED_TAG}")


def move_cards(anki: Anki, moves: Iterable[Move]) -> None:
    """Move cards into their decks; a deck that is missing is made."""
    for one in moves:
        anki.invoke("changeDeck", cards=one.cards, deck=one.new)


def retire(anki: Anki, found: NoteSet) -> None:
    """Suspend and tag the notes of retired questions; their reviews stay."""
    anki.invoke("suspend", cards=found.cards)
    anki.invoke("addTags", notes=found.notes, tags=RETIRED_TAG)


def unretire(anki: Anki, found: NoteSet) -> None:
    """Undo `retire` for questions that have come back."""
    anki.invoke("unsuspend", cards=found.cards)
    anki.invoke("removeTags", notes=found.notes, tags=RETIRED_TAG)


def _find_note_set(anki: Anki, keys: Sequence[str], also: str = "") -> NoteSet:
    notes: list[int] = []
    cards: list[int] = []
    for some in _iter_batches(keys):
        query = f"{build_key_query(some)} {also}".strip()
        notes += anki.find_ids("findNotes", query)
        cards += anki.find_ids("findCards", query)
    return NoteSet(tuple(notes), tuple(cards))


def _iter_batches(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    left = iter(keys)
    while part := tuple(islice(left, MAX_KEYS_PER_SEARCH)):
        yield part
