"""Pairs for `exporter/readers/plain/`, but for its lists without marks."""

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


def _closing(title: str, answers: int, terms: int, *codes: str) -> Case:
    """Return a case of questions with answers, and terms with their meanings below the last."""
    cards = [f"{n}. What is the {name}?\n{_TEXT}" for n, name in enumerate(_NAMES[:answers], 1)]
    below = "\n".join(f"{name} - joins ropes" for name in _NAMES[:terms])
    return _case(title, [*cards, below], "\n".join(codes), "codes")


def _contents(title: str, repeated: int, others: int, count: int) -> Case:
    """Return a case of questions without answers, of which some follow again with answers, as new ones do."""
    once = _NAMES[: repeated + others]
    again = (*_NAMES[:repeated], *_NAMES[repeated + others :])
    listed = [f"{n}. What is the {name}?" for n, name in enumerate(once, 1)]
    cards = [f"{n}. What is the {name}?\n{_TEXT}\n" for n, name in enumerate(again, 1)]
    return _case(title, ["\n".join(listed), "\n".join(cards)], str(count))


def _bare(title: str, bare: int, answer: str) -> Case:
    """Return a case of questions without answers, and text below one more."""
    listed = [f"{n}. What is the {name}?" for n, name in enumerate(_NAMES[: bare + 1], 1)]
    return _case(title, ["\n".join(listed), _TEXT], answer, "last answer")


def _long(title: str, chars: int, count: int) -> Case:
    """Return a case of six cards that ask, and one with a title of about this length."""
    cards = [f"What is the {name}?\n{_TEXT}" for name in _NAMES[:6]]
    return _case(title, [*cards[:3], f"Use of {'old ' * (chars // 4)}ropes\n{_TEXT}", *cards[3:]], str(count))


def _shared(title: str, chars: int, count: int) -> Case:
    """Return a case of four terms with indented text, and above one of them a line of about this length."""
    cards = [f"{name}\n  {_TEXT}" for name in _NAMES[:4]]
    return _case(title, ["\n".join([*cards[:2], f"{'old ' * (chars // 4)}ropes", *cards[2:]])], str(count))


def _separated(title: str, pairs: int, answer: str) -> Case:
    lines = [f"What is the {name}?: {_TEXT}" for name in _NAMES[:pairs]]
    return _case(title, ["\n".join(lines)], answer, "last answer")


def _ruled(title: str, signs: int, answer: str) -> Case:
    """Return a case of two questions, and signs between them."""
    cards = [f"{n}. What is the {name}?\n{_TEXT}" for n, name in enumerate(_NAMES[:2], 1)]
    return Case(title, "a.txt", f"\n\n{'▬' * signs}\n\n".join([*cards, ""]), (answer, answer), "answers")


def _missing(title: str, missing: int, count: int) -> Case:
    """Return a case of numbered questions, and between them numbered lines that look like none."""
    lines = ["1.What is a jib?", *[f"{n}.==x" for n in range(2, missing + 2)], f"{missing + 2}.And a mast?"]
    return _case(title, [f"{line}\n{_TEXT}" for line in lines], str(count))


def _wrapped(title: str, more: int, *, is_wrapped: bool) -> Case:
    """Return a case of a question, and a line below in lower case that is longer by this and its first word."""
    line = "Why does the sail of a small boat that is built of wood and cloth"
    below = "flap " + "a" * (len(line) + more - 1)
    question = f"{line} {below}" if is_wrapped else line
    cards = [f"{number}. {line}\n{below}\n{_TEXT}" for number in (1, 2)]
    return Case(title, "a.txt", "\n\n".join([*cards, ""]), (question, question), "fronts")


def _topics(title: str, tight: int, count: int) -> Case:
    """Return a case of 20 topics, the first without a blank line below, and a list of four in the last."""
    topics = [f"{n}. Topic {n}\n{_TEXT}" + "\n" * (n > tight) for n in range(1, 21)]
    listed = [f"{n}. {name.title()}\nx = {n}" for n, name in enumerate(_NAMES[:4], 1)]
    lines = ["\n".join(topics).rstrip(), "From the manual, it says.", *listed, ""]
    return Case(title, "a.txt", "\n".join(lines), (str(count),), "count")


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
    _closing("closing_notes.MIN_TERMS below", 4, 2, "closing-text 13"),
    _closing("closing_notes.MIN_TERMS above", 4, 4, "stray-text 13"),
    _closing("MIN_OTHER_ANSWERS below", 2, 7),
    _closing("MIN_OTHER_ANSWERS above", 4, 7, "stray-text 13"),
    _contents("leftovers.MIN_LISTED_SHARE below", 2, 4, 14),
    _contents("leftovers.MIN_LISTED_SHARE above", 4, 2, 12),
    _bare("MIN_BARE below", 2, _TEXT),
    _bare("MIN_BARE above", 4, ""),
    _long("MAX_CARD_TITLE_CHARS below", 90, 7),
    _long("MAX_CARD_TITLE_CHARS above", 160, 6),
    _shared("MAX_TERM_CHARS below", 44, 5),
    _shared("MAX_TERM_CHARS above", 84, 4),
    _separated("MIN_SEPARATED below", 1, ""),
    _separated("MIN_SEPARATED above", 2, _TEXT),
    _ruled("MIN_RULER_SIGNS below", 6, f"{_TEXT}\n\n{'▬' * 6}"),
    _ruled("MIN_RULER_SIGNS above", 12, _TEXT),
    _missing("MAX_MISSING below", 25, 27),
    _missing("MAX_MISSING above", 40, 2),
    _wrapped("MAX_MARKER_CHARS below", 11, is_wrapped=True),
    _wrapped("MAX_MARKER_CHARS above", 22, is_wrapped=False),
    _topics("MIN_FREE_SHARE below", 6, 24),
    _topics("MIN_FREE_SHARE above", 2, 20),
)
