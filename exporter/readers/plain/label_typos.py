"""Report labels that are misspelt."""

from __future__ import annotations

from exporter.model.diagnostics import Diagnostic, warning
from exporter.readers import SourceText
from exporter.readers.labels import patterns, vocabulary
from exporter.readers.layout.layout import Layout

MIN_SIMILARITY_PERCENT = 75  # unmeasured
"""Minimum Damerau-Levenshtein similarity of a word to a label, in percent."""

MIN_WORD_CHARS = 4  # unmeasured
"""Shorter words are not compared."""

_KNOWN_WORDS = frozenset(
    (
        "node nodes note cause causes case cases use uses user users cube cubes tabs tab range stage page"
        " pages role roles vote votes quote quotes query queries request requests quest questions clues cue"
        " is it if in answered answering categories keynote key point points io i d as ax ad"
    ).split()
)
"""Words that resemble a label, and are not misspelt."""


def find_label_typos(source: SourceText, layout: Layout) -> list[Diagnostic]:
    """Return `unknown-label` for each line that begins with a word similar to a label, and a colon."""
    diagnostics: list[Diagnostic] = []
    for index, line in enumerate(source.lines):
        if ":" not in line[:16] or index in layout.markers or index in layout.answers:
            continue
        if index in layout.fenced or not (match := patterns.LABEL_LIKE.match(line[:200])):
            continue
        word = match["label"].lower()
        if word in _KNOWN_WORDS or word in vocabulary.METADATA_LABELS or word in vocabulary.ANSWER_WORDS:
            continue
        if nearest := find_nearest_label(word):
            message = f"“{match['label']}:” is not a label, and was read as text; “{nearest}:” is similar."
            span = source.span(index + 1, match.start("label") + 1)
            diagnostics.append(
                warning("unknown-label", message, span, f"Write “{nearest}:” if that is meant.")
            )
    return diagnostics


def find_nearest_label(word: str) -> str | None:
    """Return the label that a word is most similar to, if the word is a misspelling of it."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    lowercase = {label: label.lower() for label in vocabulary.KNOWN_LABELS}
    scorer = DamerauLevenshtein.normalized_similarity
    best = (
        process.extractOne(word, lowercase, scorer=scorer, score_cutoff=MIN_SIMILARITY_PERCENT / 100)
        if len(word) >= MIN_WORD_CHARS
        else None
    )
    return str(best[2]) if best and best[0] != word else None
