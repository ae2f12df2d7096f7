"""The merge of a field: the source's edits and Anki's edits since a version, by the parts of the field."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum, auto
from itertools import product
from typing import NamedTuple

from exporter.identity.digests import part_digest
from exporter.model.canonical_blocks import join_blocks, split_blocks
from exporter.model.questions import Block


class MergeKind(Enum):
    """The result of a merge."""

    UNCHANGED = auto()
    EDITED = auto()
    MERGED = auto()
    CONFLICT = auto()


class FieldMerge(NamedTuple):
    """The result of a merge, and the blocks that the field shall have if it is edited or merged."""

    kind: MergeKind
    blocks: tuple[Block, ...] = ()


class _Region(NamedTuple):
    """Parts of the version, from `start` to `stop`, in whose place there are other parts now."""

    start: int
    stop: int
    parts: tuple[Block, ...]

    def touches(self, other: _Region) -> bool:
        """Return whether the regions have a part in common, or are next to each other."""
        return self.start <= other.stop and other.start <= self.stop


def merge_field(base: Sequence[str], source: Sequence[Block], anki: Sequence[Block]) -> FieldMerge:
    """Return the merge of a field; `base` are the digests of the parts of the version that both come from.

    Edits of the same part or of neighbouring parts are a conflict, unless they are the same.
    """
    source_parts, anki_parts = split_blocks(source), split_blocks(anki)
    source_digests, anki_digests = (tuple(map(part_digest, parts)) for parts in (source_parts, anki_parts))
    if anki_digests in (source_digests, tuple(base)):
        return FieldMerge(MergeKind.UNCHANGED)
    if source_digests == tuple(base):
        return FieldMerge(MergeKind.EDITED, tuple(anki))
    ours = _find_regions(base, source_digests, source_parts)
    theirs = _find_regions(base, anki_digests, anki_parts)
    new = [region for region in theirs if region not in ours]
    kept = [region for region in ours if region not in theirs]
    if any(region.touches(other) for region, other in product(new, kept)):
        return FieldMerge(MergeKind.CONFLICT)
    if not new:
        return FieldMerge(MergeKind.UNCHANGED)
    known = dict(zip((*anki_digests, *source_digests), (*anki_parts, *source_parts), strict=True))
    merged: list[Block] = []
    position = 0
    for region in sorted([*ours, *new], key=lambda region: region.start):
        merged += [known[digest] for digest in base[position : region.start]]
        merged += region.parts
        position = region.stop
    merged += [known[digest] for digest in base[position:]]
    return FieldMerge(MergeKind.MERGED, join_blocks(merged))


def _find_regions(base: Sequence[str], digests: Sequence[str], parts: Sequence[Block]) -> list[_Region]:
    """Return the parts of the version that differ, in order."""
    matcher = SequenceMatcher(None, base, digests, autojunk=False)
    return [
        _Region(start, stop, tuple(parts[first:last]))
        for tag, start, stop, first, last in matcher.get_opcodes()
        if tag != "equal"
    ]
