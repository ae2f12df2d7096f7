"""Converters write questions in a format from which our readers read the same questions."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Protocol, cast

from exporter.model.deprecation import forward_renamed
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
"""The suffix of the files of each format."""


class Converter(Protocol):
    """The signature of a converter."""

    def __call__(self, questions: QuestionSet, language: str = "") -> str:
        """Return the questions as the text of a file.

        `language` is that of the labels, if the questions have none.
        """


def load(name: str) -> Converter:
    """Return the converter called `name`; raise `KeyError` if there is none."""
    return cast(Converter, EntryPoint(name, BUILT_IN[name], "exporter.converters").load())


if not TYPE_CHECKING:  # mypy would accept any name of a module that has `__getattr__`
    __getattr__ = forward_renamed(__name__, {"ConvertFunction": ("Converter", Converter)})
