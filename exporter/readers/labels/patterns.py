"""Lines that mark a question, an answer, or something about them, and how they are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exporter.model.question_numbers import NUMBER_SUFFIX, parse_label, parse_number
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.labels.vocabulary import (
    ANSWER_WORDS,
    INTERVIEWER_WORDS,
    METADATA_LABELS,
    QUESTION_LETTERS,
    QUESTION_WORDS,
    REPLY_WORDS,
)

_ASKED = "|".join((*QUESTION_WORDS, *QUESTION_LETTERS))
_PICTURES = "\u2190-\u23ff\u2460-\u2bff\U0001f000-\U0001f51e\U0001f520-\U0001faff\u200d\ufe0f"
"""Arrows, symbols and emoji that decorate a marker, but not the key with a ten on it."""
_ORNAMENT = rf"[\s*_#>•{_PICTURES}]{{0,12}}(?:-\s{{1,4}})?(?::[a-z_]{{2,40}}:\s{{0,4}})?[*_]{{0,3}}"
_LEAD = re.compile(rf"[\s*_#>•([{_PICTURES}-]{{0,40}}(?::[a-z_]{{2,40}}:[\s*_]{{0,8}})?")
_NUMBER = (
    r"(?:no\b\.?|n\.?[º°]|number\b|num\b\.?|nr\b\.?|№)?\s{0,3}[#.\-]?\s{0,3}"
    rf"(?:(?P<number>\d{{1,6}}(?:{NUMBER_SUFFIX}(?=[*_]{{0,3}}\s{{0,3}}(?:[:.)：．）\]|=–—-]|$|(?-i:[A-Z¿]))))?)"
    rf"|[(\[](?P<enclosed>\d{{1,6}}(?:{NUMBER_SUFFIX})?)(?=[)\]])|(?<=#)(?P<none>)(?=:))"
)
_CLOSE = r"[*_]{0,3}"
_REST = r"\s*(?P<rest>.*)"

COUNTER_WORD = re.compile(
    r"[\s*_#>•]{0,12}第\s{0,2}(?P<number>\d{1,6})\s{0,2}[题題问問][*_]{0,3}\s{0,3}[:：.、]?\s*(?P<rest>.*)"
)
"""A question that is counted before its word, as `第 3 题：`."""
SPEAKER = re.compile(
    rf"{_ORNAMENT}(?:{'|'.join(INTERVIEWER_WORDS)}){_CLOSE}\s{{0,2}}[:：]{_REST}", re.IGNORECASE
)
ROMAN = re.compile(
    r"(?P<indent>\s{0,40})[*_#]{0,8}\s{0,3}\(?(?P<number>[IVX]{1,6}|[ivx]{2,6}|i)(?P<mark>[.)])\s{1,8}[*_]{0,3}(?P<rest>\S.*)"
)
NUMBERED_WORD = re.compile(
    rf"{_ORNAMENT}\[?(?P<word>{_ASKED})\s{{0,3}}{_NUMBER}{_CLOSE}\s{{0,3}}"
    rf"(?P<mark>[:.)：．）\]–—-]+|=+>|\||$|(?=\s)){_REST}",
    re.IGNORECASE,
)
UNNUMBERED_WORD = re.compile(
    rf"{_ORNAMENT}(?:(?P<open>\[)|)(?P<word>{_ASKED})"
    rf"(?:(?(open)(?P<boxed>\][:.]?)|(?!))|{_CLOSE}\s{{0,3}}(?P<mark>[:：]|[=-]*>|\|)|"
    rf"(?P<alone>{_CLOSE}$)|(?P<weak>[.)]|\s[-–—])(?=\s|$)){_REST}",
    re.IGNORECASE,
)
KEYCAP = re.compile(
    r"[\s*_#>•(\[-]{0,12}(?P<number>(?:[0-9](?:\ufe0f?\u20e3|(?=[0-9]{0,3}\ufe0f?\u20e3))){1,4}|🔟)"
    r"[*_]{0,3}[.):]?\s*(?P<rest>.*)"
)
"""A number whose last digit, or each, is on a key, as `1️⃣`."""
NUMBER_AND_SPACE = re.compile(r"(?P<number>\d{1,4})\s{1,4}(?P<rest>[A-Z¿А-ЯЁ].*)")
"""A number with nothing but a space behind it; only what asks is taken for a question."""
HASH_NUMBER = re.compile(r"\s{0,3}#(?P<number>\d{1,6})[.:)]?\s{1,8}(?P<rest>\S.*)")
NUMBER = re.compile(
    r"(?P<indent>\s{0,40})[*_#]{0,8}\s{0,3}(?P<open>[(\[（]?)"
    rf"(?P<number>\d{{1,6}}(?:{NUMBER_SUFFIX}(?=[.)\]:]))?)"
    r"(?P<mark>\.[)-]|\s?[.)]|[\]:、．）]|[º°]\s?[.)-]{0,2}|-(?=\s)|\s[-–—])"
    r"(?:[*_]{0,3}\s+|[*_]{0,3}$|(?=[^\W\d_a-z]|[\"'“‘«¿*_])|(?P<tight>(?=[a-z])))(?P<rest>.*)"
)
_ANSWER_WORDS = "|".join(sorted(ANSWER_WORDS, key=len, reverse=True))
ANSWER_WORD = re.compile(
    rf"{_ORNAMENT}(?:(?:{_ANSWER_WORDS})\s{{0,3}}(?:\([^()\d:]{{1,40}}\)(?=\s{{0,3}}[:：])|[#(-]?\d{{0,6}}\)?)"
    rf"{_CLOSE}\s{{0,3}}"
    rf"(?:[:：.．)]|[=-]*>|[–—=-](?=\s|$)|\|(?!\|)|$)|ans\s{{1,3}}(?=\S)|答\s?\d{{0,6}}\s?[:：.．、]){_REST}",
    re.IGNORECASE,
)
_REPLIES = "|".join(REPLY_WORDS)
ANSWER_LETTER = re.compile(
    rf"{_ORNAMENT}(?:\[a\d{{0,6}}\][:.]?|(?:{_REPLIES})"
    rf"{_CLOSE}\s{{0,2}}[:：]|sol(?:ution)?\.(?=\s|$)|r(?:\s?//|\.-(?=\s))|a\s{{0,2}}\d{{0,6}}{_CLOSE}"
    rf"(?:[:：．]|[=-]*>|[.)](?=\s|$|(?-i:[A-Z])|[\"“])|\s[-–—](?=\s))){_REST}",
    re.IGNORECASE,
)
OPTION = re.compile(r"\s{0,40}[*_(]{0,3}[bB](?:[.):]|\s[-–—]\s)")
TASK = re.compile(r"\s{0,40}[*_(-]{0,3}\s?[tT][*_)]{0,3}(?:[.):：]|\s?[-–—])[*_]{0,3}\s")
META = re.compile(
    rf"{_ORNAMENT}(?P<label>{'|'.join(METADATA_LABELS)}){_CLOSE}\s{{0,3}}[:：]{_REST}", re.IGNORECASE
)
_INLINE = re.compile(
    r"(?:\s(?:answer|ans)\s?\d{0,4}\s?(?:[:：]|=>|\.\s)|(?<=[?？])\s{1,8}A\s?\d{0,4}\s?[:：])\s{0,8}",
    re.IGNORECASE,
)
_INLINE_LETTER = re.compile(r"\sA\s?\d{0,4}\s?[:：]\s{1,8}")
could_be_marker = re.compile(
    rf"[\s*_#>•([:{_PICTURES}-]*+(?:[^a-z]|[ivx]{{1,6}}[.)]|(?<=:)[a-z_]{{2,40}}:|"
    rf"{_ASKED}|{'|'.join((*INTERVIEWER_WORDS, *ANSWER_WORDS))}|"
    rf"(?:a|{_REPLIES})\s{{0,2}}\d{{0,6}}{_CLOSE}\s{{0,2}}[^\w\s])",
    re.IGNORECASE,
).match
"""Finds the lines that may be a marker or a label at all, at one look: most of an answer's are none."""
IDENTIFIER = re.compile(r"[\w.:/+#-]{1,80}")
LABEL_LIKE = re.compile(rf"{_ORNAMENT}(?P<label>[A-Za-z]+(?: [a-z]+)?)\s{{0,2}}:(?:\s|$){_REST}")


