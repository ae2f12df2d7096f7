"""The weights and limits that decide which phrase of a sentence becomes its cue.

They were measured together, on hand-written cues of 14 answers (`python -m tests.cues` repeats it) and on
answers of other people. `tests/test_cue_weights.py` has a sentence for each weight whose cue changes with
it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights, costs, bonuses, penalties and limits of a derivation, without a unit.

    A word has a weight (how much it reminds of) and a cost (the effort to read it). The score of a phrase
    is the sum of the weights of its words, less their costs, plus its bonuses, less its penalties.
    """

    # Weights of words
    filler: float = 0.05  # `english.FILLERS`: almost none
    everyday: float = 0.35  # `english.EVERYDAY`: in many answers
    negator: float = 0.9  # below a name: a negation is kept, but is not the most important word
    name: float = 1.25  # names, numbers and code, which people forget first
    short_word: float = 0.8  # up to 3 letters
    medium_word: float = 1.0  # 4 to 6 letters
    long_word: float = 1.1  # more letters: rarer, so they tell more

    # Costs of words
    function_cost: float = 0.18  # a phrase with many function words tells less per word
    content_cost: float = 0.22  # another everyday word adds only 0.13, so that phrases stay short

    # Bonuses and penalties of a phrase
    ends_at_pause: float = 0.25  # a complete end
    begins_at_pause: float = 0.1  # a complete beginning
    list_cut_short: float = 0.2  # ends at a pause that `and` or `or` follows
    after_coordinator: float = 0.45  # begins after `and` or `or`: half of a pair
    before_coordinator: float = 0.2  # ends before `and` or `or`: the other half
    before_auxiliary: float = 0.35  # a subject without its verb
    before_to: float = 0.2  # ends before `to`
    subordinate_cut: float = 0.8  # ends inside a subordinate clause
    crosses_pause: float = 0.35  # contains a pause or a coordinator, and does not begin its clause
    stub_before_pause: float = 0.5  # a single word, or the object of a preposition, before that pause
    lonely_last_word: float = 0.4  # one word alone after the last pause or coordinator
    short_phrase: float = 0.3  # fewer than MIN_SHOWN_WORDS words
    unpaired: float = 1.6  # an open bracket or quotation

    # Limits of choice
    min_weight: float = 0.9  # a phrase of less weight does not remind of anything: `did it well`
    second_min_weight: float = 1.6  # a second phrase of a sentence needs more weight
    second_min_score: float = 0.5  # and this score


WEIGHTS = Weights()

MIN_SHOWN_WORDS = 3
"""Phrases of fewer words are penalized: `logs` tells less than `adding simple logs`."""

MAX_SHOWN_WORDS = 8
"""Maximum number of words of a phrase as shown."""

MAX_WRITTEN_WORDS = 11
"""Maximum number of words of a phrase in the source, with the omitted ones."""

MAX_SENTENCE_WORDS = 64
"""Maximum number of words of a sentence that are examined; no sentence of 85 real files is longer."""

MIN_LONG_SENTENCE_WORDS = 13
"""Minimum number of words of a sentence that may give a second phrase."""

MAX_CUES = 7
"""Maximum number of cues of an answer: the number of items that people keep in mind at once (Miller)."""

MAX_CUE_WORDS = 34
"""Maximum number of words of all cues, for second phrases to be added; hand-written cues have 24."""

MAX_NEGATOR_DISTANCE = 6
"""Maximum distance in words from a negator to a word of its clause that cannot begin a phrase, which would
lose the negation."""

MIN_ENGLISH_SHARE = 0.12
"""Minimum share of stop words of a language for an answer to be in that language.

English answers have 0.20 to 0.53 of English stop words, German and Spanish ones 0.03.
"""
