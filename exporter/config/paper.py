"""The paper that is usual in a region, as CLDR has it."""

from __future__ import annotations

import re

from exporter.config.choices import Paper, PaperChoice
from exporter.config.settings import Settings

LETTER_REGIONS = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())
"""The regions where US Letter is usual: `paperSize` of CLDR 46, `supplemental/measurementData`."""

_REGION = re.compile(
    r"[a-z]{2,8}(?:[-_][a-z]{3}){0,3}(?:[-_][a-z]{4})?[-_](?P<region>[a-z]{2}|\d{3})(?![a-z\d])",
    re.IGNORECASE,
)
"""A locale, or a language tag (BCP 47: language, extended languages, script, region), with its region."""


def find_region(tag: str) -> str:
    """Return the region of a language tag (`es-MX`) or locale (`es_MX.UTF-8`) in upper case; or nothing."""
    match = _REGION.match(tag.strip())
    return match["region"].upper() if match else ""


def usual_paper(tag: str) -> Paper:
    """Return the paper that is usual in the region of a language tag or locale; A4 without a region."""
    return Paper.LETTER if find_region(tag) in LETTER_REGIONS else Paper.A4


def sheet_paper(settings: Settings) -> Paper:
    """Return the paper of the cheat sheet: the one that is set, else by the region of `language`."""
    chosen = settings.sheet.paper
    return usual_paper(settings.language) if chosen is PaperChoice.AUTO else Paper(chosen.value)
