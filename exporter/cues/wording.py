"""The text of a cue as it is shown, and its range in the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from exporter.cues.segments import GLUE
from exporter.cues.weights import MAX_SHOWN_WORDS, MIN_SHOWN_WORDS
from exporter.cues.word_classes import ENGLISH, Word, core_of

MAX_WORD_COLUMNS = 32
"""Maximum width of a word of a cue, for scripts without spaces between words; unmeasured."""

MAX_SPACED_WORD_COLUMNS = 64
"""Maximum width of a word in a script with spaces: paths, names in code and compounds are useless if cut.

64 columns are about two lines of a business card. German compounds reach 43 letters in legal texts.
"""

MAX_FORMULA_COLUMNS = 128
"""Maximum width of code or a formula in a cue; wider ones are left out, as they cannot be cut; unmeasured."""

_TRAILING = " ,;:.…—–-"
_HALVES = re.compile(r'["“”()\[\]«»]')
_INTERVAL = re.compile(r"\[[^\[\]()]*\)|\([^\[\]()]*\]")
_PAIRS = (('"', '"'), ("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))
_PAUSE = re.compile(r"""[,;:—–…][)"'”’»\]]*$""")
_CLAUSE = re.compile("[^，、；：。！？｡,;:!?…]+")
_SPACELESS = re.compile("[\u0e00-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef]")
"""Letters of scripts without spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese."""

_FORMULA_MARKS = (GLUE, "\\(", "$$")


def word_cue(
    text: str, begin: int, texts: Sequence[str], first: int, last: int, words: Sequence[Word] | None = None
) -> tuple[str, int, int]:
    """Return the cue of the words `first` to before `last` of a sentence, and its range in the line.

    `begin` is the index of the sentence in `text`, and `texts` are its words as written. Words that
    are not shown are left out, except before a pause.
    """
    start = stop = len(text) - len(text[begin:].split(None, first)[-1]) if first < last else begin
    shown: list[str] = []
    for i, word in enumerate(texts[first:last], first):
        word_start = text.index(word, stop)
        length = _fitting_length(word)
        if length:
            stop = word_start + length
            if words is None or words[i].is_shown or words[i].pauses:
                shown.append(word[:length])
        if length < len(word):
            break
    if not shown:
        shown = text[start:stop].split()
    cue = _balance_brackets(" ".join(shown).rstrip(_TRAILING).strip())
    stop = start + len(text[start:stop].rstrip(_TRAILING))
    return " ".join(cue.replace(GLUE, " ").split()), start, stop


def opening_clause(texts: Sequence[str]) -> int:
    """Return the number of words of the opening clause: up to a pause, or `MAX_SHOWN_WORDS`."""
    texts = texts[: MAX_SHOWN_WORDS + 1]
    if len(texts) <= MAX_SHOWN_WORDS:
        return len(texts)
    for count in range(MIN_SHOWN_WORDS, MAX_SHOWN_WORDS + 1):
        if _PAUSE.search(texts[count - 1]):
            return count
    count = MAX_SHOWN_WORDS
    while count > 1 and core_of(texts[count - 1]) in ENGLISH.non_final_words:
        count -= 1
    return count


def longest_clause(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the range of the longest clause of a sentence, cut to `MAX_WORD_COLUMNS`."""
    clauses = [match.span() for match in _CLAUSE.finditer(text, start, stop)]
    if not clauses:
        return start, start
    start, stop = max(clauses, key=lambda span: span[1] - span[0])
    while start < stop and text[start].isspace():
        start += 1
    return start, start + _columns_fit(text[start:stop].rstrip(), MAX_WORD_COLUMNS)


def _fitting_length(word: str) -> int:
    """Return the number of characters of a word that fit in a cue; of code or a formula all or none."""
    if len(word) * 2 <= MAX_WORD_COLUMNS:  # even if all are wide
        return len(word)
    if any(mark in word for mark in _FORMULA_MARKS):
        return len(word) if len(word) <= MAX_FORMULA_COLUMNS else 0
    return _columns_fit(word, MAX_WORD_COLUMNS if _SPACELESS.search(word) else MAX_SPACED_WORD_COLUMNS)


def _columns_fit(text: str, columns: int) -> int:
    """Return the number of characters that fit in columns; wide ones take two, combining ones none."""
    width = 0
    for index, char in enumerate(text):
        width += 2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char)
        if width > columns:
            return index
    return len(text)


def _balance_brackets(cue: str) -> str:
    """Return a cue with balanced brackets and quotation marks: remove or complete an unpaired one."""
    if not _HALVES.search(cue) or _INTERVAL.search(cue):
        return cue
    for opening, closing in _PAIRS:
        is_same = opening == closing
        surplus = cue.count(opening) % 2 if is_same else cue.count(opening) - cue.count(closing)
        if not surplus:
            continue
        if cue.startswith(opening) and (is_same or surplus > 0):
            cue = cue[1:].lstrip()
        elif cue.endswith(closing) and (is_same or surplus < 0):
            cue = cue[:-1].rstrip(_TRAILING)
        elif surplus == 1:
            cue += closing
    return cue
