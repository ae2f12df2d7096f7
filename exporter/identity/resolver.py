"""The ledger: turns matches into notes, records and changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath

from exporter.identity.changes import Change, ChangeKind
from exporter.identity.digests import content_digest
from exporter.identity.keys import derive_key, is_key, normalize
from exporter.identity.matching import CurrentQuestion, Match
from exporter.identity.ordering import MAX_RANK, assign_ranks, longest_increasing_subsequence
from exporter.identity.records import Lock, Namespace, Record
from exporter.identity.timestamps import next_time, sent_time
from exporter.model.deck import MAX_TIME_S, KeyedQuestion
from exporter.model.questions import Question


@dataclass(frozen=True, slots=True)
class SourceQuestions:
    """The questions of one source with their pictures.

    `name` is the file's name within its folder. A source that is not `built` only shows which
    questions are still its own.
    """

    name: str
    questions: tuple[Question, ...]
    built: bool = True
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Identification:
    """The questions of each source that is built with their keys, the lock to keep, and what changed.

    `unresolved` are the records with a link to a question that is no longer there.
    """

    questions: Mapping[str, tuple[KeyedQuestion, ...]]
    lock: Lock
    changes: tuple[Change, ...]
    unresolved: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with the record it is known by, if any."""

    source: SourceQuestions
    place: int
    item: CurrentQuestion
    match: Match | None

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.source.questions[self.place]


