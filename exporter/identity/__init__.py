"""Identity: gives every question the key that outlives its edits. Pure: no file, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporter.identity.ledger import Identified, Known, Ledger, SourceQuestions
from exporter.identity.links import apply_links
from exporter.identity.matching import Item, match_items
from exporter.identity.records import Lock
from exporter.model import plain_text

__all__ = ["Identified", "SourceQuestions", "identify"]


def identify(
    sources: Sequence[SourceQuestions],
    lock: Lock,
    now: int,
    gone: frozenset[str] = frozenset(),
    retire_gone: bool = True,
) -> Identified:
    """Give every question its key, and say what changed since the lock was written.

    `now` is in seconds since 1970. `gone` names the sources of the lock that are no more;
    their questions may have moved, and are retired with `retire_gone`.
    """
    items = [
        Item(source.name, plain_text(question.question), plain_text(question.answer), question.id)
        for source in sources
        for question in source.questions
    ]
    seen = {source.name for source in sources}
    # A source that could not be read keeps its records to itself.
    records = [record for record in lock.records if record.retired or record.source in seen | gone]
    matches = match_items(items, records, free=lambda record: record.retired or record.source in seen | gone)
    built = {source.name for source in sources if source.built}
    linked = apply_links(matches, lock, lambda index: items[index].source in built, built | gone)
    known: list[Known] = []
    for source in sources:
        for place in range(len(source.questions)):
            index = len(known)
            known.append(Known(source, place, items[index], linked.matches.get(index)))
    identified = Ledger(linked.lock, now, known).settle(sources, gone if retire_gone else frozenset())
    return replace(identified, unresolved=linked.unresolved)
