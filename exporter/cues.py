"""Cues: what a person glances at in rehearsal, to say the rest themselves.

Where the source gives none, each sentence of the answer gives its opening clause: cut where a
speaker would pause, three to eight words long, never ending on a word that leads on. The
word lists are English; in other languages the cut falls at punctuation, or at eight words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from exporter.english import DETERMINERS, INTRODUCING, SAYING
from exporter.model import (
    Block,
    Code,
    Emphasis,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    line_text,
    plain_lines,
)
from exporter.sentences import sentences
from exporter.words import (
    AFTER_PAUSE,
    BEFORE_PAUSE,
    DANGLES,
    EMPTY,
    HALVES,
    JOINS,
    LEADS_ON,
    LONG,
    OPENS,
    OPENS_WEAKLY,
    PAIRED,
    RELATES,
    TELLS_NOTHING,
    WIDE,
    core_of,
    kinds_of,
)

FEWEST, MOST = 3, 8
"""How many words a cue has that is cut from a longer sentence."""

_UNSOUND = EMPTY | LEADS_ON | DANGLES

WIDEST = 2 * LONG
"""How many columns a single word of a cue takes: languages without spaces need an end too."""

ELLIPSIS = "…"

_TRAILING = re.compile(r"(?: [-–—.,;:…]{1,3})+$")
_WIDE_PAUSE = re.compile(r"[，、；：]")

_GLUE = "\ue000"
"""Stands for a space within code or mathematics, so that no cut falls there."""

_WHOLE = "\ue001"
"""Stands before mathematics: half a formula says nothing."""


def cues_of(question: Question) -> tuple[str, ...]:
    """Return a question's cues: the source's own, or else those derived from the answer."""
    return question.cues or tuple(_derived(question.answer))


def _derived(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(lines):
                for text in plain_lines(lines) or map(_glued, lines):
                    for sentence in sentences(text):
                        cue = _cue(sentence)
                        if cue:
                            yield cue.replace(_GLUE, " ").replace(_WHOLE, "")
            case ListBlock(items):
                for item in items:
                    yield from _derived(item)
            case Quote(within):
                yield from _derived(within)


def _glued(line: Line) -> str:
    """Return a line's words; code and mathematics have no spaces to cut at, a displayed formula no words."""
    return "".join(map(_glued_span, line))


def _glued_span(span: Span) -> str:
    match span:
        case Text(text):
            return text
        case Strong(spans) | Emphasis(spans) | Link(spans, _):
            return _glued(spans)
        case LineBreak():
            return " "
        case Code() | Superscript() | Subscript():
            return _GLUE.join(line_text((span,)).split())
        case Strikethrough(spans):
            return ""  # what no longer holds is nothing to say
        case Math(_, display):
            return "" if display else _WHOLE + _GLUE.join(line_text((span,)).split())


def _cue(sentence: str) -> str:
    """Return a sentence's opening clause, or the sentence if it is short; empty if it has no words."""
    words = sentence.split(None, MOST + 3)[: MOST + 3]
    kinds = kinds_of(words)
    special = max(kinds, default=0)
    narrow = None
    if special >= WIDE:
        narrow = next((index for index, word in enumerate(words[:MOST]) if _fitting(word) < len(word)), None)
    if narrow is not None:
        words = [*words[:narrow], *filter(None, [words[narrow][: _fitting(words[narrow])]])]
        kinds = kinds_of(words)
    if not kinds or (kinds[0] & EMPTY and all(kind & EMPTY for kind in kinds)):
        return ""
    if narrow is None and len(words) <= MOST:
        if not next(kind for kind in reversed(kinds) if not kind & EMPTY) & LEADS_ON:
            return _closed(_TRAILING.sub("", " ".join(words)))
        count = _sound(kinds, len(words))
    else:
        count = _sound(kinds, len(words)) if narrow is not None else _cut(words, kinds, special >= PAIRED)
    clause = " ".join(words[:count]).rstrip(" ,;:.…—–-([{/&+=")
    if not clause:
        return ""
    return _closed(clause + ELLIPSIS) if special >= PAIRED else clause + ELLIPSIS


def _cut(words: list[str], kinds: list[int], paired: bool) -> int:
    """Return after how many words a sentence of more than `MOST` words is best cut."""
    broken = joint = weak = purpose = introduction = 0
    opening = core_of(words[0]) in INTRODUCING
    padded = [*kinds, 0]
    meaty = 0
    for place, last in enumerate(kinds[:MOST]):
        if not last & TELLS_NOTHING:
            meaty += 1
        count = place + 1
        if count < FEWEST or last & _UNSOUND or (paired and _is_open(words[:count])):
            continue
        following = kinds[count]
        telling = meaty > 1 or (meaty and count > FEWEST + 1)
        if last & BEFORE_PAUSE or following & AFTER_PAUSE:
            if opening and count == FEWEST:
                introduction = count  # `In one project,` tells too little
            elif telling:
                return count if opening else broken or count
        elif not telling:
            continue
        elif following & JOINS:
            joint = joint or count
        elif (following & OPENS or padded[count + 1] & RELATES) and _is_break(words, kinds, count):
            # A comma tells more of a sentence's shape than an `and`, which may join mere words.
            if not opening and not joint:
                return count
            broken = broken or count
        elif following & OPENS_WEAKLY and count > FEWEST:
            weak = count
            if core_of(words[count]) == "to" and not DETERMINERS.isdisjoint(
                map(core_of, words[count - 3 : count - 1])
            ):
                purpose = purpose or count
    best = min(broken, joint) if broken and joint else broken or joint
    return best or purpose or weak or introduction or _sound(kinds[:MOST], MOST)


def _is_break(words: list[str], kinds: list[int], count: int) -> bool:
    """Say whether a new phrase begins after so many words."""
    last, following, *after = map(core_of, words[count - 1 : count + 3])
    if following == "that" and last in SAYING:
        return False
    if len(after) > 1 and following == after[1] and kinds[count + 1] & RELATES:
        return True  # before `step by step`
    return bool(kinds[count] & OPENS) and (not after or last != after[0])


def _sound(kinds: list[int], count: int) -> int:
    """Return the greatest number of words, up to `count`, that do not end in one that leads on."""
    sound = count
    while sound and kinds[sound - 1] & _UNSOUND:
        sound -= 1
    if sound:
        return sound
    while count and kinds[count - 1] & (EMPTY | LEADS_ON):
        count -= 1
    return count


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
    if not HALVES.search(cue):
        return cue
    for opening, closing in ('""', "“”", "()", "[]", "«»"):
        alone = cue.count(opening) % 2 if opening == closing else cue.count(opening) - cue.count(closing)
        if alone and cue.startswith(opening):
            cue = cue[1:].lstrip()
        elif alone and cue.endswith(closing):
            cue = cue[:-1].rstrip()
        elif alone == 1:
            cue += closing
    return cue if cue.endswith("..") else cue.removesuffix(".")


def _fitting(word: str) -> int:
    """Return how many characters of a word a cue takes; of a formula all or none."""
    if len(word) <= LONG:
        return len(word)
    if _WHOLE in word:
        return len(word) if len(word) <= 4 * WIDEST else 0
    columns = 0
    for index, char in enumerate(word[: 4 * WIDEST]):
        columns += 2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char)
        if columns > WIDEST:
            pause = _WIDE_PAUSE.search(word, FEWEST, index)
            return pause.start() if pause else index
    return min(len(word), 4 * WIDEST)
