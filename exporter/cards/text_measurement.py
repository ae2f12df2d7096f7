"""The measurement of text: lines of spans become words with their widths at size 1."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from exporter.cards import bidi, shaping
from exporter.cards.break_opportunities import PLAIN_TEXT, SPACES, DivisionRules, clean, split_word
from exporter.cards.font_set import Fonts
from exporter.cards.formula_set import FormulaRoom
from exporter.cards.hyphenation import SOFT_HYPHEN, Hyphenate, keep_undivided
from exporter.cards.measured_line import MeasuredLine, Word
from exporter.cards.structure_tags import PARAGRAPH, Tags
from exporter.cards.styled_spans import FindFormula, iter_styled_texts
from exporter.cards.text_style import (
    ASCENT,
    DESCENT,
    FORMULA,
    REGULAR,
    Style,
    StyledText,
    is_formula,
    is_monospaced,
    rise_of,
    scale_of,
)
from exporter.model.questions import Line, Math, Text

FORMULA_SLACK = 0.12
"""How far a formula may rise above text without a higher line, as a fraction of the type size.

Letters with an exponent rise 0.11; between lines at a leading of 1.24, 0.19 are free.
"""
ANY_ROOM = FormulaRoom()
_FORMULA_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What is in the place of a formula where only ASCII is measured."""


def measure_line(
    line: Line,
    *,
    fonts: Fonts,
    max_word_width: float,
    style: Style = REGULAR,
    indent: float = 0.0,
    label: str = "",
    gap_above: float = 0.0,
    hyphenate: Hyphenate = keep_undivided,
    line_end_words: frozenset[str] = frozenset(),
    tags: Tags = PARAGRAPH,
    formula_room: FormulaRoom = ANY_ROOM,
) -> MeasuredLine:
    """Return a line with the widths of its words.

    Words wider than `max_word_width`, a fraction of the type size, are divided, and formulas scaled
    down to it; formulas that do not fit `formula_room` stay in TeX.
    `line_end_words` are those that a printed line does not end with if it can be avoided.
    """
    if len(line) == 1 and isinstance(line[0], Text) and _is_plain(line[0].text):
        found = _measure_plain(line[0].text, fonts, max_word_width, style)
    else:
        found = _measure_ascii_words(line, fonts, max_word_width, style)
    if found is not None:
        # at once, since it takes half the time of a copy with other fields
        return MeasuredLine(
            *found[:5],
            style,
            found.gaps,
            indent,
            label=label,
            gap_above=gap_above,
            widest_word=found.widest_word + indent,
            line_end_words=line_end_words,
            tags=tags,
        )

    def find_formula(math: Math) -> str | None:
        return fonts.formulas.find_key(math, formula_room)

    measured = _measure_any_words(line, fonts, max_word_width, style, hyphenate, find_formula)
    return measured._replace(
        indent=indent,
        label=label,
        gap_above=gap_above,
        widest_word=measured.widest_word + indent,
        line_end_words=line_end_words,
        tags=tags,
    )


class _Words(NamedTuple):
    """The words of a line, as `MeasuredLine` has them; an array takes a quarter of the memory of a list."""

    words: Sequence[Word]
    starts: array[float]
    ends: array[float]
    width: float
    trailing_space: float
    gaps: Sequence[StyledText | None] | None
    widest_word: float


def _is_plain(text: str) -> bool:
    """Return whether text needs neither cleaning nor shaping."""
    return (text.isascii() and text.isprintable()) or PLAIN_TEXT.fullmatch(text) is not None


def _measure_plain(text: str, fonts: Fonts, max_word_width: float, style: Style) -> _Words | None:
    """Return plain words in one style, or None if one of them must be divided."""
    words = text.split(" ")
    if "" in words:
        words = [word for word in words if word]
    advances = list(map(fonts.spaced_advances[style].__getitem__, words))
    space = fonts.spaces[style]
    widest_word = max(advances, default=space) - space
    if widest_word > max_word_width:
        return None
    ends = list(accumulate(advances))
    starts = [0.0, *ends[:-1]]
    width = ends[-1] - space if ends else 0.0
    return _Words(words, array("d", starts), array("d", ends), width, space, None, widest_word)


def _measure_ascii_words(line: Line, fonts: Fonts, max_word_width: float, style: Style) -> _Words | None:
    """Return ASCII words in several styles, or None if a word is not ASCII, a formula or must be divided.

    The result equals that of `_measure_any_words`, in a third of the time; most answers are such
    lines, since their cues are bold.
    """
    words: list[tuple[StyledText, ...]] = []
    gaps: list[StyledText | None] = []
    starts: list[float] = []
    ends: list[float] = []
    position = start = widest_word = gap_width = 0.0
    word: tuple[StyledText, ...] = ()
    gap: StyledText | None = None
    # all words of a deck pass through this loop: it looks up nothing twice
    for text, piece_style in iter_styled_texts(line, style, _mark_formula):
        if not text.isascii() or not text.isprintable():
            return None
        advances, styled_words = fonts.advances[piece_style], fonts.words[piece_style]
        space, space_width = (" ", piece_style), advances[" "]
        is_first = True
        for piece in text.split(" "):
            if is_first:
                is_first = False
            else:
                if word:
                    words.append(word)
                    gaps.append(gap)
                    ends.append(position)
                    word = ()
                if words:
                    gap, gap_width = space, space_width
            if piece:
                if word:
                    word += styled_words[piece]
                else:
                    start = position = position + gap_width
                    starts.append(start)
                    word = styled_words[piece]
                position += advances[piece]
                if position - start > widest_word:
                    widest_word = position - start
                    if widest_word > max_word_width:
                        return None
    if word:
        words.append(word)
        gaps.append(gap)
        ends.append(position)
    return _Words(words, array("d", starts), array("d", ends), position, 0.0, gaps, widest_word)


