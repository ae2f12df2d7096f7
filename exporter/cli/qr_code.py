"""QR codes for the terminal, two of their rows to a line."""

from __future__ import annotations

QUIET = 4
"""How many light modules must surround a code."""

BLACK_ON_WHITE, PLAIN = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
"""A terminal's own colours may be light on dark, which not every camera reads."""

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_lines(text: str) -> list[str]:
    """Return a text's QR code as lines: blocks are dark, spaces are light."""
    import segno

    code = segno.make(text, error="m", micro=False, boost_error=False)
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(_HALVES[pair] for pair in zip(*two, strict=True)) for two in pairs]


def coloured(lines: list[str]) -> list[str]:
    """Return the lines in black on white, whatever colours the terminal has."""
    return [f"{BLACK_ON_WHITE}{line}{PLAIN}" for line in lines]
