"""Questions as Markdown: the sheet with answers, with deck and language in front matter."""

from __future__ import annotations

import json

from exporter.config.settings import Settings
from exporter.model.questions import QuestionSet
from exporter.readers.markdown.canonical_sheet import MARKER, SOURCE_MARKER
from exporter.sheets.markdown.sheet import make_entry, render_sheet


def convert(questions: QuestionSet, language: str = "") -> str:
    """Return the questions as Markdown, with labels in a language (BCP 47)."""
    values = {"deck": questions.deck, "language": questions.language}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
    front_matter = "\n".join(["---", *lines, "---", "", ""]) if lines else ""
    entries = [
        make_entry(question, str(position)) for position, question in enumerate(questions.questions, 1)
    ]
    language = questions.language or language
    preamble = questions.preamble
    text = render_sheet("answers", questions.title, entries, Settings(), preamble, language=language)
    # the marker of exports would exclude the file from the sources of a folder
    return front_matter + text.replace(MARKER, SOURCE_MARKER, 1)
