"""The signs of bullets, as typed and as word processors write them into plain text."""

from __future__ import annotations

import re

_SYMBOL_FONT = "\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076"
"""Bullets of Word's symbol fonts, which are private characters in plain text."""

# Signs that say something of their item (✓ ✗ ★ → >) are not included: a list would lose what they say.
BULLET_SIGN = rf"(?:[-–—*+•‣◦·∙⁃●○■□▪▫◆◇►▶▸➢➤⮚{_SYMBOL_FONT}]|§(?!\s{{0,3}}\d)|(?<=\s)o|o(?=\s\s|\t))"
"""A bullet: a sign, or an `o`, which Word writes for a second level, apart from its text or indented."""

TIGHT_SIGN = rf"[•‣◦●○■□▪▫◆◇►▶▸➢➤⮚{_SYMBOL_FONT}](?=\w)"
"""A bullet directly before its text, as copied from slides; the other signs are text there."""

_BULLET = re.compile(rf"\s{{0,60}}{BULLET_SIGN}\s{{1,20}}(?P<rest>\S.*)")


def match_bullet(line: str) -> str | None:
    """Return the text after the bullet at the start of a line, or nothing."""
    match = _BULLET.match(line)
    return match["rest"] if match else None
