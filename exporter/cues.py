"""Cues: what a person glances at in rehearsal, to say the rest themselves.

Where the source gives none, each sentence of the answer gives its opening clause: cut where a
speaker would pause, three to eight words long, never ending on a word that leads on. The
word lists are English; in other languages the cut falls at punctuation, or at eight words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from exporter.english import (
    DANGLING,
    DETERMINERS,
    HOLLOW,
    INTRODUCING,
    JOINING,
    LEADING_ON,
    OPENING_PHRASES,
    OPENING_WEAKLY,
    PREPOSITIONS,
    SAYING,
)
from exporter.model import (
    Block,
    Code,
    Emphasis,
    Line,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Span,
    Strong,
    Text,
    line_text,
)
from exporter.sentences import sentences

FEWEST, MOST = 3, 8
"""How many words a cue has that is cut from a longer sentence."""

WIDEST = 32
"""How many columns a single word of a cue takes: languages without spaces need an end too."""

ELLIPSIS = "…"

_PAUSE = re.compile(r"""[,;:—–…][)"'”’»\]]*$""")
_HALVES = re.compile(r'["“”()\[\]«»]')
_WIDE_PAUSE = re.compile(r"[，、；：]")

_GLUE = "\ue000"
"""Stands for a space within code or mathematics, so that no cut falls there."""


def cues_of(question: Question) -> tuple[str, ...]:
    """Return a question's cues: the source's own, or else those derived from the answer."""
    return question.cues or tuple(_derived(question.answer))


