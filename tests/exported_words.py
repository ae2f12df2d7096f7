"""What is exported of a source, to find what is in no export."""

from __future__ import annotations

import html
import re
import unicodedata

from exporter.anki.fields import render_answer
from exporter.anki.html import AnkiHtml
from exporter.model.html import render_blocks
from exporter.model.questions import Question
from exporter.model.source_lines import find_number
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.readers.labels import vocabulary

_TAG = re.compile(r"<(?!img)[^>]*>")


def exported_text(source: LoadedSource) -> str:
    """Return the words of all exports: the names, and the fields of each question that has an answer.

    The HTML is that of Anki's fields, without its tags, but with the addresses of pictures.
    """
    questions = source.questions
    texts = [questions.title or "", questions.deck or "", questions.language or ""]
    for question in questions.questions:
        if is_exported(question):
            texts += _iter_fields(question)
    return "\n".join(texts)


def is_exported(question: Question) -> bool:
    """Return whether a question is in the exports."""
    return bool(question.answer) and bool(plain_text(question.question).strip())


def _iter_fields(question: Question) -> list[str]:
    fields = [render_blocks(question.question, AnkiHtml({})), render_answer(question.answer, {})]
    targets = re.findall(r'(?:href|src)="([^"]*)"', "".join(fields))
    return [
        *(html.unescape(_TAG.sub("", field)) for field in fields),
        *map(html.unescape, targets),
        *(plain_text(question.question), plain_text(question.answer)),
        *(question.category or "", question.notes or "", question.id or "", question.label or ""),
        str(question.number or ""),
        *question.tags,
        *question.cues,
    ]


def reported_lines(source: LoadedSource) -> set[int]:
    """Return the lines (from 1, in the file) that a diagnostic is about."""
    return {
        line
        for diagnostic in source.diagnostics
        for first, last in diagnostic.line_ranges
        for line in range(first, last + 1)
    }


def unexported_names(source: LoadedSource) -> str:
    """Return the categories and tags of questions that are not exported, which a diagnostic names instead."""
    return "\n".join(
        text
        for question in source.questions.questions
        if not is_exported(question)
        for text in (question.category or "", *question.tags)
    )


# fmt: off
_MARKUP = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    r"</?su[bp]>",  # raised and lowered letters, which are parts of a word
    r"</?[a-z!?][^<>]*>?|^[^<>]*(?<!\s)/?>",  # tags, also of several lines
    r"^[\s>*+-]*(?:\d+[.)])?\s*(?:`{3,}|~{3,}).*",  # code fences with the name of a language
    r"\[[ x]\]|\[![\w-]+\][+-]?|#(?:flash)?cards?\b|\{[#:.][^{}]*\}",  # boxes, call-outs, marks of cards, names
    r"^#(?:separator|html|columns|notetype|deck|tags|guid)\b.*|^sep=.*",  # headers of tables
    r'^\s*"\w+":',  # keys of JSON
    r"\]\([^()\s]*\)|\[\[[^\]|]*\|",  # addresses of links
    r"^[\s>#*_+(\[•-]*(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[*_]*\s*[.):\]、．）]+",  # numbers and letters of items
    r"^\s*o\s",  # bullets of a word processor
    r"[a-z]+(?= ?[:=])|#\+\w+:|^:\w+:",  # keywords, labels
))
# fmt: on
"""What marks text and is none of it."""

_LABELS = frozenset(
    word.casefold()
    for label in (
        *vocabulary.QUESTION_WORDS,
        *vocabulary.QUESTION_LETTERS,
        *vocabulary.INTERVIEWER_WORDS,
        *vocabulary.ANSWER_WORDS,
        *vocabulary.REPLY_WORDS,
        *vocabulary.METADATA_LABELS,
        *("a", "r", "答", "第", "题", "no", "topic"),
    )
    for word in label.split()
)
"""The words of labels and of the names of columns, which are in no export."""

_WORD = re.compile(r"[^\W_]+")


def find_lost_words(source: LoadedSource) -> dict[int, list[str]]:
    """Return the words that are in no export, by lines that no diagnostic is about."""
    exported = _fold(f"{exported_text(source)}\n{unexported_names(source)}")
    words, letters = set(_WORD.findall(exported)), "".join(_WORD.findall(exported))
    reported = reported_lines(source)
    header = source.read_as.header if source.read_as else 0
    lost: dict[int, list[str]] = {}
    for index, typed in enumerate(source.lines):
        line = find_number(source.lines, index + 1)
        if line in reported or line == header:
            continue
        text = html.unescape(typed)
        for index, markup in enumerate(_MARKUP):
            text = markup.sub(" " if index else "", text)
        missing = [
            word
            for word in _WORD.findall(_fold(text))
            if word not in words
            and (len(word) < MIN_PART_CHARS or word not in letters)
            and word.strip("0123456789") not in _LABELS
        ]
        if missing:
            lost.setdefault(line, []).extend(missing)
    return lost


MIN_PART_CHARS = 3
"""A shorter word must be exported as a word, a longer one may be a part of one, as the 2 in “H₂O” is."""


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
