"""Identity: gives every question the key that outlives its edits. Pure: no file, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exporter.identity.keys import normalize
from exporter.identity.links import apply_links
from exporter.identity.matching import CurrentQuestion, Match, match_items
from exporter.identity.records import Lock, Record
from exporter.identity.resolver import Candidate, Identification, Resolver, SourceQuestions
from exporter.model.text import plain_text

__all__ = ["Copies", "Identification", "SourceQuestions", "identify"]


@dataclass(frozen=True, slots=True)
class Copies:
    """The names of files that are copies of others: of the whole ones nothing is built.

    The originals may take over what was once built from such a copy. A partial one, of which only
    some questions are built, takes over nothing.
    """

    whole: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()


def identify(
    sources: Sequence[SourceQuestions],
    lock: Lock,
    now: int,
    gone: frozenset[str] = frozenset(),
    retire_gone: bool = True,
    copies: Copies | None = None,
) -> Identification:
    """Give every question its key, and say what changed since the lock was written.

    `now` is in seconds since 1970. `gone` names the sources of the lock that are no more;
    their questions may have moved, and are retired with `retire_gone`. `copies` are files that
    are built in part, or not at all.
    """
    copies = copies or Copies()
    items = [
        CurrentQuestion(source.name, plain_text(question.question), plain_text(question.answer), question.id)
        for source in sources
        for question in source.questions
    ]
    matches = _match(items, lock, frozenset(source.name for source in sources) | gone, copies)
    built = {source.name for source in sources if source.built}
    linked = apply_links(matches, lock, lambda index: items[index].source in built, built | gone)
    known: list[Candidate] = []
    for source in sources:
        for place in range(len(source.questions)):
            index = len(known)
            known.append(Candidate(source, place, items[index], linked.matches.get(index)))
    identified = Resolver(linked.lock, now, known).settle(sources, gone if retire_gone else frozenset())
    return replace(identified, unresolved=linked.unresolved)


def _match(
    items: Sequence[CurrentQuestion], lock: Lock, free_sources: frozenset[str], copies: Copies
) -> dict[int, Match]:
    """Match the questions of originals first: a partial copy has no claim on what they had."""
    # A question that was built from a copy and from its original has a record of each: the former
    # could only be taken for that of a new question.
    own = {normalize(record.question) for record in lock.records if record.source not in copies.whole}

    def is_free(record: Record) -> bool:
        if record.retired or record.source in free_sources:
            return True
        return record.source in copies.whole and normalize(record.question) not in own

    # A source that could not be read keeps its records to itself.
    records = [record for record in lock.records if is_free(record)]
    if not copies.partial:
        return match_items(items, records, free=is_free)
    matches: dict[int, Match] = {}
    for partial in (False, True):
        indices = [i for i, item in enumerate(items) if (item.source in copies.partial) is partial]
        taken = {match.record.key for match in matches.values()}
        open_records = [
            record
            for record in records
            if record.key not in taken and (partial or record.source not in copies.partial or record.retired)
        ]
        found = match_items([items[i] for i in indices], open_records, free=is_free)
        matches |= {indices[i]: match for i, match in found.items()}
    return matches
