"""Labels that are nearly one of ours."""

from __future__ import annotations

from exporter.model.diagnostics import Diagnostic, warning
from exporter.readers import SourceText
from exporter.readers.labels import patterns, vocabulary
from exporter.readers.plain.layout_detection import Layout

ALIKE = 75
"""From this likeness on, in percent, a word is taken for a misspelt label."""

_WORDS = frozenset(
    (
        "node nodes note cause causes case cases use uses user users cube cubes tabs tab range stage page"
        " pages role roles vote votes quote quotes query queries request requests quest questions clues cue"
        " is it if in answered answering categories keynote key point points io i d as ax ad"
    ).split()
)


def find_label_typos(source: SourceText, convention: Layout) -> list[Diagnostic]:
    """Return `unknown-label` for each line that begins with a word much like a label, and a colon."""
    found: list[Diagnostic] = []
    for index, line in enumerate(source.lines):
        if ":" not in line[:16] or index in convention.marks or index in convention.answers:
            continue
        if index in convention.fenced or not (match := patterns.LABEL_LIKE.match(line[:200])):
            continue
        word = match["label"].lower()
        if word in _WORDS or word in vocabulary.METADATA_LABELS or word in vocabulary.ANSWER_WORDS:
            continue
        if nearest := find_nearest_label(word):
            message = f"“{match['label']}:” is not a label, and was read as text; “{nearest}:” is similar."
            span = source.span(index + 1, match.start("label") + 1)
            found.append(warning("unknown-label", message, span, f"Write “{nearest}:” if that is meant."))
    return found


def find_nearest_label(word: str) -> str | None:
    """Return the label that a word is nearly, if there is one."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    folded = {label: label.lower() for label in vocabulary.KNOWN_LABELS}
    scorer = DamerauLevenshtein.normalized_similarity
    best = (
        process.extractOne(word, folded, scorer=scorer, score_cutoff=ALIKE / 100) if len(word) > 3 else None
    )
    return str(best[2]) if best and best[0] != word else None
