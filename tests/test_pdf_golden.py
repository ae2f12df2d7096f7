"""Small pictures of the real questions' cards, looked at by a person and kept.

`pytest --update-golden` draws them again.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from tests.pdf_decks import cards, seed

GOLDEN = Path(__file__).parent / "golden" / "cards"
SCALE = 0.75
TOLERANCE = 2.5
"""How far two pictures may be apart: the root mean square of their pixels' differences, of 255."""


def drawn(data: bytes, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        return document[page].render(scale=SCALE).to_pil().convert("L")


@pytest.mark.parametrize("stock", ["a4-3x5", "a4-a7", "avery-5371"])
@pytest.mark.parametrize("page", [0, 1])
def test_the_real_cards_look_as_they_did(stock: str, page: int, update_golden: bool) -> None:
    path = GOLDEN / f"{stock}-{page + 1}.png"
    now = drawn(cards(seed(), pdf_stock=stock), page)
    if update_golden:
        path.parent.mkdir(parents=True, exist_ok=True)
        now.quantize(64).save(path, optimize=True)
    with Image.open(path) as kept:
        before = kept.convert("L")
    assert before.size == now.size
    apart = ImageStat.Stat(ImageChops.difference(before, now)).rms[0]
    assert apart < TOLERANCE, f"{path.name} differs by {apart:.2f}; look at it, then pytest --update-golden"
