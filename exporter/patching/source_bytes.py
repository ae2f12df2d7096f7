"""The text of a source with its byte order mark, encoding and line ends, so that all of them can be kept."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from exporter.config.encodings import display_encoding, find_encoding
from exporter.config.settings import Settings
from exporter.patching.refusal import RefusedError
from exporter.readers.decoding.decode import BYTE_ORDER_MARKS, detect_utf_16_or_32

LINE_END = re.compile(r"\r\r\n|\r\n|\r|\n")
"""The line ends of a source; CR-CR-LF, the result of a doubled conversion, is one of them."""


@dataclass(frozen=True, slots=True)
class SourceBytes:
    """A source: its byte order mark (empty if it has none), its encoding, and its text as it is."""

    mark: bytes
    encoding: str
    text: str

    def encode(self, text: str) -> bytes:
        """Return the bytes of a changed text; raise `RefusedError` if the encoding lacks a character."""
        try:
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError as exc:
            char = exc.object[exc.start]
            name = display_encoding(self.encoding)
            raise RefusedError(
                f"The file is {name}, which has no “{char}” (U+{ord(char):04X}); save it as UTF-8 first."
            ) from None


def split_bytes(data: bytes, settings: Settings) -> SourceBytes:
    """Return the text of a source; raise `RefusedError` if its encoding is guessed or mixed."""
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "")
    )
    encoding = encoding or find_encoding(settings.source.encoding) or detect_utf_16_or_32(data) or "utf-8"
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        text = ""
    if text.encode(encoding, "replace") != body:
        raise RefusedError(
            "The encoding of the file is guessed or mixed; save it as UTF-8, or set `source.encoding`."
        )
    return SourceBytes(mark, encoding, text)


@lru_cache(maxsize=4)
def line_starts(text: str) -> tuple[int, ...]:
    """Return the offsets of the lines of a text, and that of its end."""
    return (0, *[match.end() for match in LINE_END.finditer(text)])


@lru_cache(maxsize=4)
def find_line_end(text: str) -> str:
    """Return the line end that a text has most often; a line feed if it has none."""
    counts = Counter(LINE_END.findall(text))
    return counts.most_common(1)[0][0] if counts else "\n"
