"""The deck: questions with their identity, ready for the exporters."""

from __future__ import annotations

import posixpath
import re
import unicodedata
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote

from exporter.model.questions import Block, Line, Question

_FILE_URL = re.compile(r"file:(?://(?:localhost)?(?=/))?", re.IGNORECASE)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""A URL, or a path with a drive's letter."""


MAX_TIME_S = 2**31 - 1
"""No later time is used, in seconds since 1970: some of Anki's apps count with 32 bits."""


class CardContent(StrEnum):
    """What the back of a cue card has: the answer with its cues in bold, the cues alone, or both."""

    ANSWER = "answer"
    CUES = "cues"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class KeyedQuestion:
    """A question with the key that outlives its edits.

    `modified` is the time its exported content last changed, in whole seconds since 1970;
    `created` the time of its first build, in milliseconds, unique within its folder;
    `position` its position in the source, from 1.
    """

    key: str
    question: Question
    modified: int
    created: int
    position: int


@dataclass(frozen=True, slots=True)
class Note(KeyedQuestion):
    """A keyed question with its cues: the source's own, or those derived from the answer.

    `cue_lines` are the cues as lines, with the formulas in them; `emphasized_answer` is the answer with
    the words of the cues in bold.
    """

    cues: tuple[str, ...]
    cue_lines: tuple[Line, ...]
    emphasized_answer: tuple[Block, ...]

    @property
    def place(self) -> int:
        """Return `position`; deprecated name."""
        warnings.warn("Note.place is deprecated; use Note.position", DeprecationWarning, stacklevel=2)
        return self.position


@dataclass(frozen=True, slots=True)
class Deck:
    """All notes of one source that have an answer, in the source's order.

    `stem` names the output files, `name` the deck in Anki, `title` what people read.
    `templates_modified` is the time CSS or templates last changed, in seconds since 1970.
    `voice` is the locale in which Anki reads the questions aloud, and empty where it does not.
    `media` holds the bytes of the images that were found, by the target the source gives.
    """

    name: str
    title: str
    stem: str
    source: str
    language: str
    notes: tuple[Note, ...]
    templates_modified: int = 0
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    voice: str = ""


def media_path(target: str) -> str:
    """Return the path of a picture's file beneath the source's folder, with slashes and composed letters.

    Of a `file:` URL it is the path in it.
    """
    path = unquote(_FILE_URL.sub("", target).partition("#")[0].partition("?")[0]).replace("\\", "/")
    return posixpath.normpath(unicodedata.normalize("NFC", path))


def exported_path(target: str) -> str:
    """Return the path of a picture's file beneath the folder of the exports."""
    return media_path(target).lstrip("/")


def exported_target(target: str) -> str:
    """Return a picture's target so that a renderer of Markdown finds the file at its `exported_path`.

    A target stays as the source has it, unless it has backslashes, decomposed letters or is a `file:` URL.
    """
    local = _FILE_URL.match(target) or not _URL.match(target)
    if not local or not (
        "\\" in target or _FILE_URL.match(target) or not unicodedata.is_normalized("NFC", target)
    ):
        return target
    return re.sub("[%?#]", lambda found: f"%{ord(found[0]):02X}", exported_path(target))
