"""Any server may answer at AnkiConnect's address: bounded time and memory, a message, and no key sent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.anki import connect
from exporter.anki.connect import Anki, AnkiConnectError, RefusedError
from exporter.anki.http_client import MAX_RESPONSE_BYTES
from tests.faults.hostile_server import Hostile, Send, hostile, reply, reply_json
from tests.projects import REPOSITORY, Project

pytestmark = pytest.mark.slow

HEAD = b"HTTP/1.1 200 OK\r\n"
PIECE = bytes([32]) * (1 << 20)


def endless(head: bytes, piece: bytes) -> Callable[[dict[str, Any], Send], None]:
    def answer(_request: dict[str, Any], send: Send) -> None:
        send(head)
        for _ in range(4096):
            send(piece)

    return answer


def whole(body: bytes, status: str = "200 OK", headers: str = "") -> Callable[[dict[str, Any], Send], None]:
    return lambda _request, send: reply(send, body, status, headers)


def raw(data: bytes) -> Callable[[dict[str, Any], Send], None]:
    return lambda _request, send: send(data)


LARGE: dict[str, Callable[[dict[str, Any], Send], None]] = {
    "a body without an end": endless(HEAD + b"\r\n", PIECE),
    "a length that is a lie": endless(HEAD + b"Content-Length: 999999999999999\r\n\r\n", PIECE),
    "a chunk of all that comes": endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", PIECE),
    "a chunk larger than memory": endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n", PIECE),
    "chunks without an end": endless(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + PIECE[:65536] + b"\r\n"
    ),
    "trailers without an end": endless(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: " + PIECE[:60_000] + b"\r\n"
    ),
    "a line of headers without an end": endless(HEAD, b"X" * (1 << 20)),
    "headers without an end": endless(HEAD, b"X: y\r\n" * 10_000),
    "a status without an end": endless(b"HTTP/1.1 ", b"2" * (1 << 20)),
    "beginnings without an end": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000),
}

STRANGE: dict[str, Callable[[dict[str, Any], Send], None]] = {
    "deep": whole(b"[" * 200_000 + b"]" * 200_000),
    "deep objects": whole(b'{"result":' * 100_000),
    "a number of 5,000 digits": whole(b'{"result":' + b"9" * 5000 + b',"error":null}'),
    "a number of 4,000 digits": whole(b'{"result":' + b"9" * 4000 + b',"error":null}'),
    "a fraction": whole(b'{"result":6.5,"error":null}'),
    "no number": whole(b'{"result":NaN,"error":null}'),
    "a truth": whole(b'{"result":true,"error":null}'),
    "a bare truth": whole(b"true"),
    "a negative": whole(b'{"result":-6,"error":null}'),
    "null": whole(b'{"result":null,"error":null}'),
    "an error that is no text": whole(b'{"result":6,"error":{"a":1}}'),
    "an error that is false": whole(b'{"result":6,"error":false}'),
    "half a surrogate pair": whole(b'{"result":null,"error":"\\ud800"}'),
    "HTML": whole(b"<html>hi</html>"),
    "a page of an error": whole(b"<html>hi</html>", "500 Internal Server Error"),
    "all bytes": whole(bytes(range(256))),
    "UTF-16": whole('{"result":6,"error":null}'.encode("utf-16")),
    "gzip": whole(bytes.fromhex("1f8b0800"), headers="Content-Encoding: gzip\r\n"),
    "nothing": raw(b""),
    "no HTTP": raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "an old HTTP": raw(b"HTTP/0.9 200\r\n\r\n"),
    "an empty answer": whole(b""),
    "half an answer": raw(HEAD + b'Content-Length: 100\r\n\r\n{"result":'),
}


@pytest.mark.parametrize("answer", list(STRANGE.values()), ids=list(STRANGE))
def test_what_is_not_ankiconnect_is_reported(answer: Callable[[dict[str, Any], Send], None]) -> None:
    with hostile(answer) as server, pytest.raises(AnkiConnectError, match=r"is not AnkiConnect") as raised:
        Anki(server.url).check()
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 600


ASKS_ALL = """
import resource, sys
from exporter.anki.connect import Anki, AnkiConnectError
resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
for url in sys.argv[1:]:
    try:
        Anki(url).check()
    except AnkiConnectError as exc:
        print(exc)
