"""The extraction of cues: those of the source, or the phrase of each sentence that tells most.

The cues of a question depend only on the question and its answer, so that edits of others do not change
them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from exporter.cues.languages import find_lexicon, is_ideographic
from exporter.cues.phrases import Phrase, score_phrases
from exporter.cues.segments import Segment, iter_segments
from exporter.cues.sentences import iter_sentences
from exporter.cues.weights import (
    MAX_CUE_WORDS,
    MAX_CUES,
    MAX_SENTENCE_WORDS,
    MIN_LONG_SENTENCE_WORDS,
    WEIGHTS,
    Weights,
)
from exporter.cues.word_classes import Lexicon, Word
from exporter.cues.wording import longest_clause, opening_clause, word_cue
from exporter.model.questions import Question
from exporter.model.text import plain_text

DERIVATION = 3
"""The version of the derivation, increased when it gives other cues; version 1 were opening clauses."""

_HAS_WORD = re.compile(r"\w")
_MAX_WEAK_CUES = 3
"""Maximum number of cues of an answer in which no phrase tells enough; unmeasured."""

_MAX_LEAD_IN_WORDS = 2
"""Maximum length of a lead-in, such as `Keys.` or `In short:`, which is joined to the next sentence;
unmeasured."""


class Cue(NamedTuple):
    """A cue with its position in the answer.

    `line` is the index of the line of text in the answer, from 0, `start` and `stop` are indices in its
    plain text; `line` is None for the cues of tables and code.
    """

    text: str
    line: int | None = None
    start: int = 0
    stop: int = 0


class _Sentence(NamedTuple):
    segment: Segment
    start: int
    texts: tuple[str, ...]
    words: tuple[Word, ...]


_Choice = tuple[float, int, int, int]
"""A chosen phrase: its score, the index of its sentence in the answer, and its words, as in `Phrase`."""


def extract_cues(question: Question) -> tuple[str, ...]:
    """Return the cues of a question: those of the source, else those derived from the answer."""
    return question.cues or tuple(cue.text for cue in find_cues(question))


def find_cues(question: Question, weights: Weights = WEIGHTS) -> tuple[Cue, ...]:
    """Return the cues derived from the answer of a question, in its order, at most `MAX_CUES`."""
    segments = list(iter_segments(question.answer))
    texts = [segment.text for segment in segments if isinstance(segment, Segment)]
    if any(map(is_ideographic, texts)):
        return _longest_clauses(segments)
    lexicon = find_lexicon(texts, weights)
    question_stems = {lexicon[word].stem for word in plain_text(question.question).split()}
    parts: list[_Sentence | str] = []
    for segment in segments:
        if isinstance(segment, Segment):
            parts += _sentences(segment, lexicon)
        else:
            parts.append(segment)
    return tuple(_choose_cues(parts, question_stems, weights)) or tuple(_opening_clauses(segments))


def _sentences(segment: Segment, lexicon: Lexicon) -> list[_Sentence]:
    """Return the sentences of a line; a lead-in of one or two words is joined to the next."""
    sentences = []
    lead_in: int | None = None
    for start, stop in iter_sentences(segment.text, segment.code_starts):
        begin = start if lead_in is None else lead_in
        texts = segment.text[begin:stop].split(None, MAX_SENTENCE_WORDS)[:MAX_SENTENCE_WORDS]
        if not texts:
            continue
        is_last = stop >= len(segment.text.rstrip())
        if len(texts) <= _MAX_LEAD_IN_WORDS and texts[-1][-1] in ".:" and not is_last:
            lead_in = begin
            continue
        lead_in = None
        if _HAS_WORD.search(segment.text, begin, stop):
            sentences.append(_Sentence(segment, begin, tuple(texts), _words(segment, begin, texts, lexicon)))
    return sentences


def _words(segment: Segment, begin: int, texts: Sequence[str], lexicon: Lexicon) -> tuple[Word, ...]:
    """Return the words of a sentence from `begin` on; a capital A in it is a name: `plan A`."""
    words = [lexicon[text] for text in texts]
    for i, word in enumerate(words if "A" in segment.text else ()):
        if word.core == "a" and "A" in texts[i]:
            following = words[i + 1] if i + 1 < len(words) else None
            is_subject = following is None or following.is_auxiliary or following.is_coordinator
            if i or is_subject or word.pauses:
                words[i] = lexicon.name(texts[i])
    position = begin
    for i, text in enumerate(texts if segment.code_starts else ()):
        position = segment.text.index(text, position)
        # code and formulas are names, even if they look like function words: \(a\), `in`
        if words[i].is_stopword and not segment.code_starts.isdisjoint(range(position, position + len(text))):
            words[i] = lexicon.name(text)
        position += len(text)
    return tuple(words)


def _choose_cues(parts: Sequence[_Sentence | str], question_stems: set[str], weights: Weights) -> list[Cue]:
    """Return the cues of an answer's sentences, tables and code, in their order."""
    best: list[_Choice] = []
    seconds: list[_Choice] = []
    for order, part in enumerate(parts):
        if isinstance(part, str):
            best.append((weights.name, order, 0, 0))
            continue
        phrases = score_phrases(part.texts, part.words, weights)
        top = _find_best(phrases, part.words, question_stems)
        if top is None:
            continue
        score, start, stop = top
        best.append((score, order, start, stop))
        if len(part.words) >= MIN_LONG_SENTENCE_WORDS:
            second = _find_second(phrases, top, part.words, weights)
            if second:
                score, start, stop = second
                seconds.append((score, order, start, stop))
    chosen = [choice for choice in best if _tells_enough(choice, parts, weights)] or best[:_MAX_WEAK_CUES]
    if len(chosen) > MAX_CUES:
        count = len(chosen)
        chosen = [max(chosen[count * i // MAX_CUES : count * (i + 1) // MAX_CUES]) for i in range(MAX_CUES)]
    else:
        chosen = _add_seconds(chosen, seconds)
    chosen.sort(key=itemgetter(1, 2))
    cues = [_cue(parts[order], start, stop) for _, order, start, stop in chosen]
    return [cue for cue in cues if cue.text]


def _find_best(phrases: Sequence[Phrase], words: Sequence[Word], question_stems: set[str]) -> Phrase | None:
    """Return the best phrase that does not only repeat the question."""
    for phrase in sorted(phrases, reverse=True):
        _, start, stop = phrase
        for word in words[start:stop]:
            if not word.is_stopword and word.stem not in question_stems:
                return phrase
    return None


def _find_second(
    phrases: Sequence[Phrase], top: Phrase, words: Sequence[Word], weights: Weights
) -> Phrase | None:
    """Return a second phrase of a long sentence that does not overlap the best, if it tells enough."""
    _, top_start, top_stop = top
    apart = [phrase for phrase in phrases if phrase[2] <= top_start or phrase[1] >= top_stop]
    if not apart:
        return None
    score, start, stop = second = max(apart)
    if score <= weights.second_min_score or _weight(words, start, stop) < weights.second_min_weight:
        return None
    return second


def _tells_enough(choice: _Choice, parts: Sequence[_Sentence | str], weights: Weights) -> bool:
    score, order, start, stop = choice
    part = parts[order]
    if isinstance(part, str):
        return True
    return score > 0 and _weight(part.words, start, stop) >= weights.min_weight


def _weight(words: Sequence[Word], start: int, stop: int) -> float:
    return sum([word.weight for word in words[start:stop]])


def _add_seconds(chosen: list[_Choice], seconds: Sequence[_Choice]) -> list[_Choice]:
    """Return the choices with second phrases of the same answer, best first, up to the limits."""
    count = sum(stop - start for _, _, start, stop in chosen)
    chosen = list(chosen)
    for choice in sorted(seconds, reverse=True):
        _, _, start, stop = choice
        length = stop - start
        if len(chosen) < MAX_CUES and count + length <= MAX_CUE_WORDS:
            chosen.append(choice)
            count += length
    return chosen


def _cue(part: _Sentence | str, first: int, last: int) -> Cue:
    if isinstance(part, str):
        return Cue(part)
    text, start, stop = word_cue(part.segment.text, part.start, part.texts, first, last, part.words)
    return Cue(text, part.segment.index, start, stop)


def _longest_clauses(segments: Sequence[Segment | str]) -> tuple[Cue, ...]:
    """Return the longest clause of each sentence of a text without spaces between words."""
    cues = []
    for segment in segments:
        if isinstance(segment, str):
            cues.append(Cue(segment))
            continue
        for start, stop in iter_sentences(segment.text, segment.code_starts):
            start, stop = longest_clause(segment.text, start, stop)
            if start < stop:
                cues.append(Cue(segment.text[start:stop], segment.index, start, stop))
    count = len(cues)
    if count > MAX_CUES:
        runs = [cues[count * i // MAX_CUES : count * (i + 1) // MAX_CUES] for i in range(MAX_CUES)]
        cues = [max(run, key=lambda cue: len(cue.text)) for run in runs]
    return tuple(cues)


def _opening_clauses(segments: Sequence[Segment | str]) -> list[Cue]:
    """Return the opening clauses of the first sentences, for an answer without phrases."""
    cues: list[Cue] = []
    for segment in segments:
        if isinstance(segment, Segment) and len(cues) < _MAX_WEAK_CUES:
            for start, stop in iter_sentences(segment.text, segment.code_starts):
                if not _HAS_WORD.search(segment.text, start, stop):
                    continue
                texts = segment.text[start:stop].split()
                text, start, stop = word_cue(segment.text, start, texts, 0, opening_clause(texts))
                if text:
                    cues.append(Cue(text, segment.index, start, stop))
    return cues[:_MAX_WEAK_CUES]
