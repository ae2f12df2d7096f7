"""The corrections of `relink`, applied to the matches of a build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from exporter.identity.matching import Match
from exporter.identity.records import NEW_KEY, Lock, Record


@dataclass(frozen=True, slots=True)
class LinkResult:
    """The corrected matches, the lock without applied links, and records whose link has no question."""

    matches: Mapping[int, Match]
    lock: Lock
    unresolved: tuple[Record, ...] = ()


def apply_links(
    matches: Mapping[int, Match], lock: Lock, *, is_built: Callable[[int], bool], sources: Collection[str]
) -> LinkResult:
    """Give each linked question the key of the record that links to it.

    `is_built` returns whether the source of the question with an index is built; a link to a question
    of another source stays until that is built. `sources` are the names of those built or gone.
    """
    links = {record.key: record.link for record in lock.records if record.link}
    if not links:
        return LinkResult(matches, lock)
    records = {record.key: record for record in lock.records}
    index_of = {match.record.key: index for index, match in matches.items()}
    new_records: dict[int, Record | None] = {}
    applied_keys: set[str] = set()
    unresolved: list[Record] = []
    for key, target in links.items():
        current_key = key if target == NEW_KEY else target
        index = index_of.get(current_key)
        if index is not None and is_built(index):
            new_records[index] = None if target == NEW_KEY else _move_to(records[key], records[target])
            applied_keys.add(key)
        elif index is None and (current_key not in records or records[current_key].source in sources):
            unresolved.append(records[key])
            applied_keys.add(key)
    kept: dict[str, Record] = {}
    for key in sorted(applied_keys):
        # the question that had this key gets the key that its new owner had, unless it has a new one
        displaced, target = index_of.get(key), links[key]
        if displaced is not None and displaced not in new_records and records[key] not in unresolved:
            released = records[target]
            moved = None if released.retired else _move_to(released, records[key])
            if moved is not None and not is_built(displaced):
                # with its own text, by which it is matched when its source is built
                former = records[key]
                moved = replace(moved, question=former.question, answer=former.answer, id=former.id)
                kept[moved.key] = moved
                applied_keys.add(moved.key)
            new_records[displaced] = moved
    linked_matches = dict(matches)
    for index, record in new_records.items():
        if record is None:
            del linked_matches[index]
        else:
            linked_matches[index] = Match(record)
    # `relink` stores a question before its first build as a retired record, which is no longer needed
    targets = (links[key] for key in applied_keys & links.keys())
    placeholder_keys = {key for key in targets if key in records and records[key].retired}
    remaining = tuple(
        replace(kept.get(record.key, record), link=None) if record.key in applied_keys else record
        for record in lock.records
        if record.key not in placeholder_keys
    )
    return LinkResult(linked_matches, replace(lock, records=remaining), tuple(unresolved))


def _move_to(record: Record, matched: Record) -> Record:
    """Return a record with the source and the position of another one."""
    return replace(record, link=None, source=matched.source, rank=matched.rank, number=matched.number)
