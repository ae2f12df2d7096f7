"""Cue drafts: the derived cues of questions that have none of their own, as `Cues:` lines of the source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from exporter.config.settings import Settings
from exporter.cues import find_cues
from exporter.model.questions import Question
from exporter.patching.detail_edits import cue_label_lines
from exporter.patching.patcher import patch_source
from exporter.patching.question_change import QuestionChange
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_bytes


@dataclass(frozen=True, slots=True)
class CueDraft:
    """The derived cues of a question, and why they cannot be written into the source, or an empty string."""

    question: Question
    cues: tuple[str, ...]
    refused: str = ""

    @property
    def lines(self) -> list[str]:
        """The cues as lines of a source."""
        return cue_label_lines(self.cues)


def draft_cues(data: bytes, source: LoadedSource, settings: Settings) -> tuple[bytes, tuple[CueDraft, ...]]:
    """Return the bytes of a source with its drafts, and the drafts in order, those that are refused, too.

    `data` are the bytes of the source as it was read, and `settings` those for it.
    """
    cues_by_index = {
        index: cues
        for index, question in enumerate(source.questions.questions)
        if not question.cues and (cues := _derive(question))
    }
    patch = patch_source(
        data,
        {index: QuestionChange(cues=cues) for index, cues in cues_by_index.items()},
        read=partial(load_bytes, source.path, settings=settings),
        reader=source.reader,
        settings=settings,
    )
    drafts = (
        CueDraft(source.questions.questions[index], cues, patch.refused.get(index, ""))
        for index, cues in cues_by_index.items()
    )
    return patch.data, tuple(drafts)


def _derive(question: Question) -> tuple[str, ...]:
    """Return the derived cues of a question as a build shows them; none without an answer."""
    return tuple(cue.text for cue in find_cues(question)) if question.answer else ()
