"""Questions and answers that a page marks for search engines, with the microdata of schema.org."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.readers.page.tree import Tag, Words, iter_lines_outside

_QUESTION, _ANSWER = "schema.org/question", "schema.org/answer"
_ANSWERS = ("acceptedAnswer", "suggestedAnswer")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def label_questions(page: Tag) -> list[tuple[int, int]]:
    """Reduce each question to its name, its text and its first answer, and label them.

    An accepted answer is the first. Returns the lines (from 0, the end excluded) of what is left out, such as
    further answers, votes and comments.
    """
    left_out: list[tuple[int, int]] = []
    for item in list(_iter_items(page)):
        parts = _find_parts(item)
        name, answer = parts.get("name"), next((parts[key] for key in _ANSWERS if key in parts), None)
        if name is None or answer is None or not name.text or not answer.text:
            continue
        text = parts.get("text")
        kept = [tag for tag in (name, text, answer) if tag is not None]
        left_out += iter_lines_outside(item, kept)
        item.name = "div"
        question = Tag("p", name.line, {}, [Words("Q: ", name.line), *name.children])
        label = Tag("p", answer.line, {}, [Words("A:", answer.line)])
        item.children = [question, *([text] if text is not None else []), label, answer]
        for part in kept:
            _embolden_headings(part)
    return left_out


def _iter_items(page: Tag) -> Iterator[Tag]:
    """Yield the elements that are questions and are in no other one."""
    stack = [page]
    while stack:
        tag = stack.pop()
        if tag.attributes.get("itemtype", "").lower().endswith(_QUESTION):
            yield tag
        else:
            stack += reversed(tag.tags)


def _find_parts(item: Tag) -> dict[str, Tag]:
    """Return the first element of each property of a question; of an answer its text."""
    parts: dict[str, Tag] = {}
    stack = list(reversed(item.tags))
    while stack:
        tag = stack.pop()
        names = tag.attributes.get("itemprop", "").split()
        for name in names:
            parts.setdefault(name, _find_text(tag) if name in _ANSWERS else tag)
        if not tag.attributes.get("itemtype", "").lower().endswith(_ANSWER):
            stack += reversed(tag.tags)
    return parts


def _find_text(answer: Tag) -> Tag:
    return next((tag for tag in answer.iter_tags() if tag.attributes.get("itemprop") == "text"), answer)


def _embolden_headings(part: Tag) -> None:
    """Make the headings in an answer lines in bold, since those of a page divide its questions."""
    for tag in (part, *part.iter_tags()):
        if tag.name in _HEADINGS:
            tag.name = "p"
            tag.children = [Tag("strong", tag.line, {}, tag.children)]
