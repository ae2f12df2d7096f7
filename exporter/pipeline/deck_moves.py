"""Finding cards that an import leaves in another deck than the one their source names now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from exporter.anki.decks import build_deck_query, choose_deck_name, is_same_deck, normalize_deck_name
from exporter.anki.note_type import ANY_KEY_QUERY, build_key_query
from exporter.config.settings import Settings
from exporter.identity.records import Lock, Record, SourceDeck, find_deck
from exporter.model.diagnostics import Diagnostic, pluralize, warning
from exporter.model.questions import SourceSpan
from exporter.model.text import is_text
from exporter.pipeline.deck_plan import DeckPlan

CODES = ("deck-renamed", "cards-stay")
"""The codes of the diagnostics of this module."""


@dataclass(frozen=True, slots=True)
class DeckMove:
    """Notes whose deck has another name than at the last build.

    `old_source` is the source that had them then; `moved` tells whether they moved to another source.
    `old` and `new` are the names of the decks. `search` finds the notes in Anki's browser. `whole`
    tells whether the deck of the source was renamed, with all its subdecks.
    """

    source: str
    old_source: str
    old: str
    new: str
    keys: tuple[str, ...]
    search: str
    moved: bool
    whole: bool


def remember_decks(lock: Lock, decks: Sequence[DeckPlan], settings: Settings) -> Lock:
    """Return the lock with the names of these decks, and of each note's own deck if it has another one."""
    source_decks = lock.deck_by_source
    source_decks |= {deck.source: name for deck in decks if is_text(name := normalize_deck_name(deck.name))}
    names = _deck_by_key(decks, settings)

    def with_deck(record: Record) -> Record:
        name = names.get(record.key)
        if name is None and record.retired:
            name = find_deck(record, lock.deck_by_source)
        deck = None if name is None or name == source_decks.get(record.source) else name
        return record if record.deck == deck else replace(record, deck=deck)

    built = {deck.source for deck in decks}
    records = tuple(with_deck(record) if record.source in built else record for record in lock.records)
    lock_sources = {entry.source for entry in lock.namespaces}
    entries = tuple(
        SourceDeck(source, name) for source, name in sorted(source_decks.items()) if source in lock_sources
    )
    return replace(lock, records=records, decks=entries)


def find_deck_moves(
    before: Lock, decks: Sequence[DeckPlan], *, gone: frozenset[str], settings: Settings
) -> tuple[DeckMove, ...]:
    """Return the notes whose deck is another one than at the last build, which wrote the lock `before`.

    `gone` are the names of the sources that no longer exist: if a source was renamed, its deck was
    renamed with it, and no note moved.
    """
    old_decks = before.deck_by_source
    new_decks = {deck.source: normalize_deck_name(deck.name) for deck in decks}
    exported = {record.key: record for record in before.records if record.question and record.answer}

    def is_move(old_source: str, source: str) -> bool:
        # if a source is new and another one no longer exists, the file was renamed
        return old_source != source and (old_source not in gone or source in old_decks)

    groups: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for deck in decks:
        for note in deck.questions:
            record = exported.get(note.key)
            old = find_deck(record, old_decks) if record else None
            if record is None or old is None:
                continue
            new = normalize_deck_name(choose_deck_name(note.question, deck.name, settings))
            if is_same_deck(old, new):
                continue
            old_base, new_base = old_decks.get(record.source, old), new_decks[deck.source]
            tail = _find_tail(old, old_base)
            moved = is_move(record.source, deck.source)
            renamed = not moved and tail is not None and not is_same_deck(old_base, new_base)
            # a renamed deck takes its subdecks along: all of them are one move
            if renamed and is_same_deck(new, f"{new_base}{tail}"):
                old, new = old_base, new_base
            groups[deck.source, record.source, old, new].append(note.key)
    return tuple(
        DeckMove(
            source,
            old_source,
            old,
            new,
            tuple(keys),
            _build_search(before, old, keys),
            moved=is_move(old_source, source),
            whole=(old, new) == (old_decks.get(old_source), new_decks[source]),
        )
        for (source, old_source, old, new), keys in groups.items()
    )


