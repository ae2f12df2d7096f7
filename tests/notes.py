"""Notes for tests: with their cues, as a build makes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exporter.config.settings import Settings
from exporter.model.deck import Deck, KeyedQuestion, Note
from exporter.model.questions import Question
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.deck_builder import make_decks
from exporter.pipeline.deck_builder import make_note as note_of
from exporter.pipeline.loader import load_sources
from exporter.pipeline.planner import plan_build


def make_note(key: str, question: Question, modified: int, created: int, position: int) -> Note:
    """Return a note with the question's cues."""
    return note_of(KeyedQuestion(key, question, modified, created, position))


def plan_sources(paths: Sequence[Path], settings: Settings, now: int) -> BuildPlan:
    """Return the plan of sources; nothing is written."""
    return plan_build(load_sources(paths, settings), settings, now)


def decks_of(plan: BuildPlan) -> tuple[Deck, ...]:
    """Return the decks of a plan, with their notes."""
    return make_decks(plan.decks)
