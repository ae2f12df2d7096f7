"""A filter: questions with certain tags are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exporter.plugin import QuestionSet, Settings, declare, setting


@dataclass(frozen=True, kw_only=True)
class TidySettings:
    """The settings of `[plugin.tidy]`."""

    without: tuple[str, ...] = setting(("draft",), "The tags of questions that are left out.")


@declare(api=1, settings=TidySettings)
def filter_questions(questions: QuestionSet, settings: Settings) -> QuestionSet:
    """Return the questions that have none of the tags."""
    unwanted = settings.of_plugin(TidySettings).without
    kept = (question for question in questions.questions if not {*question.tags} & {*unwanted})
    return replace(questions, questions=tuple(kept))