def _measure_any_words(
    line: Line,
    fonts: Fonts,
    max_word_width: float,
    style: Style,
    hyphenate: Hyphenate,
    find_formula: FindFormula,
) -> MeasuredLine:
    """Return any words in any styles, cleaned, and divided or scaled where they are too wide."""
    words: list[tuple[StyledText, ...]] = []
    gaps: list[StyledText | None] = []
    pieces: list[StyledText] = []
    gap: StyledText | None = None

    def measure(piece: StyledText) -> float:
        return fonts.measure(piece[1], piece[0].replace(SOFT_HYPHEN, "-"))

    rules = DivisionRules(
        lambda piece: measure(piece) <= max_word_width,
        hyphenate,
    )
    # code does not consist of words, and a hyphen would seem part of it
    code_rules = rules._replace(hyphenate=keep_undivided, is_verbatim=True)
    is_divided = False

    def close_word() -> None:
        nonlocal pieces, gap, is_divided
        if not pieces:
            return
        width = sum(fonts.advances[piece_style][text] for text, piece_style in pieces)
        is_too_wide = width > max_word_width
        is_divided = is_divided or is_too_wide
        if is_too_wide:
            pieces = _scale_formulas(pieces, width, fonts, max_word_width)
        is_code = any(is_monospaced(piece_style) for _, piece_style in pieces)
        for part in split_word(tuple(pieces), is_too_wide, code_rules if is_code else rules):
            words.append(part)
            gaps.append(gap)
            gap = None
        pieces = []

    for text, piece_style in iter_styled_texts(line, style, find_formula):
        if is_formula(piece_style):
            pieces.append((text, piece_style))
            continue
        # the pattern has a group: texts at even indices, spaces at odd ones
        for index, part in enumerate(SPACES.split(text)):
            if index % 2:
                close_word()
                gap = (" ", piece_style) if words else None
            elif visible := clean(part):
                pieces.append((visible, piece_style))
    close_word()
    return build_line(words, gaps, fonts=fonts, style=style)._replace(is_divided=is_divided)


def _mark_formula(math: Math) -> str:
    return _FORMULA_MARK


def _scale_formulas(
    pieces: list[StyledText], width: float, fonts: Fonts, max_width: float
) -> list[StyledText]:
    """Return the pieces of a word of some width with its formulas scaled down towards `max_width`."""
    drawn = sum(fonts.advances[style][text] for text, style in pieces if is_formula(style))
    if not drawn:
        return pieces
    scale = max(0.0, (max_width - (width - drawn)) / drawn)
    return [
        (fonts.formulas.scale(text, scale) if is_formula(style) else text, style) for text, style in pieces
    ]


def _extra_height(words: list[tuple[StyledText, ...]], fonts: Fonts) -> tuple[float, float]:
    """Return how much higher than text words with formulas are, and what of it is below the base line."""
    above = below = 0.0
    for word in words:
        for text, style in word:
            if style >= FORMULA:
                formula, scale = fonts.formulas[text], scale_of(style)
                above = max(above, formula.height * scale + rise_of(style) - ASCENT - FORMULA_SLACK)
                below = max(below, formula.depth * scale - rise_of(style) - DESCENT)
    return above + below, below


def build_line(
    words: list[tuple[StyledText, ...]],
    gaps: list[StyledText | None],
    *,
    fonts: Fonts,
    style: Style = REGULAR,
    indent: float = 0.0,
    hang: float = 0.0,
    gap_above: float = 0.0,
    tags: Tags = PARAGRAPH,
) -> MeasuredLine:
    """Return words, and the gaps before them, as a line; lengths are fractions of the type size."""
    starts: list[float] = []
    ends: list[float] = []
    position = widest_word = 0.0
    for word, gap in zip(words, gaps, strict=True):
        if gap:
            position += fonts.advances[gap[1]][gap[0]]
        starts.append(position)
        last_text, last_style = word[-1]
        hyphen = fonts.advances[last_style]["-"] if last_text.endswith(SOFT_HYPHEN) else 0.0
        width = sum(fonts.advances[piece_style][text.removesuffix(SOFT_HYPHEN)] for text, piece_style in word)
        widest_word = max(widest_word, width + hyphen)
        position += width
        # a line that ends here has a hyphen; but line breaking needs ends that do not decrease
        ends.append(max(position + hyphen, ends[-1] if ends else 0.0))
    text = " ".join(piece for word in words for piece, style in word if style < FORMULA)
    extra_height, extra_depth = _extra_height(words, fonts)
    return MeasuredLine(
        words,
        starts,
        ends,
        position,
        style=style,
        gaps=gaps,
        indent=indent,
        hang=hang,
        gap_above=gap_above,
        widest_word=widest_word + indent + hang,
        needs_shaping=shaping.needs_shaping(text),
        is_rtl=bidi.is_rtl(text),
        tags=tags,
        extra_height=extra_height,
        extra_depth=extra_depth,
    )
