"""`exporter push`: against the real engine behind AnkiConnect's interface, and against other servers."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from filelock import FileLock

from exporter.anki.http_client import is_loopback
from exporter.anki.sync import RETIRED_TAG, group_keys_by_deck
from exporter.config.settings import Settings, with_values
from exporter.model.deck import Deck
from tests.anki_server import Servers, make_environment, newer_python, serving
from tests.engine.phone import Phone
from tests.pdf_decks import deck, note
from tests.projects import Project, Ran

pytestmark = pytest.mark.slow

DECK = "Interview Questions and Sample Answers – Challenges and Experience"
FIRST = "Question 3: "


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Return what starts servers from an environment that is installed once in a session."""
    python = newer_python()
    if python is None:
        pytest.skip("anki-connect-server needs Python 3.12 or newer, and none was found")
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    with FileLock(place / "anki-connect-server.lock"):
        try:
            own = make_environment(place / "anki-connect-server", python)
        except OSError as problem:
            pytest.skip(f"anki-connect-server cannot be installed: {problem}")
    servers = Servers(own)
    yield servers
    servers.close()


@pytest.fixture
def anki(tmp_path: Path) -> Path:
    """The folder of a person's Anki."""
    return tmp_path / "anki"


@contextmanager
def opened(folder: Path) -> Iterator[Phone]:
    """Open the collection, while no server has it open."""
    folder.mkdir(exist_ok=True)
    phone = Phone(folder)
    try:
        yield phone
    finally:
        phone.close()


def decks_of(phone: Phone) -> set[str]:
    cards = map(phone.collection.get_card, phone.collection.find_cards(""))
    return {phone.collection.decks.name(card.did) for card in cards}


def set_aside(phone: Phone) -> tuple[set[str], set[str]]:
    """The keys of the notes that are tagged as retired, and of those that are suspended."""
    found = [phone.collection.find_notes(query) for query in (f"tag:{RETIRED_TAG}", "is:suspended")]
    tagged, suspended = ({phone.collection.get_note(one).guid for one in some} for some in found)
    return tagged, suspended


def without(project: Project, number: int) -> str:
    """The source's text, from which a question is then missing."""
    text = project.source.read_text("utf-8")
    start, end = text.index(f"Question {number}:"), text.index(f"Question {number + 1}:")
    project.write(text[:start] + text[end:])
    return text


def push(project: Project, url: str, *arguments: str, answers: str = "") -> Ran:
    return project.run("push", "--url", url, *arguments, answers=answers)


def test_the_deck_arrives_and_later_only_what_changed(project: Project, anki: Path, servers: Servers) -> None:
    with serving(servers, anki) as url:
        first = push(project, url)
        assert first.status == 0, first.errors
        assert first.output == "Imported dist/interview-questions.apkg.\nNew in Anki: 28 of 28 notes.\n"
        assert project.package.exists()
        assert project.lock.exists()
        project.write(project.source.read_text("utf-8").replace("tight deadline", "close deadline"))
        assert "New in Anki: 0 of 28 notes." in push(project, url).output
    with opened(anki) as phone:
        notes = phone.notes()
        assert len(notes) == 28
        assert sum("close deadline" in fields["Question"] for fields in notes.values()) == 1
        assert decks_of(phone) == {DECK}
        assert phone.collection.fix_integrity()[1]


def test_a_dry_run_changes_nothing(project: Project, anki: Path, servers: Servers) -> None:
    project.build("--to", "anki")
    with opened(anki) as phone:
        phone.import_package(project.package)
        phone.review_all()
    text = without(project, 3)
    before, lock = project.exports(), project.lock.read_bytes()
    with serving(servers, anki) as url:
        ran = push(project, url, "--dry-run", "--set", "deck=Elsewhere")
    assert ran.status == 0, ran.errors
    assert ran.output.splitlines() == [
        "Would import dist/interview-questions.apkg.",
        "New in Anki: 0 of 27 notes.",
        f"Would move 27 cards from “{DECK}” to “Elsewhere”.",
        f"Would suspend 1 note of retired questions, and tag them {RETIRED_TAG}.",
    ]
    assert (project.exports(), project.lock.read_bytes()) == (before, lock)
    assert text != project.source.read_text("utf-8")
    with opened(anki) as phone:
        assert decks_of(phone) == {DECK}
        assert set_aside(phone) == (set(), set())


