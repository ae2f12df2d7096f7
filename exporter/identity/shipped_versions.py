"""The versions of a note that builds have written: what an edit in Anki is compared with.

A note in Anki may be older than the last build, if that was never imported. A digest of each part of the
last versions is enough to merge, since a merge only compares parts for equality.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from exporter.identity.digests import part_digest
from exporter.identity.records import Lock, Record
from exporter.model.canonical_blocks import split_blocks
from exporter.model.media_names import note_blocks
from exporter.model.questions import Block, Paragraph, Question, Text

MAX_VERSIONS = 3
"""Maximum number of versions that are kept of a note: each takes about 40 of the 750 bytes of a record.

That was measured with 28 interview questions. An edit of a note with an older version is a conflict.
"""

DIGEST_CHARS = 4
"""Length of a digest: 24 bits. Of 1,000 notes with 20 parts each, one in 800 has two alike by chance."""


@dataclass(frozen=True, slots=True)
class ShippedVersion:
    """A version of a note: its time in seconds since 1970, and the digests of the parts of its fields."""

    modified: int
    question: tuple[str, ...]
    answer: tuple[str, ...]
    cues: tuple[str, ...]
    notes: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> ShippedVersion | None:
        """Return the version that a lock has as a text, or None if it is not one."""
        time, _, rest = text.partition(" ")
        fields = rest.split("|")
        if not (time.isascii() and time.isdigit() and len(fields) == 4):
            return None
        return cls(int(time), *map(_split_digests, fields))

    def __str__(self) -> str:
        """Return the version as the lock has it."""
        fields = (self.question, self.answer, self.cues, self.notes)
        return f"{self.modified} {'|'.join(map(''.join, fields))}"


def digest_parts(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the digests of the parts of a field."""
    return tuple(map(part_digest, split_blocks(blocks)))


def digest_texts(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the digests of lines of plain text."""
    return digest_parts([Paragraph(tuple((Text(text),) for text in texts))])


def parse_versions(record: Record) -> tuple[ShippedVersion, ...]:
    """Return the versions of a record, oldest first; texts that are none are left out."""
    return tuple(filter(None, map(ShippedVersion.parse, record.shipped)))


def has_present_version(record: Record) -> bool:
    """Return whether the last version of a record has the record's time."""
    return bool(record.shipped) and record.shipped[-1].startswith(f"{record.modified} ")


def add_version(record: Record, question: Question, media: Mapping[str, str]) -> Record:
    """Return the record with its present version as the last; `media` has the names of images in Anki."""
    version = ShippedVersion(
        record.modified,
        digest_parts(note_blocks(question.question, media)),
        digest_parts(note_blocks(question.answer, media)),
        digest_texts(question.cues),
        digest_texts((question.notes or "").split("\n")),
    )
    return replace(record, shipped=(*record.shipped, str(version))[-MAX_VERSIONS:])


def repeat_version(record: Record) -> Record:
    """Return a record whose time was set later with its last version at the new time."""
    if not record.shipped:
        return record
    fields = record.shipped[-1].partition(" ")[2]
    return replace(record, shipped=(*record.shipped, f"{record.modified} {fields}")[-MAX_VERSIONS:])


def forget_new_versions(lock: Lock, old: Lock) -> Lock:
    """Return the lock without the versions of the records of which `old` has none."""
    unknown = {record.key for record in old.records if not record.shipped}
    records = (
        replace(record, shipped=()) if record.shipped and record.key in unknown else record
        for record in lock.records
    )
    return replace(lock, records=tuple(records)) if unknown else lock


def _split_digests(text: str) -> tuple[str, ...]:
    return tuple(text[start : start + DIGEST_CHARS] for start in range(0, len(text), DIGEST_CHARS))
