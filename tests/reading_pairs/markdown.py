"""Pairs for `exporter/readers/markdown/`."""

from __future__ import annotations

from tests.reading_pairs.case import Case

_NAMES = ("jib", "boom", "mast", "keel", "helm", "hull", "deck", "bow", "stern", "cleat", "sheet", "halyard")
_TEXT = "It is a part of a boat."


def _case(title: str, paragraphs: list[str], count: int) -> Case:
    return Case(title, "a.md", "\n\n".join(["# Sailing", *paragraphs, ""]), (str(count),), "count")


def _list(title: str, asking: int, others: list[str], count: int) -> Case:
    """Return a case of paragraphs that ask, and others after the second."""
    paragraphs = [f"What is the {name} of a boat?" for name in _NAMES[:asking]]
    return _case(title, [*paragraphs[:2], *others, *paragraphs[2:]], count)


def _glossary(title: str, terms: int, count: int) -> Case:
    return _case(title, [f"**{name}**\n{_TEXT}" for name in _NAMES[:terms]], count)


def _metadata(title: str, label: str, value: str, *, is_label: bool) -> Case:
    """Return a case of a number alone above a line in bold, which may be a label, and a line that asks."""
    text = f"## 1\n\n**{label}:** {value}\n\nWhat is a jib?\n\n{_TEXT}\n"
    question = "What is a jib?" if is_label else f"{label}: {value}"
    return Case(title, "a.md", text, (question,), "fronts")


def _letter(title: str, wrapped: int, answer: str) -> Case:
    """Return a case of a line that begins with `A:`, and one with `B:` some lines below."""
    text = "A: It is a part of a boat.\n" + "It has ropes.\n" * wrapped + "B: Of wood\n"
    return Case(title, "a.md", f"### What is a jib?\n\n{text}", (answer,), "answers")


def _table(title: str, chars: int, answer: str) -> Case:
    rows = [f"| What is the {name}? | {'o' * chars} |" for name in _NAMES[:4]]
    text = "\n".join(["| Thing | More |", "|---|---|", *rows, ""])
    return Case(title, "a.md", text, (answer,), "last answer")


def _lead(title: str, lead: str, count: int) -> Case:
    """Return a case of three questions in bold with text behind them, and a paragraph with another lead."""
    cards = [f"**What is the {name}?** {_TEXT}" for name in _NAMES[:3]]
    return _case(title, [*cards[:2], f"**{lead}** {_TEXT}", cards[2]], count)


def _unmarked(title: str, lines: int, lead: str) -> Case:
    """Return a case of paragraphs whose last line asks; `lead` is what is read of the lines above it."""
    above = "There is a boat.\n" * (lines - 1)
    text = "\n\n".join(f"{above}What is its {name}?\n\n{_TEXT}" for name in _NAMES[:4])
    return Case(title, "a.md", text, tuple(f"{lead}What is its {name}?" for name in _NAMES[:4]), "fronts")


def _long(title: str, chars: int, count: int) -> Case:
    """Return a case of four questions, and a task of about this length."""
    cards = [f"What is the {name}?\n\n{_TEXT}" for name in _NAMES[:4]]
    task = f"Describe a {'big ' * (chars // 4)}boat.\n\n{_TEXT}"
    return _case(title, [*cards[:2], task, *cards[2:]], count)


def _within(title: str, asking: int, *codes: str) -> Case:
    """Return a case of questions in headings, and numbered lines that ask in an answer."""
    cards = [f"### What is the {name}?\n\n{_TEXT}" for name in _NAMES[:5]]
    listed = [f"{n}. What is a {name}?" for n, name in enumerate(_NAMES[5 : 5 + asking], 1)]
    return Case(title, "a.md", "\n\n".join([*cards[:2], *listed, *cards[2:], ""]), codes, "codes")


def _shared(title: str, count: int, *, is_shared: bool) -> Case:
    """Return a case of headings with the same question below each."""
    parts = [f"### The {name}\n\nWhat is it for?\n\n{_TEXT}" for name in _NAMES[:count]]
    fronts = [f"The {name}\n\n" * is_shared + "What is it for?" for name in _NAMES[:count]]
    return Case(title, "a.md", "\n\n".join([*parts, ""]), tuple(fronts), "fronts")


