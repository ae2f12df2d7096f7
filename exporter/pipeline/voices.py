"""The voice of a folder's decks: all notes share one card template, and so one language of speech."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exporter.anki.speech import find_speech_locale
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import SourceSpan
from exporter.pipeline.deck_plan import DeckPlan
from exporter.pipeline.loaded_source import LoadedSource

_ONE_TEMPLATE = "All decks share one card template, and so one voice."


def choose_voice(sources: Sequence[LoadedSource], settings: Settings) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the locale in which the questions of these sources are read aloud, or an empty string.

    It is that of the sources if they have one language, or else that of the setting `language`. The
    diagnostics are `speech-language`.
    """
    if not settings.anki.speak:
        return "", ()
    setting = settings.language or "en"
    languages = {source.path: source.find_language(settings) for source in sources}
    locales = {find_speech_locale(language) or language for language in languages.values()}
    language = next(iter(languages.values())) if len(locales) == 1 else setting
    locale = find_speech_locale(language)
    if not locale:
        message = f"No question is read aloud: no region is known for the language “{language}”."
        return "", (warning("speech-language", message, hint='Name a region, as in `language = "de-AT"`.'),)
    return locale, tuple(
        warning(
            "speech-language",
            f"The questions of {path} (language “{spoken}”) are read aloud as {locale}. {_ONE_TEMPLATE}",
            SourceSpan(str(path), 1),
            "Set `anki.speak = false`, or keep each language in a separate project and profile.",
        )
        for path, spoken in languages.items()
        if find_speech_locale(spoken) != locale
    )


def report_different_voices(decks: Iterable[DeckPlan]) -> Iterator[Diagnostic]:
    """Report `speech-language` for decks of several folders that are read aloud in several languages."""
    voices = sorted({deck.voice for deck in decks})
    if len(voices) > 1:
        names = ", ".join(voice or "none" for voice in voices)
        message = f"These decks are read aloud in several languages ({names}). {_ONE_TEMPLATE}"
        hint = "Anki reads all of them in the language of the deck whose template changed last."
        yield warning("speech-language", message, hint=hint)
