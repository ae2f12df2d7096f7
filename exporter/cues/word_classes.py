"""Word classes and weights for the extraction of phrases, computed once for each word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exporter.cues import english
from exporter.cues.weights import WEIGHTS, Weights

MAX_CACHED_WORDS = 1 << 15
"""Maximum number of words in a lexicon's cache; a file with 10,000 questions has 20,000."""

_PAUSE = re.compile(r"""[,;:—–…][)"'”’»\]]*$""")
_INNER_MARK = re.compile(r"[_.`()=\ue000\\]")
_OPERATORS = frozenset("=<>+*&|")
_OPENERS = frozenset('(["“«„')
_CLOSERS = ".,;:!?)\"'”’»]"
_MIN_ACRONYM_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word's classes and weight; `core` is the word in lower case without punctuation.

    `net` is the weight less the cost. `is_shown` is false for words that cues omit.
    """

    core: str
    stem: str
    weight: float
    net: float
    is_shown: bool
    is_stopword: bool
    is_negator: bool
    is_function_word: bool
    is_non_final: bool
    stays_at_end: bool
    """The word may end a sentence, though it is non-final elsewhere: negators, the particles of verbs."""
    is_connector: bool
    is_subordinator: bool
    is_coordinator: bool
    is_conjunction: bool
    is_complementizer: bool
    opens_clause: bool
    is_auxiliary: bool
    is_subject: bool
    is_object: bool
    is_binder: bool
    takes_preposition: bool
    is_filler: bool
    is_pairing: bool
    pauses: bool
    begins_phrase: bool
    """A phrase may begin with the word at any position."""
    never_begins: bool
    """A phrase never begins with the word."""
    ends_phrase: bool
    """A phrase may end before the word."""
    is_plain: bool
    """The word has none of these classes, like most content words."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language that decide where phrases begin and end.

    A phrase does not begin with `function_words`, and does not end in `non_final_words`; it may end
    before `connectors`.
    """

    negators: frozenset[str]
    function_words: frozenset[str]
    non_final_words: frozenset[str]
    connectors: frozenset[str]
    is_english: bool = False


ENGLISH = Vocabulary(
    english.NEGATORS,
    english.FUNCTION_WORDS,
    english.NON_FINAL_WORDS,
    english.PREPOSITIONS | english.CONJUNCTIONS,
    is_english=True,
)


class Lexicon(dict[str, Word]):
    """A cache of words by their spelling; a `dict`, since every word of every answer is looked up."""

    def __init__(self, vocabulary: Vocabulary, weights: Weights = WEIGHTS) -> None:
        """Start empty; `vocabulary` decides the classes of words, `weights` their weights."""
        super().__init__()
        self.vocabulary = vocabulary
        self.weights = weights

    def __missing__(self, text: str) -> Word:
        """Classify a word that is looked up for the first time."""
        if len(self) >= MAX_CACHED_WORDS:
            self.clear()
        word = self[text] = _classify(text, core_of(text), self.vocabulary, self.weights)
        return word

    def name(self, text: str) -> Word:
        """Return a word that is a name in its sentence, whatever its other uses: the A of `plan A`."""
        return _classify(text, "", self.vocabulary, self.weights, is_name=True)


def core_of(text: str) -> str:
    """Return a word in lower case without the punctuation around it."""
    core = text.lower().replace("’", "'")
    if core.isalnum():
        return core
    start, stop = 0, len(core)
    while start < stop and not core[start].isalnum():
        start += 1
    while stop > start and not core[stop - 1].isalnum():
        stop -= 1
    return core[start:stop] or (core if not _OPERATORS.isdisjoint(core) else "")


def stem(core: str) -> str:
    """Return a word without common English endings, so that `tests` and `testing` are equal.

    The minimum lengths keep short words such as `ring`, `red` and `his` unchanged; unmeasured.
    """
    length = len(core)
    if length > 5 and core.endswith("ing"):
        core = core[:-3]
    elif length > 4 and core.endswith("ed"):
        core = core[:-2]
    elif length > 4 and core.endswith("ies"):
        core = core[:-3] + "y"
    elif length > 3 and core.endswith("s") and not core.endswith("ss"):
        core = core[:-1]
    elif length > 5 and core.endswith("ly"):
        core = core[:-2]
    if len(core) > 3 and core[-1] == core[-2] and core[-1] not in "sl":
        core = core[:-1]
    return core[:-1] if len(core) > 4 and core[-1] == "e" else core


def is_acronym(text: str) -> bool:
    """Return whether a word is in capitals: `IT` is not `it`, and `OR` in a query is not `or`."""
    letters = text.strip("(\"“'" + _CLOSERS)
    return len(letters) >= _MIN_ACRONYM_LETTERS and letters.isupper() and letters.isalpha()


def _classify(text: str, core: str, vocabulary: Vocabulary, weights: Weights, is_name: bool = False) -> Word:
    is_negator = core in vocabulary.negators or core.endswith("n't")
    if not is_negator and is_acronym(text):
        is_name = True
    lookup = "" if is_name else core
    shown_core = core or (core_of(text) if is_name else "")
    is_empty = not shown_core
    is_function_word = is_empty or (lookup in vocabulary.function_words and not is_negator)
    is_non_final = lookup in vocabulary.non_final_words
    is_stopword = is_empty or lookup in vocabulary.function_words or is_non_final
    pauses = _PAUSE.search(text) is not None
    opens = text[0] in _OPENERS
    lists = vocabulary.is_english
    is_omitted = lists and lookup in english.OMITTED_WORDS
    weight = _weight(text, lookup, is_negator, is_stopword, is_name, vocabulary, weights)
    cost = weights.function_cost if is_stopword and not is_negator else weights.content_cost
    is_complementizer = lists and lookup in english.COMPLEMENTIZERS
    is_auxiliary = lists and lookup in english.AUXILIARIES
    is_binder = lists and lookup in english.BINDERS
    is_connector = lookup in vocabulary.connectors
    is_final_negator = lists and (lookup in english.FINAL_NEGATORS or lookup.endswith("n't"))
    stays_attached = is_complementizer or (lists and lookup in english.ATTACHED_PREPOSITIONS)
    flags = {
        "is_connector": is_connector,
        "stays_at_end": is_negator or (lists and lookup in english.PARTICLES),
        "is_subordinator": lists and lookup in english.SUBORDINATORS,
        "is_conjunction": lists and lookup in english.CONJUNCTIONS,
        "is_coordinator": lists and lookup in english.COORDINATORS,
        "is_complementizer": is_complementizer,
        "opens_clause": lists and lookup in english.CLAUSE_OPENERS,
        "is_auxiliary": is_auxiliary,
        "is_subject": lists and lookup in english.SUBJECT_PRONOUNS,
        "is_object": lists and lookup in english.OBJECT_PRONOUNS,
        "is_binder": is_binder,
        "takes_preposition": lists and lookup in english.PREPOSITION_TAKERS,
        "is_filler": lists and lookup in english.FILLERS,
        "is_pairing": lists and lookup in english.PAIRING_PREPOSITIONS,
        "begins_phrase": is_negator or opens or is_binder or is_complementizer,
        "ends_phrase": (opens or is_connector or is_auxiliary or is_final_negator) and not stays_attached,
    }
    return Word(
        core=shown_core,
        stem=stem(shown_core),
        weight=weight,
        net=weight - (0.0 if is_omitted else cost),
        is_shown=not is_omitted,
        is_stopword=is_stopword,
        is_negator=is_negator,
        is_function_word=is_function_word,
        is_non_final=is_non_final,
        pauses=pauses,
        never_begins=is_function_word and not is_complementizer,
        is_plain=not (is_negator or is_stopword or is_function_word or pauses or any(flags.values())),
        **flags,
    )


def _weight(
    text: str,
    core: str,
    is_negator: bool,
    is_stopword: bool,
    is_name: bool,
    vocabulary: Vocabulary,
    weights: Weights,
) -> float:
    if is_negator:
        return weights.negator
    if is_name:
        return weights.name
    if is_stopword:
        return 0.0
    if vocabulary.is_english and core in english.FILLERS:
        return weights.filler
    if vocabulary.is_english and core in english.EVERYDAY:
        return weights.everyday
    if _looks_like_name(text, core):
        return weights.name
    if len(core) <= 3:
        return weights.short_word
    return weights.medium_word if len(core) <= 6 else weights.long_word


def _looks_like_name(text: str, core: str) -> bool:
    """Return whether a word has digits, a capital after its first letter, or punctuation of code."""
    return (
        any(char.isdigit() for char in core)
        or any(char.isupper() for char in text[1:])
        or _INNER_MARK.search(text.rstrip(_CLOSERS)) is not None
    )
