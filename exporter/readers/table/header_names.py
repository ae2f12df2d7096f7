"""Which column of a table holds what, by the words of its header."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.labels.vocabulary import ANSWER_WORDS, QUESTION_WORDS

_TAG_WORDS = ("schlagwörter", "etiquetas", "mots clés", "tagi", "标签", "タグ")
_CATEGORY_WORDS = (
    *("kategorie", "thema", "catégorie", "thème", "categoría", "tema", "categoria", "категория", "тема"),
    *("kategoria", "分类", "カテゴリ", "round", "company"),
)
_NOTE_WORDS = ("notizen", "anmerkungen", "remarques", "notas", "заметки", "notatki", "备注", "メモ")

WORDS: dict[str, tuple[str, ...]] = {
    "question": (
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
    "answer": (
        *("answer", "answers", "back", "definition", "a", "ans", "response", "solution", "sample answer"),
        *(
            "model answer",
            "meaning",
            "reply",
            "translation",
            *ANSWER_WORDS,
        ),
    ),
    "tags": ("tags", "tag", "keywords", "labels", "label", "тег", "теги", *_TAG_WORDS),
    "category": (
        "category",
        "topic",
        "section",
        "subject",
        "area",
        "theme",
        "chapter",
        "group",
        "type",
        *_CATEGORY_WORDS,
    ),
    "notes": ("notes", "note", "comment", "comments", "remarks", "remark", "extra", *_NOTE_WORDS),
    "cues": ("cues", "cue", "key points", "keypoints", "hint", "hints", "keyword cues"),
    "number": (
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
    "id": ("id", "guid", "key", "uid", "uuid"),
    "html": ("html",),
    "preamble": ("preamble",),
    "deck": ("deck",),
    "title": ("title",),
    "language": ("language", "lang"),
}
"""The words, most usual first, by which the columns are known."""


EXPLAINING = ("explanation", "description", "explicacion", "explicación", "explication", "解析")
"""Columns that answer where no other does, and are notes where one does."""


def map_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that the words of a header name."""
    folded = [normalize(cell) for cell in header]
    found: dict[str, int] = {}
    for role, names in WORDS.items():
        for name in names:
            if name in folded and folded.index(name) not in found.values():
                found[role] = folded.index(name)
                break
    for role in ("question", "answer"):
        if role not in found:
            near = [
                at
                for at, cell in enumerate(folded)
                if any(len(name) > 4 and name in cell.split() for name in WORDS[role])
                and at not in found.values()
                and not header[at].rstrip().endswith("?")
            ]
            if near:
                found[role] = near[0]
    explains = next((folded.index(name) for name in EXPLAINING if name in folded), None)
    if explains is not None and explains not in found.values():
        found["notes" if "answer" in found else "answer"] = explains
    return found


def find_question_and_answer(header: Sequence[str]) -> tuple[int, int] | None:
    """Return the places of question and answer where a header names both."""
    found = map_columns(header)
    return (found["question"], found["answer"]) if "question" in found and "answer" in found else None


def normalize(cell: str) -> str:
    """Return the words of a header's cell for comparing."""
    return " ".join(
        cell.lower().replace("_", " ").replace(".", " ").replace("-", " ").strip(" *:?()").split()
    )
