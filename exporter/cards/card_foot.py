"""The foot of a front: the key, the code with the search for the note, and cues."""

from __future__ import annotations

from exporter.cards.canvas import Canvas, draw_column, draw_text_right, text_width
from exporter.cards.card_figures import (
    CUES_PT,
    CUES_RULE_GAP_MM,
    DOT_PITCH_PT,
    DOT_PT,
    KEY_GROUP,
    KEY_PT,
    QR_MODULE_MM,
    QR_MODULES,
    QR_QUIET_MM,
)
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.front_cues import ELLIPSIS, FrontCues
from exporter.cards.qr_code import build_search, qr_code
from exporter.cards.stocks import POINTS_PER_MM
from exporter.cards.text_style import MONO, REGULAR
from exporter.cards.vector_drawing import BLACK, Shape, VectorDrawing

QR_SIDE = QR_MODULES * QR_MODULE_MM * POINTS_PER_MM


def draw_key(canvas: Canvas, key: str, metrics: CardMetrics) -> None:
    """Draw the key at the lower right, with its code above it, or right of it on small cards."""
    right = metrics.right
    if metrics.has_qr:
        drawing = qr_code(build_search(key))
        canvas.drawing(drawing, right - QR_SIDE, metrics.qr_bottom, QR_MODULE_MM * POINTS_PER_MM)
        if metrics.is_key_beside:
            right -= QR_SIDE + QR_QUIET_MM * POINTS_PER_MM
    draw_text_right(canvas, right, metrics.key_base_line, MONO, KEY_PT, group_key(key))


def group_key(key: str) -> str:
    """Return a key in groups that people can read aloud and type: “x5xr e5hf 3q9q”."""
    return " ".join(key[start : start + KEY_GROUP] for start in range(0, len(key), KEY_GROUP))


def draw_front_cues(canvas: Canvas, cues: FrontCues, metrics: CardMetrics) -> None:
    """Draw cues at the lower left, below a dotted rule."""
    left, width = metrics.margin, metrics.cues_width
    top = metrics.margin + cues.column.height
    y = top + CUES_RULE_GAP_MM * POINTS_PER_MM
    canvas.drawing(_dotted_rule(width), left, y, 1.0)
    draw_column(canvas, cues.column, left=left, top=top, width=width)
    if cues.is_cut:
        _draw_ellipsis(canvas, cues, metrics)


def _dotted_rule(width: float) -> VectorDrawing:
    path = (("m", (0.0, 0.0)), ("l", (width, 0.0)))
    dots = (DOT_PT, DOT_PITCH_PT - DOT_PT)
    return VectorDrawing(width, 0.0, 0.0, (Shape(path, None, BLACK, DOT_PT, dashes=dots),))


def _draw_ellipsis(canvas: Canvas, cues: FrontCues, metrics: CardMetrics) -> None:
    line = cues.column.lines[-1]
    measured = line.measured
    length = (measured.ends[line.stop - 1] - measured.trailing_space - measured.starts[line.first]) * CUES_PT
    left, right = metrics.margin, metrics.margin + metrics.cues_width
    x = left + length
    if measured.is_rtl:
        x = right - length - text_width(canvas.fonts, REGULAR, CUES_PT, ELLIPSIS)
    y = metrics.margin + cues.column.height - line.down
    canvas.text(x, y, REGULAR, CUES_PT, ELLIPSIS)
