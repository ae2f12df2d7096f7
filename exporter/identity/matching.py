"""Which old question each new one is: the exact ways first, then the best likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from exporter.identity.keys import normalize
from exporter.identity.records import Record
from exporter.identity.short_answers import short_answer_pairs
from exporter.identity.similarity import NormalizedQuestion, Similarity, candidate_pairs, is_near_duplicate

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

MIN_IDENTIFYING_CHARS = 40
"""How many characters an answer needs to tell, alone, which question it belongs to."""


@dataclass(frozen=True, slots=True)
class CurrentQuestion:
    """A question as it is now: its source, and its words in plain text."""

    source: str
    question: str
    answer: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The record a question was known by; `likeness` only where nothing exact told it."""

    record: Record
    likeness: Similarity | None = None


class _Search:
    """The items and records not yet matched."""

    def __init__(
        self, items: Sequence[CurrentQuestion], records: Sequence[Record], free: Callable[[Record], bool]
    ) -> None:
        self.items = items
        self.records = records
        self.open_items = dict.fromkeys(range(len(items)))
        self.open_records = {record.key: record for record in records}
        self.free = free
        self.found: dict[int, Match] = {}

    def take(self, place: int, record: Record, likeness: Similarity | None = None) -> None:
        self.found[place] = Match(record, likeness)
        del self.open_items[place], self.open_records[record.key]

    def may(self, item: CurrentQuestion, record: Record) -> bool:
        """Whether nothing speaks against a match: another explicit id, or a source that has it still."""
        if item.id and record.id and item.id != record.id:
            return False
        return item.source == record.source or self.free(record)

    def in_order(
        self,
        item_key: Callable[[CurrentQuestion], Hashable],
        record_key: Callable[[Record], Hashable],
    ) -> None:
        """Match what has the same key, first with first: own source before others, kept before retired."""
        groups: dict[Hashable, list[Record]] = defaultdict(list)
        for record in sorted(
            self.open_records.values(), key=lambda record: (record.retired, record.rank, -record.created)
        ):
            groups[record_key(record)].append(record)
        for own_source in (True, False):
            for place in list(self.open_items):
                item = self.items[place]
                for record in groups.get(item_key(item), ()):
                    if (
                        record.key in self.open_records
                        and (item.source == record.source) >= own_source
                        and self.may(item, record)
                    ):
                        self.take(place, record)
                        break


def match_items(
    items: Sequence[CurrentQuestion], records: Sequence[Record], free: Callable[[Record], bool]
) -> dict[int, Match]:
    """Return, by the item's index, the record each item is known by.

    `free` says of a record whether a question of another source may take it over.
    """
    search = _Search(items, records, free)
    for attempt in (
        _by_id,
        _by_words,
        _by_question,
        _by_folded_words,
        _by_folded_question,
        _by_answer,
        _by_likeness,
        _by_short_answer,
    ):
        if search.open_items and search.open_records:
            attempt(search)
    return search.found


def _by_id(search: _Search) -> None:
    by_name: dict[str, Record] = {}
    for record in search.open_records.values():
        by_name[record.key] = record
    by_name |= {record.id: record for record in search.open_records.values() if record.id}
    for place in list(search.open_items):
        named = by_name.get(search.items[place].id or "")
        if named and named.key in search.open_records:
            search.take(place, named)


def _by_words(search: _Search) -> None:
    search.in_order(
        lambda item: (item.question, item.answer), lambda record: (record.question, record.answer)
    )


def _by_question(search: _Search) -> None:
    _by_text(search, lambda text: text)


def _by_folded_words(search: _Search) -> None:
    search.in_order(
        lambda item: (normalize(item.question), normalize(item.answer)),
        lambda record: (normalize(record.question), normalize(record.answer)),
    )


def _by_folded_question(search: _Search) -> None:
    _by_text(search, normalize)


def _once(texts: Iterable[H]) -> frozenset[H]:
    return frozenset(text for text, count in Counter(texts).items() if count == 1)


def _by_text(search: _Search, form: Callable[[str], str]) -> None:
    """Match the same question text, whatever its answer, where that text stands only once.

    Lists repeat one question ("What's the output?") up to a hundred times: there the text
    alone tells nothing. Once in its own source is enough, before all sources are looked at.
    """
    for own in (True, False):
        _by_text_in(search, form, own)


