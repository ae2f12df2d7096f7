"""The content of the cards' backs: which contents the settings allow, and when answers are too long."""

from __future__ import annotations

from exporter.config.choices import ContentChoice
from exporter.config.settings import Settings
from exporter.model.deck import CardContent

MIN_FITTING_PERCENT = 90
"""Share of the notes that must fit one card each for the cards to have answers.

Of the 28 questions of the user's file all fit a 3 × 5 inch card and none a business card, so any
share between decides those alike. One continued card in ten can still be handled as one stack.
"""


def candidate_contents(settings: Settings) -> tuple[CardContent, ...]:
    """Return the contents that the settings allow, the preferred one first; the last is the fallback."""
    if settings.pdf.content is ContentChoice.AUTO:
        return CardContent.ANSWER, CardContent.CUES
    return (CardContent(settings.pdf.content.value),)


def max_continued(count: int) -> int:
    """Return how many of `count` notes may need several cards before the next content is tried."""
    return count * (100 - MIN_FITTING_PERCENT) // 100
