"""The locale of this computer's user."""

from __future__ import annotations

import os
import sys

MAX_LOCALE_NAME_CHARS = 85
"""Longest name of a locale in Windows (LOCALE_NAME_MAX_LENGTH)."""


def paper_locale() -> str:
    """Return the name of the locale that decides on paper, such as `en_US.UTF-8`; empty if there is none.

    It is that of POSIX: LC_ALL, LC_PAPER (of glibc) or LANG, the first that is set; else that of Windows.
    """
    for name in ("LC_ALL", "LC_PAPER", "LANG"):
        if value := os.environ.get(name, ""):
            return value
    if sys.platform == "win32":
        import ctypes

        buffer = ctypes.create_unicode_buffer(MAX_LOCALE_NAME_CHARS)
        ctypes.windll.kernel32.GetUserDefaultLocaleName(buffer, MAX_LOCALE_NAME_CHARS)
        return buffer.value
    return ""
