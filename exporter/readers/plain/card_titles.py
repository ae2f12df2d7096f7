"""Cards between blank lines whose first line does not ask, among others that do."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.readers.labels.note_titles import is_note_title
from exporter.readers.labels.patterns import Marker
from exporter.readers.layout.layout import build_line_marker
from exporter.readers.layout.tokens import TokenizedText
from exporter.readers.plain.closing_notes import is_term
from exporter.readers.plain.headings import is_bulleted

MAX_CARD_TITLE_CHARS = 120  # unmeasured
"""Maximum length of the first line of such a card."""

MIN_CARDS = 4
"""Minimum number of paragraphs of a file of which each is a card; of three, one is as likely an answer."""

MAX_TITLE_RATIO = 1.4
"""Maximum number of cards that do not ask for one that does; 0.6 in a public list of 32."""

MIN_CARD_SHARE = 0.9
"""Minimum share of paragraphs whose first line is a question, or is above others and not a sentence."""


def find_titled_cards(text: TokenizedText, markers: Mapping[int, Marker]) -> dict[int, Marker]:
    """Return the first lines of cards that do not ask, if nearly every paragraph is a card and most ask.

    Such a line is not a sentence, and is above text, or above a list with a blank line between.
    """
    heads = [
        index
        for index in text.content
        if text.is_separator(index - 1) and _may_begin_card(text, index) and index + 1 not in markers
    ]
    titles = [index for index in heads if index not in markers and _is_above_answer(text, index)]
    asking = [index for index in heads if index in markers]
    answered = sum(_is_above_answer(text, index) for index in asking)
    is_card_file = (
        len(heads) >= MIN_CARDS
        and len(titles) <= MAX_TITLE_RATIO * len(asking)
        and len(titles) + len(asking) >= MIN_CARD_SHARE * len(heads)
        and answered >= MIN_CARD_SHARE * len(asking)
    )
    return {index: build_line_marker(text.lines[index]) for index in titles} if is_card_file else {}


def _may_begin_card(text: TokenizedText, index: int) -> bool:
    line = text.lines[index]
    return index not in text.fenced and not line[0].isspace() and not is_bulleted(line)


def _is_above_answer(text: TokenizedText, index: int) -> bool:
    """Return whether a line is short and not a sentence, and has text directly below, or a list."""
    line = text.lines[index].rstrip()
    is_sentence = len(line) > MAX_CARD_TITLE_CHARS or line[-1] in ".!:;,。："
    if is_sentence or is_term(line) or is_note_title(line):
        return False
    below = next(
        (i for i in range(index + 1, min(index + 3, len(text.lines))) if text.lines[i].strip()), index
    )
    return below == index + 1 or (below > index and is_bulleted(text.lines[below]))
