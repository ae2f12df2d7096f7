"""An exporter: a slide per question, for a screen."""

from __future__ import annotations

from dataclasses import dataclass

from exporter.plugin import (
    Deck,
    Export,
    ExportedFile,
    Settings,
    declare,
    plain_text,
    pluralize,
    render_template,
    setting,
)


@dataclass(frozen=True, kw_only=True)
class SlidesSettings:
    """The settings of `[plugin.slides]`."""

    answers: bool = setting(True, "Whether each slide has the answer, too.")
    size: float = setting(5, "The type size, in hundredths of the screen's smaller side.")


@declare(api=1, settings=SlidesSettings, templates="templates")
def export(deck: Deck, settings: Settings, now: int) -> Export:
    """Return all questions as slides in one HTML page."""
    own = settings.of_plugin(SlidesSettings)
    slides = [(plain_text(note.question.question), plain_text(note.question.answer)) for note in deck.notes]
    page = render_template(settings, "page.html.j2", {"title": deck.title, "slides": slides, "own": own})
    summary = pluralize(len(slides), "slide")
    return Export((ExportedFile(f"{deck.stem}-slides.html", page.encode(), summary),))
