"""Phrases of a sentence that can be read alone, with their scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from exporter.cues.boundaries import Start, find_boundaries
from exporter.cues.weights import MAX_SHOWN_WORDS, MAX_WRITTEN_WORDS, MIN_SHOWN_WORDS, Weights
from exporter.cues.word_classes import Word

_MIN_WORDS = 2
"""Minimum number of words of a phrase; unmeasured."""

_MAX_SHORT_SENTENCE_WORDS = 3
"""Maximum length of a sentence that may give a phrase of one word; unmeasured."""

_MAX_STUB_WORDS = 1
"""Maximum number of words before a pause that are a stub of the phrase; unmeasured."""

_MIN_WORDS_AFTER_STUB = 3
"""Minimum number of words after the pause for `Weights.stub_before_pause` to apply; one more after the object
of a preposition; unmeasured."""

_BRACKET = re.compile(r'["“”()\[\]«»]')


Phrase = tuple[float, int, int]
"""A phrase of a sentence: its score, and its words from index `start` to before `stop`, from 0."""


def score_phrases(texts: Sequence[str], words: Sequence[Word], weights: Weights) -> list[Phrase]:
    """Return every phrase of a sentence that can be read alone, in the order of the sentence."""
    starts, ends = find_boundaries(words, weights)
    nets = list(accumulate([word.net for word in words], initial=0.0))
    shown = list(accumulate([word.is_shown for word in words], initial=0))
    has_brackets = _BRACKET.search(" ".join(texts)) is not None
    min_words = _MIN_WORDS if len(words) > _MAX_SHORT_SENTENCE_WORDS else 1
    phrases: list[Phrase] = []
    for start in starts:
        first, start_bonus, wall, _, begins_clause, _ = start
        base = start_bonus - nets[first]
        shown_before = shown[first]
        for boundary, stop, bonus, joint, subordinator, lacks_verb, is_lonely in ends:
            if stop <= first or boundary - first < min_words:
                continue
            shown_words = shown[stop] - shown_before
            if boundary > wall or shown_words > MAX_SHOWN_WORDS or stop - first > MAX_WRITTEN_WORDS:
                break
            score = base + nets[stop] + bonus
            if subordinator > first:
                score -= weights.subordinate_cut
            if joint > first:
                if lacks_verb:
                    continue
                if is_lonely:
                    score -= weights.lonely_last_word
                if not begins_clause:
                    score -= _crossing_penalty(start, stop, words, weights)
            if shown_words < MIN_SHOWN_WORDS:
                score -= weights.short_phrase
            if has_brackets and _is_unpaired(texts[first:stop]):
                score -= weights.unpaired
            phrases.append((score, first, stop))
    return phrases


def _crossing_penalty(start: Start, stop: int, words: Sequence[Word], weights: Weights) -> float:
    """Return the penalty of a phrase that begins inside a clause and continues after its pause."""
    first, _, _, joint, _, follows_preposition = start
    words_after = stop - joint
    is_single = joint - first <= _MAX_STUB_WORDS and words_after >= _MIN_WORDS_AFTER_STUB
    is_object = follows_preposition and words[joint].is_coordinator and words_after > _MIN_WORDS_AFTER_STUB
    return weights.crosses_pause + (weights.stub_before_pause if is_single or is_object else 0.0)


def _is_unpaired(texts: Sequence[str]) -> bool:
    """Return whether brackets or quotation marks of a phrase are unbalanced."""
    text = " ".join(texts)
    return (
        text.count("(") + text.count("[") != text.count(")") + text.count("]")  # `[0, n)` is balanced
        or text.count("“") != text.count("”")
        or text.count("«") != text.count("»")
        or text.count('"') % 2 == 1
    )
