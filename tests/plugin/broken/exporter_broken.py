"""Exporters and readers with each fault that a plugin can have."""

from __future__ import annotations

import sys
from typing import Any

from exporter.exporters import Export, ExportedFile
from exporter.model import Question, QuestionSet
from exporter.readers import Reading


def raises(*arguments: Any) -> Any:
    raise LookupError("no such slide")


def leaves(*arguments: Any) -> Any:
    sys.exit(7)


def wrong_type(*arguments: Any) -> Any:
    return b"slides"


def wrong_file(*arguments: Any) -> Any:
    return Export((ExportedFile("slides.html", "text", "slides"),))


def outside(*arguments: Any) -> Any:
    return Export((ExportedFile("../slides.html", b"", "slides"),))


def overwrites(*arguments: Any) -> Any:
    return Export((ExportedFile("Interview-Questions.apkg", b"", "nothing good"),))


def read_raises(*arguments: Any) -> Any:
    raise ValueError("line 1 is odd.")


def read_text(*arguments: Any) -> Any:
    return Reading(QuestionSet((Question("Why?", "Because."),)))
