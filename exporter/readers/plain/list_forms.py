"""The form of the lines of a bare list: lengths, ends, and how they follow each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.evidence import median_low
from exporter.readers.layout.tokens import TokenizedText

MAX_LENGTH_FACTOR = 1.25
"""Maximum length of a line of a list, compared with the longest that asks; answers are longer."""

MAX_LONG_SHARE = 0.05
"""Maximum share of longer lines; 0.01 in public lists of which half ask."""

MAX_TOPIC_CHARS = 120
"""Maximum length of a topic; nine in ten are shorter in a list of topics."""

MAX_SENTENCE_SHARE = 0.35
"""Maximum share of topics that end as sentences do; 0.1 and 0.32 in public lists."""

MIN_SENTENCE_SHARE = 0.9
"""Minimum share where all topics are sentences; 1.0 in a public list of 75."""

MAX_ASKING_SHARE = 0.3
"""Maximum share of lines that ask, of a list of topics; with more, lines may be questions and answers.

Measured: 0.12 in two public lists of 160 and 44 topics.
"""

MIN_UNFINISHED_CHARS = 60
"""Minimum length of a line that continues in lower case on the next."""

MAX_MEDIAN_RATIO = 2.2
"""Maximum ratio of the median lengths of the lines that ask and of the others, either way.

Measured: 1.0 to 1.8 in eight public lists in which a third to three quarters ask. Answers are longer.
"""

MAX_FOLLOWED_SHARE = 0.75
"""Maximum share of the lines that ask with one below that does not; with more, those are the answers.

Measured: 0.2 to 0.6 in the same lists.
"""

_names_questions = re.compile(
    r"question|interview|viva\b|exam|topic|fragen|themen|pregunta|temas?\b|pergunta|domand|sujets|вопрос|питан|темы"
    r"|pytani|zagadnie|soru|întreb|intreb|otázk|kérdés|spørg|fråg|vragen|题|題|质问|質問|질문",
    re.IGNORECASE,
).search


def count_asking(text: TokenizedText, items: Sequence[int]) -> int:
    """Return the number of lines that have a question mark or begin like a question."""
    return sum(is_asking(text.lines[index]) for index in items)


def is_asking(line: str) -> bool:
    """Return whether a line of a list has a question mark, or begins like a question."""
    return "?" in line or "？" in line or looks_like_question(line)


def names_questions(line: str) -> bool:
    """Return whether a title says that questions or topics of an examination follow."""
    is_short = len(line) <= MAX_TOPIC_CHARS and not ends_with_question_mark(line)
    return is_short and _names_questions(line) is not None


def have_similar_length(text: TokenizedText, items: Sequence[int], max_share: float = 0) -> bool:
    """Return whether no more than a share of the lines are much longer than the longest that asks."""
    longest = max(len(text.lines[index]) for index in items if is_asking(text.lines[index]))
    limit = MAX_LENGTH_FACTOR * max(longest, MIN_UNFINISHED_CHARS)
    return sum(len(text.lines[index]) > limit for index in items) <= max_share * len(items)


def have_one_form(text: TokenizedText, items: Sequence[int]) -> bool:
    """Return whether lines that do not ask look like those that do, and are not the answers below them."""
    asking = [index for index in items if is_asking(text.lines[index])]
    others = [index for index in items if not is_asking(text.lines[index])]
    medians = [median_low([len(text.lines[index]) for index in lines]) for lines in (asking, others)]
    begun = set(asking)
    followed = sum(above in begun and below not in begun for above, below in pairwise(items))
    return (
        have_similar_length(text, items, MAX_LONG_SHARE)
        and not _has_code(text, items)
        and max(medians) <= MAX_MEDIAN_RATIO * min(medians)
        and _count_sentences(text, others) <= max(1, MAX_SENTENCE_SHARE * len(others))
        and followed <= MAX_FOLLOWED_SHARE * len(asking)
        and not _are_cards(text, items, begun)
    )


def _are_cards(text: TokenizedText, items: Sequence[int], asking: set[int]) -> bool:
    """Return whether most paragraphs of several lines are a line that asks above others that do not."""
    paragraphs: list[list[int]] = []
    for index in items:
        if text.is_separator(index - 1) or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(index)
    several = [lines for lines in paragraphs if len(lines) > 1]
    cards = sum(lines[0] in asking and asking.isdisjoint(lines[1:]) for lines in several)
    return 2 * cards > len(several)  # half; 0 of the lists above have any


def are_topics(text: TokenizedText, items: Sequence[int]) -> bool:
    """Return whether hardly any line asks, and lines are short, and none or all of them sentences."""
    lines = [text.lines[index].rstrip() for index in items]
    sentences = _count_sentences(text, items)
    long = sum(len(line) > MAX_TOPIC_CHARS for line in lines)
    return (
        count_asking(text, items) <= MAX_ASKING_SHARE * len(items)
        and (
            sentences <= MAX_SENTENCE_SHARE * len(items)
            or (sentences >= MIN_SENTENCE_SHARE * len(items) and not _has_code(text, items))
        )
        and long * 10 <= len(items)
    )


def _has_code(text: TokenizedText, items: Sequence[int]) -> bool:
    return any(text.lines[index].rstrip().endswith((";", "{", "}")) for index in items)


def _count_sentences(text: TokenizedText, items: Sequence[int]) -> int:
    return sum(text.lines[index].rstrip().endswith((".", "。", ";", "{", "}")) for index in items)


def group_adjacent(items: Sequence[int]) -> list[list[int]]:
    """Return runs of lines with no line between them."""
    return [
        [index for _, index in run] for _, run in groupby(enumerate(items), lambda item: item[1] - item[0])
    ]
