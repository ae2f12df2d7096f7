"""The lines that a diagnostic names are all those that it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source

CASES = {
    "text below cards": (
        "q.md",
        "a :: b\nc :: d\n\nRead it.\n\n- milk\n- bread\n\n# More\n\ne :: f\n",
        {"stray-text": ((4, 7),)},
    ),
    "cloze": ("q.md", "Q: a?\nA: b\n\nC: [c] is\nd.\n\ne\n\nQ: f?\nA: g\n", {"cloze-skipped": ((4, 7),)}),
    "unknown keys": (
        "q.md",
        "---\ntitle: T\n# note\nauthor:\n  - a\n  - b\ntags: [x]\ntitle: U\n---\n## A?\n\nb\n",
        {"metadata-skipped": ((2, 2), (4, 6)), "comment-skipped": ((3, 3),)},
    ),
    "keys without a text": (
        "q.md",
        "---\ntitle: [a, b]\n---\n## A?\n\nb\n",
        {"metadata-skipped": ((2, 2),)},
    ),
    "table of TOML": (
        "q.md",
        '+++\ntitle = "T"\n[extra]\ntitle = "U"\n+++\n## A?\n\nb\n',
        {"metadata-skipped": ((3, 4),)},
    ),
    "broken front matter": ("q.md", "---\ntitle: [a\nb\n---\n## A?\n\nb\n", {"bad-front-matter": ((1, 4),)}),
    "text in a table": (
        "q.md",
        "<table>\n<tr><td>A lock?</td><td>b</td></tr>\nBetween them\n<tr><td>C key?</td><td>d</td></tr>\n</table>\n",
        {"introduction-skipped": ((3, 3),)},
    ),
    "lines in a table": (
        "q.md",
        "<table>\n<tr><td>A lock?</td><td>b</td></tr>\nBetween them\nare words\n<tr><td>C key?</td><td>d</td></tr>\n</table>\n",
        {"introduction-skipped": ((3, 3), (4, 4))},
    ),
    "tags above": ("q.md", "<div>Some words</div>\n\n## A?\n\nb\n", {"introduction-skipped": ((1, 1),)}),
    "words in angle brackets": ("q.md", "Mind <words>.\n\n## A?\n\nb\n", {"introduction-skipped": ((1, 1),)}),
    "columns without a role": (
        "q.csv",
        'question,answer,level\nA?,b,\nC?,"d\ne",hard\nF?,g,\n',
        {"columns-skipped": ((1, 1), (3, 4))},
    ),
    "no number": ("q.csv", "no,question,answer\n1,A?,b\nsome words,C?,d\n", {"number-skipped": ((3, 3),)}),
    "several decks": (
        "q.csv",
        "question,answer,deck\nA?,b,One\nC?,d,Two\n",
        {"columns-skipped": ((1, 3),)},
    ),
    "line above the header": (
        "q.csv",
        "Made by,me\nquestion,answer\nA?,b\n",
        {"stray-text": ((1, 1),)},
    ),
    "line below the header": (
        "q.tsv",
        "question\tanswer\nwords\nA?\tb\nC?\td\n",
        {"missing-answer": ((2, 2),)},
    ),
    "short first line": ("q.csv", "words\nWhat is a?,b\nWhat is c?,d\n", {"missing-answer": ((1, 1),)}),
    "heading above a table with categories": (
        "q.md",
        "# T\n\n## Extra\n\n| question | answer | category |\n|---|---|---|\n| A? | b | C |\n",
        {"heading-skipped": ((3, 3),)},
    ),
    "buttons in code of a page": (
        "q.html",
        "<!doctype html>\n<html><body>\n<h2>What is a?</h2>\n<pre>x\n<button>Copy this</button>\ny</pre>\n</body></html>\n",
        {"page-part-skipped": ((5, 5),)},
    ),
    "buttons and comments of a page": (
        "q.html",
        "<!doctype html>\n<html>\n<!-- note -->\n<body>\n<h2>What is a?</h2>\n<p>b</p>\n<button>Show more</button>\n</body></html>\n",
        {"comment-skipped": ((3, 3),), "page-part-skipped": ((7, 7),)},
    ),
    "words beside the main element": (
        "q.html",
        "<html><body>\nAbove\n<main>\n<h2>What is a?</h2>\n<p>b</p>\n<h2>What is c?</h2><p>d</p></main>\nBelow it\n<img alt='x' src='y.png'>\n</body></html>\n",
        {"page-part-skipped": ((2, 2), (7, 8))},
    ),
    "script of several lines": (
        "q.md",
        "## What is a?\n\nb\n\n<script>\nrun();\n</script>\n",
        {"html-skipped": ((5, 7),)},
    ),
    "cloze in Org": (
        "q.org",
        "* A card\n:PROPERTIES:\n:ANKI_NOTE_TYPE: Basic\n:END:\n** Front\na\n** Back\nb\n"
        "* Another\n:PROPERTIES:\n:ANKI_NOTE_TYPE: Cloze\n:END:\n** Text\n{{c1::c}}\n",
        {"org-part-skipped": ((1, 4),), "cloze-skipped": ((9, 14),)},
    ),
    "introduction with a label": (
        "q.md",
        "# T\n\nAns. words\n=====\n\n## What is a?\n\nb\n\n## What is c?\n\nd\n",
        {"introduction-skipped": ((3, 3),)},
    ),
    "HTML of several lines": (
        "q.txt",
        '#separator:tab\n#html:true\nWhat is a?\t"b <i>c</i>\n<!-- d -->"\nWhat is e?\t<b>f</b>\n',
        {"html-skipped": ((3, 4),)},
    ),
    "words and no question": (
        "q.csv",
        "colour,shape,size\nred,round,3\nblue,square,4\n",
        {"bad-table": ((1, 3),)},
    ),
    "unknown keys of JSON": (
        "q.json",
        '{"questions": [\n {\n  "question": "A?",\n  "answer": "b",\n  "level": "hard",\n  "x": null\n }\n]}\n',
        {"metadata-skipped": ((5, 5),)},
    ),
    "no answer": ("q.txt", "Q: a?\nA:\n\nQ: c?\nA: d\n", {"missing-answer": ((1, 2),)}),
}


@pytest.mark.parametrize(("name", "text", "expected"), CASES.values(), ids=list(CASES))
def test_all_lines_are_named(
    name: str, text: str, expected: dict[str, tuple[tuple[int, int], ...]], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text)
    ranges = {item.code: item.line_ranges for item in load_source(path, Settings()).diagnostics}
    assert ranges == expected


KEPT = {
    "blocks below a pair": ("- What is a? :: b\n\n  More words.\n- What is c? :: d\n", "More words."),
    "picture between pairs": ("a :: b\nc :: d\n![plan](plan.png)\n", "plan"),
    "picture above a bold question": (
        "![plan](plan.png)\n**What is a?**\n\nb\n\n**What is c?**\n\nd\n",
        "plan",
    ),
    "text in a list of definitions": (
        "<html><body><dl><dt>What is a?</dt><p>Between</p><dd>b</dd><dt>What is c?</dt><dd>d</dd></dl></body></html>",
        "Between",
    ),
    "text below a meaning": (
        "<html><body><dl><dt>What is a?</dt><dd>b</dd>More<dt>What is c?</dt><dd>d</dd></dl></body></html>",
        "More",
    ),
    "picture in a list": ("1. What is a?\n![plan](plan.png)\nb\n2. What is c?\nd\n", "plan"),
    "picture beside a term": ("What is a?\n![plan](plan.png)\n: b\n\nWhat is c?\n: d\n", "plan"),
}


@pytest.mark.parametrize(("text", "words"), KEPT.values(), ids=list(KEPT))
def test_what_is_beside_a_question_is_kept(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / ("q.html" if text.startswith("<") else "q.md")
    path.write_text(text)
    questions = load_source(path, Settings()).questions.questions
    assert len(questions) == 2
    assert any(words in plain_text((*one.question, *one.answer)) for one in questions)