def _derived(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(lines):
                for line in lines:
                    for sentence in sentences(_glued(line)):
                        cue = _cue(sentence).replace(_GLUE, " ")
                        if cue:
                            yield cue
            case ListBlock(items):
                for item in items:
                    yield from _derived(item)


def _glued(line: Line) -> str:
    """Return a line's words; code and mathematics have no spaces to cut at."""
    return "".join(map(_glued_span, line))


def _glued_span(span: Span) -> str:
    match span:
        case Text(text):
            return text
        case Strong(spans) | Emphasis(spans) | Link(spans, _):
            return _glued(spans)
        case Code() | Math():
            return _GLUE.join(line_text((span,)).split())


def _cue(sentence: str) -> str:
    """Return a sentence's opening clause, or the sentence if it is short; empty if it has no words."""
    words = sentence.split(None, MOST + 3)[: MOST + 3]
    narrow = None
    if len(sentence) > WIDEST // 2 and max(map(len, words), default=0) > WIDEST // 2:
        narrow = next((index for index, word in enumerate(words[:MOST]) if _fitting(word) < len(word)), None)
    if narrow is not None:
        words = [*words[:narrow], words[narrow][: _fitting(words[narrow])]]
    cores = [_core(word) for word in words]
    if not any(cores):
        return ""
    if narrow is None and len(words) <= MOST:
        if next(filter(None, reversed(cores))) not in LEADING_ON:
            return _closed(re.sub(r"(?: [-–—.,;:…]{1,3})+$", "", " ".join(words)))
        count = _sound(cores, len(words))
    else:
        count = _sound(cores, len(words)) if narrow is not None else _cut(words, cores)
    clause = " ".join(words[:count]).rstrip(" ,;:.…—–-([{/&+=")
    return _closed(clause + ELLIPSIS) if clause else ""


def _cut(words: list[str], cores: list[str]) -> int:
    """Return after how many words a sentence of more than `MOST` words is best cut."""
    pauses: list[int] = []
    breaks: list[int] = []
    joints: list[int] = []
    weak: list[int] = []
    purpose = introduction = 0
    opening = cores[0] in INTRODUCING
    marked = _HALVES.search(" ".join(words)) is not None
    meaty = sum(core not in HOLLOW for core in cores[: FEWEST - 1])
    for count in range(FEWEST, MOST + 1):
        last, following = cores[count - 1], cores[count]
        meaty += last not in HOLLOW
        if not last or last in LEADING_ON or last in DANGLING or (marked and _is_open(words[:count])):
            continue
        telling = meaty > 1 or (meaty and count > FEWEST + 1)
        if (
            (not words[count - 1][-1].isalnum() and _PAUSE.search(words[count - 1]))
            or not following
            or words[count][0] in "(["
        ):
            if opening and count == FEWEST:
                introduction = count  # `In one project,` tells too little
            elif opening and telling:
                return count
            elif telling:
                pauses.append(count)
        elif not telling:
            continue
        elif following in JOINING:
            joints.append(count)
        elif _is_break(cores, count):
            breaks.append(count)
        elif count > FEWEST and following in OPENING_WEAKLY:
            weak.append(count)
            if following == "to" and not DETERMINERS.isdisjoint(cores[count - 3 : count - 1]):
                purpose = purpose or count
    # A comma tells more of a sentence's shape than an `and`, which may join mere words.
    best = min(pauses[:1] + breaks[:1] + ([] if pauses else joints[:1]), default=0)
    return best or purpose or max(weak, default=0) or introduction or _sound(cores[:MOST], MOST)


def _is_break(cores: list[str], count: int) -> bool:
    """Say whether a new phrase begins after so many words."""
    last, following = cores[count - 1], cores[count]
    if following == "that" and last in SAYING:
        return False
    after = cores[count + 1 : count + 3]
    if len(after) > 1 and following == after[1] and after[0] in PREPOSITIONS:
        return True  # before `step by step`
    return following in OPENING_PHRASES and (not after or last != after[0])


def _sound(cores: list[str], count: int) -> int:
    """Return the greatest number of words, up to `count`, that do not end in one that leads on."""
    sound = count
    while sound and (cores[sound - 1] in LEADING_ON or cores[sound - 1] in DANGLING or not cores[sound - 1]):
        sound -= 1
    if sound:
        return sound
    while count and (cores[count - 1] in LEADING_ON or not cores[count - 1]):
        count -= 1
    return count


@lru_cache(maxsize=1 << 15)
def _core(word: str) -> str:
    """Return a word as the lists have it: small letters, nothing around it; of `and/or`, `or`."""
    core = word.lower()
    if core.isalnum():
        return core
    start, stop = 0, len(core)
    while start < stop and not core[start].isalnum():
        start += 1
    while stop > start and not core[stop - 1].isalnum():
        stop -= 1
    return core[start:stop].rpartition("/")[2].replace("’", "'")


def _is_open(words: list[str]) -> bool:
    """Say whether words end within brackets or a quotation."""
    text = " ".join(words)
    return (
        text.count("(") > text.count(")")
        or text.count("“") > text.count("”")
        or (text.count('"') % 2 == 1 and not text.startswith('"'))
    )


def _closed(cue: str) -> str:
    """Return a cue with no quotation mark or bracket that lacks its other half."""
    if cue.endswith((".", "。")) and not cue.endswith(".."):
        cue = cue[:-1]
    if not _HALVES.search(cue):
        return cue
    for opening, closing in ('""', "“”", "()", "[]", "«»"):
        alone = cue.count(opening) % 2 if opening == closing else cue.count(opening) - cue.count(closing)
        if alone and cue.startswith(opening):
            cue = cue[1:]
        elif alone and cue.endswith(closing):
            cue = cue[:-1]
        elif alone == 1:
            cue += closing
    return cue if cue.endswith("..") else cue.removesuffix(".")


def _fitting(word: str) -> int:
    """Return how many characters of a word a cue takes."""
    if len(word) <= WIDEST // 2:
        return len(word)
    columns = 0
    for index, char in enumerate(word[: 4 * WIDEST]):
        columns += 2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char)
        if columns > WIDEST:
            pause = _WIDE_PAUSE.search(word, FEWEST, index)
            return pause.start() if pause else index
    return min(len(word), 4 * WIDEST)
