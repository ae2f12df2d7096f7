"""Matching of reworded questions whose answer is too short to identify them alone, by its position."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from exporter.identity.keys import MAX_SHRINKAGE, normalize
from exporter.identity.records import Record

MAX_SHORT_ANSWER_CHARS = 40
"""Maximum length of a short answer; longer ones identify a question alone (`matching.MIN_IDENTIFYING_CHARS`).
"""

MIN_SIGNS = 2
"""Minimum number of the signs in `short_answer_pairs` for a match.

Measured on 1,500 decks of 3 to 30 short answers with rewordings, moves, deletions and additions in
one edit, half of the rewordings without a word of the old question: of 1,358 new questions one
got another's key; of the reworded ones 43 % with an answer of one word kept their key, 92 % of the rest.
"""

MIN_WORDS = 2
"""Minimum number of words of an answer that is a sign of a match.

Measured on 440 short answers of 380 files, as the share of questions whose answer is also that of a
different question: of one word 22 %, of two to five words 2 %, of six or more none.
"""

MIN_WORD_CHARS = 3
"""Minimum length of a significant word; shorter ones are letters of a quiz, and particles; unmeasured."""

MAX_QUESTIONS_OF_A_WORD = 3
"""A shared word of more questions is not a sign of a match: it is the subject of the deck; unmeasured."""

MAX_COUNT_DIFFERENCE = 1
"""Maximum difference of the numbers of matched questions before two positions for them to be near;
measured with `MIN_SIGNS`."""

FUNCTION_WORDS = frozenset(
    """
    a about after all am an and any are as at be because been before being between but by can could
    did do does done each every first for from had has have he her him his how i if in into is it its
    just many me more most much must my no nor not of off on one only or other our out over own same
    she should so some such than that the their them then there these they this those to too two under
    until up us was we were what when where whether which while who whom whose why will with within
    without would yes you your
    """.split()
)
"""English words that any question or answer may have; other languages have no list."""

EMPTY_ANSWERS = frozenset(
    """
    absolutely above all always below certainly correct course definitely depends don doesn didn
    everything false incorrect isn know maybe naturally neither never none nothing often perhaps
    possibly probably rarely really right same seldom sometimes somewhat sure think true usually wrong
    da doch immer ja jein keine manchmal nein net nicht nie non oft oui sí vielleicht
    jamais nunca parfois peut quizás siempre toujours être 不 否 对 是 有 没 的
    """.split()
)
"""Words that are not a sign of a match in an answer, since they answer many questions; English, German,
French, Spanish, Portuguese, Dutch, Italian, Russian and Chinese."""

_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(rf"{_IDEOGRAPH.pattern}|[^\W\u3040-\u30ff\u3400-\u9fff]+")
"""A word, or one character of a script without spaces between words."""

H = TypeVar("H", bound=Hashable)


class AnsweredQuestion(Protocol):
    """A question with its answer, current or of the last build."""

    @property
    def source(self) -> str:
        """The name of its source."""

    @property
    def question(self) -> str:
        """The question in plain text."""

    @property
    def answer(self) -> str:
        """The answer in plain text."""


@dataclass(frozen=True, slots=True)
class _Position:
    """A position in a source: the keys of the nearest matched questions, and the number of those before."""

    source: str
    before: str | None
    after: str | None
    count_before: int

    def is_near(self, other: _Position) -> bool:
        """Return whether a neighbour is the same, or at most one matched question is in between."""
        return self.source == other.source and (
            self.before == other.before
            or self.after == other.after
            or abs(self.count_before - other.count_before) <= MAX_COUNT_DIFFERENCE
        )


def short_answer_pairs(
    questions: Sequence[AnsweredQuestion], records: Sequence[Record], matched: Mapping[int, str]
) -> Iterator[tuple[int, Record]]:
    """Yield the index and the record of each reworded question that matches by its short answer.

    `matched` are the keys of the records that are matched already, by the index of the question. A
    pair has the same answer, which no other question has, and at least `MIN_SIGNS` of three signs: the
    position is the same, the answer has several words, or the questions share a word.
    """
    active = [record for record in records if not record.retired]
    matched_keys = frozenset(matched.values())
    new, old = _index_short_answers(questions), _index_short_answers(active)
    candidates = [
        (new[answer], active[old[answer]], answer)
        for answer in sorted(new.keys() & old.keys())
        if new[answer] not in matched and active[old[answer]].key not in matched_keys
    ]
    if not candidates:
        return
    question_counts = Counter(word for record in active for word in _significant_words(record.question))
    new_positions = _positions(
        (index, question.source, matched.get(index)) for index, question in enumerate(questions)
    )
    active.sort(key=lambda record: record.rank)
    old_positions = _positions(
        (record.key, record.source, record.key if record.key in matched_keys else None) for record in active
    )
    for index, record, answer in candidates:
        shared_words = _significant_words(questions[index].question) & _significant_words(record.question)
        signs = (
            new_positions[index].is_near(old_positions[record.key]),
            sum(word not in EMPTY_ANSWERS for word in _WORD.findall(answer)) >= MIN_WORDS,
            any(question_counts[word] <= MAX_QUESTIONS_OF_A_WORD for word in shared_words),
        )
        if sum(signs) >= MIN_SIGNS and _significant_words(answer) - EMPTY_ANSWERS:
            yield index, record


def _index_short_answers(questions: Sequence[AnsweredQuestion]) -> dict[str, int]:
    """Return the index of each question with a short answer that no other has, by its normalized answer."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, question in enumerate(questions):
        if len(question.answer) < MAX_SHRINKAGE * MAX_SHORT_ANSWER_CHARS:
            groups[normalize(question.answer)].append(index)
    return {
        answer: indices[0]
        for answer, indices in groups.items()
        if len(indices) == 1 and 0 < len(answer) < MAX_SHORT_ANSWER_CHARS
    }


def _significant_words(text: str) -> frozenset[str]:
    """Return the normalized words of a text, without function words and short words."""
    words = _WORD.findall(normalize(text))
    return frozenset(
        word
        for word in words
        if word not in FUNCTION_WORDS
        and (len(word) >= MIN_WORD_CHARS or word.isdecimal() or _IDEOGRAPH.match(word))
    )


def _positions(questions: Iterable[tuple[H, str, str | None]]) -> dict[H, _Position]:
    """Return the position of each question by its id.

    `questions` are (id, source, key if matched) in the order of the source.
    """
    by_source: dict[str, list[tuple[H, str | None]]] = defaultdict(list)
    for id_, source, key in questions:
        by_source[source].append((id_, key))
    positions: dict[H, _Position] = {}
    for source, entries in by_source.items():
        after: dict[H, str | None] = {}
        next_key = None
        for id_, key in reversed(entries):
            after[id_] = next_key
            next_key = key or next_key
        before, count = None, 0
        for id_, key in entries:
            positions[id_] = _Position(source, before, after[id_], count)
            before, count = (key, count + 1) if key else (before, count)
    return positions