def _by_text_in(search: _Search, form: Callable[[str], str], own: bool) -> None:
    """Match the same text of questions, of its own source or of all sources together."""

    def text_of(one: CurrentQuestion | Record, form: Callable[[str], str]) -> tuple[str, str]:
        return one.source if own else "", form(one.question)

    new = _alone(search.open_items, lambda place: text_of(search.items[place], form))
    for retired in (False, True):
        keys = [key for key, record in search.open_records.items() if record.retired is retired]
        old = _alone(keys, lambda key: text_of(search.open_records[key], form))
        both = new.keys() & old.keys()
        if not both:
            continue
        items_once = _once(text_of(item, str) for item in search.items)
        records_once = _once(text_of(record, str) for record in search.records if not record.retired)
        for text in both:
            place, record = new[text], search.open_records[old[text]]
            item = search.items[place]
            unique = text_of(item, str) in items_once and (retired or text_of(record, str) in records_once)
            if place in search.open_items and unique and search.may(item, record):
                search.take(place, record)


def _alone(things: Iterable[T], text_of: Callable[[T], H]) -> dict[H, T]:
    """Return the things whose text no other has, by that text."""
    groups: dict[H, list[T]] = defaultdict(list)
    for thing in things:
        groups[text_of(thing)].append(thing)
    return {text: group[0] for text, group in groups.items() if len(group) == 1}


def _by_answer(search: _Search) -> None:
    """Match the same answer, where it stands only once and tells enough.

    A short one tells enough with a question that is nearly the same: where no other item and no other
    record at all has that answer.
    """
    new = _alone(search.open_items, lambda place: normalize(search.items[place].answer))
    old = _alone(search.open_records, lambda key: normalize(search.open_records[key].answer))
    both = new.keys() & old.keys()
    short = {text for text in both if 0 < len(text) < MIN_IDENTIFYING_CHARS}
    if short:
        short &= _short_once(search.items) & _short_once(search.records)
    for text in both:
        place, record = new[text], search.open_records[old[text]]
        tells = len(text) >= MIN_IDENTIFYING_CHARS or (
            text in short
            and is_near_duplicate(normalize(record.question), normalize(search.items[place].question))
        )
        if tells and search.may(search.items[place], record):
            search.take(place, record)


def _short_once(ones: Iterable[CurrentQuestion | Record]) -> frozenset[str]:
    """Return the short answers, folded, that only one question has; folding makes no text much shorter."""
    return _once(normalize(one.answer) for one in ones if len(one.answer) < 4 * MIN_IDENTIFYING_CHARS)


def _by_likeness(search: _Search) -> None:
    records = [record for record in search.open_records.values() if not record.retired]
    places = list(search.open_items)
    if not records or not places:
        return
    common = _commonplaces(item.answer for item in search.items) | _commonplaces(
        record.answer for record in search.records
    )
    old = [NormalizedQuestion.of(record.question, record.answer, common) for record in records]
    new = [
        NormalizedQuestion.of(search.items[place].question, search.items[place].answer, common)
        for place in places
    ]
    pairs = sorted(
        (pair for pair in candidate_pairs(old, new) if pair[0].same),
        key=lambda pair: (-pair[0].score, records[pair[1]].key, pair[2]),
    )
    for likeness, old_place, new_place in pairs:
        place, record = places[new_place], records[old_place]
        open_still = place in search.open_items and record.key in search.open_records
        if open_still and search.may(search.items[place], record):
            search.take(place, record, likeness)


def _by_short_answer(search: _Search) -> None:
    matched = {index: match.record.key for index, match in search.found.items()}
    for index, record in list(short_answer_pairs(search.items, search.records, matched)):
        if search.may(search.items[index], record):
            search.take(index, record)


def _commonplaces(answers: Iterable[str]) -> frozenset[str]:
    """Return the lines that more than one answer has."""
    counts = Counter(line for answer in answers for line in set(answer.split("\n")))
    return frozenset(line for line, count in counts.items() if count > 1)