def test_cards_are_moved_after_asking_and_keep_their_reviews(
    project: Project, anki: Path, servers: Servers
) -> None:
    project.build("--to", "anki")
    with opened(anki) as phone:
        phone.import_package(project.package)
        phone.review_all()
    (project.root / "exporter.toml").write_text('deck = "Work::Interviews"\n')
    with serving(servers, anki) as url:
        unasked = push(project, url)
        assert unasked.status == 0, unasked.errors
        assert f"Move 28 cards from “{DECK}” to “Work::Interviews”? [y/N]" in unasked.output
        assert "Left unchanged. Use --yes to skip the question." in unasked.output
        refused = push(project, url, answers="n\n")
        assert "Moved" not in refused.output
        assert (
            f"Moved 28 cards from “{DECK}” to “Work::Interviews”." in push(project, url, answers="y\n").output
        )
        assert "ove" not in push(project, url, "--yes").output
    with opened(anki) as phone:
        assert decks_of(phone) == {"Work::Interviews"}
        assert set(phone.reviews().values()) == {1}


def test_cards_on_loan_to_a_filtered_deck_stay_there(project: Project, anki: Path, servers: Servers) -> None:
    project.build("--to", "anki")
    with opened(anki) as phone:
        phone.import_package(project.package)
        on_loan = phone.collection.decks.new_filtered("Tonight")
        phone.collection.sched.rebuild_filtered_deck(on_loan)
        assert decks_of(phone) == {"Tonight"}
    with serving(servers, anki) as url:
        ran = push(project, url, "--yes", "--set", "deck=Elsewhere")
        assert "Moved" not in ran.output, ran.output
    with opened(anki) as phone:
        assert decks_of(phone) == {"Tonight"}


def test_retired_notes_are_set_aside_and_come_back(project: Project, anki: Path, servers: Servers) -> None:
    with serving(servers, anki) as url:
        push(project, url)
    with opened(anki) as phone:
        by_number = {fields["Number"]: key for key, fields in phone.notes().items()}
        phone.collection.sched.suspend_cards(phone.collection.find_cards("Number:9"))
    mine, gone = by_number["9"], by_number["3"]
    text = without(project, 3)
    with serving(servers, anki) as url:
        asked = push(project, url, answers="y\n")
        assert f"Suspend 1 note of retired questions, and tag them {RETIRED_TAG}? [y/N]" in asked.output
        assert "Suspended 1 note" in asked.output
        assert "uspend" not in push(project, url, "--yes").output
    with opened(anki) as phone:
        assert set_aside(phone) == ({gone}, {gone, mine})
    project.write(text.replace("tight deadline", "close deadline"))
    with serving(servers, anki) as url:
        assert "Brought back 1 note that had been retired." in push(project, url).output
        assert "rought" not in push(project, url).output
    with opened(anki) as phone:
        assert set_aside(phone) == (set(), {mine})
        assert "close deadline" in phone.notes()[gone]["Question"]


def test_where_anki_cannot_import_it_says_how_to_continue(
    project: Project, anki: Path, servers: Servers
) -> None:
    """The server as PyPI has it cannot import: the rest is done once that was done by hand."""
    with serving(servers, anki, repaired=False) as url:
        ran = push(project, url, "--yes")
        assert ran.status == 3
        assert f"Anki did not import {project.package.resolve()}" in ran.errors
        assert "File → Import" in ran.errors
        assert "exporter push --no-import" in ran.errors
        assert "Traceback" not in ran.errors
    with opened(anki) as phone:
        assert phone.import_package(project.package).new == 28
    without(project, 3)
    with serving(servers, anki, repaired=False) as url:
        ran = push(project, url, "--yes", "--no-import", "--set", "deck=Elsewhere")
        assert ran.status == 0, ran.errors
        assert "Moved 27 cards" in ran.output
        assert "Suspended 1 note" in ran.output


