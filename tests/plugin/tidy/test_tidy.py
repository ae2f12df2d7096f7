"""The filter leaves out what it should, and passes the checks of filters."""

from exporter_tidy import TidySettings, filter_questions

from exporter import testing
from exporter.plugin import Question, QuestionSet


def test_filter_passes_the_checks() -> None:
    testing.check_filter(filter_questions)


def test_tags_are_those_of_the_settings() -> None:
    questions = QuestionSet((Question((), tags=("old",)), Question((), tags=("new",))))
    kept = filter_questions(questions, testing.settings(TidySettings(without=("old",))))
    assert [question.tags for question in kept.questions] == [("new",)]
