"""The cues that builds may have derived for a note; a note with others was edited."""

from __future__ import annotations

from dataclasses import dataclass

from exporter.cues import DERIVATION
from exporter.identity.records import Lock, Record
from exporter.identity.shipped_versions import digest_parts, parse_versions
from exporter.model.questions import Block, Question
from exporter.pull.anki_edition import Edition, derive_cues, text_blocks
from exporter.pull.base_version import find_bases


@dataclass(frozen=True, slots=True)
class KnownCues:
    """The cues that builds may have derived for a note; a version has no digests of them.

    `is_complete` tells whether those of the version that Anki has are among them.
    """

    cues: frozenset[tuple[Block, ...]]
    is_complete: bool

    def is_edited(self, anki: Edition) -> bool:
        """Return whether a note has cues that no build derived."""
        return self.is_complete and anki.cues not in self.cues


def find_known_cues(
    source: Edition, anki: Edition, *, record: Record, lock: Lock, modified: int
) -> KnownCues:
    """Return the cues that builds may have derived for a note.

    They depend on its answer. That of Anki is known if it is a version or the source's, and that of the
    last build if its plain text has the same parts as the version.
    """
    versions = parse_versions(record)
    digests = digest_parts(anki.answer)
    answer = text_blocks(record.answer.split("\n"))
    built = Question(text_blocks(record.question.split("\n")), answer)
    is_answer_known = any(digests == version.answer for version in versions)
    is_built_known = find_bases(anki, versions, modified) == versions[-1:] != ()
    is_built_known = is_built_known and digest_parts(answer) == versions[-1].answer
    cues = frozenset((source.derived_cues, anki.derived_cues, derive_cues(built)))
    return KnownCues(cues, lock.derivation == DERIVATION and (is_answer_known or is_built_known))
