"""The time of a build."""

from __future__ import annotations

import os
import time

from exporter.model.deck import MAX_TIME_S

MAX_DIGITS = 10
"""How many digits such a time may have; Python refuses to read numbers of thousands."""


class ClockError(ValueError):
    """SOURCE_DATE_EPOCH is no time; the message says so in a sentence."""


def clock() -> int:
    """Return the time of the build in seconds since 1970; SOURCE_DATE_EPOCH is honoured.

    Raises `ClockError` where that is no time that can be.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not fixed:
        return int(time.time())
    if not fixed.isdecimal() or len(fixed) > MAX_DIGITS or int(fixed) > MAX_TIME_S:
        raise ClockError("SOURCE_DATE_EPOCH is not a time in seconds since 1970. Correct it, or unset it.")
    return int(fixed)
