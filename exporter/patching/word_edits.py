"""Word edits: the changed words of a line, in its source, so that the markup around them stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from exporter.patching.refusal import RefusedError
from exporter.patching.text_edits import TextEdit
from exporter.patching.word_location import WordLocation, iter_words

_CLOSING = re.compile(r"[*_`~]*(?:\]\([^()\s]*\))?[*_~]*(?:</\w{1,10}>)*")
"""The end of formatting after a word: of emphasis, code, a link or an element."""

Escape = Callable[[str], str]
"""A function that returns text as the source has to have it."""


def iter_word_edits(
    old: str, new: str, locations: Sequence[WordLocation], *, source: str, escape: Escape
) -> Iterator[TextEdit]:
    """Yield the edits of a source that turn a line's text from `old` to `new`.

    `locations` are those of the words of `old`. Raise `RefusedError` if nothing would be left of the
    line, or if what is between two words is not in the source as it is in the line.
    """
    words = [old[location.start : location.stop] for location in locations]
    new_spans = [match.span() for match in iter_words(new)]
    new_words = [new[first:last] for first, last in new_spans]
    if not new_words:
        raise RefusedError("Nothing would be left of a line.")
    anchors = [(-1, -1)]
    for block in SequenceMatcher(None, words, new_words, autojunk=False).get_matching_blocks():
        anchors += [(block.a + offset, block.b + offset) for offset in range(block.size)]
    anchors.append((len(words), len(new_words)))
    first_start, last_stop = find_bounds(old, locations, source)
    for (word, new_word), (next_word, next_new_word) in pairwise(anchors):
        # what is between two words that stay, on both sides
        start = 0 if word < 0 else locations[word].stop
        stop = len(old) if next_word == len(words) else locations[next_word].start
        new_start = 0 if new_word < 0 else new_spans[new_word][1]
        new_stop = len(new) if next_new_word == len(new_words) else new_spans[next_new_word][0]
        before, after = old[start:stop], new[new_start:new_stop]
        if before != after:
            source_start = first_start if word < 0 else locations[word].source_stop
            source_stop = last_stop if next_word == len(words) else locations[next_word].source_start
            yield _edit_gap(before, after, source=source, start=source_start, stop=source_stop, escape=escape)


def find_bounds(old: str, locations: Sequence[WordLocation], source: str) -> tuple[int, int]:
    """Return where a line begins and ends in the source, with the signs around its words."""
    first, last = locations[0], locations[-1]
    head, tail = old[: first.start], old[last.stop :]
    start, stop = first.source_start, last.source_stop
    if source.endswith(head, 0, start):
        start -= len(head)
    # a sign may follow the end of formatting, as in “**bold**.”
    closing = _CLOSING.match(source, stop)
    if source.startswith(tail, stop):
        stop += len(tail)
    elif tail and closing and source.startswith(tail, closing.end()):
        stop = closing.end() + len(tail)
    return start, stop


def _edit_gap(before: str, after: str, *, source: str, start: int, stop: int, escape: Escape) -> TextEdit:
    """Return the edit of what is between two words; markup in `source[start:stop]` stays."""
    text = source[start:stop]
    if text == before:
        return TextEdit(start, stop, escape(after))
    head = _common_prefix(before, after)
    tail = _common_prefix(before[head:][::-1], after[head:][::-1])
    removed, added = before[head : len(before) - tail], after[head : len(after) - tail]
    if removed:
        at = text.find(removed)
        if at < 0:
            raise RefusedError(f"“{removed.strip()}” is written otherwise in the file.")
        return TextEdit(start + at, start + at + len(removed), escape(added))
    if before and (at := text.rfind(before)) >= 0:  # after the end of formatting, as in “*one* two”
        return TextEdit(start + at + head, start + at + head, escape(added))
    if text.startswith(before[:head]):
        return TextEdit(start + head, start + head, escape(added))
    if tail and text.endswith(before[-tail:]):
        return TextEdit(stop - tail, stop - tail, escape(added))
    return TextEdit(start, start, escape(added))


def _common_prefix(first: str, second: str) -> int:
    """Return the number of characters with which both texts begin."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
