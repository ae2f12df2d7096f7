"""Fixes of what diagnostics report: fewer diagnostics, and the same words."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.fixes.fix_rules import FIX_RULES
from exporter.fixes.fixer import FixedSource, fix_source
from exporter.model.line_words import split_words
from exporter.model.rules import RULES
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_bytes
from exporter.readers.plain.label_typos import find_nearest_label

CORPUS = Path(__file__).parent / "corpus"

PAIRS = {
    "numbers of words": (
        "q.txt",
        "Question 1: What is A?\nAnswer: One.\n\nQuestion 3: What is B?\nAnswer: Two.\n",
        {"Question 3": "Question 2"},
    ),
    "numbers in bold": (
        "q.md",
        "**1) What is A?**\n\nOne.\n\n**2) What is B?**\n\nTwo.\n\n**2) What is C?**\n\nThree.\n",
        {"**2) What is C": "**3) What is C"},
    ),
    "numbers of headings": ("q.md", "## 7. What is A?\n\nOne.\n\n## 9. What is B?\n\nTwo.\n", {"9.": "8."}),
    "numbers with zeros": (
        "q.txt",
        "08. What is A?\nOne.\n\n10. What is B?\nTwo.\n\n11. What is C?\nThree.\n",
        {"10.": "09.", "11.": "10."},
    ),
    "numbers with letters": (
        "q.txt",
        "Question 1: What is A?\nAnswer: One.\n\nQuestion 3a: What is B?\nAnswer: Two.\n\n"
        "Question 3b: What is C?\nAnswer: Three.\n",
        {"3a": "2a", "3b": "2b"},
    ),
    "numbers of full width": (
        "q.txt",
        "１．ロックとは何ですか？\n一度に一つです。\n\n３．ヒープとは何ですか？\n配列の中の木です。\n",
        {"３．": "２．"},
    ),
    "numbers in cells": (
        "q.csv",
        "number,question,answer\n1,What is A?,One\n3,What is B?,Two\n",
        {"3,": "2,"},
    ),
    "numbers that begin again": (
        "q.txt",
        "== Locks ==\n\n1. What is A?\nOne.\n\n2. What is B?\nTwo.\n\n== Heaps ==\n\n1. What is C?\nThree.\n\n"
        "3. What is D?\nFour.\n",
        {"3. What": "2. What"},
    ),
    "question without a number": (
        "q.txt",
        "1. What is A?\nOne.\nIt is first.\n\nWhat is B?\nTwo.\nIt is second.\n\n2. What is C?\nThree.\n",
        {"2. What is C": "3. What is C", "\nWhat is B": "\n2. What is B"},
    ),
    "question without a label": (
        "q.txt",
        "Q: What is A?\nA: One.\nIt is first.\n\nWhat is B?\nTwo.\n\nQ: What is C?\nA: Three.\n",
        {"\nWhat is B?\nTwo": "\nQ: What is B?\nA: Two"},
    ),
    "question with another mark": (
        "q.txt",
        "Question 1: What is A?\nAnswer: One.\n\nQuestion 2: What is B?\nAnswer: Two.\n\nQ3) What is C?\nThree.\n\n"
        "Question 4: What is D?\nAnswer: Four.\n",
        {"Q3) What is C?\nThree": "Question 3: What is C?\nAnswer: Three"},
    ),
    "question below one with another mark": (
        "q.txt",
        "1. What is A?\nOne.\n\n2. What is B?\nTwo.\n\nQ3) What is C?\nThree.\nIt is odd.\n\nWhat is D?\nFour.\n"
        "It is even.\n\n5. What is E?\nFive.\n",
        {"What is D": "4. What is D"},
    ),
    "question not in bold": (
        "q.md",
        "**1) What is A?**\n\nOne.\n\nIt is first.\n\nWhat is B?\n\nTwo.\n\n**2) What is C?**\n\nThree.\n",
        {"2) What is C": "3) What is C", "What is B?": "**2) What is B?**"},
    ),
    "fence above a sentence": (
        "q.txt",
        "Q: How do you sort?\nA: Call it.\n```js\nlist.sort()\n\nThat sorts the list.\n\nQ: How do you copy?\nA: Spread.\n",
        {"sort()\n": "sort()\n```\n"},
    ),
    "fence at the end": (
        "q.txt",
        "Q: How do you copy?\nA: Spread.\n\nQ: How do you sort?\nA: Call it.\n```js\nlist.sort()",
        {"sort()": "sort()\n```"},
    ),
    "block of Org": (
        "q.org",
        "* Shell\n** What lists files?\nThis:\n#+begin_src sh\nls\n\n** What is a pipe?\nA stream.\n",
        {"ls\n": "ls\n#+end_src\n"},
    ),
    "misspelt label": ("q.txt", "Q: What is A?\nANWSER: One.\n", {"ANWSER": "ANSWER"}),
    "text encoded twice": ("q.txt", "Q: What is A â€“ a letter?\nA: One.\n", {"â€“": "–"}),
    "invisible characters": ("q.txt", "Q: What is\u200b A?\nA: One.\x07\n", {"\u200b": "", "\x07": ""}),
}
"""A source, and what its fixes replace in it."""

REFUSED = {
    "answer key": (
        "q.txt",
        "1. What is A?\n2. What is B?\n4. What is C?\n\nAnswers\n1. One.\n2. Two.\n4. Three.\n",
        "would be read differently",
    ),
    "mentioned number": (
        "q.txt",
        "1. What is A?\nOne.\n\n3. What is B?\nTwo, as in question 3.\n",
        "Line 5 mentions “question 3”",
    ),
    "missing question": (
        "q.txt",
        "Question 1: What is A?\nAnswer: One.\n2) A consonant\nis a letter.\n\nQuestion 3: What is B?\nAnswer: Two.\n",
        "Line 3 may be the question that is missing",
    ),
    "missing question that asks": (
        "q.txt",
        "1. What is A?\nOne.\nWhat is B?\nTwo.\n\n3. What is C?\nThree.\n",
        "Line 3 may be the question that is missing",
    ),
    "heading in an answer": (
        "q.md",
        "## 1. What is A?\n\nOne.\n\n### What for?\n\nFor words.\n\n## 2. What is B?\n\nTwo.\n",
        "Line 5 is a heading",
    ),
    "web page": (
        "q.html",
        "<h2>1. What is A?</h2><p>One.</p><h2>3. What is B?</h2><p>Two.</p>",
        "Nothing is written into a web page",
    ),
}


def fix(name: str, data: bytes) -> tuple[LoadedSource, FixedSource, LoadedSource]:
    settings = Settings()
    read = partial(load_bytes, Path(name), settings=settings)
    fixed = fix_source(data, read=read, settings=settings)
    return read(data), fixed, read(fixed.data)


@pytest.mark.parametrize("case", PAIRS)
@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "utf-16", "crlf"])
def test_fix_replaces_only_what_it_names(case: str, form: str) -> None:
    name, text, replacements = PAIRS[case]
    encoding = "utf-8" if form == "crlf" else form
    wanted = text
    for old, new in replacements.items():
        wanted = wanted.replace(old, new)
    assert wanted != text
    line_end = "\r\n" if form == "crlf" else "\n"
    data, wanted_data = (side.replace("\n", line_end).encode(encoding) for side in (text, wanted))
    _, fixed, _ = fix(name, data)
    assert not fixed.refused
    assert fixed.data.decode(encoding) == wanted_data.decode(encoding)
    assert fixed.data == wanted_data


@pytest.mark.parametrize("case", REFUSED)
def test_doubtful_fix_is_refused_with_the_reason(case: str) -> None:
    name, text, reason = REFUSED[case]
    data = text.encode()
    _, fixed, _ = fix(name, data)
    assert fixed.data == data
    (refused,) = fixed.refused
    assert reason in refused.reason


def test_declined_fix_leaves_the_others() -> None:
    data = "Q: What is A â€“ a letter?\nAnwser: One.\n\nQ: What is B?\nA: Two.\nTgas: letters\n".encode()
    settings = Settings()
    read = partial(load_bytes, Path("q.txt"), settings=settings)
    fixed = fix_source(data, read=read, settings=settings, take=lambda fix: fix.lines == (6,))
    assert fixed.data.decode() == data.decode().replace("Tgas", "Tags")
    assert [fix.code for fix in fixed.fixes] == ["unknown-label"]


def test_table_of_fixes_agrees_with_the_rules() -> None:
    codes = [code for rule in FIX_RULES for code in rule.codes]
    assert sorted(codes) == sorted(rule.code for rule in RULES.values() if rule.fixable)


def words_of(loaded: LoadedSource) -> Counter[str]:
    questions = loaded.questions
    texts = [questions.title or "", plain_text(questions.preamble)]
    for question in questions.questions:
        texts += [
            plain_text(question.question),
            plain_text(question.answer),
            *question.tags,
            question.notes or "",
        ]
    return Counter(split_words("\n".join(texts)))


def test_fixed_corpus_has_fewer_diagnostics_and_the_same_words() -> None:
    fixable = {rule.code for rule in RULES.values() if rule.fixable}
    count = 0
    for path in sorted(CORPUS.rglob("*")):
        if path.name.endswith(".expected.txt") or not path.is_file():
            continue
        data = path.read_bytes()
        loaded = load_bytes(path, data, Settings())
        if not fixable.intersection(item.code for item in loaded.diagnostics):
            continue
        before, fixed, after = fix(str(path), data)
        assert bool(fixed.fixes) == (fixed.data != data), path.name
        if not fixed.fixes:
            continue
        count += 1
        assert len(after.diagnostics) < len(before.diagnostics), path.name
        assert not words_of(after) - words_of(before), path.name
        lost = words_of(before) - words_of(after)
        assert all(find_nearest_label(word.lower()) or word == "sh" for word in lost), (path.name, lost)
        _, again, _ = fix(str(path), fixed.data)
        assert not again.fixes, path.name
    assert count >= 8
