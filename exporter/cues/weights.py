"""All numbers that decide which phrase of a sentence becomes its cue, in one table.

Measured on hand-written cribs of 14 answers (`python -m tests.cues` repeats it) and on answers of
strangers. `tests/test_cue_weights.py` has, for each number, a sentence that another value would change.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights, costs, bonuses, penalties and limits of a derivation; all without a unit.

    A word has a weight (what it reminds of) and a cost (what it takes to read). A phrase scores the
    sum of its words' weights less their costs, then its bonuses, less its penalties.
    """

    # Weights of words
    filler: float = 0.05
    everyday: float = 0.35
    negator: float = 0.9  # below a name: a negation is kept, but is not the point itself
    name: float = 1.25  # names, numbers and code: what a person forgets first
    short_word: float = 0.8  # up to 3 letters
    medium_word: float = 1.0  # 4 to 6 letters
    long_word: float = 1.1  # more letters: rarer, so they tell more

    # Costs of words
    function_cost: float = 0.18
    content_cost: float = 0.22  # where another everyday word stops paying for itself

    # Bonuses and penalties of a phrase
    ends_at_pause: float = 0.25
    begins_at_pause: float = 0.1
    list_cut_short: float = 0.2  # ends at a pause that `and` or `or` follows
    after_coordinator: float = 0.45  # begins behind `and` or `or`: half of a pair
    before_coordinator: float = 0.2  # ends before `and` or `or`: the other half
    before_auxiliary: float = 0.35  # a subject without its verb
    before_to: float = 0.2
    subordinate_cut: float = 0.8  # a subordinate clause that lacks its end
    crosses_pause: float = 0.35  # holds a pause or a coordinator, and does not begin its clause
    stub_before_pause: float = 0.5  # a single word, or the object of a preposition, before that pause
    lonely_last_word: float = 0.4  # one word alone after the last pause or coordinator
    short_phrase: float = 0.3  # fewer than MIN_SHOWN_WORDS words
    unpaired: float = 1.6  # an open bracket or quotation

    # Limits of choice
    min_weight: float = 0.9  # less reminds of nothing: `did it well`
    second_min_weight: float = 1.6  # a second phrase of a sentence must tell more
    second_min_score: float = 0.5


WEIGHTS = Weights()

MIN_SHOWN_WORDS = 3
"""A phrase of fewer words is penalised: `logs` alone is less than `adding simple logs`."""

MAX_SHOWN_WORDS = 8
MAX_WRITTEN_WORDS = 11
"""How many words a phrase has at the most, as shown and as the source has it."""

MAX_SENTENCE_WORDS = 64
"""Words of a sentence beyond this are not looked at: no sentence of 85 real files is longer."""

MIN_LONG_SENTENCE_WORDS = 13
"""Sentences of so many words may give a second phrase."""

MAX_CUES = 7
"""How many cues an answer has at the most: as many as a person can hold in mind at once."""

MAX_CUE_WORDS = 34
"""Second phrases are added while all cues together have no more words; cribs by hand have 24."""

MAX_NEGATOR_DISTANCE = 6
"""No phrase begins so few words behind a negator of its clause: it would lose the negation."""

MIN_ENGLISH_SHARE = 0.12
"""An answer is English if so many of its words are English function words.

English answers have 0.20 to 0.53, German and Spanish ones 0.03.
"""
