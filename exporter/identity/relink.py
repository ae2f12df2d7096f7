"""Correcting a match: a question gets the key that is truly its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from exporter.identity.keys import KEY_ALPHABET
from exporter.identity.records import NEW_KEY, Lock, Record
from exporter.model.diagnostics import Diagnostic, error

_READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def normalize_key(text: str) -> str:
    """Return the key that someone meant who read it off a card: O is 0, I and L are 1."""
    key = text.strip().lower().translate(_READ_AS)
    return key if set(key) <= set(KEY_ALPHABET) else text


@dataclass(frozen=True, slots=True)
class Correction:
    """What `relink` is about to do, for asking.

    The question of `taker` gets the key of `giver`. In an `exchange` the question that has that
    key gets the taker's. Without a `giver` the taker gets a key of its own.
    """

    lock: Lock
    taker: Record
    giver: Record | None
    exchange: bool = False


def relink(
    lock: Lock, old: str, new: str, gone: Collection[str] = (), planned: Lock | None = None
) -> Correction | Diagnostic:
    """Note in a lock that the question with the key `new` gets the key `old` at the next build.

    If a question has `old` now it gets `new` in exchange; else `new` is retired. With `new` as
    the word “new” the question that has `old` gets a key of its own, and `old` is retired.
    `gone` are the keys whose question is no longer in its source; `planned` is the lock that the
    next build would write, which knows questions before their first build. Reports `unknown-key`.
    """
    records = {record.key: record for record in lock.records}
    coming = {record.key: record for record in planned.records} if planned else {}
    giver = records.get(normalize_key(old))
    if giver is None:
        return _unknown(old)
    if new.strip().lower() == NEW_KEY:
        holder = records[_holder(giver)]
        changed = {giver.key: replace(giver, link=None)}
        changed[holder.key] = replace(holder, link=NEW_KEY)
        return Correction(_with(lock, changed), holder, None)
    taker = records.get(normalize_key(new)) or coming.get(normalize_key(new))
    if taker is None:
        return _unknown(new)
    if taker.key == giver.key:
        return error("unknown-key", f"{old} and {new} are the same key.", hint="Name the former key first.")
    if taker.retired or taker.key in gone:
        message = f"No question has the key {new} now: it is retired."
        return error("unknown-key", message, taker.span, "Name the question's present key second.")
    if taker.key not in records:
        # Kept as retired until the next build, which drops it: no note has that key.
        taker = replace(taker, retired=True)
    exchange = not giver.retired and giver.key not in gone
    changed = {taker.key: taker, giver.key: _linked(giver, _holder(taker))}
    if exchange:
        changed[taker.key] = _linked(taker, _holder(giver))
    return Correction(_with(lock, changed), taker, giver, exchange)


def _holder(record: Record) -> str:
    """Return the key by which the lock knows the question that gets this record's key."""
    return record.link if record.link and record.link != NEW_KEY else record.key


def _linked(record: Record, target: str) -> Record:
    return replace(record, link=None if target == record.key else target)


def _with(lock: Lock, changed: dict[str, Record]) -> Lock:
    records = {record.key: record for record in lock.records} | changed
    return replace(lock, records=tuple(records[key] for key in sorted(records)))


def _unknown(typed: str) -> Diagnostic:
    hint = "`exporter show SOURCE` prints every question's key; `exporter diff` those that changed."
    return error("unknown-key", f"The lock has no key “{typed}”.", hint=hint)
