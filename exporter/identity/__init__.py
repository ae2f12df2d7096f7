"""Identity: gives every question the key that stays the same when it is edited; no files, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exporter.identity.keys import normalize
from exporter.identity.links import apply_links
from exporter.identity.matching import CurrentQuestion, Match, match_questions
from exporter.identity.records import Lock, Record
from exporter.identity.resolver import Candidate, Identification, Resolver, SourceQuestions
from exporter.model.text import plain_text

__all__ = ["Copies", "Identification", "SourceQuestions", "identify"]


@dataclass(frozen=True, slots=True)
class Copies:
    """The names of sources that are copies of others.

    No question of a `complete` copy is built; the originals may take over its records. Of a `partial`
    copy only some questions are built; it takes over no records.
    """

    complete: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()


def identify(
    sources: Sequence[SourceQuestions],
    lock: Lock,
    now: int,
    *,
    gone: frozenset[str] = frozenset(),
    retire_gone: bool = True,
    copies: Copies | None = None,
) -> Identification:
    """Give every question its key, and return the changes since the lock was written.

    `now` is in seconds since 1970. `gone` are the names of sources in the lock that no longer exist;
    their questions may have moved, and are retired with `retire_gone`.
    """
    copies = copies or Copies()
    current_questions = [
        CurrentQuestion(source.name, plain_text(question.question), plain_text(question.answer), question.id)
        for source in sources
        for question in source.questions
    ]
    matches = _match(current_questions, lock, frozenset(source.name for source in sources) | gone, copies)
    built = {source.name for source in sources if source.built}
    linked = apply_links(
        matches, lock, is_built=lambda index: current_questions[index].source in built, sources=built | gone
    )
    candidates: list[Candidate] = []
    for source in sources:
        for source_index in range(len(source.questions)):
            index = len(candidates)
            candidates.append(
                Candidate(source, source_index, current_questions[index], linked.matches.get(index))
            )
    retired_sources = gone if retire_gone else frozenset()
    identification = Resolver(linked.lock, candidates, now).resolve(sources, retired_sources)
    return replace(identification, unresolved=linked.unresolved)


def _match(
    questions: Sequence[CurrentQuestion], lock: Lock, free_sources: frozenset[str], copies: Copies
) -> dict[int, Match]:
    """Match the questions of originals first, since a partial copy takes over none of their records."""
    # A question built from a copy and from its original has a record for each; that of the copy could
    # otherwise match a new question.
    originals = [record for record in lock.records if record.source not in copies.complete]
    original_texts = {normalize(record.question) for record in originals} if copies.complete else set()

    def is_free(record: Record) -> bool:
        if record.retired or record.source in free_sources:
            return True
        return record.source in copies.complete and normalize(record.question) not in original_texts

    # the records of a source that could not be read are not free
    records = [record for record in lock.records if is_free(record)]
    if not copies.partial:
        return match_questions(questions, records, is_free=is_free)
    matches: dict[int, Match] = {}
    for partial in (False, True):
        indices = [
            i for i, question in enumerate(questions) if (question.source in copies.partial) is partial
        ]
        matched_keys = {match.record.key for match in matches.values()}
        open_records = [
            record
            for record in records
            if record.key not in matched_keys
            and (partial or record.source not in copies.partial or record.retired)
        ]
        subset_matches = match_questions([questions[i] for i in indices], open_records, is_free=is_free)
        matches |= {indices[i]: match for i, match in subset_matches.items()}
    return matches
