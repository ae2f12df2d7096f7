"""Building decks with their notes; the only module that extracts cues."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.cues import cue_lines, find_cue_ranges, find_cues
from exporter.model.deck import Deck, KeyedQuestion, Note
from exporter.pipeline.deck_plan import DeckPlan


def make_decks(plans: Iterable[DeckPlan]) -> tuple[Deck, ...]:
    """Return the decks with their notes, each with its cues."""
    return tuple(
        Deck(
            name=plan.name,
            title=plan.title,
            stem=plan.stem,
            source=plan.source,
            language=plan.language,
            notes=tuple(map(make_note, plan.questions)),
            templates_modified=plan.templates_modified,
            media=plan.media,
            voice=plan.voice,
            card_language=plan.card_language,
        )
        for plan in plans
    )


def make_note(keyed: KeyedQuestion) -> Note:
    """Return the note of a question, with the cues of the source, or else with those of the answer."""
    question = keyed.question
    derived = () if question.cues else find_cues(question)
    cues = question.cues or tuple(cue.text for cue in derived)
    return Note(
        key=keyed.key,
        question=question,
        modified=keyed.modified,
        created=keyed.created,
        position=keyed.position,
        cues=cues,
        cue_lines=cue_lines(cues, question),
        cue_ranges=find_cue_ranges(question, derived),
    )
