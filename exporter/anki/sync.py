"""Changes in Anki that an import does not make: moving cards between decks, marking retired notes.

Notes are found by the content of their field `Key`; notes of other note types are unlikely to have one of
our keys there.
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

MAX_KEYS_PER_SEARCH = 500  # unmeasured
"""The number of keys in one search."""


@dataclass(frozen=True, slots=True)
class Move:
    """Cards to move from the deck `old` to the deck `new`."""

    cards: tuple[int, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NoteSet:
    """Ids of notes in Anki, and of their cards."""

    notes: tuple[int, ...] = ()
    cards: tuple[int, ...] = ()


def group_keys_by_deck(decks: Iterable[Deck], settings: Settings) -> dict[str, list[str]]:
    """Return the keys of all notes by the name of the deck that each belongs to."""
    keys_by_deck: dict[str, list[str]] = defaultdict(list)
    for deck in decks:
        for note in deck.notes:
            keys_by_deck[choose_deck_name(note.question, deck.name, settings)].append(note.key)
    return dict(keys_by_deck)


def find_notes(anki: Anki, keys: Sequence[str]) -> list[int]:
    """Return the ids in Anki of the notes with these keys."""
    return [
        note_id
        for batch in _iter_batches(keys)
        for note_id in anki.find_ids("findNotes", build_key_query(batch))
    ]


def count_known(anki: Anki, keys: Sequence[str]) -> int:
    """Return how many of the notes with these keys Anki has."""
    return len(find_notes(anki, keys))


def find_misplaced(anki: Anki, keys_by_deck: Mapping[str, Sequence[str]]) -> tuple[Move, ...]:
    """Return the moves of cards that are in another deck than they belong to.

    Cards in a filtered deck are omitted: moving them would end the study session of that deck.
    """
    moves: dict[tuple[str, str], list[int]] = defaultdict(list)
    for name, keys in keys_by_deck.items():
        cards = _find_note_set(anki, keys, "-deck:filtered").cards
        for old_name, card_ids in anki.find_decks(cards).items() if cards else ():
            if not is_same_deck(old_name, name):
                moves[old_name, name] += card_ids
    return tuple(Move(tuple(cards), old, new) for (old, new), cards in moves.items())


def find_unmarked_retired(anki: Anki, keys: Sequence[str]) -> NoteSet:
    """Return the notes of retired questions that are not both tagged and suspended."""
    return _find_note_set(anki, keys, f"-(tag:{RETIRED_TAG} is:suspended)")


def find_returned(anki: Anki, keys: Sequence[str]) -> NoteSet:
    """Return the notes that are tagged as retired although their questions are in the source again."""
    return _find_note_set(anki, keys, f"tag:{RETIRED_TAG}")


def move_cards(anki: Anki, moves: Iterable[Move]) -> None:
    """Move cards to their decks; Anki creates missing decks."""
    for move in moves:
        anki.invoke("changeDeck", cards=move.cards, deck=move.new)


def retire(anki: Anki, note_set: NoteSet) -> None:
    """Suspend and tag the notes of retired questions; their review history is kept."""
    anki.invoke("suspend", cards=note_set.cards)
    anki.invoke("addTags", notes=note_set.notes, tags=RETIRED_TAG)


def unretire(anki: Anki, note_set: NoteSet) -> None:
    """Undo `retire` for questions that are in the source again."""
    anki.invoke("unsuspend", cards=note_set.cards)
    anki.invoke("removeTags", notes=note_set.notes, tags=RETIRED_TAG)


def _find_note_set(anki: Anki, keys: Sequence[str], condition: str) -> NoteSet:
    """Return the notes with these keys to which a condition of Anki's search applies."""
    notes: list[int] = []
    cards: list[int] = []
    for batch in _iter_batches(keys):
        query = f"{build_key_query(batch)} {condition}"
        notes += anki.find_ids("findNotes", query)
        cards += anki.find_ids("findCards", query)
    return NoteSet(tuple(notes), tuple(cards))


def _iter_batches(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    remaining = iter(keys)
    while batch := tuple(islice(remaining, MAX_KEYS_PER_SEARCH)):
        yield batch
