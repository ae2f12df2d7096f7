"""Names of text encodings, as people write them and as Python knows them."""

from __future__ import annotations

import codecs
import re

COMMON = (
    *("utf-8", "utf-16", "utf-32"),
    *(f"windows-{number}" for number in range(1250, 1259)),
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso-8859-{number}" for number in (*range(1, 12), *range(13, 17))),
    *(f"latin{number}" for number in range(1, 11)),
    *("koi8-r", "koi8-u", "cp437", "cp850", "cp852", "cp866", "cp874", "mac-roman", "mac-latin2"),
    *("shift_jis", "cp932", "euc-jp", "iso-2022-jp", "gbk", "gb2312", "gb18030", "big5", "euc-kr", "cp949"),
)
"""The encodings that a wrong name is compared with."""

_NOT_FOR_FILES = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"})
"""Codecs of Python that give text, but that no editor saves a file in."""


def find_encoding(name: str) -> str:
    """Return Python's name of the encoding that `name` means, or an empty string where there is none."""
    written = re.sub(r"[\s_]+", "-", name.strip())
    for form in (name, written, re.sub(r"(?i)^(?:windows|win|cp)-?(?=\d)", "cp", written)):
        try:
            found = codecs.lookup(form)
        except (LookupError, ValueError):
            continue
        is_text = getattr(found, "_is_text_encoding", True)
        return "" if found.name in _NOT_FOR_FILES or not is_text else found.name
    return ""


def display_encoding(encoding: str) -> str:
    """Return the name of an encoding as a person reads it: “Windows-1250” for `cp1250`."""
    shown = re.sub(r"^cp125", "Windows-125", encoding.replace("_", "-"))
    shown = re.sub(r"^iso-?8859-", "ISO 8859-", shown)
    return shown.upper() if shown.startswith(("utf", "koi8", "gb", "euc", "big5")) else shown
