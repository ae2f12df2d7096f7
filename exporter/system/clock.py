"""The time of a build."""

from __future__ import annotations

import os
import time

from exporter.model.deck import MAX_TIME_S

MAX_TIME_DIGITS = 10
"""Maximum digits of SOURCE_DATE_EPOCH, as in `MAX_TIME_S`; Python refuses to parse 4,300 digits."""


class ClockError(ValueError):
    """SOURCE_DATE_EPOCH is not a valid time; the message is a sentence for people."""


def check_time(seconds: int) -> int:
    """Return a time in seconds since 1970; raise `ClockError` if it is not from 0 to `MAX_TIME_S`."""
    if not 0 <= seconds <= MAX_TIME_S:
        raise ClockError(f"{seconds} is not a time in seconds since 1970, from 0 to {MAX_TIME_S}.")
    return seconds


def clock() -> int:
    """Return the time of the build in seconds since 1970: SOURCE_DATE_EPOCH if set, else the present.

    Raise `ClockError` if SOURCE_DATE_EPOCH is not a time from 0 to `MAX_TIME_S`.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not fixed:
        return int(time.time())
    if not fixed.isdecimal() or len(fixed) > MAX_TIME_DIGITS or int(fixed) > MAX_TIME_S:
        raise ClockError("SOURCE_DATE_EPOCH is not a time in seconds since 1970. Correct it, or unset it.")
    return int(fixed)
