"""Matching of current questions to records: exact strategies first, then the highest similarity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from exporter.identity.keys import MAX_SHRINKAGE, normalize
from exporter.identity.records import Record
from exporter.identity.similarity import NormalizedQuestion, Similarity, candidate_pairs, is_near_duplicate

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

MIN_IDENTIFYING_CHARS = 40
"""Minimum length of a normalized answer that identifies its question alone; see
`short_answers.MIN_WORDS` for what was measured of shorter ones."""


@dataclass(frozen=True, slots=True)
class CurrentQuestion:
    """A question as it is now: its source, its plain text, and its explicit id, if any."""

    source: str
    question: str
    answer: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The record that a question matches; `similarity` is set only if no exact strategy matched it."""

    record: Record
    similarity: Similarity | None = None


class _Matcher:
    """The questions and records, those not matched yet, and the matches."""

    def __init__(
        self,
        questions: Sequence[CurrentQuestion],
        records: Sequence[Record],
        is_free: Callable[[Record], bool],
    ) -> None:
        self.questions = questions
        self.records = records
        self.open_indices = dict.fromkeys(range(len(questions)))
        self.open_records = {record.key: record for record in records}
        self.is_free = is_free
        self.matches: dict[int, Match] = {}

    def match(self, index: int, record: Record, similarity: Similarity | None = None) -> None:
        self.matches[index] = Match(record, similarity)
        del self.open_indices[index], self.open_records[record.key]

    def is_allowed(self, question: CurrentQuestion, record: Record) -> bool:
        """Return whether no different id and no other source forbids a match."""
        if question.id and record.id and question.id != record.id:
            return False
        return question.source == record.source or self.is_free(record)

    def match_in_order(
        self,
        question_key: Callable[[CurrentQuestion], Hashable],
        record_key: Callable[[Record], Hashable],
    ) -> None:
        """Match questions and records with the same key in order: own source first, retired records last."""
        groups: dict[Hashable, list[Record]] = defaultdict(list)
        for record in sorted(
            self.open_records.values(), key=lambda record: (record.retired, record.rank, -record.created)
        ):
            groups[record_key(record)].append(record)
        for own_source_only in (True, False):
            for index in list(self.open_indices):
                question = self.questions[index]
                for record in groups.get(question_key(question), ()):
                    if (
                        record.key in self.open_records
                        and (question.source == record.source or not own_source_only)
                        and self.is_allowed(question, record)
                    ):
                        self.match(index, record)
                        break


def match_questions(
    questions: Sequence[CurrentQuestion], records: Sequence[Record], is_free: Callable[[Record], bool]
) -> dict[int, Match]:
    """Return the match of each question that has one, by the question's index.

    `is_free` returns whether a question of another source may take over a record.
    """
    matcher = _Matcher(questions, records, is_free)
    for strategy in (
        _match_by_id,
        _match_by_text,
        _match_by_question,
        _match_by_normalized_text,
        _match_by_normalized_question,
        _match_by_answer,
        _match_by_similarity,
        _match_by_short_answer,
    ):
        if matcher.open_indices and matcher.open_records:
            strategy(matcher)
    return matcher.matches


def _match_by_id(matcher: _Matcher) -> None:
    by_id: dict[str, Record] = {}
    for record in matcher.open_records.values():
        by_id[record.key] = record
    by_id |= {record.id: record for record in matcher.open_records.values() if record.id}
    for index in list(matcher.open_indices):
        record_with_id = by_id.get(matcher.questions[index].id or "")
        if record_with_id and record_with_id.key in matcher.open_records:
            matcher.match(index, record_with_id)


def _match_by_text(matcher: _Matcher) -> None:
    matcher.match_in_order(
        lambda question: (question.question, question.answer),
        lambda record: (record.question, record.answer),
    )


def _match_by_question(matcher: _Matcher) -> None:
    _match_unique_questions(matcher, lambda text: text)


def _match_by_normalized_text(matcher: _Matcher) -> None:
    matcher.match_in_order(
        lambda question: (normalize(question.question), normalize(question.answer)),
        lambda record: (normalize(record.question), normalize(record.answer)),
    )


def _match_by_normalized_question(matcher: _Matcher) -> None:
    _match_unique_questions(matcher, normalize)


def _match_unique_questions(matcher: _Matcher, transform: Callable[[str], str]) -> None:
    """Match equal question texts, whatever their answers, if the text is unique.

    Sources repeat one question (“What is the output?”) up to a hundred times; there the text does not
    identify it. Texts unique in their own source are matched first, then those unique in all sources.
    """
    for in_own_source in (True, False):
        _match_unique_in(matcher, transform, in_own_source)


