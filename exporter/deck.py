"""The deck: questions with their identity, ready for the exporters."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from exporter.cues import cues_of
from exporter.model import Question


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
    def cues(self) -> tuple[str, ...]:
        """The source's cues, or those derived from the answer; made only where they are needed."""
        return cues_of(self.question)


@dataclass(frozen=True, slots=True)
class Deck:
    """All notes of one source that have an answer, in the source's order.

    `stem` names the output files, `name` the deck in Anki, `title` what people read.
    `templates_modified` is the time CSS or templates last changed, in seconds since 1970.
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


def media_path(target: str) -> str:
    """Return the path of a picture's file beneath the source's folder, with slashes."""
    path = unquote(target.partition("#")[0].partition("?")[0]).replace("\\", "/")
    return posixpath.normpath(path)