class Resolver:
    """Turns matches into notes, records and changes."""

    def __init__(self, lock: Lock, now: int, known: Sequence[Candidate]) -> None:
        """Open a ledger on the old lock; `now` is in seconds since 1970."""
        self.lock = lock
        self.now = now
        self.known = known
        self.namespaces = {entry.source: entry.name for entry in lock.namespaces}
        self.records = {record.key: record for record in lock.records}
        known_times = [record.created for record in lock.records]
        self.created = max(now * 1000 - 1, *(one for one in known_times if one < MAX_TIME_S * 1000), 0)
        self.changes: list[Change] = []
        self.tried: dict[tuple[str, ...], int] = {}

    @cached_property
    def repeated(self) -> Counter[tuple[str, str]]:
        """How often each question text stands in its source."""
        return Counter((entry.source.name, normalize(entry.item.question)) for entry in self.known)

    def settle(self, sources: Sequence[SourceQuestions], gone: frozenset[str]) -> Identification:
        """Return the notes, the new lock and the changes; what `gone` sources had is retired."""
        by_source: dict[str, list[Candidate]] = defaultdict(list)
        for entry in self.known:
            by_source[entry.source.name].append(entry)
        questions: dict[str, tuple[KeyedQuestion, ...]] = {}
        for source in sources:
            if source.built:
                self.namespaces.setdefault(source.name, PurePath(source.name).stem)
                questions[source.name] = tuple(self._keyed(by_source[source.name]))
        self._retire({source.name for source in sources if source.built} | gone)
        lock = replace(
            self.lock,
            records=tuple(sorted(self.records.values(), key=lambda record: record.key)),
            namespaces=tuple(Namespace(name, self.namespaces[name]) for name in sorted(self.namespaces)),
        )
        return Identification(questions, lock, tuple(self.changes))

    def _keyed(self, entries: Sequence[Candidate]) -> Iterator[KeyedQuestion]:
        old_ranks = [
            entry.match.record.rank
            if entry.match
            and entry.match.record.source == entry.source.name
            and not entry.match.record.retired
            and abs(entry.match.record.rank) < MAX_RANK
            else None
            for entry in entries
        ]
        kept = longest_increasing_subsequence(old_ranks)
        ranks = assign_ranks(old_ranks, kept)
        for place, entry in enumerate(entries):
            record = self._record(entry, ranks[place])
            if old_ranks[place] is not None and place not in kept:
                self._tell(ChangeKind.MOVED, record)
            self.records[record.key] = record
            yield KeyedQuestion(
                record.key,
                entry.question,
                sent_time(record, self.now),
                record.created,
                entry.place + 1,
            )

    def _record(self, entry: Candidate, rank: int) -> Record:
        question, item = entry.question, entry.item
        content = content_digest(question, entry.source.media)
        match = entry.match
        if match is None:
            self.created += 1
            record = Record(
                self._new_key(entry),
                entry.source.name,
                item.question,
                item.answer,
                content,
                self.now,
                self.created,
                rank,
                question.number,
                question.id,
            )
            self._tell(ChangeKind.ADDED, record)
            return record
        old = _as_now(match.record, item)
        said = (entry.source.name, item.question, item.answer, content, rank, question.number, question.id)
        known = (old.source, old.question, old.answer, old.content, old.rank, old.number, old.id)
        if said == known and not old.retired:
            return old
        record = replace(
            old,
            source=entry.source.name,
            question=item.question,
            answer=item.answer,
            content=content,
            rank=rank,
            number=question.number,
            id=question.id,
            retired=False,
        )
        if self._content_changed(old, record):
            record = replace(record, modified=next_time(self.now, old.modified))
        self._compare(old, record, match.likeness.score if match.likeness else None)
        return record

    @staticmethod
    def _content_changed(old: Record, new: Record) -> bool:
        if old.content:
            return old.content != new.content
        # A recovered record knows the words alone: where they are the same, so is the note.
        return (old.question, old.answer) != (new.question, new.answer)

    def _compare(self, old: Record, new: Record, likeness: float | None) -> None:
        if old.retired:
            self._tell(ChangeKind.RETURNED, new)
        if old.question != new.question:
            self._tell(ChangeKind.REWORDED, new, old.question, new.question, likeness)
        if old.answer != new.answer:
            self._tell(ChangeKind.ANSWER, new, old.answer, new.answer)
        if (
            old.content
            and old.content != new.content
            and (old.question, old.answer) == (new.question, new.answer)
        ):
            self._tell(ChangeKind.DETAILS, new)
        if old.source != new.source:
            self._tell(ChangeKind.MOVED, new, old.source, new.source)
        if old.number != new.number:
            self._tell(ChangeKind.RENUMBERED, new, _number(old.number), _number(new.number))

    def _new_key(self, entry: Candidate) -> str:
        """Return the key of a new question: the same again whenever the lock is lost.

        A question text that stands in its source more than once is told apart by its answer.
        """
        item = entry.item
        if item.id and is_key(item.id) and item.id not in self.records:
            return item.id
        namespace = self.namespaces[entry.source.name]
        question = normalize(item.question)
        parts = [namespace, question]
        if item.id:
            parts = [namespace, "id", item.id]
        elif self.repeated[entry.source.name, question] > 1:
            parts.append(normalize(item.answer))
        key, extra = derive_key(*parts), self.tried.get(tuple(parts), 1)
        while key in self.records:
            extra += 1
            key = derive_key(*parts, str(extra))
        # No key is ever given up: a thousand of one question need not try a thousand keys each.
        self.tried[tuple(parts)] = max(1, extra - 1)
        return key

    def _retire(self, names: set[str]) -> None:
        present = {
            record.key for record in self.records.values() if record.retired or record.source not in names
        }
        matched = {entry.match.record.key for entry in self.known if entry.match}
        before = {record.key for record in self.lock.records}
        for key in sorted(
            before - present - matched, key=lambda key: (self.records[key].source, self.records[key].rank)
        ):
            self.records[key] = replace(self.records[key], retired=True)
            self._tell(ChangeKind.RETIRED, self.records[key])

    def _tell(
        self,
        kind: ChangeKind,
        record: Record,
        old: str | None = None,
        new: str | None = None,
        likeness: float | None = None,
    ) -> None:
        self.changes.append(
            Change(kind, record.key, record.source, record.question, record.number, old, new, likeness)
        )


def _as_now(record: Record, item: CurrentQuestion) -> Record:
    """Return a record with the words as they are now, if it was recovered and only their form differs.

    A package has the words as HTML: their lines and signs do not come back quite as the source has them.
    """
    if record.content or _letters(record.question, record.answer) != _letters(item.question, item.answer):
        return record
    return replace(record, question=item.question, answer=item.answer)


def _letters(*texts: str) -> list[str]:
    return ["".join(filter(str.isalnum, text)) for text in texts]


def _number(number: int | None) -> str | None:
    return None if number is None else str(number)