def test_a_source_with_an_error_does_not_reach_anki(project: Project) -> None:
    project.write("nothing here\n")
    ran = push(project, "http://127.0.0.1:9")
    assert ran.status == 1
    assert "Nothing was written, and Anki was not contacted." in ran.errors


def test_categories_can_have_decks_of_their_own() -> None:
    source: Deck = deck(
        note("One?", "1.", 1, category="SQL"), note("Two?", "2.", 2), note("Three?", "3.", 3, category="SQL")
    )
    keys = [one.key for one in source.notes]
    assert group_keys_by_deck([source], Settings()) == {"A title": keys}
    assert group_keys_by_deck([source], with_values(Settings(), {"anki.subdecks": True})) == {
        "A title::SQL": [keys[0], keys[2]],
        "A title": [keys[1]],
    }


# ---- those who are not the AnkiConnect that is needed --------------------------------------


@contextmanager
def stranger(status: int, answer: bytes, asked: list[dict[str, object]] | None = None) -> Iterator[str]:
    """A server that gives the same response to every request."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if asked is not None:
                asked.append(json.loads(body))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


STRANGERS = {
    "an old one": (200, b'{"result": 5, "error": null}', "has version 5 of its interface; 6 is required"),
    "a very old one": (200, b"4", "has version 4 of its interface; 6 is required"),
    "one with a key": (200, b'{"result": null, "error": "valid api key must be provided"}', "--api-key"),
    "a web page": (200, b"<html>", "is not AnkiConnect"),
    "another interface": (200, b'{"version": 6}', "is not AnkiConnect"),
    "no page": (404, b"not found", "is not AnkiConnect"),
}


@pytest.mark.parametrize(("status", "answer", "words"), list(STRANGERS.values()), ids=list(STRANGERS))
def test_a_stranger_is_distinguished_from_anki(
    project: Project, status: int, answer: bytes, words: str
) -> None:
    with stranger(status, answer) as url:
        ran = push(project, url)
    assert (ran.status, "Traceback" in ran.errors) == (3, False)
    assert words in ran.errors
    assert not (project.root / "dist").exists()


def test_the_api_key_goes_with_the_request(project: Project) -> None:
    asked: list[dict[str, object]] = []
    with stranger(200, b'{"result": null, "error": "valid api key must be provided"}', asked) as url:
        ran = project.run("push", "--url", url, environment={"EXPORTER_ANKI_KEY": "sesame"})
    first = {"action": "version", "version": 6, "params": {}}
    assert asked == [first, {**first, "key": "sesame"}], "the key goes only to what speaks as AnkiConnect"
    assert "requires another API key" in ran.errors
    assert "sesame" not in ran.errors + ran.output


def test_anki_not_running_is_reported_with_what_to_install(project: Project) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        ran = push(project, f"http://127.0.0.1:{nobody.getsockname()[1]}")
    assert ran.status == 3
    assert "Start Anki." in ran.errors
    assert "code 2055492159" in ran.errors


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8765",
        "ftp://127.0.0.1",
        "http://",
        "http://[::1",
        "http://x:99999",
        "http://me:secret@localhost",
    ],
)
def test_an_address_that_is_none_is_a_usage_error(project: Project, url: str) -> None:
    ran = push(project, url)
    assert (ran.status, "is not an address of AnkiConnect" in ran.errors) == (2, True), ran.errors


def test_a_loopback_address_is_known() -> None:
    assert all(map(is_loopback, ["http://127.0.0.1:1", "http://localhost", "http://[::1]:8765"]))
    assert not any(map(is_loopback, ["http://192.168.1.2:8765", "http://localhost.example", "http://[::2]"]))