def report_deck_moves(moves: Sequence[DeckMove], folder: Path, alone: bool) -> Iterator[Diagnostic]:
    """Report `deck-renamed` or `cards-stay` for each move.

    `folder` is that of the sources; `alone` tells whether only one source is built.
    """
    for move in moves:
        cards = pluralize(len(move.keys), "card")
        span = SourceSpan(str(folder / move.source), 1)
        consequence = f"An import leaves {cards} in “{move.old}”."
        by_hand = f"search Anki's browser for {move.search} and choose Cards → Change Deck"
        if move.moved:
            moved = f"{pluralize(len(move.keys), 'question')} moved here from {move.old_source}"
            message = f"{moved}, and the deck here is “{move.new}”. {consequence}"
            hint = f"Move what stays with `exporter push`; or after the import, {by_hand}."
            yield warning("cards-stay", message, span, hint)
            continue
        subject = f"The deck of {move.source}" if move.whole else f"The deck of {cards} of {move.source}"
        keep = _describe_keeping_name(move, alone) if move.whole else _describe_keeping_subdeck(move)
        hint = f"{keep}; or move the cards with `exporter push`; or after the import, {by_hand}."
        yield warning("deck-renamed", f"{subject} is now called “{move.new}”. {consequence}", span, hint)


def _describe_keeping_name(move: DeckMove, alone: bool) -> str:
    """Return how to keep the name of a source's deck; the setting `deck` names that of all sources."""
    if alone:
        return f"Keep the name with `deck = {json.dumps(move.old, ensure_ascii=False)}` in exporter.toml"
    suffix = PurePath(move.source).suffix.lower()
    if suffix == ".txt":
        return f"Keep the name with `Deck: {move.old}` as the first line, and `Title: ` before the title"
    if suffix == ".md":
        return f"Keep the name with `deck: {json.dumps(move.old, ensure_ascii=False)}` in the front matter"
    return "Keep the name by restoring the old title"


def _describe_keeping_subdeck(move: DeckMove) -> str:
    if move.new.startswith(f"{move.old}::"):
        return "Keep the deck with `anki.subdecks = false`"
    if move.old.startswith(f"{move.new}::"):
        return "Keep the deck with `anki.subdecks = true`, or by restoring the old category"
    return "Keep the deck by restoring the old category"


def _deck_by_key(decks: Sequence[DeckPlan], settings: Settings) -> Mapping[str, str]:
    return {
        note.key: name
        for deck in decks
        for note in deck.questions
        if is_text(name := normalize_deck_name(choose_deck_name(note.question, deck.name, settings)))
    }


def _find_tail(name: str, base: str) -> str | None:
    """Return the part of a name after that of its deck `base`, or None if it is not in that deck."""
    if is_same_deck(name, base):
        return ""
    return name[len(base) :] if name.casefold().startswith(f"{base}::".casefold()) else None


def _build_search(before: Lock, old: str, keys: Sequence[str]) -> str:
    """Return the Anki search for these notes: by deck if it has only these of exporter, else by key."""
    moving = set(keys)
    decks = before.deck_by_source
    deck_by_key = {record.key: find_deck(record, decks) for record in before.records if not record.retired}
    inside = {
        key for key, deck in deck_by_key.items() if deck is not None and _find_tail(deck, old) is not None
    }
    exact = {key for key in inside if is_same_deck(deck_by_key[key] or "", old)}
    if inside <= moving:
        return f"{build_deck_query(old)} {ANY_KEY_QUERY}"
    if exact == moving:
        return f"{build_deck_query(old)} -{build_deck_query(old + '::', '*')} {ANY_KEY_QUERY}"
    return build_key_query(keys)