def _match_unique_in(matcher: _Matcher, transform: Callable[[str], str], in_own_source: bool) -> None:
    """Match equal question texts that are unique in their source, or in all sources."""

    def text_of(question: CurrentQuestion | Record, transform: Callable[[str], str]) -> tuple[str, str]:
        return question.source if in_own_source else "", transform(question.question)

    new = _group_unique(matcher.open_indices, lambda index: text_of(matcher.questions[index], transform))
    for retired in (False, True):
        keys = [key for key, record in matcher.open_records.items() if record.retired is retired]
        old = _group_unique(keys, lambda key: text_of(matcher.open_records[key], transform))
        common_texts = new.keys() & old.keys()
        if not common_texts:
            continue
        unique_texts = _find_unique(text_of(question, str) for question in matcher.questions)
        unique_record_texts = _find_unique(
            text_of(record, str) for record in matcher.records if not record.retired
        )
        for text in common_texts:
            index, record = new[text], matcher.open_records[old[text]]
            question = matcher.questions[index]
            is_unique = text_of(question, str) in unique_texts and (
                retired or text_of(record, str) in unique_record_texts
            )
            if index in matcher.open_indices and is_unique and matcher.is_allowed(question, record):
                matcher.match(index, record)


def _find_unique(texts: Iterable[H]) -> frozenset[H]:
    return frozenset(text for text, count in Counter(texts).items() if count == 1)


def _group_unique(ids: Iterable[T], text_of: Callable[[T], H]) -> dict[H, T]:
    """Return the ids whose text no other id has, by that text."""
    groups: dict[H, list[T]] = defaultdict(list)
    for id_ in ids:
        groups[text_of(id_)].append(id_)
    return {text: group[0] for text, group in groups.items() if len(group) == 1}


def _match_by_answer(matcher: _Matcher) -> None:
    """Match equal answers, if the answer is unique and long enough to identify its question.

    A shorter answer identifies a nearly equal question, if no other question or record has that answer.
    """
    new = _group_unique(matcher.open_indices, lambda index: normalize(matcher.questions[index].answer))
    old = _group_unique(matcher.open_records, lambda key: normalize(matcher.open_records[key].answer))
    common_answers = new.keys() & old.keys()
    short = {answer for answer in common_answers if 0 < len(answer) < MIN_IDENTIFYING_CHARS}
    if short:
        short &= _find_unique_short_answers(matcher.questions) & _find_unique_short_answers(matcher.records)
    for answer in common_answers:
        index, record = new[answer], matcher.open_records[old[answer]]
        question = matcher.questions[index]
        is_identified = len(answer) >= MIN_IDENTIFYING_CHARS or (
            answer in short and is_near_duplicate(normalize(record.question), normalize(question.question))
        )
        if is_identified and matcher.is_allowed(question, record):
            matcher.match(index, record)


def _find_unique_short_answers(questions: Iterable[CurrentQuestion | Record]) -> frozenset[str]:
    """Return the short normalized answers that only one question has."""
    max_chars = MAX_SHRINKAGE * MIN_IDENTIFYING_CHARS
    return _find_unique(
        normalize(question.answer) for question in questions if len(question.answer) < max_chars
    )


def _match_by_similarity(matcher: _Matcher) -> None:
    records = [record for record in matcher.open_records.values() if not record.retired]
    indices = list(matcher.open_indices)
    if not records or not indices:
        return
    common_lines = _find_common_lines(question.answer for question in matcher.questions) | _find_common_lines(
        record.answer for record in matcher.records
    )
    old = [NormalizedQuestion.of(record.question, record.answer, common_lines) for record in records]
    new = [
        NormalizedQuestion.of(question.question, question.answer, common_lines)
        for question in map(matcher.questions.__getitem__, indices)
    ]
    pairs = sorted(
        (pair for pair in candidate_pairs(old, new) if pair[0].is_match),
        key=lambda pair: (-pair[0].score, records[pair[1]].key, pair[2]),
    )
    for similarity, old_index, new_index in pairs:
        index, record = indices[new_index], records[old_index]
        is_open = index in matcher.open_indices and record.key in matcher.open_records
        if is_open and matcher.is_allowed(matcher.questions[index], record):
            matcher.match(index, record, similarity)


def _match_by_short_answer(matcher: _Matcher) -> None:
    # imported here: nothing is left to match in a first build, or if no question was reworded
    from exporter.identity.short_answers import short_answer_pairs

    matched_keys = {index: match.record.key for index, match in matcher.matches.items()}
    for index, record in list(short_answer_pairs(matcher.questions, matcher.records, matched_keys)):
        if matcher.is_allowed(matcher.questions[index], record):
            matcher.match(index, record)


def _find_common_lines(answers: Iterable[str]) -> frozenset[str]:
    """Return the lines that more than one answer has."""
    counts = Counter(line for answer in answers for line in set(answer.split("\n")))
    return frozenset(line for line, count in counts.items() if count > 1)
