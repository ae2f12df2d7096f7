"""Patterns of lines that label a question, an answer or metadata, and how to match them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from exporter.model.question_numbers import NUMBER_SUFFIX, parse_label, parse_number
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.labels.vocabulary import (
    ANSWER_WORDS,
    INTERVIEWER_WORDS,
    METADATA_LABELS,
    QUESTION_LETTERS,
    QUESTION_WORDS,
    REPLY_WORDS,
)

_QUESTION_WORDS = "|".join((*QUESTION_WORDS, *QUESTION_LETTERS))
_PICTOGRAPHS = "\u2190-\u23ff\u2460-\u2bff\U0001f000-\U0001f51e\U0001f520-\U0001faff\u200d\ufe0f"
"""Arrows, symbols and emoji that decorate a marker, except the key with a ten."""
# (?-i:…): a set that ignores case is compiled character by character, 5,000 here, of which it has both cases
_ORNAMENT = rf"(?-i:[\s*_#>•{_PICTOGRAPHS}]){{0,12}}(?:-\s{{1,4}})?(?::[a-z_]{{2,40}}:\s{{0,4}})?[*_]{{0,3}}"
_LEAD = re.compile(rf"[\s*_#>•([{_PICTOGRAPHS}-]{{0,40}}(?::[a-z_]{{2,40}}:[\s*_]{{0,8}})?")
_NUMBER = (
    r"(?:no\b\.?|n\.?[º°]|number\b|num\b\.?|nr\b\.?|№)?\s{0,3}[#.\-]?\s{0,3}"
    rf"(?:(?P<number>\d{{1,6}}(?:{NUMBER_SUFFIX}(?=[*_]{{0,3}}\s{{0,3}}(?:[:.)：．）\]/|=–—-]|$|(?-i:[A-Z¿]))))?)"
    rf"|[(\[](?P<enclosed>\d{{1,6}}(?:{NUMBER_SUFFIX})?)(?=[)\]])|(?<=#)(?P<none>)(?=:))"
)
_CLOSE = r"[*_]{0,3}"
_COLUMN = r"(?:\t|\s{2})\s{0,20}(?=\S)"
"""The space between a label in the first column and its text in the second."""
_REST = r"\s*(?P<rest>.*)"

COUNTER_WORD = re.compile(
    r"[\s*_#>•]{0,12}第\s{0,2}(?P<number>\d{1,6})\s{0,2}[题題问問][*_]{0,3}\s{0,3}[:：.、]?\s*(?P<rest>.*)"
)
"""A question with its number before the word, as `第 3 题：`."""
SPEAKER = re.compile(
    rf"{_ORNAMENT}(?:{'|'.join(INTERVIEWER_WORDS)}){_CLOSE}\s{{0,2}}[:：]{_REST}", re.IGNORECASE
)
"""A question of a transcript, as `Interviewer: …`."""
ROMAN = re.compile(
    r"(?P<indent>\s{0,40})[*_#]{0,8}\s{0,3}\(?(?P<number>[IVX]{1,6}|[ivx]{2,6}|i)(?P<mark>[.)])\s{1,8}[*_]{0,3}(?P<rest>\S.*)"
)
"""A Roman number of up to six letters I, V and X, as `IV. …`."""
NUMBERED_WORD = re.compile(
    rf"{_ORNAMENT}\[?(?P<word>{_QUESTION_WORDS})\s{{0,3}}{_NUMBER}{_CLOSE}\s{{0,3}}"
    rf"(?P<mark>[:.)：．）\]/–—-]+|=+>|\||$|(?=\s)){_REST}",
    re.IGNORECASE,
)
"""A word for a question with a number, as `Question 4: …` or `Q4) …`."""
UNNUMBERED_WORD = re.compile(
    rf"{_ORNAMENT}(?:(?P<open>\[)|)(?P<word>{_QUESTION_WORDS})"
    rf"(?:(?(open)(?P<boxed>\][:.]?)|(?!))|{_CLOSE}\s{{0,3}}(?P<mark>[:：]|[=-]*>{{1,4}}|\|)|{_COLUMN}|"
    rf"(?P<alone>{_CLOSE}$)|(?P<weak>[.)]|\s[-–—])(?=\s|$|(?<=[.)])(?-i:[A-Z](?:[a-z]|\s))|(?<=\))(?-i:[a-z]{{2}}))){_REST}",
    re.IGNORECASE,
)
"""A word for a question without a number, as `Question: …`, `[Q]` or `Q. …`."""
KEYCAP = re.compile(
    r"[\s*_#>•(\[-]{0,12}(?P<number>(?:[0-9](?:\ufe0f?\u20e3|(?=[0-9]{0,3}\ufe0f?\u20e3))){1,4}|🔟)"
    r"[*_]{0,3}[.):]?\s*(?P<rest>.*)"
)
"""A number whose last digit, or each, is a keycap emoji, as `1️⃣`."""
NUMBER_AND_SPACE = re.compile(r"(?P<number>\d{1,4})\s{1,4}(?P<rest>[^\W\d_].*|[¿\"'“‘«*].*)")
"""A number followed only by a space; by itself a marker only if the text looks like a question."""
HASH_NUMBER = re.compile(r"\s{0,3}#(?P<number>\d{1,6})[.:)]?\s{1,8}(?P<rest>\S.*)")
"""A number after a hash sign, as `#4 …`."""
NUMBER = re.compile(
    r"(?P<indent>\s{0,40})[*_#]{0,8}\s{0,3}(?P<open>[(\[（]?)"
    rf"(?P<number>\d{{1,6}}(?:{NUMBER_SUFFIX}(?=[.)\]:]))?)"
    r"(?P<mark>\.[).-]|\s?[.)]|[\]:、．）]|[º°]\s?[.)-]{0,2}|-(?=\s|[A-Z¿][a-z])|\s[-–—])"
    r"(?:[*_]{0,3}\s+|[*_]{0,3}$|(?=[^\W\d_a-z]|[\"'“‘«¿*_])|(?P<tight>(?=[a-z])))(?P<rest>.*)"
)
"""A number with a mark after it, as `4. …`, `(4) …` or `4b) …`."""
_ANSWER_WORDS = "|".join(sorted(ANSWER_WORDS, key=len, reverse=True))
ANSWER_WORD = re.compile(
    rf"{_ORNAMENT}(?:(?:{_ANSWER_WORDS})\s{{0,3}}(?:\([^()\d:]{{1,40}}\)(?=\s{{0,3}}[:：])|[#(-]?\d{{0,6}}\)?)"
    rf"{_CLOSE}\s{{0,3}}"
    rf"(?:[:：.．)]|[=-]*>{{1,4}}|[–—=-](?=\s|$)|\|(?!\|)|{_COLUMN}|$)|ans\s{{1,3}}(?=\S)|答\s?\d{{0,6}}\s?[:：.．、]){_REST}",
    re.IGNORECASE,
)
"""A label of an answer by a word, as `Answer: …`."""
_REPLIES = "|".join(REPLY_WORDS)
ANSWER_LETTER = re.compile(
    rf"{_ORNAMENT}(?:\[a\d{{0,6}}\][:.]?|(?:{_REPLIES})"
    rf"{_CLOSE}\s{{0,2}}[:：]|sol(?:ution)?\.(?=\s|$)|r(?:\s?//|\.-(?=\s))|(?-i:A){_COLUMN}|a\s{{0,2}}\d{{0,6}}{_CLOSE}"
    rf"(?:[:：．]|[=-]*>{{1,4}}|[.)](?=\s|$|(?-i:[A-Z])|[\"“])|\)(?=[a-z]{{2}})|\s[-–—](?=\s))){_REST}",
    re.IGNORECASE,
)
"""A label of an answer by a letter or a word that may be text, as `A: …` or `Candidate: …`."""
OPTION = re.compile(r"\s{0,40}[*_(]{0,3}[bB](?:[.):]|\s[-–—]\s)")
"""The second option of a multiple choice, as `B) …`: the `A)` above is then not a label."""
TASK = re.compile(r"\s{0,40}[*_(-]{0,3}\s?[tT][*_)]{0,3}(?:[.):：]|\s?[-–—])[*_]{0,3}\s")
"""The task of a STAR story, as `T: …`: the `A:` below is then its action."""
METADATA = re.compile(
    rf"{_ORNAMENT}(?P<label>{'|'.join(METADATA_LABELS)}){_CLOSE}\s{{0,3}}[:：]{_REST}", re.IGNORECASE
)
"""A label of metadata, as `Tags: …`."""
_INLINE = re.compile(
    r"(?:\s(?:answer|ans)\s?\d{0,4}\s?(?:[:：]|=>|\.\s)|"
    rf"(?<=[?？؟])(?:\s{{1,8}}A\s?\d{{0,4}}\s?[:：]|\s{{0,8}}(?:{_ANSWER_WORDS})\s?\d{{0,4}}(?:\s?[:：]|\s[–—-](?=\s))))"
    r"\s{0,8}",
    re.IGNORECASE,
)
_INLINE_LETTER = re.compile(r"\sA\s?\d{0,4}\s?[:：]\s{1,8}")
could_be_marker = re.compile(
    rf"[\s*_#>•([:{_PICTOGRAPHS}-]*+(?:[^a-z]|[ivx]{{1,6}}[.)]|(?<=:)[a-z_]{{2,40}}:|"
    rf"{_QUESTION_WORDS}|{'|'.join((*INTERVIEWER_WORDS, *ANSWER_WORDS))}|"
    rf"(?:a|{_REPLIES})\s{{0,2}}\d{{0,6}}{_CLOSE}\s{{0,2}}[^\w\s]|a{_COLUMN})",
    re.IGNORECASE,
).match
"""Return a match if a line may be a marker or a label at all: a fast filter for the lines of answers."""
MARKER_STARTS = frozenset(
    word[:2].lower()
    for word in (*QUESTION_WORDS, *QUESTION_LETTERS, *INTERVIEWER_WORDS, *ANSWER_WORDS, *REPLY_WORDS)
) | frozenset(first + second for first in "ivx" for second in "ivx")
"""The first two letters of markers and labels that begin with two letters: a still faster filter."""
IDENTIFIER = re.compile(r"[\w.:/+#-]{1,80}")
"""The text of an `Id:` label."""
LABEL_LIKE = re.compile(rf"{_ORNAMENT}(?P<label>[A-Za-z]+(?: [a-z]+)?)\s{{0,2}}:(?:\s|$){_REST}")
"""One or two words and a colon, which may be a misspelt label."""


MAX_LABEL_COLUMN = 60  # bound: time
"""Last column of a line in which the number of its question is looked for.

