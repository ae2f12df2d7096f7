"""Converters: write questions, whatever their source, in a form that the readers read back as they were."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Protocol, cast

from exporter.model.questions import QuestionSet

BUILT_IN: dict[str, str] = {
    "text": "exporter.converters.text:convert",
    "markdown": "exporter.converters.markdown:convert",
    "csv": "exporter.converters.csv:convert",
    "json": "exporter.converters.json:convert",
}

SUFFIXES: dict[str, str] = {
    "text": ".txt",
    "markdown": ".md",
    "csv": ".csv",
    "json": ".json",
}
"""What the files of each form are called at the end."""


class ConvertFunction(Protocol):
    """The shape of a converter."""

    def __call__(self, questions: QuestionSet) -> str:
        """Return the questions as the text of a file."""


def load(name: str) -> ConvertFunction:
    """Return the converter of that name; raises `KeyError` where there is none."""
    return cast(ConvertFunction, EntryPoint(name, BUILT_IN[name], "exporter.converters").load())
