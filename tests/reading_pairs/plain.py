"""Pairs for `exporter/readers/plain/`: cards, labels and sentences without question marks."""

from __future__ import annotations

from itertools import chain, zip_longest

from tests.reading_pairs.case import Case

_NAMES = ("jib", "boom", "mast", "keel", "helm", "hull", "deck", "bow", "stern", "cleat", "sheet", "halyard")
_TEXT = "It is a part of a boat."


def _case(title: str, paragraphs: list[str], expected: str, shows: str = "count") -> Case:
    return Case(title, "a.txt", "\n\n".join([*paragraphs, ""]), (expected,), shows)


def _cards(title: str, asking: int, titles: int, count: int, texts: int = 0) -> Case:
    """Return a case of cards that ask, cards that do not, and other paragraphs."""
    names = iter(_NAMES)
    cards = [f"What is the {next(names)}?\n{_TEXT}" for _ in range(asking)]
    others = [f"Use of the {next(names)}\n{_TEXT}" for _ in range(titles)]
    others += [f"Some boats have a {next(names)}.\n{_TEXT}" for _ in range(texts)]
    return _case(title, [cards[0], *others, *cards[1:]], str(count))


def _labels(title: str, labelled: int, others: int, answer: str) -> Case:
    """Return a case of questions without marks, of which the last have a label of the answer."""
    names = iter(_NAMES)
    cards = [f"What is the {next(names)}?\n{_TEXT}" for _ in range(others)]
    cards += [f"What is the {next(names)}?\nAnswer: {_TEXT}" for _ in range(labelled)]
    return _case(title, cards, answer, "last answer")


def _statements(title: str, statements: int, count: int) -> Case:
    """Return a case of six questions, and among them sentences that begin as a question does."""
    names = iter(_NAMES)
    asking = [f"What is the {next(names)}?\n\n{_TEXT}" for _ in range(6)]
    others = [f"How the {next(names)} of a boat is made.\n\n{_TEXT}" for _ in range(statements)]
    return _case(title, [text for text in chain(*zip_longest(asking, others)) if text], str(count))


def _letters(title: str, asking: int, answer: str) -> Case:
    """Return a case with lines that ask between the question and a letter that may be the answer's label."""
    lines = ["What is it?", *["There is more."] * 4, *["Why is it so?"] * asking, f"A. {_TEXT}"]
    return _case(title, [f"Q{number}: " + "\n".join(lines) for number in (1, 2, 3)], answer, "last answer")


CASES = (
    _cards("MIN_CARDS below", 2, 1, 2),
    _cards("MIN_CARDS above", 3, 1, 4),
    _cards("MAX_TITLE_RATIO below", 5, 5, 10),
    _cards("MAX_TITLE_RATIO above", 3, 6, 3),
    _cards("MIN_CARD_SHARE below", 4, 2, 4, texts=2),
    _cards("MIN_CARD_SHARE above", 7, 2, 9, texts=1),
    _labels("MIN_LABELLED_SHARE below", 2, 10, f"Answer: {_TEXT}"),
    _labels("MIN_LABELLED_SHARE above", 2, 5, _TEXT),
    _statements("MAX_STATEMENT_SHARE below", 2, 6),
    _statements("MAX_STATEMENT_SHARE above", 3, 9),
    _letters("MAX_ASKING_LINES below", 1, _TEXT),
    _letters(
        "MAX_ASKING_LINES above",
        2,
        "\n".join([*["There is more."] * 4, *["Why is it so?"] * 2, f"A. {_TEXT}"]),
    ),
)
