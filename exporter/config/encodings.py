"""Names of text encodings: as people write them, and Python's codec names."""

from __future__ import annotations

import codecs
import re

COMMON_ENCODINGS = (
    *("utf-8", "utf-16", "utf-32"),
    *(f"windows-{number}" for number in range(1250, 1259)),
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso-8859-{number}" for number in (*range(1, 12), *range(13, 17))),
    *(f"latin{number}" for number in range(1, 11)),
    *("koi8-r", "koi8-u", "cp437", "cp850", "cp852", "cp866", "cp874", "mac-roman", "mac-latin2"),
    *("shift_jis", "cp932", "euc-jp", "iso-2022-jp", "gbk", "gb2312", "gb18030", "big5", "euc-kr", "cp949"),
)
"""The encodings suggested for an unknown name."""

_NOT_FILE_ENCODINGS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"}
)
"""Text codecs of Python that editors do not save files in."""


def find_encoding(name: str) -> str:
    """Return the codec name of the encoding that `name` means, or an empty string if it is unknown."""
    hyphenated = re.sub(r"[\s_]+", "-", name.strip())
    for spelling in (name, hyphenated, re.sub(r"(?i)^(?:windows|win|cp)-?(?=\d)", "cp", hyphenated)):
        try:
            codec = codecs.lookup(spelling)
        except (LookupError, ValueError):
            continue
        is_text = getattr(codec, "_is_text_encoding", True)
        return "" if codec.name in _NOT_FILE_ENCODINGS or not is_text else codec.name
    return ""


def display_encoding(encoding: str) -> str:
    """Return the usual name of a codec for messages: “Windows-1250” for `cp1250`."""
    name = re.sub(r"^cp125", "Windows-125", encoding.replace("_", "-"))
    name = re.sub(r"^iso-?8859-", "ISO 8859-", name)
    return name.upper() if name.startswith(("utf", "koi8", "gb", "euc", "big5")) else name