def _closing(title: str, questions: int, answered: int, answer: str) -> Case:
    """Return a case of a list of questions, the first with answers, and a paragraph below the list."""
    lines = [f"- What is part {n}?" + "\n  - A sail." * (n <= answered) for n in range(1, questions + 1)]
    return Case(title, "a.md", "\n\n".join(["\n".join(lines), f"{_TEXT}\n"]), (answer,), "last answer")


def _titled(title: str, questions: int, count: int) -> Case:
    """Return a case of two headings without text above questions in headings of the same level."""
    asking = [f"## What is the {name}?\n\n{_TEXT}" for name in _NAMES[: 2 * questions]]
    return _case(title, ["## Ropes", *asking[:questions], "## Wood", *asking[questions:]], count)


def _headed(title: str, paragraphs: list[str], *fronts: str) -> Case:
    return Case(title, "a.md", "\n\n".join([*paragraphs, ""]), fronts, "fronts")


CASES = (
    _list("MIN_LISTED_SHARE below", 5, ["Use of the anchor", "Care of the sails", "Old boats of wood"], 5),
    _list("MIN_LISTED_SHARE above", 8, ["Use of the anchor", "Care of the sails"], 10),
    _list("MIN_LISTED_WORDS below", 8, ["Deck work"], 8),
    _list("MIN_LISTED_WORDS above", 8, ["Use of the anchor"], 9),
    _glossary("MIN_TERMS below", 2, 0),
    _glossary("MIN_TERMS above", 4, 4),
    _metadata("metadata_lines.MAX_LABEL_WORDS below", "Kind of", "for all", is_label=True),
    _metadata("metadata_lines.MAX_LABEL_WORDS above", "One of the old parts", "for all", is_label=False),
    _metadata("MAX_VALUE_WORDS below", "Kind of", "ropes in a boat", is_label=True),
    _metadata("MAX_VALUE_WORDS above", "Kind of", "ropes in a boat of old wood", is_label=False),
    _letter("MAX_OPTION_LINES below", 1, "A: It is a part of a boat. It has ropes.\nB: Of wood"),
    _letter("MAX_OPTION_LINES above", 2, "It is a part of a boat. It has ropes. It has ropes. B: Of wood"),
    _table("MIN_ANSWER_CHARS below", 15, ""),
    _table("MIN_ANSWER_CHARS above", 30, "o" * 30),
    _lead("MIN_LEAD_WORDS below", "Old ropes", 3),
    _lead("MIN_LEAD_WORDS above", "Uses of old ropes", 4),
    _unmarked("MAX_UNMARKED_LINES below", 2, "There is a boat. "),
    _unmarked("MAX_UNMARKED_LINES above", 5, ""),
    _long("MAX_UNMARKED_CHARS below", 150, 5),
    _long("MAX_UNMARKED_CHARS above", 300, 4),
    _within("MIN_DOUBTFUL below", 1),
    _within("MIN_DOUBTFUL above", 2, "question-within 9"),
    _shared("MIN_SHARED below", 2, is_shared=False),
    _shared("MIN_SHARED above", 4, is_shared=True),
    _closing("closing_text.MIN_BARE below", 2, 0, _TEXT),
    _closing("closing_text.MIN_BARE above", 5, 0, ""),
    _closing("closing_text.MAX_ANSWERED_SHARE below", 15, 1, ""),
    _closing("closing_text.MAX_ANSWERED_SHARE above", 14, 2, _TEXT),
    _titled("MIN_TITLE_QUESTIONS below", 1, 4),
    _titled("MIN_TITLE_QUESTIONS above", 3, 6),
    _headed(
        "MIN_ANSWERS below",
        ["# Boat", "# Keel", "### The uses of the sails", "#### Of wood", _TEXT],
        "The uses of the sails",
    ),
    _headed(
        "MIN_ANSWERS above",
        [
            *("## Rope", "### A line on a boat."),
            *("## Jib", "### A small sail.", "### The first sail."),
            *("## Keel", "### The beam at the bottom."),
        ],
        *("Rope", "Jib", "Keel"),
    ),
)
