"""What a person would set cue cards with in typst: at one size, or each side at the largest that fits."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import fontpkg

from tests.bench.cards import HEIGHT, LEFT, MARGIN, SIZE, TOP, WIDTH, Card

_ROOM = f"width: {WIDTH - 2 * MARGIN}mm"

_FIXED = f"#let card(body) = block({_ROOM}, body)\n"

_SEARCHED = f"""#let card(body) = context {{
  let (low, high) = (36, 72)
  while low < high {{
    let middle = calc.quo(low + high + 1, 2)
    let needed = measure({_ROOM}, text(size: middle * 0.25pt, body)).height
    if needed <= {HEIGHT - 2 * MARGIN}mm {{ low = middle }} else {{ high = middle - 1 }}
  }}
  block({_ROOM}, text(size: low * 0.25pt, body))
}}
"""
"""Quarters of a point from 9 to 18, by halves as the other tools that search."""


def with_typst(entries: Sequence[Card]) -> bytes:
    """Each side of each card at the largest size that fits, a quarter of a point apart."""
    return _set(entries, _SEARCHED)


def with_typst_fixed_size(entries: Sequence[Card]) -> bytes:
    """All cards at one size that is known to fit."""
    return _set(entries, _FIXED)


def _set(entries: Sequence[Card], card: str) -> bytes:
    import typst

    parts = [
        "#set page(width: 297mm, height: 210mm, margin: 0mm)\n",
        f'#set text(font: "Atkinson Hyperlegible", size: {SIZE}pt)\n',
        card,
    ]
    for first in range(0, len(entries), 4):
        for side in (0, 1):
            for at, (question, answer) in enumerate(entries[first : first + 4]):
                column = at % 2 if side == 0 else 1 - at % 2
                x, y = LEFT + column * WIDTH + MARGIN, TOP + (at // 2) * HEIGHT + MARGIN
                lines = "\n".join("+ " + _text(line) for line in answer)
                body = lines if side else f"*{_text(question)}*"
                parts.append(f"#place(dx: {x}mm, dy: {y}mm, card[\n{body}\n])\n")
            parts.append("#pagebreak(weak: true)\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.typ"
        path.write_text("".join(parts), encoding="utf-8")
        fonts = [str(fontpkg.path("Atkinson Hyperlegible").parent)]
        return bytes(typst.compile(str(path), font_paths=fonts))


def _text(words: str) -> str:
    return '#"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
