"""Map the columns of a table to their roles by the words of its header."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from exporter.readers.labels.vocabulary import ANSWER_WORDS, QUESTION_WORDS

_TAG_NAMES = ("schlagwörter", "etiquetas", "mots clés", "tagi", "标签", "タグ")
_CATEGORY_NAMES = (
    *("kategorie", "thema", "catégorie", "thème", "categoría", "tema", "categoria", "категория", "тема"),
    *("kategoria", "分类", "カテゴリ", "round", "company"),
)
_NOTE_NAMES = ("notizen", "anmerkungen", "remarques", "notas", "заметки", "notatki", "备注", "メモ")


class ColumnRole(StrEnum):
    """What a column of a table contains."""

    QUESTION = "question"
    ANSWER = "answer"
    TAGS = "tags"
    CATEGORY = "category"
    NOTES = "notes"
    CUES = "cues"
    NUMBER = "number"
    ID = "id"
    HTML = "html"
    PREAMBLE = "preamble"
    DECK = "deck"
    TITLE = "title"
    LANGUAGE = "language"
    NOTETYPE = "notetype"


ROLE_NAMES: dict[ColumnRole, tuple[str, ...]] = {
    ColumnRole.QUESTION: (
        "question",
        "questions",
        "front",
        "term",
        "prompt",
        "q",
        "word",
        "ask",
        *QUESTION_WORDS,
        "題目",
        "题目",
    ),
    ColumnRole.ANSWER: (
        *("answer", "answers", "back", "definition", "a", "ans", "response", "solution", "sample answer"),
        *(
            "model answer",
            "meaning",
            "reply",
            "translation",
            *ANSWER_WORDS,
        ),
    ),
    ColumnRole.TAGS: ("tags", "tag", "keywords", "labels", "label", "тег", "теги", *_TAG_NAMES),
    ColumnRole.CATEGORY: (
        "category",
        "topic",
        "section",
        "subject",
        "area",
        "theme",
        "chapter",
        "group",
        "type",
        *_CATEGORY_NAMES,
    ),
    ColumnRole.NOTES: ("notes", "note", "comment", "comments", "remarks", "remark", "extra", *_NOTE_NAMES),
    ColumnRole.CUES: ("cues", "cue", "key points", "keypoints", "hint", "hints", "keyword cues"),
    ColumnRole.NUMBER: (
        "number",
        "no",
        "nr",
        "num",
        "#",
        "sr",
        "sl",
        "s no",
        "sr no",
        "sl no",
        "n",
        "index",
        "№",
        "n°",
        "nº",
    ),
    ColumnRole.ID: ("id", "guid", "key", "uid", "uuid"),
    ColumnRole.HTML: ("html",),
    ColumnRole.PREAMBLE: ("preamble",),
    ColumnRole.DECK: ("deck",),
    ColumnRole.TITLE: ("title",),
    ColumnRole.LANGUAGE: ("language", "lang"),
}
"""The normalized header names of each role, most common first."""


TITLE_NAME = "name"
"""The first column of an exported table of Notion; it has the questions if another one has the answers."""

EXPLANATION_NAMES = ("explanation", "description", "explicacion", "explicación", "explication", "解析")
"""Columns that are answers if there is no other column of answers, else notes."""


MAX_ROWS_ABOVE_HEADER = 5  # unmeasured
"""Maximum number of rows above a header that are not contents."""

MIN_PARTIAL_NAME_CHARS = 5  # unmeasured
"""A header of several words names a role by one of them that has this length or more."""


def map_columns(header: Sequence[str]) -> dict[ColumnRole, int]:
    """Return the index (from 0) of the column of each role that a header names."""
    normalized = [normalize(cell) for cell in header]
    columns: dict[ColumnRole, int] = {}
    for role, names in ROLE_NAMES.items():
        for name in names:
            if name in normalized and normalized.index(name) not in columns.values():
                columns[role] = normalized.index(name)
                break
    for role in (ColumnRole.QUESTION, ColumnRole.ANSWER):
        if role not in columns:
            candidates = [
                index
                for index, cell in enumerate(normalized)
                if any(
                    len(name) >= MIN_PARTIAL_NAME_CHARS and name in cell.split() for name in ROLE_NAMES[role]
                )
                and index not in columns.values()
                and not header[index].rstrip().endswith("?")
            ]
            if candidates:
                columns[role] = candidates[0]
    if ColumnRole.QUESTION not in columns and ColumnRole.ANSWER in columns and normalized[0] == TITLE_NAME:
        columns[ColumnRole.QUESTION] = 0
    explanation = next((normalized.index(name) for name in EXPLANATION_NAMES if name in normalized), None)
    if explanation is not None and explanation not in columns.values():
        columns[ColumnRole.NOTES if ColumnRole.ANSWER in columns else ColumnRole.ANSWER] = explanation
    return columns


def find_question_and_answer(header: Sequence[str]) -> tuple[int, int] | None:
    """Return the column indices of question and answer if a header names both."""
    columns = map_columns(header)
    return (
        (columns[ColumnRole.QUESTION], columns[ColumnRole.ANSWER])
        if {ColumnRole.QUESTION, ColumnRole.ANSWER} <= columns.keys()
        else None
    )


def normalize(cell: str) -> str:
    """Return a header cell in lower case, without punctuation, for comparison."""
    return " ".join(
        cell.lower().replace("_", " ").replace(".", " ").replace("-", " ").strip(" *:?()").split()
    )
