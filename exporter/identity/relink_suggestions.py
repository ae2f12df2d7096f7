"""Pairs of a retired and an added question that may be one, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from exporter.identity.changes import Change, ChangeKind
from exporter.identity.keys import normalize
from exporter.identity.records import Lock, Record


def find_possible_relinks(lock: Lock, changes: Iterable[Change]) -> tuple[tuple[Record, Record], ...]:
    """Return the pairs (retired, added) of one build that may be one question.

    They are the only two of the folder, or the only two between neighbours that stayed.
    """
    kinds = {
        change.key: change.kind for change in changes if change.kind in (ChangeKind.RETIRED, ChangeKind.ADDED)
    }
    involved = [record for record in lock.records if record.key in kinds]
    pair = _pair(involved, kinds)
    pairs = [pair] if pair else list(_between_neighbours(lock, kinds))
    # The same words with another key were told apart by `relink`, or by their answers.
    return tuple((old, new) for old, new in pairs if normalize(old.question) != normalize(new.question))


def _between_neighbours(lock: Lock, kinds: Mapping[str, ChangeKind]) -> Iterator[tuple[Record, Record]]:
    by_source: dict[str, list[Record]] = defaultdict(list)
    for record in lock.records:
        if not record.retired or record.key in kinds:
            by_source[record.source].append(record)
    for _, records in sorted(by_source.items()):
        records.sort(key=lambda record: record.rank)
        for changed, run in groupby(records, key=lambda record: record.key in kinds):
            pair = _pair(list(run), kinds) if changed else None
            if pair:
                yield pair


def _pair(records: list[Record], kinds: Mapping[str, ChangeKind]) -> tuple[Record, Record] | None:
    """Return the retired record and the added one, if there is exactly one of each."""
    old = [record for record in records if kinds[record.key] is ChangeKind.RETIRED]
    new = [record for record in records if kinds[record.key] is ChangeKind.ADDED]
    return (old[0], new[0]) if len(old) == len(new) == 1 else None