It allows for the signs of a heading and one or two words.
"""

MAX_QUESTION_CHARS = 600
"""An answer label inside a line is looked for in these first characters."""

_FIRST_NUMBER = re.compile(rf"\d{{1,6}}(?:{NUMBER_SUFFIX})?")
_QUESTION_INITIALS = frozenset(word[0] for word in (*QUESTION_WORDS, *QUESTION_LETTERS))
_SPEAKER_INITIALS = frozenset(word[0] for word in INTERVIEWER_WORDS)
_ANSWER_INITIALS = frozenset((":", *(word[0] for word in (*ANSWER_WORDS, *REPLY_WORDS))))
"""First letters of the words: a fast filter, since most lines begin with none of them."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A line that may begin a question: its number, and the text after the marker.

    `column` (from 1) is where the text begins. `style` is the form of the marker, the same for all markers of
    a layout. `indent` is in columns. `tight` is true if a lower-case letter follows the number directly, as
    in `404.php`: such a line begins a question only if its number is the next one. `label` is a number with
    a letter, as `4b`.
    """

    number: int | None
    rest: str
    column: int
    style: str
    indent: int = 0
    tight: bool = False
    label: str | None = None


def match_marker(line: str) -> Marker | None:
    """Return the marker at the start of a line: a word with or without number, or a number; else nothing."""
    undecorated = line.lstrip(" \t\u00a0*_#>•-([（")
    if not undecorated:
        return None
    first = undecorated[0]
    if (first >= "\u2190" and first not in _QUESTION_INITIALS and first not in "第🔟") or first == ":":
        line = line[_LEAD.match(line).end() :]  # type: ignore[union-attr]
        undecorated = line.lstrip(" \t*_")
        first = undecorated[:1] or " "
    if first.isdigit() or first == "🔟":
        return _match_number(line, undecorated)
    if first in "IVXivx" and (match := ROMAN.match(line)):
        style = ("R" if match["number"].isupper() else "r") + match["mark"]
        return _build_marker(match, style, _parse_roman(match["number"]), len(match["indent"].expandtabs(4)))
    if first == "第":
        match = COUNTER_WORD.match(line)
        return _build_marker(match, "questionN", int(match["number"])) if match else None
    if first.lower() in _SPEAKER_INITIALS and (match := SPEAKER.match(line)):
        return _build_marker(match, "qspeaker")
    if first.lower() not in _QUESTION_INITIALS:
        return None
    if match := NUMBERED_WORD.match(line):
        word = "q" if match["word"].lower() in QUESTION_LETTERS else "question"
        spaced = "" if match["mark"] or not match["rest"] else " "
        return _build_marker(
            match,
            f"{word}N{spaced}",
            None if match["none"] is not None else parse_number(match["number"] or match["enclosed"]),
            label=parse_label(match["number"] or match["enclosed"] or ""),
        )
    if match := UNNUMBERED_WORD.match(line):
        word = "q" if match["word"].lower() in QUESTION_LETTERS else "question"
        if word == "question" and match["weak"] is not None:
            return None
        if word == "q" and match["alone"] is not None and not match["mark"]:
            return None
        return _build_marker(match, word)
    return None


def _match_number(line: str, undecorated: str) -> Marker | None:
    """Return the marker of a line that begins with a number, or nothing."""
    if "\u20e3" in undecorated[:9] or undecorated[0] == "🔟":
        match = KEYCAP.match(line)
        if match is not None:
            digits = "".join(char for char in match["number"] if char.isdigit())
            return _build_marker(
                match, "K", int(digits or 10), tight=not digits and match["rest"][:1].islower()
            )
    if match := NUMBER.match(line):
        lead = line[: match.start("number")]
        sign = "#" if "#" in lead else "*" if "*" in lead or "_" in lead else ""
        style = f"{sign}{match['open']}N{match['mark'].strip().replace('..', '.')}"
        indent = len(match["indent"].expandtabs(4))
        label, tight = parse_label(match["number"]), match["tight"] is not None
        return (
            None
            if label and tight
            else _build_marker(match, style, parse_number(match["number"]), indent, tight, label)
        )
    if "#" in line[:4] and (match := HASH_NUMBER.match(line)):
        return _build_marker(match, "#N", int(match["number"]))
    bare = match_bare_number(line)
    if bare and (ends_with_question_mark if bare.rest[0].islower() else looks_like_question)(bare.rest):
        return bare
    return None


def match_bare_number(line: str) -> Marker | None:
    """Return the marker of a line that begins with a number and a space, whatever the text is, or nothing."""
    match = NUMBER_AND_SPACE.match(line)
    return _build_marker(match, "N", int(match["number"])) if match else None


def find_typed_label(line: str, number: int | None) -> str | None:
    """Return the number of a question as it is written, if it is the line's first and has a letter."""
    match = _FIRST_NUMBER.search(line[:MAX_LABEL_COLUMN]) if number is not None else None
    label = parse_label(match[0]) if match else None
    return label if label and parse_number(label) == number else None


