"""Phrase boundaries: where a phrase of a sentence may begin and end, so that it can be read alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from exporter.cues.weights import MAX_NEGATOR_DISTANCE, Weights
from exporter.cues.word_classes import Word

MAX_TAIL_WORDS = 4
"""Maximum number of words after the last pause that are a subject without its verb, if a verb follows;
unmeasured."""

MIN_REMAINING_WORDS = 3
"""Minimum number of words between the end of a phrase and the next pause: not `grew | over time.`;
unmeasured."""

MAX_LONELY_WORDS = 1
"""Maximum number of words after the last pause that are penalized with `Weights.lonely_last_word`; one more
after a coordinator; unmeasured."""


Start = tuple[int, float, int, int, bool, bool]
"""A possible beginning of a phrase: first, bonus, wall, joint, begins_clause, follows_preposition.

`first` is the index of its first word, from 0, `wall` the index that a phrase from here must not cross,
`joint` that of the next joint, or -1. `begins_clause` is true if only function words and fillers come
before it in its clause. A plain tuple, like `End`: as named tuples they took a tenth of the time of a deck.
"""

End = tuple[int, int, float, int, int, bool, bool]
"""A possible end of a phrase: boundary, stop, bonus, joint, subordinator, lacks_verb, is_lonely.

`boundary` is the index after its last word in the sentence, `stop` the same without the words that
cannot end a cue. `joint` is the last joint before it, and `subordinator` the last word before it
that begins a subordinate clause, which would be cut; both are -1 if there is none. A phrase across
that joint `lacks_verb` if the verb of its last part follows, and `is_lonely` if that part is one word.
"""


def find_boundaries(words: Sequence[Word], weights: Weights) -> tuple[list[Start], list[End]]:
    """Return the possible beginnings and ends of the phrases of a sentence, in order.

    Joints are the indices of words after a pause, and of coordinators; walls those of words with which
    a clause with its own subject begins.
    """
    starts: list[tuple[int, float, bool, bool]] = []
    stops: list[tuple[int, bool]] = []
    walls: list[int] = []
    joints: list[int] = []
    subordinators: list[int] = []
    begins_clause, in_complement, negator = True, False, -MAX_NEGATOR_DISTANCE - 1
    previous: Word | None = None
    before: Word | None = None  # the word before `previous`
    for i, word in enumerate(words):
        if previous and word.is_plain and previous.is_plain:
            begins_clause = in_complement = False
            before = previous
            continue
        paused = previous is None or previous.pauses
        if paused or (previous and previous.opens_clause):
            begins_clause, in_complement, negator = True, False, -MAX_NEGATOR_DISTANCE - 1
            if previous and word.is_subject and (paused or previous.is_conjunction):
                walls.append(i)
        if previous and previous.is_complementizer:
            in_complement = True
        if not word.never_begins and i - negator > MAX_NEGATOR_DISTANCE:
            is_inside = in_complement and not paused and previous is not None and previous.is_function_word
            if not is_inside and _may_start(word, previous, before):
                after_pair = previous and previous.is_coordinator and not (before and before.pauses)
                bonus = (
                    weights.begins_at_pause if paused else -weights.after_coordinator if after_pair else 0.0
                )
                follows_preposition = previous is not None and (
                    previous.is_connector
                    or (previous.is_function_word and before is not None and before.is_connector)
                )
                starts.append((i, bonus, begins_clause, follows_preposition))
        if not word.is_function_word:
            in_complement = False
            begins_clause = begins_clause and word.is_filler
        if word.is_negator:
            negator = i
        if word.is_subordinator:
            subordinators.append(i)
        if previous:
            if paused or word.is_coordinator:
                joints.append(i)
            if paused:
                stops.append((i, True))
            elif word.ends_phrase and _may_end(words, i, before):
                stops.append((i, False))
        before, previous = previous, word
    walls.append(len(words))
    stops.append((len(words), True))
    located = [
        (
            first,
            bonus,
            walls[bisect_right(walls, first)],
            joints[after] if (after := bisect_right(joints, first)) < len(joints) else -1,
            begins,
            follows,
        )
        for first, bonus, begins, follows in starts
    ]
    return located, _ends(words, stops, joints, subordinators, weights)


def _may_start(word: Word, previous: Word | None, before: Word | None) -> bool:
    """Return whether a phrase may begin with a word; `previous` and `before` are the two before it."""
    if previous is None or word.begins_phrase:
        return True
    if previous.is_connector or previous.is_function_word:
        if previous.core == "to" and before and before.is_binder:
            return False  # `hard to understand` must not become `understand`
        return not (previous.is_pairing and before and before.core == word.core)  # `step by step`
    # not after the comma between two adjectives: `a slow, fragile test`
    return previous.pauses and not (before and before.is_function_word and not before.is_connector)


def _may_end(words: Sequence[Word], i: int, before: Word | None) -> bool:
    """Return whether a phrase may end before a word that does not follow a pause."""
    word, previous = words[i], words[i - 1]
    following = words[i + 1] if i + 1 < len(words) else None
    if word.is_pairing and following and following.core == previous.core:
        return False
    if word.core == "at" and previous.core == "one":
        return False  # `one at a time`
    return not (
        word.is_connector
        and (previous.takes_preposition or (previous.is_object and before and before.takes_preposition))
    )


def _ends(
    words: Sequence[Word],
    stops: Sequence[tuple[int, bool]],
    joints: Sequence[int],
    subordinators: Sequence[int],
    weights: Weights,
) -> list[End]:
    """Return the ends without non-final words, and without those that leave a stub of the clause."""
    ends: list[End] = []
    next_pause = len(words)
    for boundary, at_pause in reversed(stops):
        if at_pause:
            next_pause = boundary
        stop = boundary
        while stop and (last := words[stop - 1]).is_non_final and not (at_pause and last.stays_at_end):
            stop -= 1
        if stop != boundary and stop and last.is_negator:
            stop = boundary  # `not there yet` must not become `not`
        if not stop or (not at_pause and _leaves_stub(words, boundary, stop, next_pause)):
            continue
        joint = _last_before(joints, stop)
        following = words[boundary] if boundary < len(words) else None
        if following is None or at_pause:
            is_cut_list = following is not None and following.is_coordinator
            bonus = -weights.list_cut_short if is_cut_list else weights.ends_at_pause
            ends.append((boundary, stop, bonus, joint, -1, False, False))
            continue
        bonus = 0.0
        if following.is_auxiliary:
            bonus -= weights.before_auxiliary
        elif following.is_coordinator:
            bonus -= weights.before_coordinator
        elif following.core == "to":
            bonus -= weights.before_to
        subordinator = -1 if following.is_conjunction else _last_before(subordinators, stop)
        tail = stop - joint
        lacks_verb = (
            joint >= 0 and tail <= MAX_TAIL_WORDS and (following.is_auxiliary or following.is_negator)
        )
        is_lonely = joint >= 0 and tail <= MAX_LONELY_WORDS + words[joint].is_coordinator
        ends.append((boundary, stop, bonus, joint, subordinator, lacks_verb, is_lonely))
    ends.reverse()
    return ends


def _last_before(indices: Sequence[int], stop: int) -> int:
    """Return the last of increasing indices that is less than `stop`, or -1."""
    count = bisect_left(indices, stop)
    return indices[count - 1] if count else -1


def _leaves_stub(words: Sequence[Word], boundary: int, stop: int, next_pause: int) -> bool:
    """Return whether too few words are left of the clause, or a word loses the preposition that it needs."""
    remaining = next_pause - boundary
    if remaining < MIN_REMAINING_WORDS:
        return True
    if remaining == MIN_REMAINING_WORDS and all(word.is_stopword for word in words[boundary:next_pause]):
        return True
    return stop != boundary and words[stop - 1].takes_preposition
