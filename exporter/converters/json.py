"""Questions as JSON, in the format of `show --format json`."""

from __future__ import annotations

import json

from exporter.model.json import to_json
from exporter.model.questions import QuestionSet


def convert(questions: QuestionSet, language: str = "") -> str:
    """Return the questions as JSON, whose names are the same in all languages."""
    return json.dumps(to_json(questions), ensure_ascii=False, indent=2) + "\n"
