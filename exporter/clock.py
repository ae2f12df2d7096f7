"""The time of a build."""

from __future__ import annotations

import os
import time


def clock() -> int:
    """Return the time of the build in seconds since 1970; SOURCE_DATE_EPOCH is honoured."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(fixed) if fixed.isdecimal() else int(time.time())
