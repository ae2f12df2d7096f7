"""The deck: keyed questions with their cues, as exporters take them, and the paths of its images."""

from __future__ import annotations

import posixpath
import re
import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from urllib.parse import unquote

from exporter.model.emphasis import Range, emphasize
from exporter.model.questions import Block, Line, Question

_FILE_URL = re.compile(r"file:(?://(?:localhost)?(?=/))?", re.IGNORECASE)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""A URL with a scheme, a protocol-relative URL, or a Windows path with a drive letter."""


MAX_TIME_S = 2**31 - 1
"""Maximum time in seconds since 1970: some of Anki's apps use 32 bits."""


class CardContent(StrEnum):
    """What the back of a cue card shows: the answer with its cues in bold, the cues only, or both."""

    ANSWER = "answer"
    CUES = "cues"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class KeyedQuestion:
    """A question with its key, which stays the same when the question is edited.

    `modified` is the time of the last change of its exported content, in seconds since 1970;
    `created` the time of its first build, in milliseconds, unique in its folder; `position` its
    position in the source, from 1.
    """

    key: str
    question: Question
    modified: int
    created: int
    position: int


@dataclass(frozen=True)
class Note(KeyedQuestion):
    """A keyed question with its cues: the source's own, or those derived from the answer.

    `cue_lines` are the cues as lines of spans, with formulas; `cue_ranges` are the places of the words of
    the cues in the answer, as `emphasis.emphasize` takes them.
    """

    cues: tuple[str, ...]
    cue_lines: tuple[Line, ...]
    cue_ranges: Mapping[int, Sequence[Range]] = field(hash=False)

    @cached_property
    def emphasized_answer(self) -> tuple[Block, ...]:
        """The answer with the words of the cues in bold; made for the first export that shows it."""
        return emphasize(self.question.answer, self.cue_ranges)

    @property
    def place(self) -> int:
        """Return `position`; deprecated name."""
        warnings.warn("Note.place is deprecated; use Note.position", DeprecationWarning, stacklevel=2)
        return self.position


@dataclass(frozen=True, slots=True)
class Deck:
    """All notes of a source that have an answer, in the source's order.

    `stem` is the stem of the output files, `name` the name of the deck in Anki, `title` that for people.
    `templates_modified` is the time of the last change of CSS or templates, in seconds since 1970.
    `voice` is the locale in which Anki reads the questions aloud, empty if it does not. `card_language` is
    the language of the words in the card template, which all decks of a folder share.
    `media` has the bytes of the images that exist, by their target in the source. `stack` has all notes of
    the source if `notes` are only a part, whose cards are printed for the stack of the whole.
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
    card_language: str = ""
    stack: tuple[Note, ...] = ()

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """All notes of the stack of cards that these belong to."""
        return self.stack or self.notes


def media_path(target: str) -> str:
    """Return the path of an image file in the source's folder, with slashes, in Unicode form NFC.

    For a `file:` URL, return the path in it.
    """
    path = unquote(_FILE_URL.sub("", target).partition("#")[0].partition("?")[0]).replace("\\", "/")
    return posixpath.normpath(unicodedata.normalize("NFC", path))


def exported_path(target: str) -> str:
    """Return the path of an image file in the folder of the exports."""
    return media_path(target).lstrip("/")


def exported_target(target: str) -> str:
    """Return an image target with which a Markdown renderer finds the file at its `exported_path`.

    A target with backslashes or decomposed letters, or a `file:` URL, is rewritten; others are unchanged.
    """
    is_local = _FILE_URL.match(target) or not _URL.match(target)
    if not is_local or not (
        "\\" in target or _FILE_URL.match(target) or not unicodedata.is_normalized("NFC", target)
    ):
        return target
    return re.sub("[%?#]", lambda match: f"%{ord(match[0]):02X}", exported_path(target))
