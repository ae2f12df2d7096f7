"""The deck: questions with their identity, ready for the exporters."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from urllib.parse import unquote

from exporter.cues import Cue, cue_lines, emphasize_cues, find_cues
from exporter.model.questions import Block, Line, Paragraph, Question, Text

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


@dataclass(frozen=True)
class Note:
    """A question with the key that outlives its edits.

    `modified` is the time its exported content last changed, in whole seconds since 1970;
    `created` the time of its first build, in milliseconds, and no other note of the folder's;
    `place` is its position in the source, from 1.
    """

    key: str
    question: Question
    modified: int
    created: int
    place: int

    @cached_property
    def derived_cues(self) -> tuple[Cue, ...]:
        """The cues derived from the answer, none where the source gives cues; made only where needed."""
        return () if self.question.cues else find_cues(self.question)

    @property
    def cues(self) -> tuple[str, ...]:
        """The source's cues, or those derived from the answer."""
        return self.question.cues or tuple(cue.text for cue in self.derived_cues)

    @property
    def cue_lines(self) -> tuple[Line, ...]:
        """The cues as lines, with the formulas in them."""
        return cue_lines(self.cues, self.question)

    @property
    def emphasized_answer(self) -> tuple[Block, ...]:
        """The answer with the words of the cues in bold."""
        return emphasize_cues(self.question, self.derived_cues)

    @property
    def made_cues(self) -> tuple[Cue, ...] | None:
        """The derived cues, if they were needed by now."""
        return self.__dict__.get("derived_cues")

    def take_cues(self, cues: tuple[Cue, ...]) -> None:
        """Take derived cues that were made before of a question with the same digest."""
        self.__dict__["derived_cues"] = cues

    @cached_property
    def digest(self) -> str:
        """The digest of all of the question but its place: two that differ in anything differ in it."""
        asked = self.question
        blocks = [[_form(block) for block in side] for side in (asked.question, asked.answer)]
        return digest(
            blocks, asked.label or asked.number, asked.category, asked.tags, asked.cues, asked.notes, asked.id
        )


def digest(*values: object) -> str:
    """Return the digest of values, by how they are written."""
    return hashlib.blake2b(repr(values).encode(), digest_size=12).hexdigest()


def _form(block: Block) -> object:
    """Return a block as values that are quickly written; most are plain lines."""
    return [_line(line) for line in block.lines] if isinstance(block, Paragraph) else block


def _line(line: Line) -> object:
    return line[0].text if len(line) == 1 and isinstance(line[0], Text) else line


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
