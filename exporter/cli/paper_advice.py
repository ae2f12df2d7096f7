"""Advice on paper: where exports are for A4 although Letter is usual on this computer.

The exports themselves never depend on the computer's locale, so that the same source and settings give the
same bytes everywhere.
"""

from __future__ import annotations

from exporter.cards.stock_choice import AUTO
from exporter.config.choices import Paper, PaperChoice
from exporter.config.paper import find_region, usual_paper
from exporter.config.settings import Settings
from exporter.system.locale import paper_locale


def paper_advice(settings: Settings) -> str | None:
    """Return a sentence if the paper is A4 by default, and Letter is usual by the locale."""
    locale = paper_locale()
    is_default = settings.pdf.stock == AUTO or settings.sheet.paper is PaperChoice.AUTO
    if not is_default or find_region(settings.language) or usual_paper(locale) is Paper.A4:
        return None
    tag = f"{settings.language or 'en'}-{find_region(locale)}"
    return (
        f"The paper is A4; your locale, {locale}, has Letter: "
        f'set `language = "{tag}"`, or `pdf.stock` and `sheet.paper`.'
    )
