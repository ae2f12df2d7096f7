"""Applying the corrections of `relink` to the matches of a build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from exporter.identity.matching import Match
from exporter.identity.records import NEW_KEY, Lock, Record


@dataclass(frozen=True, slots=True)
class LinkResult:
    """Matches with the corrections applied, the lock without them, and those that no question fits."""

    matches: Mapping[int, Match]
    lock: Lock
    unresolved: tuple[Record, ...] = ()


def apply_links(
    matches: Mapping[int, Match], lock: Lock, is_built: Callable[[int], bool], sources: Collection[str]
) -> LinkResult:
    """Give each question that a record links to the key of that record.

    `is_built` says of an index of `matches` whether its source is built; the link to a question of
    another source waits for the build of that. `sources` names those built, or gone.
    """
    links = {record.key: record.link for record in lock.records if record.link}
    if not links:
        return LinkResult(matches, lock)
    records = {record.key: record for record in lock.records}
    index_of = {match.record.key: index for index, match in matches.items()}
    takers: dict[int, Record | None] = {}
    settled: set[str] = set()
    unresolved: list[Record] = []
    for key, target in links.items():
        known_as = key if target == NEW_KEY else target
        index = index_of.get(known_as)
        if index is not None and is_built(index):
            takers[index] = None if target == NEW_KEY else _at(records[key], records[target])
            settled.add(key)
        elif index is None and (known_as not in records or records[known_as].source in sources):
            unresolved.append(records[key])
            settled.add(key)
    for key in settled:
        # The question that had the key so far, if it is not given another, takes the key that is given up.
        displaced, target = index_of.get(key), links[key]
        if displaced is not None and displaced not in takers and records[key] not in unresolved:
            given_up = records[target]
            takers[displaced] = None if given_up.retired else _at(given_up, records[key])
    result = dict(matches)
    for index, record in takers.items():
        if record is None:
            del result[index]
        else:
            result[index] = Match(record)
    # A target that is retired was only planned: it stood for a question before its first build.
    planned = {links[key] for key in settled if links[key] in records and records[links[key]].retired}
    kept = tuple(
        replace(record, link=None) if record.key in settled else record
        for record in lock.records
        if record.key not in planned
    )
    return LinkResult(result, replace(lock, records=kept), tuple(unresolved))


def _at(record: Record, matched: Record) -> Record:
    """Return a record in the position of the one that its question was known by."""
    return replace(record, link=None, source=matched.source, rank=matched.rank, number=matched.number)
