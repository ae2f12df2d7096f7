"""Suggestions for `relink`: pairs of a retired and an added question that may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from exporter.identity.changes import Change, ChangeKind
from exporter.identity.keys import normalize
from exporter.identity.records import Lock, Record


def find_possible_relinks(lock: Lock, changes: Iterable[Change]) -> tuple[tuple[Record, Record], ...]:
    """Return the pairs (retired, added) of a build that may be the same question.

    They are the only two of the folder, or the only two between unchanged neighbours.
    """
    kinds = {
        change.key: change.kind for change in changes if change.kind in (ChangeKind.RETIRED, ChangeKind.ADDED)
    }
    changed_records = [record for record in lock.records if record.key in kinds]
    pair = _find_pair(changed_records, kinds)
    pairs = [pair] if pair else list(_iter_pairs_between_neighbours(lock, kinds))
    # equal texts with different keys were separated by `relink`, or by their answers
    return tuple((old, new) for old, new in pairs if normalize(old.question) != normalize(new.question))


def _iter_pairs_between_neighbours(
    lock: Lock, kinds: Mapping[str, ChangeKind]
) -> Iterator[tuple[Record, Record]]:
    by_source: dict[str, list[Record]] = defaultdict(list)
    for record in lock.records:
        if not record.retired or record.key in kinds:
            by_source[record.source].append(record)
    for _, records in sorted(by_source.items()):
        records.sort(key=lambda record: record.rank)
        for is_changed, run in groupby(records, key=lambda record: record.key in kinds):
            pair = _find_pair(list(run), kinds) if is_changed else None
            if pair:
                yield pair


def _find_pair(records: list[Record], kinds: Mapping[str, ChangeKind]) -> tuple[Record, Record] | None:
    """Return the retired record and the added one, if there is exactly one of each."""
    old = [record for record in records if kinds[record.key] is ChangeKind.RETIRED]
    new = [record for record in records if kinds[record.key] is ChangeKind.ADDED]
    return (old[0], new[0]) if len(old) == len(new) == 1 else None
