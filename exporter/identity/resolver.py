"""The resolver: makes keyed questions, the new lock and the changes from matched questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath

from exporter.identity.changes import Change, ChangeKind, change_of, compare_records, is_content_changed
from exporter.identity.digests import content_digest
from exporter.identity.key_allocator import KeyAllocator
from exporter.identity.matching import CurrentQuestion, Match
from exporter.identity.ordering import MAX_RANK, assign_ranks, longest_increasing_subsequence
from exporter.identity.records import Lock, Namespace, Record
from exporter.identity.shipped_versions import add_version, has_present_version
from exporter.identity.timestamps import next_time, sent_time
from exporter.model.deck import MAX_TIME_S, KeyedQuestion
from exporter.model.media_names import name_media
from exporter.model.questions import Question


@dataclass(frozen=True)
class SourceQuestions:
    """The questions of a source, with its images.

    `name` is the file name in its folder. A source that is not `built` only keeps its questions from
    being matched to those of other sources.
    """

    name: str
    questions: tuple[Question, ...]
    built: bool = True
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)

    @cached_property
    def media_names(self) -> Mapping[str, str]:
        """The names in Anki of the images, by their targets."""
        return name_media(self.media)


@dataclass(frozen=True, slots=True)
class Identification:
    """The keyed questions of each built source by its name, the new lock, and the changes.

    `unresolved` are the records with a link to a question that no longer exists.
    """

    questions: Mapping[str, tuple[KeyedQuestion, ...]]
    lock: Lock
    changes: tuple[Change, ...]
    unresolved: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question of a source, by its index in it, with the record that it matches, if any."""

    source: SourceQuestions
    index: int
    current: CurrentQuestion
    match: Match | None

    @property
    def question(self) -> Question:
        """The question as the source has it."""
        return self.source.questions[self.index]


class Resolver:
    """Makes keyed questions, the new lock and the changes from matched questions."""

    def __init__(self, lock: Lock, candidates: Sequence[Candidate], now: int) -> None:
        """Take the old lock and all questions of all sources; `now` is in seconds since 1970."""
        self._lock = lock
        self._now = now
        self._candidates = candidates
        self._namespaces = {entry.source: entry.name for entry in lock.namespaces}
        self._records = {record.key: record for record in lock.records}
        self._keys = KeyAllocator(self._records, [candidate.current for candidate in candidates])
        creation_times = [record.created for record in lock.records]
        self._last_created = max(
            now * 1000 - 1, *(time for time in creation_times if time < MAX_TIME_S * 1000), 0
        )
        self._changes: list[Change] = []

    def resolve(self, sources: Sequence[SourceQuestions], gone: frozenset[str]) -> Identification:
        """Return keyed questions, new lock and changes; the questions of `gone` sources are retired."""
        by_source: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in self._candidates:
            by_source[candidate.source.name].append(candidate)
        questions: dict[str, tuple[KeyedQuestion, ...]] = {}
        for source in sources:
            if source.built:
                self._namespaces.setdefault(source.name, PurePath(source.name).stem)
                questions[source.name] = tuple(self._resolve_source(by_source[source.name]))
        self._retire({source.name for source in sources if source.built} | gone)
        lock = replace(
            self._lock,
            records=tuple(sorted(self._records.values(), key=lambda record: record.key)),
            namespaces=tuple(Namespace(name, self._namespaces[name]) for name in sorted(self._namespaces)),
        )
        return Identification(questions, lock, tuple(self._changes))

    def _resolve_source(self, candidates: Sequence[Candidate]) -> Iterator[KeyedQuestion]:
        old_ranks = [_rank_to_keep(candidate) for candidate in candidates]
        unmoved = longest_increasing_subsequence(old_ranks)
        ranks = assign_ranks(old_ranks, unmoved)
        for index, candidate in enumerate(candidates):
            record = self._resolve_record(candidate, ranks[index])
            if old_ranks[index] is not None and index not in unmoved:
                self._changes.append(change_of(ChangeKind.MOVED, record))
            self._records[record.key] = record
            yield KeyedQuestion(
                record.key,
                candidate.question,
                sent_time(record, self._now),
                record.created,
                candidate.index + 1,
            )

    def _resolve_record(self, candidate: Candidate, rank: int) -> Record:
        """Return the record of a question, and add its changes."""
        question, current = candidate.question, candidate.current
        content = content_digest(question, candidate.source.media)
        match = candidate.match
        if match is None:
            return self._add_record(candidate, content, rank)
        old = _normalize_recovered(match.record, current)
        record = replace(
            old,
            source=candidate.source.name,
            question=current.question,
            answer=current.answer,
            content=content,
            rank=rank,
            number=question.number,
            id=question.id,
            retired=False,
        )
        if record == old:
            return _with_version(old, candidate)
        if is_content_changed(old, record):
            record = replace(record, modified=next_time(self._now, old.modified))
        record = _with_version(record, candidate)
        score = match.similarity.score if match.similarity else None
        self._changes += compare_records(old, record, score)
        return record

    def _add_record(self, candidate: Candidate, content: str, rank: int) -> Record:
        self._last_created += 1
        record = Record(
            self._keys.allocate(candidate.current, self._namespaces[candidate.source.name]),
            candidate.source.name,
            candidate.current.question,
            candidate.current.answer,
            content,
            self._now,
            self._last_created,
            rank,
            candidate.question.number,
            candidate.question.id,
        )
        self._changes.append(change_of(ChangeKind.ADDED, record))
        return _with_version(record, candidate)

    def _retire(self, sources: set[str]) -> None:
        """Retire the questions of these sources that match no question."""
        matched = {candidate.match.record.key for candidate in self._candidates if candidate.match}
        retired = [
            record
            for record in self._lock.records
            if not record.retired and record.source in sources and record.key not in matched
        ]
        for record in sorted(retired, key=lambda record: (record.source, record.rank)):
            self._records[record.key] = replace(record, retired=True)
            self._changes.append(change_of(ChangeKind.RETIRED, self._records[record.key]))


def _with_version(record: Record, candidate: Candidate) -> Record:
    """Return the record with its present version; the images are named only for a new one."""
    if has_present_version(record):
        return record
    return add_version(record, candidate.question, candidate.source.media_names)


def _rank_to_keep(candidate: Candidate) -> int | None:
    """Return the old rank of a question that stayed in its source, or `None`."""
    if candidate.match is None:
        return None
    record = candidate.match.record
    stayed = record.source == candidate.source.name and not record.retired
    return record.rank if stayed and abs(record.rank) < MAX_RANK else None


def _normalize_recovered(record: Record, current: CurrentQuestion) -> Record:
    """Return a recovered record with the present text, if the two differ only in form.

    A package has the text as HTML, from which line breaks and punctuation do not come back exactly.
    """
    if record.content or _letters(record.question, record.answer) != _letters(
        current.question, current.answer
    ):
        return record
    return replace(record, question=current.question, answer=current.answer)


def _letters(*texts: str) -> list[str]:
    return ["".join(filter(str.isalnum, text)) for text in texts]
