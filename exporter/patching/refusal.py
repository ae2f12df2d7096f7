"""The refusal of a change: why it cannot be written into the source."""

from __future__ import annotations


class RefusedError(Exception):
    """A change that cannot be written into the source; its text is the reason, a sentence for people."""
