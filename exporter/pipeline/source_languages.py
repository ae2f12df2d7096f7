"""The languages of sources: that of the words in their card template, and those that are guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, info
from exporter.model.questions import SourceSpan
from exporter.pipeline.loaded_source import LoadedSource


def choose_card_language(sources: Sequence[LoadedSource], settings: Settings) -> str:
    """Return the language of the words in the card template of these sources.

    It is that of the sources if they have one language, or else that of the setting `language`.
    """
    languages = {source.find_language(settings) for source in sources}
    return languages.pop() if len(languages) == 1 else settings.language or "en"


def report_label_languages(sources: Sequence[LoadedSource], settings: Settings) -> Iterator[Diagnostic]:
    """Report `label-language` for sources whose language is only known by their labels."""
    for source in sources:
        if source.questions.language or settings.for_source(source.path.name).language:
            continue
        if (language := source.label_language) in ("", "en"):
            continue
        spans = (question.span for question in source.questions.questions)
        yield info(
            "label-language",
            f"The language is taken to be “{language}”, that of the labels.",
            next(filter(None, spans), SourceSpan(str(source.path), 1)),
            f'Set `language = "{language}"` in exporter.toml, or the language that it is.',
        )
