"""What single words are to the extraction of phrases, looked up once for each word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exporter.cues import english
from exporter.cues.weights import WEIGHTS, Weights

MAX_CACHED_WORDS = 1 << 15
"""How many words a lexicon remembers: more than the 20,000 of a file with 10,000 questions."""

_PAUSE = re.compile(r"""[,;:—–…][)"'”’»\]]*$""")
_INNER_MARK = re.compile(r"[_.`()=\ue000\\]")
_OPERATORS = frozenset("=<>+*&|")
_OPENERS = frozenset('(["“«„')
_CLOSERS = ".,;:!?)\"'”’»]"
_MIN_ACRONYM_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word's classes, weight and cost; `core` is the word in small letters without punctuation.

    `net` is the weight less the cost. `is_shown` is false for words that cues do without.
    """

    core: str
    stem: str
    weight: float
    net: float
    is_shown: bool
    is_hollow: bool
    is_negator: bool
    is_leading: bool
    is_dangling: bool
    stays_at_end: bool
    """The word may end a sentence though it dangles elsewhere: negators, the particles of verbs."""
    is_joining: bool
    is_subordinator: bool
    is_coordinator: bool
    is_conjunction: bool
    is_complementizer: bool
    opens_clause: bool
    is_auxiliary: bool
    is_subject: bool
    is_object: bool
    is_binder: bool
    is_taker: bool
    is_filler: bool
    is_pairing: bool
    pauses: bool
    begins_phrase: bool
    """A phrase may begin with the word wherever it is."""
    never_begins: bool
    """No phrase begins with the word."""
    ends_phrase: bool
    """A phrase may end before the word."""
    is_plain: bool
    """The word has none of these classes, as most content words."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language that decide where phrases begin and end."""

    negators: frozenset[str]
    leading: frozenset[str]
    dangling: frozenset[str]
    joining: frozenset[str]
    is_english: bool = False


ENGLISH = Vocabulary(
    english.NEGATORS,
    english.LEADING,
    english.DANGLING,
    english.PREPOSITIONS | english.CONJUNCTIONS,
    is_english=True,
)


class Lexicon(dict[str, Word]):
    """The words seen so far, by how they are written: a plain look-up, since it is made for every word."""

    def __init__(self, vocabulary: Vocabulary, weights: Weights = WEIGHTS) -> None:
        """Begin with no words; `vocabulary` decides their classes, `weights` what they weigh."""
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
        """Return a word that is a name in its sentence, whatever it is elsewhere: the A of `plan A`."""
        return _classify(text, "", self.vocabulary, self.weights, is_name=True)


def core_of(text: str) -> str:
    """Return a word in small letters without the punctuation around it."""
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
    """Return a word without the commonest English endings, so that `tests` and `testing` are equal."""
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
    """Return whether a word is written in capitals: `IT` is not `it`, nor `OR` in a query `or`."""
    letters = text.strip("(\"“'" + _CLOSERS)
    return len(letters) >= _MIN_ACRONYM_LETTERS and letters.isupper() and letters.isalpha()


def _classify(text: str, core: str, vocabulary: Vocabulary, weights: Weights, is_name: bool = False) -> Word:
    is_negator = core in vocabulary.negators or core.endswith("n't")
    if not is_negator and is_acronym(text):
        is_name = True
    looked_up = "" if is_name else core
    shown_core = core or (core_of(text) if is_name else "")
    is_empty = not shown_core
    is_leading = is_empty or (looked_up in vocabulary.leading and not is_negator)
    is_dangling = looked_up in vocabulary.dangling
    is_hollow = is_empty or looked_up in vocabulary.leading or is_dangling
    pauses = _PAUSE.search(text) is not None
    opens = text[0] in _OPENERS
    lists = vocabulary.is_english
    unstressed = lists and looked_up in english.UNSTRESSED
    weight = _weight(text, looked_up, is_negator, is_hollow, is_name, vocabulary, weights)
    cost = weights.function_cost if is_hollow and not is_negator else weights.content_cost
    is_complementizer = lists and looked_up in english.COMPLEMENTIZERS
    is_auxiliary = lists and looked_up in english.AUXILIARIES
    is_binder = lists and looked_up in english.BINDERS
    is_joining = looked_up in vocabulary.joining
    ends_after_all = lists and (looked_up in english.FINAL_NEGATORS or looked_up.endswith("n't"))
    stays_attached = is_complementizer or (lists and looked_up in english.ATTACHED_PREPOSITIONS)
    flags = {
        "is_joining": is_joining,
        "stays_at_end": is_negator or (lists and looked_up in english.PARTICLES),
        "is_subordinator": lists and looked_up in english.SUBORDINATORS,
        "is_conjunction": lists and looked_up in english.CONJUNCTIONS,
        "is_coordinator": lists and looked_up in english.COORDINATORS,
        "is_complementizer": is_complementizer,
        "opens_clause": lists and looked_up in english.CLAUSE_OPENERS,
        "is_auxiliary": is_auxiliary,
        "is_subject": lists and looked_up in english.SUBJECT_PRONOUNS,
        "is_object": lists and looked_up in english.OBJECT_PRONOUNS,
        "is_binder": is_binder,
        "is_taker": lists and looked_up in english.TAKERS,
        "is_filler": lists and looked_up in english.FILLERS,
        "is_pairing": lists and looked_up in english.PAIRING_PREPOSITIONS,
        "begins_phrase": is_negator or opens or is_binder or is_complementizer,
        "ends_phrase": (opens or is_joining or is_auxiliary or ends_after_all) and not stays_attached,
    }
    return Word(
        core=shown_core,
        stem=stem(shown_core),
        weight=weight,
        net=weight - (0.0 if unstressed else cost),
        is_shown=not unstressed,
        is_hollow=is_hollow,
        is_negator=is_negator,
        is_leading=is_leading,
        is_dangling=is_dangling,
        pauses=pauses,
        never_begins=is_leading and not is_complementizer,
        is_plain=not (is_negator or is_hollow or is_leading or pauses or any(flags.values())),
        **flags,
    )


def _weight(
    text: str,
    core: str,
    is_negator: bool,
    is_hollow: bool,
    is_name: bool,
    vocabulary: Vocabulary,
    weights: Weights,
) -> float:
    if is_negator:
        return weights.negator
    if is_name:
        return weights.name
    if is_hollow:
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
    """Return whether a word has digits, a capital inside, or a sign of code."""
    return (
        any(char.isdigit() for char in core)
        or any(char.isupper() for char in text[1:])
        or _INNER_MARK.search(text.rstrip(_CLOSERS)) is not None
    )
