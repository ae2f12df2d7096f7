"""Fuzzing: sources of any bytes through every reader and exporter, and what must hold for each."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from exporter import exporters
from exporter.config.settings import Settings
from exporter.identity import lockfile
from exporter.identity.keys import derive_key
from exporter.model.deck import Deck
from exporter.model.diagnostics import has_errors, render_json, render_text
from exporter.model.questions import QuestionSet
from exporter.model.rules import RULES
from exporter.pipeline import export_runner
from tests.notes import decks_of, make_note, plan_sources
from tests.projects import REPOSITORY
from tests.strategies import TRICKY

NOW = 1_767_225_600

OPTIONS: dict[str, Settings] = {suffix: Settings() for suffix in (".txt", ".md", ".csv", ".tsv", ".json")}
"""The kinds of source, with the options each is read with."""

_CORPUS = REPOSITORY / "tests" / "corpus"

_PIECES = (
    *TRICKY,
    *(
        "Question 1: ",
        "Q: ",
        "A: ",
        "Answer:",
        "Cues: a; b",
        "Category: x",
        "Id: k3f40n7cp6h3",
        "1) ",
        "??",
        "%",
    ),
    *(
        "## ",
        "### 2. ",
        "> ",
        "- ",
        "    ",
        "```\n",
        "---\n",
        "| a | b |\n|---|---|\n",
        "<details><summary>",
        "</div>",
    ),
    *(
        "<li>",
        "<table><tr><td>",
        "![a](b.png)",
        "[a]: b\n",
        "$$",
        "\\(",
        "title: x\n",
        "+++\n",
        "#separator:tab\n",
    ),
    *(
        "#html:true\n",
        "question,answer\n",
        '"',
        '""',
        ",",
        ";",
        "\t",
        '{"schema": 1, "questions": [',
        "}",
        "]",
        '"\\ud800"',
    ),
    *(
        '{"question": "a", "answer": "b"}',
        "\\u0000",
        "null",
        "-1",
        "1e999",
        "\0",
        "\x1b[31m",
        "\u202e",
        "\ufeff",
        "\u2028",
    ),
    *(
        "Ã©",
        "é",
        "字",
        "ﷺ",
        "🙂",
        "\U0010ffff",
        "a\u0300" * 9,
        "9" * 30,
        "x" * 300,
        "\r",
        "\r\n",
        "\n",
        "\n\n",
        " ",
    ),
)


@cache
def _samples(suffix: str) -> tuple[bytes, ...]:
    return tuple(
        path.read_bytes() for path in sorted(_CORPUS.glob(f"*{suffix}")) if "expected" not in path.name
    )


@st.composite
def _damaged(draw: st.DrawFn, suffix: str) -> bytes:
    """Return a source of the corpus with some parts cut, doubled or replaced."""
    data = draw(st.sampled_from(_samples(suffix) or (b"Q: a?\nA: b\n",)))[:4000]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        part = draw(
            st.one_of(
                st.sampled_from(_PIECES).map(_encoded), st.binary(max_size=4), st.just(data[start:end] * 2)
            )
        )
        data = data[:start] + part + data[end:]
    return data


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@cache
def sources(suffix: str) -> st.SearchStrategy[bytes]:
    """Generate the bytes of a source: typical pieces, a damaged good one, or noise."""
    text = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)
    pieces = st.one_of(text, st.text(max_size=60)).map(_encoded)
    values = _json().map(lambda value: json.dumps(value).encode())
    wide = text.map(lambda words: words.encode("utf-16", "surrogatepass"))
    return st.one_of(
        pieces,
        pieces,
        _damaged(suffix),
        _damaged(suffix),
        values if suffix == ".json" else wide,
        st.binary(max_size=80),
    )


@cache
def _json() -> st.SearchStrategy[object]:
    words = st.one_of(st.sampled_from(_PIECES), st.text(max_size=9), st.just("\ud800"))
    leaf = st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), words)
    value = st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
        max_leaves=6,
    )
    names = (
        "question",
        "answer",
        "blocks",
        "question_blocks",
        "cues",
        "tags",
        "notes",
        "id",
        "category",
        "number",
        "line",
        "key",
    )
    likely = st.one_of(words, value, st.lists(words, max_size=2))
    question = st.fixed_dictionaries(
        {"question": words, "answer": words}, optional=dict.fromkeys(names[2:], likely)
    )
    whole = {"schema": st.just(1), "questions": st.lists(question, max_size=3)}
    return st.one_of(
        st.fixed_dictionaries(whole, optional={"title": likely, "deck": likely, "language": likely}), value
    )


def check_bytes(suffix: str, data: bytes) -> None:
    """Build a source of these bytes, and check what must hold for any."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"fuzz{suffix}"
        source.write_bytes(data)
        options = OPTIONS[suffix]
        plan = plan_sources([source], options, NOW)
        for found in plan.diagnostics:
            assert found.code in RULES
            assert found.message
            render_text(found)
            assert found.span is None or found.span.line >= 1
        render_json(plan.diagnostics).encode()
        if has_errors(plan.diagnostics):
            return
        (home,) = plan.folders
        lock, faults = lockfile.parse(home.lock_text, "exporter.lock")
        assert not faults
        assert lockfile.render(lock) == home.lock_text
        keys = [keyed.key for deck in plan.decks for keyed in deck.questions]
        assert len(set(keys)) == len(keys)
        files = _exported(decks_of(plan)[0], options)
        # Built again: nothing is new, and every byte is the same.
        home.lock_path.write_text(home.lock_text, "utf-8")
        again = plan_sources([source], options, NOW + 60)
        assert not again.changes
        assert again.folders[0].lock_text == home.lock_text
        assert _exported(decks_of(again)[0], options) == files


def check_questions(questions: QuestionSet) -> None:
    """Export questions, and check that every file is made."""
    notes = tuple(
        make_note(derive_key(str(place)), question, NOW, NOW * 1000 + place, place)
        for place, question in enumerate(questions.questions, 1)
    )
    _exported(Deck("Deck", questions.title or "Title", "fuzz", "fuzz.txt", "en", notes), Settings())


def _exported(deck: Deck, options: Settings) -> dict[str, bytes]:
    made = export_runner.export([deck], list(exporters.BUILT_IN), options, NOW)
    assert not has_errors(made.diagnostics), made.diagnostics
    files = {file.name: file.data for file in made.files}
    assert set(files) >= {"fuzz.apkg", "fuzz-cards.pdf", "fuzz-answers.md", "fuzz-cheatsheet.md"}
    return files
