"""Correction of a wrong match: stores in the lock which question gets which key at the next build."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from exporter.identity.keys import KEY_ALPHABET
from exporter.identity.records import NEW_KEY, Lock, Record
from exporter.model.diagnostics import Diagnostic, error

_SIMILAR_CHARACTERS = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def normalize_key(text: str) -> str:
    """Return the key that a person typed from a card, without spaces, with O as 0, and I and L as 1."""
    key = "".join(text.split()).lower().translate(_SIMILAR_CHARACTERS)
    return key if set(key) <= set(KEY_ALPHABET) else text


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction with its new lock, for the confirmation.

    The question of `taker` gets the key of `giver`; in an `exchange` the question of `giver` gets the
    key of `taker`. Without `giver`, `taker` gets a new key.
    """

    lock: Lock
    taker: Record
    giver: Record | None
    exchange: bool = False


def relink(
    lock: Lock, old: str, *, new: str, gone: Collection[str] = (), planned: Lock | None = None
) -> Correction | Diagnostic:
    """Store in a lock that the question with the key `new` gets the key `old` at the next build.

    If a question has `old` now, it gets `new`; otherwise `new` is retired. If `new` is the word “new”,
    the question with `old` gets a new key, and `old` is retired. `gone` are the keys of questions that
    are no longer in their source; `planned` is the lock that the next build would write, with the
    questions that were not built yet. Report `unknown-key`.
    """
    records = {record.key: record for record in lock.records}
    planned_records = {record.key: record for record in planned.records} if planned else {}
    giver = records.get(normalize_key(old))
    if giver is None:
        return _unknown_key(old)
    if new.strip().lower() == NEW_KEY:
        holder = records[_holder_key(giver)]
        changed = {giver.key: replace(giver, link=None)}
        changed[holder.key] = replace(holder, link=NEW_KEY)
        return Correction(_replace_records(lock, changed), holder, None)
    taker = records.get(normalize_key(new)) or planned_records.get(normalize_key(new))
    if taker is None:
        return _unknown_key(new)
    if taker.key == giver.key:
        return error("unknown-key", f"{old} and {new} are the same key.", hint="Name the former key first.")
    if taker.retired or taker.key in gone:
        message = f"No question has the key {new} now: it is retired."
        return error("unknown-key", message, taker.span, "Name the question's present key second.")
    if taker.key not in records:
        # a placeholder until the next build, which removes it: no note has this key
        taker = replace(taker, retired=True)
    exchange = not giver.retired and giver.key not in gone
    changed = {taker.key: taker, giver.key: _link(giver, _holder_key(taker))}
    if exchange:
        changed[taker.key] = _link(taker, _holder_key(giver))
    return Correction(_replace_records(lock, changed), taker, giver, exchange)


def _holder_key(record: Record) -> str:
    """Return the key that the lock has for the question that gets the key of this record."""
    return record.link if record.link and record.link != NEW_KEY else record.key


def _link(record: Record, target: str) -> Record:
    return replace(record, link=None if target == record.key else target)


def _replace_records(lock: Lock, changed: dict[str, Record]) -> Lock:
    records = {record.key: record for record in lock.records} | changed
    return replace(lock, records=tuple(records[key] for key in sorted(records)))


def _unknown_key(text: str) -> Diagnostic:
    hint = "`exporter show SOURCE` prints every question's key; `exporter diff` those that changed."
    return error("unknown-key", f"The lock has no key “{text}”.", hint=hint)
