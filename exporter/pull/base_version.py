"""The base of a merge: which of the versions that builds have shipped a note in Anki comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exporter.identity.shipped_versions import ShippedVersion, digest_parts
from exporter.pull.anki_edition import Edition


def find_bases(
    edition: Edition, versions: Sequence[ShippedVersion], modified: int
) -> tuple[ShippedVersion, ...]:
    """Return the versions that an edited note may come from: those from which it differs least.

    `modified` is the note's time in seconds since 1970, or 0 if it is unknown; a version of a later time
    was not imported into it. There are several if the note does not tell them apart.
    """
    possible = [version for version in versions if not modified or version.modified <= modified]
    distances = [_distance(edition, version) for version in possible]
    least = min(distances, default=0)
    return tuple(version for version, other in zip(possible, distances, strict=True) if other == least)


def _distance(edition: Edition, version: ShippedVersion) -> int:
    """Return the number of parts that only the edition or only the version has."""
    distance = 0
    for blocks, digests in (
        (edition.question, version.question),
        (edition.answer, version.answer),
        (edition.notes, version.notes),
    ):
        ours, theirs = Counter(digest_parts(blocks)), Counter(digests)
        distance += ((ours - theirs) + (theirs - ours)).total()
    return distance