"""


def test_no_more_is_read_than_may_be(project: Project) -> None:
    """Each sends 4 GiB to a process that has 600 MiB and a minute of CPU time."""
    servers: list[Hostile] = []

    def nest(left: list[Callable[[dict[str, Any], Send], None]]) -> list[str]:
        if left:
            with hostile(left[0]) as server:
                servers.append(server)
                return nest(left[1:])
        done = subprocess.run(
            [sys.executable, "-c", ASKS_ALL, *(server.url for server in servers)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    lines = nest(list(LARGE.values()))
    assert len(lines) == len(LARGE)
    for name, line in zip(LARGE, lines, strict=True):
        assert "longer than 16 MiB" in line or "is not AnkiConnect" in line, (name, line)
    assert all(server.client_left.is_set() for server in servers)


def test_an_answer_of_as_much_as_may_be_is_read() -> None:
    with hostile(whole(b'{"result":6,"error":null}' + PIECE * 15)) as server:
        Anki(server.url).check()
    assert MAX_RESPONSE_BYTES == 16 << 20


DRIPS = {
    "the body": HEAD + b"Content-Length: 1000\r\n\r\n",
    "a header": HEAD + b"X: ",
    "the status": b"HTTP/1.1 2",
}


@pytest.mark.parametrize("head", list(DRIPS.values()), ids=list(DRIPS))
def test_the_time_is_for_the_whole_answer(head: bytes) -> None:
    """Each byte arrives in time, but the last one never."""

    def answer(request: dict[str, Any], send: Send) -> None:
        if request["action"] == "version":
            reply_json(send, 6)
            return
        send(head)
        for _ in range(600):
            send(b" ")
            time.sleep(0.05)

    with hostile(answer) as server:
        anki = Anki(server.url)
        anki.check()
        with pytest.raises(AnkiConnectError, match="does not reply"):
            anki.invoke("findNotes", 0.5)
        assert server.client_left.wait(20)


@pytest.mark.parametrize("status", ["301 a", "302 a", "303 a", "307 a", "308 a", "300 a"])
def test_no_redirect_is_followed(status: str) -> None:
    with hostile(lambda _request, send: reply_json(send, 6)) as other:
        for target in (other.url, "file:///etc/passwd", "/elsewhere"):
            with (
                hostile(whole(b"", status, f"Location: {target}\r\n")) as server,
                pytest.raises(AnkiConnectError, match="redirects requests, which is not allowed"),
            ):
                Anki(server.url).check()
        assert not other.requests


def test_a_redirect_after_the_first_answer_is_not_followed() -> None:
    def answer(request: dict[str, Any], send: Send) -> None:
        if request["action"] == "version":
            reply_json(send, 6)
        else:
            reply(send, b"", "307 a", f"Location: {other.url}\r\n")

    with hostile(lambda _request, send: reply_json(send, [])) as other, hostile(answer) as server:
        with pytest.raises(AnkiConnectError, match="not allowed"):
            Anki(server.url, "sesame").invoke("findNotes")
        assert not other.requests


# ---- the key ---------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", list(STRANGE.values()), ids=list(STRANGE))
def test_the_key_does_not_go_to_a_stranger(answer: Callable[[dict[str, Any], Send], None]) -> None:
    with hostile(answer) as server:
        with pytest.raises(AnkiConnectError):
            Anki(server.url, "sesame").invoke("findNotes")
        assert [request.get("key") for request in server.requests] == [None]


def _wants_key(request: dict[str, Any], send: Send) -> None:
    if request.get("key") == "sesame":
        reply_json(send, 6)
    else:
        reply_json(send, None, "valid api key must be provided")


def test_the_key_goes_to_ankiconnect_that_wants_it() -> None:
    with hostile(_wants_key) as server:
        Anki(server.url, "sesame").check()
        assert [request.get("key") for request in server.requests] == [None, "sesame"]
        with pytest.raises(AnkiConnectError, match="requires another API key"):
            Anki(server.url, "wrong").check()
        with pytest.raises(AnkiConnectError, match=r"requires an API key\. Pass"):
            Anki(server.url).check()


@pytest.mark.parametrize(
    "url",
    ["http://192.0.2.1:8765", "http://anki.example:8765", "HTTP://localhost.example", "http://0.0.0.0:1"],
)
def test_the_key_never_goes_over_the_network_unencrypted(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> bytes:
        raise AssertionError("something was sent")

    monkeypatch.setattr(connect, "post", forbidden)
    with pytest.raises(AnkiConnectError, match=r"would be sent to .* unencrypted"):
        Anki(url, "sesame").check()


def test_host_name_that_resolves_elsewhere_gets_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.getpeername", lambda _sock: ("192.0.2.1", 80))
    with hostile(_wants_key) as server:
        with pytest.raises(AnkiConnectError, match="the API key was not sent there"):
            Anki(server.url.replace("127.0.0.1", "localhost"), "sesame").check()
        assert [request.get("key") for request in server.requests] == [None]


# ---- words -----------------------------------------------------------------------------------


def test_the_words_of_an_error_are_safe_for_a_terminal() -> None:
    words = "bad \x1b]0;owned\x07\x1b[2J\u202e \n\n Type your password:" + "x" * 10_000
    with (
        hostile(lambda _request, send: reply_json(send, None, words)) as server,
        pytest.raises(RefusedError) as raised,
    ):
        Anki(server.url).check()
    assert str(raised.value).isprintable()
    assert str(raised.value).startswith(r"bad \x1b]0;owned\x07")
    assert len(str(raised.value)) < 1000


def test_the_words_of_an_error_are_shown_as_anki_s(project: Project) -> None:
    def answer(request: dict[str, Any], send: Send) -> None:
        if request["action"] == "version":
            reply_json(send, 6)
        else:
            reply_json(send, None, "Type your password:\n")

    with hostile(answer) as server:
        ran = project.run("push", "--url", server.url, "--yes")
    assert ran.status == 3
    assert "exporter: Anki refused the request: “Type your password:”." in ran.errors
    assert {request["action"] for request in server.requests} <= {"version", "findNotes", "findCards"}


@pytest.mark.parametrize("result", [None, "abc", {"a": 1}, [1.5], ["1"], [True], [-1], 12])
def test_replies_of_wrong_type_stop_a_push_before_changes(project: Project, result: Any) -> None:
    def answer(request: dict[str, Any], send: Send) -> None:
        reply_json(send, 6 if request["action"] == "version" else result)

    with hostile(answer) as server:
        ran = project.run("push", "--url", server.url, "--yes")
    assert (ran.status, "its reply to findNotes is not one of AnkiConnect's" in ran.errors) == (3, True), ran
    assert [request["action"] for request in server.requests] == ["version", "findNotes"]


def test_ctrl_c_ends_the_wait() -> None:
    code = (
        "import sys\nfrom exporter.anki.connect import Anki\n"
        "try: Anki(sys.argv[1]).check()\n"
        "except KeyboardInterrupt: print('stopped')"
    )

    def answer(_request: dict[str, Any], send: Send) -> None:
        process.send_signal(signal.SIGINT)
        for _ in range(600):
            send(b"H")
            time.sleep(0.05)

    with hostile(answer) as server:
        process = subprocess.Popen(
            [sys.executable, "-c", code, server.url],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.communicate(timeout=60)[0] == "stopped\n"
        assert server.client_left.wait(20)


# ---- any JSON --------------------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["\ud800", "\x1b[2J", 2**63, -1, "api key"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)

ANSWERS = JSON | st.fixed_dictionaries({"result": JSON, "error": st.none() | JSON})


@given(version=st.just({"result": 6, "error": None}) | ANSWERS, answer=ANSWERS)
def test_any_json_is_a_result_or_a_sentence(version: Any, answer: Any) -> None:
    def post(_url: str, body: bytes, *_: object, **__: object) -> bytes:
        is_version = json.loads(body)["action"] == "version"
        return json.dumps(version if is_version else answer).encode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connect, "post", post)
        anki = Anki("http://127.0.0.1:1", "key")
        for ask in (
            lambda: anki.check(),
            lambda: anki.invoke("addTags"),
            lambda: anki.find_ids("findNotes", "Key:x"),
            lambda: anki.find_decks([1, 2]),
            lambda: anki.fetch_notes([1, 2]),
        ):
            try:
                ask()
            except AnkiConnectError as exc:
                assert str(exc).isprintable(), str(exc)
