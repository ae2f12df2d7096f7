"""The dimensions of a card's side: margins, head, foot, and the columns between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exporter.cards import card_figures as figures
from exporter.cards.code_layout import MIN_CODE_SIZE_PT
from exporter.cards.column_context import ColumnContext
from exporter.cards.font_set import Fonts
from exporter.cards.hyphenation import make_hyphenator
from exporter.cards.measured_line import Picture
from exporter.cards.stocks import POINTS_PER_MM
from exporter.cards.text_style import ASCENT, DESCENT
from exporter.config.settings import SettingError

UNDIVIDED_SIZE_PT = 14.0  # unmeasured
"""Size down to which the type is made smaller rather than a word divided; see `note_measurement`."""
UNBROKEN_SIZE_PT = 10.0  # unmeasured
"""Size down to which the type is made smaller rather than a table broken."""
CUES_GAP_EM = 1.2
"""Space below cues above an answer, with the rule in its middle, in units of the head's size."""
PICTURE_SHARE = 0.4
"""Height of an image that text beside it does not take, as a fraction of that of the column.

Of 52 mm on a 3 × 5 inch card, 21 mm: a diagram with letters of 2 mm may have six lines of them.
"""


@dataclass(frozen=True, slots=True)
class CardMetrics:
    """The dimensions of a card's side in points; text keeps `margin` from every edge.

    `head_base_line`, `head_rule` and `body_top` are the distances of the head's base line, of its rule
    and of the text from the upper edge; `foot` that of a front's text from the lower edge. `cue_lines`
    is how many lines of cues a front has. A code is above the key, or right of it if `is_key_beside`.
    """

    width: float
    height: float
    margin: float
    head_base_line: float
    head_rule: float
    body_top: float
    foot: float
    is_small: bool = False
    has_qr: bool = False
    cue_lines: int = 0
    is_key_beside: bool = False

    @property
    def column_width(self) -> float:
        """The width of the text."""
        return self.width - 2 * self.margin

    @property
    def right(self) -> float:
        """The right end of the text."""
        return self.width - self.margin

    @property
    def front_height(self) -> float:
        """The height of the text on a front: between head and foot."""
        return self.height - self.body_top - self.foot

    @property
    def back_height(self) -> float:
        """The height of the text on a back, which has no foot."""
        return self.height - self.body_top - self.margin

    @property
    def picture_height(self) -> float:
        """The height that an image has at the least, if it is so high, whatever the text beside it."""
        return self.front_height * PICTURE_SHARE

    @property
    def cues_gap(self) -> float:
        """The space between cues and the answer below them, with the rule in its middle."""
        return figures.HEAD_PT * CUES_GAP_EM

    @property
    def cues_width(self) -> float:
        """The width of cues on a front: left of the key."""
        return self.column_width - (figures.KEY_WIDTH_MM + figures.CUES_GAP_MM) * POINTS_PER_MM

    @property
    def key_base_line(self) -> float:
        """The height of the key's base line above the lower edge."""
        return self.margin + figures.KEY_BASE_LINE_MM * POINTS_PER_MM

    @property
    def qr_bottom(self) -> float:
        """The height of the code's lower edge above that of the card."""
        if self.is_key_beside:
            return self.margin
        return self.key_base_line + (figures.KEY_HEIGHT_MM + figures.QR_QUIET_MM) * POINTS_PER_MM

    def context(
        self, fonts: Fonts, find_picture: Callable[[str], Picture | None], language: str = ""
    ) -> ColumnContext:
        """Return the context for the layout of the text."""
        return ColumnContext(
            fonts,
            self.column_width / UNDIVIDED_SIZE_PT,
            self.column_width / UNBROKEN_SIZE_PT,
            self.column_width / MIN_CODE_SIZE_PT,
            find_picture,
            make_hyphenator(language),
            language,
        )


def card_metrics(
    card: tuple[float, float], *, has_qr: bool = False, has_front_cues: bool = False
) -> CardMetrics:
    """Return the dimensions of a card of `card` millimetres, width and height.

    Raise `SettingError` if it is too small for a code or for cues on its front.
    """
    frame = find_frame(card)
    is_small = frame is figures.SMALL_FRAME
    cue_lines = _count_cue_lines(card[1]) if has_front_cues else 0
    is_key_beside = has_qr and is_small and not cue_lines
    foot = _find_foot(frame.margin, cue_lines, has_qr=has_qr, is_key_beside=is_key_beside)
    metrics = CardMetrics(
        card[0] * POINTS_PER_MM,
        card[1] * POINTS_PER_MM,
        frame.margin * POINTS_PER_MM,
        frame.head_base_line * POINTS_PER_MM,
        frame.head_rule * POINTS_PER_MM,
        frame.body_top * POINTS_PER_MM,
        foot * POINTS_PER_MM,
        is_small=is_small,
        has_qr=has_qr,
        cue_lines=cue_lines,
        is_key_beside=is_key_beside,
    )
    _check(metrics, card)
    return metrics


def _find_foot(margin: float, cue_lines: int, *, has_qr: bool, is_key_beside: bool) -> float:
    """Return the height of a front below its question, from the lower cut, in millimetres."""
    key_top = margin + figures.KEY_BASE_LINE_MM + figures.KEY_HEIGHT_MM
    tops = [key_top]
    if cue_lines:
        tops.append(margin + cues_height(cue_lines) / POINTS_PER_MM + figures.CUES_RULE_GAP_MM)
    if has_qr:
        bottom = margin if is_key_beside else key_top + figures.QR_QUIET_MM
        tops.append(bottom + figures.QR_MODULES * figures.QR_MODULE_MM)
    return max(tops) + figures.FOOT_GAP_MM


def find_frame(card: tuple[float, float]) -> figures.Frame:
    """Return the margins and the head of a card of `card` millimetres."""
    if min(card) < figures.MIN_LARGE_CARD_MM:
        return figures.SMALL_FRAME
    for sides, frame in figures.ISO_FRAMES:
        if figures.has_sides(card, sides):
            return frame
    return figures.LARGE_FRAME


def cues_height(lines: int) -> float:
    """Return the height of lines of cues on a front, in points."""
    return figures.CUES_PT * (ASCENT + DESCENT + figures.CUES_LEADING * (lines - 1))


def _count_cue_lines(height: float) -> int:
    """Return how many lines of cues a front of `height` millimetres has; at least one."""
    limit = min(figures.MAX_CUES_MM, height * figures.MAX_CUES_SHARE) * POINTS_PER_MM
    lines = 1
    while cues_height(lines + 1) <= limit:
        lines += 1
    return lines


def _check(metrics: CardMetrics, card: tuple[float, float]) -> None:
    """Raise `SettingError` if the question has no room above the code or the cues, or these have none."""
    has_height = metrics.front_height >= figures.MIN_QUESTION_MM * POINTS_PER_MM
    has_width = metrics.cues_width >= figures.MIN_CUES_WIDTH_MM * POINTS_PER_MM
    for name, key, is_possible in (
        ("cues on its front", "front_cues", not metrics.cue_lines or (has_height and has_width)),
        ("a QR code", "qr", not metrics.has_qr or has_height),
    ):
        if not is_possible:
            width, height = card
            raise SettingError(
                f"A card of {width:g} × {height:g} mm has no room for {name}; "
                f"set `pdf.{key}` to false, or `pdf.stock` to a larger card."
            )