MAX_LABEL_COLUMN = 60
"""So far into a line the number of its question is looked for: behind a heading's signs and a word or two."""

_FIRST_NUMBER = re.compile(rf"\d{{1,6}}(?:{NUMBER_SUFFIX})?")
_ASKED_FIRST = frozenset(word[0] for word in (*QUESTION_WORDS, *QUESTION_LETTERS))
_SPEAKER_FIRST = frozenset(word[0] for word in INTERVIEWER_WORDS)
_ANSWER_FIRST = frozenset((":", *(word[0] for word in (*ANSWER_WORDS, *REPLY_WORDS))))
"""How words begin: a look at a line's first letter spares most lines the search."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A line that may begin a question: its number, and the text that follows on it.

    `tight` says that a small letter follows the number at once, as in `404.php`: it then begins a
    question only where its number is the next one. `label` is a number with a letter, as `4b`.
    """

    number: int | None
    rest: str
    column: int
    style: str
    indent: int = 0
    tight: bool = False
    label: str | None = None


def match_marker(line: str) -> Marker | None:
    """Return what a line is if it may begin a question: a word with or without number, or a number."""
    bare = line.lstrip(" \t\u00a0*_#>•-([（")
    if not bare:
        return None
    first = bare[0]
    if (first >= "\u2190" and first not in _ASKED_FIRST and first not in "第🔟") or first == ":":
        line = line[_LEAD.match(line).end() :]  # type: ignore[union-attr]
        bare = line.lstrip(" \t*_")
        first = bare[:1] or " "
    if first.isdigit() or first == "🔟":
        return _counted(line, bare)
    if first in "IVXivx" and (found := ROMAN.match(line)):
        style = ("R" if found["number"].isupper() else "r") + found["mark"]
        return _mark(found, style, _roman(found["number"]), len(found["indent"].expandtabs(4)))
    if first == "第":
        found = COUNTER_WORD.match(line)
        return _mark(found, "questionN", int(found["number"])) if found else None
    if first.lower() in _SPEAKER_FIRST and (found := SPEAKER.match(line)):
        return _mark(found, "qspeaker")
    if first.lower() not in _ASKED_FIRST:
        return None
    if found := NUMBERED_WORD.match(line):
        word = "q" if found["word"].lower() in QUESTION_LETTERS else "question"
        spaced = "" if found["mark"] or not found["rest"] else " "
        return _mark(
            found,
            f"{word}N{spaced}",
            None if found["none"] is not None else parse_number(found["number"] or found["enclosed"]),
            label=parse_label(found["number"] or found["enclosed"] or ""),
        )
    if found := UNNUMBERED_WORD.match(line):
        word = "q" if found["word"].lower() in QUESTION_LETTERS else "question"
        if word == "question" and found["weak"] is not None:
            return None
        if word == "q" and found["alone"] is not None and not found["mark"]:
            return None
        return _mark(found, word)
    return None


