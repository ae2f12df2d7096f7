"""Questions and answers of a page that are marked only by their classes, as on pages of flash cards."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.readers.page.tree import Tag, Words

MIN_PAIRS = 2
"""Least number of questions and answers: a single one may be a part of any page; unmeasured."""

_QUESTIONS = frozenset(("question", "front", "term", "prompt"))
_ANSWERS = frozenset(("answer", "back", "definition", "response", "solution"))
_NUMBER = re.compile(r"\s*(?:Q\s?)?(\d{1,6})\s?[.):]\s+", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PARTS = frozenset(("div", "p", "section", "figure"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")


def label_roles(body: Tag) -> None:
    """Put labels before the elements that are questions and answers by their classes, if they are pairs."""
    questions, answers = _find_parts(body, _QUESTIONS), _find_parts(body, _ANSWERS)
    inner = {id(tag) for answer in answers for tag in (answer, *answer.iter_tags())}
    questions = [
        tag
        for tag in questions
        if id(tag) not in inner and not any(id(part) in inner for part in tag.iter_tags())
    ]
    if len(questions) < MIN_PAIRS or len(questions) != len(answers):
        return
    if any(tag.find(*_HEADINGS) is not None for tag in questions):
        return
    _add_label(questions, "Q: ")
    _add_label(answers, "A: ")


def _find_parts(body: Tag, words: frozenset[str]) -> list[Tag]:
    """Return the outermost elements with a class that ends in one of the words."""
    found: list[Tag] = []
    inner: set[int] = set()
    for tag in body.iter_tags():
        if id(tag) in inner:
            inner.update(id(part) for part in tag.tags)
        elif tag.name in _PARTS and _is_named(tag, words) and tag.text:
            found.append(tag)
            inner.update(id(part) for part in tag.tags)
    return found


def _is_named(tag: Tag, words: frozenset[str]) -> bool:
    return any((parts := _WORD.findall(name)) and parts[-1].lower() in words for name in tag.classes)


def _add_label(tags: Sequence[Tag], label: str) -> None:
    for tag in tags:
        first = tag
        while first.tags and first.tags[0].name in _PARTS and not _begins_with_words(first):
            first = first.tags[0]
        if first.text.startswith((label, label.strip())):
            continue
        words = first.children[0] if first.children else None
        if label == "Q: " and isinstance(words, Words) and (number := _NUMBER.match(words.text)):
            words.text = f"Q{number[1]}: {words.text[number.end() :]}"
        elif first.tags and first.tags[0].name in ("ul", "ol", "pre", "table", "img"):
            first.children.insert(0, Tag("p", first.line, {}, [Words(label, first.line)]))
        else:
            first.children.insert(0, Words(label, first.line))


def _begins_with_words(tag: Tag) -> bool:
    for child in tag.children:
        if isinstance(child, Words) and child.text.strip():
            return True
        if isinstance(child, Tag):
            return False
    return False
