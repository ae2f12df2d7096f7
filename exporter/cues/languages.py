"""Language detection: the lexicon of the language of an answer, found by its stop words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from exporter.cues.weights import MIN_ENGLISH_SHARE, WEIGHTS, Weights
from exporter.cues.word_classes import ENGLISH, Lexicon, Vocabulary, core_of

MIN_IDEOGRAPHIC_SHARE = 0.3
"""Minimum share of wide characters (UAX #11) of a text without spaces between words; unmeasured."""

_FIRST_WIDE = "\u1100"
"""The first of the wide characters (UAX #11)."""

_MAX_EXAMINED_WORDS = 400
"""Maximum number of words of an answer that decide its language; unmeasured."""

_NEGATORS = {
    "ar": "لا لم لن ليس ليست بدون غير",
    "bg": "не няма без никога",
    "cs": "ne není nejsou nikdy bez nelze nic",
    "da": "ikke aldrig uden ingen intet",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals ohne nichts weder",
    "el": "δεν μην όχι χωρίς ποτέ",
    "es": "no nunca jamás sin ni nada ningún ninguna tampoco",
    "fi": "ei en et emme ette eivät ilman koskaan",
    "fr": "ne pas jamais sans aucun aucune ni rien non n'est",
    "he": "לא אין בלי אף",
    "hi": "नहीं मत न बिना कभी",
    "hr": "ne nije nisu nikad nikada bez ništa",
    "hu": "nem ne nincs soha nélkül",
    "it": "non mai senza né nessun nessuna niente",
    "nl": "niet geen nooit zonder niets",
    "no": "ikke aldri uten ingen",
    "pl": "nie bez nigdy nic żaden żadna",
    "pt": "não nunca sem nem nada nenhum nenhuma",
    "ro": "nu niciodată fără nimic",
    "ru": "не нет ни без никогда нельзя ничего",
    "sk": "nie nikdy bez nič",
    "sv": "inte aldrig utan ingen inga",
    "tr": "değil yok asla hiç",
    "uk": "не ні без ніколи нічого немає",
}
"""Words without which a phrase would mean the opposite; `stopwordsiso` lists them as stop words."""


def find_lexicon(texts: Sequence[str], weights: Weights = WEIGHTS) -> Lexicon:
    """Return the lexicon of the language of an answer; English if no language is detected."""
    words = " ".join(texts).split(None, _MAX_EXAMINED_WORDS)[:_MAX_EXAMINED_WORDS]
    english = _english(weights)
    missing_count = MIN_ENGLISH_SHARE * len(words)
    for word in words:
        if missing_count <= 0:
            break
        missing_count -= english[word].is_stopword
    if missing_count <= 0:
        return english
    cores = [core_of(word) for word in words]
    hits = {
        language: sum(core in stop_words for core in cores) for language, stop_words in _stop_words().items()
    }
    best = max(hits, key=lambda language: (hits[language], language))
    return _lexicon(best, weights) if hits[best] >= MIN_ENGLISH_SHARE * len(cores) else english


def is_ideographic(text: str) -> bool:
    """Return whether a text is in a script without spaces between words, such as Chinese or Japanese."""
    if text.isascii():
        return False
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text if char >= _FIRST_WIDE)
    return wide >= MIN_IDEOGRAPHIC_SHARE * max(len(text), 1)


@lru_cache(maxsize=1)
def _english(weights: Weights) -> Lexicon:
    return Lexicon(ENGLISH, weights)


@lru_cache(maxsize=8)
def _lexicon(language: str, weights: Weights) -> Lexicon:
    negators = frozenset(_NEGATORS.get(language, "").split())
    words = _stop_words()[language] - negators
    return Lexicon(Vocabulary(negators, words, words, words), weights)


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    """Return the stop words of each language except English."""
    import stopwordsiso

    return {
        language: frozenset(stopwordsiso.stopwords(language))
        for language in sorted(stopwordsiso.langs())
        if language != "en"
    }