def _counted(line: str, bare: str) -> Marker | None:
    """Return what a line is that begins with a number."""
    if "\u20e3" in bare[:9] or bare[0] == "🔟":
        found = KEYCAP.match(line)
        if found is not None:
            digits = "".join(char for char in found["number"] if char.isdigit())
            return _mark(found, "K", int(digits or 10), tight=not digits and found["rest"][:1].islower())
    if found := NUMBER.match(line):
        style = f"{found['open']}N{found['mark'].strip()}"
        indent = len(found["indent"].expandtabs(4))
        label, tight = parse_label(found["number"]), found["tight"] is not None
        return (
            None
            if label and tight
            else _mark(found, style, parse_number(found["number"]), indent, tight, label)
        )
    if "#" in line[:4] and (found := HASH_NUMBER.match(line)):
        return _mark(found, "#N", int(found["number"]))
    if line[0] == bare[0] and (found := NUMBER_AND_SPACE.match(line)) and looks_like_question(found["rest"]):
        return _mark(found, "N", int(found["number"]))
    return None


def find_typed_label(line: str, number: int | None) -> str | None:
    """Return the number of a question as its line has it, if it is the line's first and has a letter."""
    found = _FIRST_NUMBER.search(line[:MAX_LABEL_COLUMN]) if number is not None else None
    label = parse_label(found[0]) if found else None
    return label if label and parse_number(label) == number else None


def _roman(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[sign] for sign in numeral.lower()]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _mark(
    found: re.Match[str],
    style: str,
    number: int | None = None,
    indent: int = 0,
    tight: bool = False,
    label: str | None = None,
) -> Marker:
    rest = extract_text(found)
    column = found.end() - len(found["rest"].rstrip()) + found["rest"].rstrip().rfind(rest) + 1
    return Marker(number, rest, column, style, indent, tight, label)


def extract_text(found: re.Match[str]) -> str:
    """Return what follows a marker or label, without the emphasis that was opened before it."""
    rest = found["rest"].strip()
    before = found.string[: found.start("rest")]
    for emphasis in ("**", "__", "*", "_"):
        if before.count(emphasis) % 2:
            if rest.startswith(emphasis):
                return rest[len(emphasis) :].lstrip()
            return rest[: -len(emphasis)].rstrip() if rest.endswith(emphasis) else rest
    return rest


def match_answer_label(line: str, letters: bool) -> str | None:
    """Return what follows an answer's label on a line; `letters` accepts `A:` and the like."""
    bare = line.lstrip(" \t\u00a0*_#>•-[")
    if not bare or (bare[0] < "\u2190" and bare[0].lower() not in _ANSWER_FIRST):
        return None
    found = ANSWER_LETTER.match(line) if letters else ANSWER_WORD.match(line)
    return extract_text(found) if found else None


def split_inline_answer(text: str, letters: bool = False) -> tuple[str, str] | None:
    """Return question and answer that stand on one line with the answer's label between them.

    `letters` accepts `A:` without a question mark before it, where a file's other lines have it.
    """
    found = _INLINE.search(text, 0, 600) or (_INLINE_LETTER.search(text, 0, 600) if letters else None)
    if found is None or not text[: found.start()].strip():
        return None
    return text[: found.start()].strip(), text[found.end() :].strip()
