"""Correcting a match: a question gets the key that is truly its own."""

from __future__ import annotations

from dataclasses import replace

from exporter.diagnostics import Diagnostic, error
from exporter.identity.keys import ALPHABET, derived_key
from exporter.identity.records import Lock, Record, deck_of

FRESH = "new"
"""What stands for a key that no question has had yet."""

_READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def typed_key(text: str) -> str:
    """Return the key that someone meant who read it off a card: O is 0, I and L are 1."""
    key = text.strip().lower().translate(_READ_AS)
    return key if set(key) <= set(ALPHABET) else text


def relink(lock: Lock, old: str, new: str, now: int) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Give the question that has the key `new` the key `old`; `now` is in seconds since 1970.

    A question that has `old` now gets `new` in exchange; if none has it, `new` is retired.
    With `new` as the word “new” the question that has `old` gets a key of its own, and `old` is
    retired. Reports `unknown-key`.
    """
    records = {record.key: record for record in lock.records}
    old = typed_key(old)
    if new == FRESH:
        if old in records:
            fresh = derived_key(old, str(now))
            return _exchanged(lock, records, fresh, records[old], now), ()
        return lock, (_unknown(old),)
    new = typed_key(new)
    unknown = [key for key in (old, new) if key not in records]
    if unknown:
        return lock, tuple(map(_unknown, unknown))
    if records[new].retired:
        message = f"No question has the key {new} now: it is retired."
        return lock, (
            error("unknown-key", message, records[new].span, "Name the question's present key second."),
        )
    return _exchanged(lock, records, old, records[new], now), ()


def _exchanged(lock: Lock, records: dict[str, Record], key: str, question: Record, now: int) -> Lock:
    """Return the lock in which a question has another key, and the key's question the other's."""
    other = records.get(key)
    changed = dict(records)
    before = other or replace(question, modified=0, printed=None, sent=None)
    changed[key] = _moved(lock, question, key, before, now)
    if other and not other.retired:
        changed[question.key] = _moved(lock, other, question.key, question, now)
    else:
        changed[question.key] = replace(question, retired=True)
    if other is None:
        latest = max(record.created for record in records.values())
        changed[key] = replace(changed[key], created=latest + 1)
    return replace(lock, records=tuple(sorted(changed.values(), key=lambda record: record.key)))


def _moved(lock: Lock, question: Record, key: str, before: Record, now: int) -> Record:
    """Return a question's record under another key, newer than what that key had.

    Cards on paper bear the key: what was printed stays with it. So does the deck of its card in Anki.
    """
    decks = lock.deck_by_source
    deck = deck_of(before, decks)
    return replace(
        question,
        key=key,
        created=before.created,
        modified=max(now, before.modified + 1),
        printed=before.printed,
        sent=before.sent,
        deck=None if deck == decks.get(question.source) else deck,
        span=None,
    )


def _unknown(key: str) -> Diagnostic:
    hint = "`exporter show SOURCE` prints every question's key; `exporter diff` those that changed."
    return error("unknown-key", f"The lock knows no key {key}.", hint=hint)
