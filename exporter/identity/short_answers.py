"""Recognising a reworded question by an answer too short to identify it alone, and by its position."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from exporter.identity.keys import normalize
from exporter.identity.records import Record

MAX_SHORT_ANSWER_CHARS = 40
"""Longer answers identify a question alone: see `matching.MIN_IDENTIFYING_CHARS`."""

MIN_SIGNS = 2
"""How many of the signs in `short_answer_pairs` are proof.

Measured on 1,500 decks of 3 to 30 short answers with rewordings, moves, deletions and additions in
one sitting, half of the rewordings without a word of the old question: of 1,358 new questions one
got another's key; of the reworded ones 43 % with an answer of one word kept theirs, 92 % of the rest.
"""

MIN_WORDS = 2
"""An answer of fewer words is no sign that two questions are one.

Measured on 440 short answers of 380 files, as the share of questions whose answer is also that of
quite another question: of one word 22 %, of two to five words 2 %, of six or more none.
"""

MIN_WORD_CHARS = 3
"""Shorter words mean nothing: the letters of a quiz, particles."""

MAX_QUESTIONS_OF_A_WORD = 3
"""A word in more questions is the subject of the whole deck, and no sign that two are one."""

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
"""English words that any question and any answer may have; those of other languages are not known."""

EMPTY_ANSWERS = frozenset(
    """
    absolutely above all always below certainly correct course definitely depends don doesn didn
    everything false incorrect isn know maybe naturally neither never none nothing often perhaps
    possibly probably rarely really right same seldom sometimes somewhat sure think true usually wrong
    da doch immer ja jein keine manchmal nein net nicht nie non oft oui sí vielleicht
    jamais nunca parfois peut quizás siempre toujours être 不 否 对 是 有 没 的
    """.split()
)
"""Words that answer a hundred questions; so do `FUNCTION_WORDS`."""

_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(rf"{_IDEOGRAPH.pattern}|[^\W\u3040-\u30ff\u3400-\u9fff]+")
"""A word, or one sign of a script that writes no space between words."""

H = TypeVar("H", bound=Hashable)


class Answered(Protocol):
    """A question with its answer, now or at the last build."""

    @property
    def source(self) -> str:
        """The name of its source."""

    @property
    def question(self) -> str:
        """Its words in plain text."""

    @property
    def answer(self) -> str:
        """The answer's words in plain text."""


@dataclass(frozen=True, slots=True)
class _Position:
    """A position in a source, among the questions that are matched already."""

    source: str
    before: str | None
    after: str | None
    count_before: int

    def is_near(self, other: _Position) -> bool:
        """Return whether a neighbour is the same, or at most one matched question is in between."""
        return self.source == other.source and (
            self.before == other.before
            or self.after == other.after
            or abs(self.count_before - other.count_before) <= 1
        )


def short_answer_pairs(
    items: Sequence[Answered], records: Sequence[Record], matched: Mapping[int, str]
) -> Iterator[tuple[int, Record]]:
    """Yield index and record of each question that was reworded, and is known by its short answer.

    `matched` has the keys of the records that are matched already, by the index of the item.
    Exactly one question with that answer went and one came, and no other has it. Then two of
    three signs are proof: the position is the same, the answer has several words, or the
    questions share a word.
    """
    living = [record for record in records if not record.retired]
    taken = frozenset(matched.values())
    new, old = _by_short_answer(items), _by_short_answer(living)
    candidates = [
        (new[answer], living[old[answer]], answer)
        for answer in sorted(new.keys() & old.keys())
        if new[answer] not in matched and living[old[answer]].key not in taken
    ]
    if not candidates:
        return
    frequency = Counter(word for record in living for word in _words(record.question))
    now = _positions((index, item.source, matched.get(index)) for index, item in enumerate(items))
    living.sort(key=lambda record: record.rank)
    before = _positions(
        (record.key, record.source, record.key if record.key in taken else None) for record in living
    )
    for index, record, answer in candidates:
        shared = _words(items[index].question) & _words(record.question)
        signs = (
            now[index].is_near(before[record.key]),
            sum(word not in EMPTY_ANSWERS for word in _WORD.findall(answer)) >= MIN_WORDS,
            any(frequency[word] <= MAX_QUESTIONS_OF_A_WORD for word in shared),
        )
        if sum(signs) >= MIN_SIGNS and _words(answer) - EMPTY_ANSWERS:
            yield index, record


def _by_short_answer(questions: Sequence[Answered]) -> dict[str, int]:
    """Return the index of the only question that has an answer, by the short answer, folded."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, question in enumerate(questions):
        # folding shortens no text to a quarter
        if len(question.answer) < 4 * MAX_SHORT_ANSWER_CHARS:
            groups[normalize(question.answer)].append(index)
    return {
        answer: indices[0]
        for answer, indices in groups.items()
        if len(indices) == 1 and 0 < len(answer) < MAX_SHORT_ANSWER_CHARS
    }


def _words(text: str) -> frozenset[str]:
    """Return the words of a text that mean something."""
    words = _WORD.findall(normalize(text))
    return frozenset(
        word
        for word in words
        if word not in FUNCTION_WORDS
        and (len(word) >= MIN_WORD_CHARS or word.isdecimal() or _IDEOGRAPH.match(word))
    )


def _positions(questions: Iterable[tuple[H, str, str | None]]) -> dict[H, _Position]:
    """Return the position of each question; they come in order, with source and key if matched."""
    by_source: dict[str, list[tuple[H, str | None]]] = defaultdict(list)
    for name, source, key in questions:
        by_source[source].append((name, key))
    positions: dict[H, _Position] = {}
    for source, entries in by_source.items():
        after: dict[H, str | None] = {}
        following = None
        for name, key in reversed(entries):
            after[name] = following
            following = key or following
        before, count = None, 0
        for name, key in entries:
            positions[name] = _Position(source, before, after[name], count)
            before, count = (key, count + 1) if key else (before, count)
    return positions
