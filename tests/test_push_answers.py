"""Replies to a push are checked before anything is changed in Anki: a result or a message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.anki import connect
from exporter.anki.connect import Anki, AnkiConnectError
from exporter.cli.push_steps import Push, former_notes
from exporter.config.settings import Settings
from exporter.model.terminal_text import printable_line
from exporter.pipeline.build_report import BuildReport, BuildStages
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.builder import build

pytestmark = pytest.mark.slow

SOURCE = """\
Question 1: What is a heap?
Tags: trees
Answer:
A tree in an array.

Question 2: What is a trie?
Answer:
A tree of letters.
"""

CHANGING = {
    "importPackage",
    "changeDeck",
    "suspend",
    "unsuspend",
    "addTags",
    "removeTags",
    "updateNoteFields",
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuildReport]:
    folder = tmp_path_factory.mktemp("push")
    (folder / "q.txt").write_text(SOURCE)
    with chdir(folder):
        request = BuildRequest(
            (Path("q.txt"),), Settings(), Path("dist"), ("anki",), home=Path("dist"), dry_run=True
        )
        yield build(request, 1_767_225_600)


def stages_of(report: BuildReport) -> BuildStages:
    assert report.ok and report.stages, report.diagnostics
    return report.stages


class FakeAnki:
    """Replies by action; other actions get the reply of an Anki with our two notes."""

    def __init__(self, prepared: BuildReport, answers: dict[str, Any], error: object = None) -> None:
        self.answers, self.error = answers, error
        self.keys = [note.key for deck in stages_of(prepared).decks for note in deck.notes]
        self.asked: list[str] = []

    def post(self, _url: str, body: bytes, *_: object, **__: object) -> bytes:
        action = json.loads(body)["action"]
        self.asked.append(action)
        if action in self.answers:
            return json.dumps({"result": self.answers[action], "error": self.error}).encode()
        return json.dumps({"result": self._usual(action), "error": None}).encode()

    def _usual(self, action: str) -> Any:
        match action:
            case "version":
                return 6
            case "findNotes" | "findCards":
                return [1, 2]
            case "getDecks":
                return {"Elsewhere": [1, 2]}
            case "notesInfo":
                return [info(number, key) for number, key in enumerate(self.keys, 1)]
        return True


def info(note_id: object, key: object, **values: object) -> dict[str, Any]:
    fields = {"Key": {"value": key, "order": 0}, "Question": {"value": "What?", "order": 1}}
    return {"noteId": note_id, "fields": fields, "tags": ["leech"], "cards": [1], **values}


def push(prepared: BuildReport, fake: FakeAnki, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "post", fake.post)
    anki = Anki()
    anki.check()
    Push(anki, stages_of(prepared), former_notes(prepared), False, True).run(True)


def test_an_anki_with_our_notes_is_changed(prepared: BuildReport, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeAnki(prepared, {})
    push(prepared, fake, monkeypatch)
    assert {"importPackage", "changeDeck", "unsuspend"} <= set(fake.asked)


NOT_IDS: list[Any] = [
    None,
    "abc",
    "12",
    {"a": 1},
    True,
    1,
    [1.5],
    ["1"],
    [True],
    [None],
    [[1]],
    [-1],
    [2**63],
]

WRONG: dict[str, list[Any]] = {
    "findNotes": NOT_IDS,
    "findCards": NOT_IDS,
    "getDecks": [
        None,
        "abc",
        [1],
        {"A": "12"},
        {"A": None},
        {"A": [True]},
        {"A": {"1": 2}},
        {"A": [99]},
        {"\ud800": [1]},
    ],
    "notesInfo": [
        None,
        "abc",
        {"a": 1},
        ["abc"],
        [None],
        [info("1", "x")],
        [info(1.0, "x")],
        [info(True, "x")],
        [info(99, "x")],
        [info(1, None)],
        [info(1, ["x"])],
        [info(1, "\ud800")],
        [info(1, "x", tags="leech")],
        [info(1, "x", tags=[1])],
        [info(1, "x", tags=None)],
        [info(1, "x", fields=[])],
        [info(1, "x", fields={"Key": "x"})],
        [info(1, "x", fields={"Key": {}})],
    ],
}


@pytest.mark.parametrize(
    ("action", "answer"), [(action, answer) for action, answers in WRONG.items() for answer in answers]
)
def test_reply_of_wrong_type_stops_a_push_before_changes(
    prepared: BuildReport, monkeypatch: pytest.MonkeyPatch, action: str, answer: Any
) -> None:
    fake = FakeAnki(prepared, {action: answer})
    with pytest.raises(AnkiConnectError, match=f"its reply to {action} is not one of AnkiConnect's"):
        push(prepared, fake, monkeypatch)
    assert not CHANGING & set(fake.asked)


def test_names_of_decks_are_safe_for_a_terminal(
    prepared: BuildReport, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "\x1b]0;owned\x07\x1b[2J\u202e\nType your password:\0"
    push(prepared, FakeAnki(prepared, {"getDecks": {name: [1, 2]}}), monkeypatch)
    output = capsys.readouterr().out
    assert output.replace("\n", "").isprintable()
    assert not any(line.startswith("Type") for line in output.splitlines())


def test_an_answer_that_is_too_large_is_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def invoke(self: Anki, action: str, **parameters: Any) -> Any:
        notes = parameters["notes"]
        asked.append(len(notes))
        if len(notes) > 3 or 7 in notes:
            raise connect.ReplyTooLargeError
        return [{"noteId": note} for note in notes]

    monkeypatch.setattr(Anki, "invoke", invoke)
    notes = [number for number in range(1, 251) if number != 7]
    assert [one["noteId"] for one in Anki().fetch_notes(notes)] == notes
    assert max(asked) == connect.MAX_NOTES_PER_REQUEST
    with pytest.raises(connect.ReplyTooLargeError):
        Anki().fetch_notes([7])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)

ANSWERS = st.dictionaries(
    st.sampled_from(["findNotes", "findCards", "getDecks", "notesInfo", "importPackage", *CHANGING]),
    JSON
    | st.lists(st.integers(1, 3), max_size=3)
    | st.dictionaries(st.text(max_size=5), st.lists(st.integers(1, 2)), max_size=2)
    | st.lists(
        st.builds(
            info,
            st.integers(1, 2),
            st.sampled_from(["", "x"]) | st.text(max_size=3),
            tags=st.lists(st.text(max_size=5), max_size=2),
            mod=JSON,
        ),
        max_size=2,
    ),
    max_size=3,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, error=st.none() | st.none() | JSON)
def test_any_answers_are_a_result_or_a_sentence(
    prepared: BuildReport, answers: dict[str, Any], error: Any
) -> None:
    fake = FakeAnki(prepared, answers, error)
    with pytest.MonkeyPatch.context() as patch:
        try:
            push(prepared, fake, patch)
        except AnkiConnectError as exc:
            assert printable_line(str(exc)) == str(exc)