def _parse_roman(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral.lower()]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


def _build_marker(
    match: re.Match[str],
    style: str,
    number: int | None = None,
    indent: int = 0,
    tight: bool = False,
    label: str | None = None,
) -> Marker:
    text = extract_text(match)
    column = match.start("rest") + match["rest"].rfind(text, 0, len(match["rest"].rstrip())) + 1
    return Marker(number, text, column, style, indent, tight, label)


def extract_text(match: re.Match[str]) -> str:
    """Return the text after a marker or label, without the emphasis that was opened before it."""
    text = match["rest"].strip()
    before = match.string[: match.start("rest")]
    if "*" not in before and "_" not in before:
        return text
    for emphasis in ("**", "__", "*", "_"):
        if before.count(emphasis) % 2:
            if text.startswith(emphasis):
                return text[len(emphasis) :].lstrip()
            return text[: -len(emphasis)].rstrip() if text.endswith(emphasis) else text
    return text


def match_answer_label(line: str, letters: bool) -> str | None:
    """Return the text after an answer label at the start of a line, or nothing.

    If `letters` is true, match `A:` and the like, else words.
    """
    undecorated = line.lstrip(" \t\u00a0*_#>•-[")
    if not undecorated or (undecorated[0] < "\u2190" and undecorated[0].lower() not in _ANSWER_INITIALS):
        return None
    match = ANSWER_LETTER.match(line) if letters else ANSWER_WORD.match(line)
    return extract_text(match) if match else None


def match_answer_letter(line: str, following: Iterable[str]) -> str | None:
    """Return the text after `A:` and the like, or nothing; `A` above a line with `B` is an option instead."""
    answer = match_answer_label(line, letters=True)
    return None if answer is None or any(map(OPTION.match, following)) else answer


def split_inline_answer(text: str, letters: bool = False) -> tuple[str, str] | None:
    """Return question and answer if one line contains both, separated by an answer label.

    If `letters` is true, `A:` needs no question mark before it, because other lines of the file have it.
    """
    match = _INLINE.search(text, 0, MAX_QUESTION_CHARS) or (
        _INLINE_LETTER.search(text, 0, MAX_QUESTION_CHARS) if letters else None
    )
    if match is None or not text[: match.start()].strip():
        return None
    return text[: match.start()].strip(), text[match.end() :].strip()
