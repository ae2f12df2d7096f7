"""Talking to Anki on the desktop, through the interface of its add-on AnkiConnect.

A request is a JSON object with an action, the interface's version and the action's
parameters; an answer has a result and an error, one of them null. Whatever answers may be
anybody: it is believed only as far as its answers have the types that AnkiConnect's have.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from exporter.anki.http_client import (
    MAX_RESPONSE_BYTES,
    NotLoopbackError,
    RedirectError,
    ResponseTooLargeError,
    post,
)
from exporter.model.terminal_text import printable_line

DEFAULT_URL = "http://127.0.0.1:8765"
API_VERSION = 6
ADD_ON_CODE = 2055492159

REPLY_TIMEOUT_S = 30.0
"""How long Anki may take for a whole answer, in seconds."""

MAX_REASON_CHARS = 300
"""Of what Anki says of an error no more is shown."""

MAX_ID = 2**63 - 1
"""Ids of notes and cards are times in milliseconds; the database has 64 bits for them."""

MAX_NOTES_PER_REQUEST = 100
"""How many notes one request asks for."""

_INSTALL = (
    "Start Anki. If it has no AnkiConnect yet: in Anki, Tools → Add-ons → Get Add-ons…, "
    f"code {ADD_ON_CODE}, then restart Anki."
)


class AnkiConnectError(Exception):
    """Anki cannot be reached, or does not do what is asked; the message says what to do about it."""


class RefusedError(AnkiConnectError):
    """Anki was reached, and refused an action; the message is its own."""


class ReplyTooLargeError(AnkiConnectError):
    """An answer is longer than any that is read."""


class _ApiKeyError(AnkiConnectError):
    """AnkiConnect wants an API key, or another one."""


@dataclass(slots=True)
class Anki:
    """An Anki that is running, with AnkiConnect in it; `key` is the add-on's API key, if it has one.

    The key is sent only to what has answered as AnkiConnect does, and never over the network
    unencrypted.
    """

    url: str = DEFAULT_URL
    key: str = ""
    _is_verified: bool = field(default=False, init=False)

    def check(self) -> None:
        """Make sure that AnkiConnect answers in a version that is known; raises `AnkiConnectError`."""
        if self.key and self._is_unencrypted and not is_loopback(self.url):
            raise AnkiConnectError(
                f"The API key would be sent to {self.url} unencrypted. Use an https address, "
                "an address of this computer (for example of an SSH tunnel), or no key."
            )
        self._is_verified = False
        try:
            self._check_version(self._send_request("version", REPLY_TIMEOUT_S, {}))
            self._is_verified = True
        except _ApiKeyError:
            if not self.key:
                raise
            self._is_verified = True
            self._check_version(self._send_request("version", REPLY_TIMEOUT_S, {}))

    def invoke(self, action: str, timeout_s: float = REPLY_TIMEOUT_S, **parameters: object) -> Any:
        """Return the result of an action, which is any value.

        `timeout_s` is for the whole answer, in seconds. Raises `RefusedError` where Anki says no,
        and `AnkiConnectError` where nobody who speaks its language answers.
        """
        if not self._is_verified:
            self.check()
        return self._send_request(action, timeout_s, parameters)

    def find_ids(self, action: str, query: str) -> list[int]:
        """Return the ids of notes or cards that a search finds; raises as `invoke`."""
        result = self.invoke(action, query=query)
        if not _is_id_list(result):
            raise self.make_result_error(action)
        return list(result)

    def find_decks(self, cards: Sequence[int]) -> dict[str, list[int]]:
        """Return the names of the decks that cards are in, with these cards; raises as `invoke`."""
        result = self.invoke("getDecks", cards=cards)
        if not isinstance(result, dict) or not all(is_text(name) for name in result):
            raise self.make_result_error("getDecks")
        asked = set(cards)
        if not all(_is_id_list(ids) and asked.issuperset(ids) for ids in result.values()):
            raise self.make_result_error("getDecks")
        return result

    def fetch_notes(self, notes: Sequence[int]) -> list[dict[str, Any]]:
        """Return what AnkiConnect says of notes, an empty one for each that is gone; raises as `invoke`."""
        infos: list[dict[str, Any]] = []
        parts = [
            notes[start : start + MAX_NOTES_PER_REQUEST]
            for start in range(0, len(notes), MAX_NOTES_PER_REQUEST)
        ]
        while parts:
            part = parts.pop(0)
            try:
                result = self.invoke("notesInfo", notes=part)
            except ReplyTooLargeError:
                if len(part) == 1:
                    raise
                parts[:0] = [part[: len(part) // 2], part[len(part) // 2 :]]
                continue
            if not isinstance(result, list) or not all(isinstance(info, dict) for info in result):
                raise self.make_result_error("notesInfo")
            infos += result
        return infos

    def make_result_error(self, action: str) -> AnkiConnectError:
        """Return the error for an answer of a type that AnkiConnect's never has."""
        return self._make_stranger_error(f"its reply to {action} is not one of AnkiConnect's")

    @property
    def _is_unencrypted(self) -> bool:
        return not self.url.lower().startswith("https:")

    def _check_version(self, version: object) -> None:
        if not is_integer(version):
            raise self._make_stranger_error("it reports no version")
        if version < API_VERSION:
            raise AnkiConnectError(
                f"AnkiConnect at {self.url} has version {version} of its interface, and {API_VERSION} is "
                "needed. In Anki, open Tools → Add-ons → Check for Updates."
            )

    def _send_request(self, action: str, timeout_s: float, parameters: dict[str, object]) -> Any:
        request: dict[str, object] = {"action": action, "version": API_VERSION, "params": parameters}
        if self.key and self._is_verified:
            request["key"] = self.key
        answer = self._receive_reply(json.dumps(request).encode(), timeout_s, "key" in request)
        if action == "version" and is_integer(answer):
            return answer  # as the add-on answered before its answers had an error
        if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
            raise self._make_stranger_error()
        if answer["error"] is None:
            return answer["result"]
        if not is_text(answer["error"]):
            raise self._make_stranger_error("its error is not a string")
        reason = printable_line(answer["error"][:MAX_REASON_CHARS].strip()) or "no reason given"
        if "api key" in reason.casefold():
            raise _ApiKeyError(
                f"AnkiConnect at {self.url} requires {'another' if self.key else 'an'} API key. "
                "Pass the one from its configuration with --api-key or EXPORTER_ANKI_KEY."
            )
        raise RefusedError(reason)

    def _receive_reply(self, body: bytes, timeout_s: float, has_key: bool) -> object:
        from http.client import HTTPException

        headers = {"Content-Type": "application/json"}
        try:
            data = post(self.url, body, headers, timeout_s, loopback_only=has_key and self._is_unencrypted)
        except TimeoutError:
            raise self._make_timeout_error() from None
        except ResponseTooLargeError:
            raise ReplyTooLargeError(
                f"The reply from {self.url} is longer than {MAX_RESPONSE_BYTES >> 20} MiB; not read."
            ) from None
        except RedirectError:
            raise self._make_stranger_error("it redirects requests, which is not allowed") from None
        except NotLoopbackError:
            raise AnkiConnectError(
                f"{self.url} is not on this computer; the API key was not sent there unencrypted."
            ) from None
        except (ConnectionResetError, ConnectionAbortedError, BrokenPipeError, HTTPException, ValueError):
            raise self._make_stranger_error() from None
        except OSError as problem:
            reason = printable_line(str(problem.strerror or problem)[:MAX_REASON_CHARS])
            raise AnkiConnectError(f"No reply from {self.url} ({reason}). {_INSTALL}") from None
        try:
            return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise self._make_stranger_error() from None

    def _make_timeout_error(self) -> AnkiConnectError:
        return AnkiConnectError(
            f"Anki at {self.url} was asked, and does not answer. Close the dialogs that are open in it, "
            "and run this again."
        )

    def _make_stranger_error(self, why: str = "") -> AnkiConnectError:
        return AnkiConnectError(
            f"What answers at {self.url} is not AnkiConnect{f': {why}' if why else ''}. Give the address "
            f"from the add-on's configuration with --url; by default it is {DEFAULT_URL}."
        )


def is_integer(value: object) -> TypeGuard[int]:
    """Return whether a value of JSON is an integer that a database can hold, and not negative."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_ID


def is_text(value: object) -> TypeGuard[str]:
    """Return whether a value of JSON is a text; half of a surrogate pair is none."""
    try:
        return isinstance(value, str) and value.encode() is not None
    except UnicodeEncodeError:
        return False


def is_text_list(value: object) -> TypeGuard[list[str]]:
    """Return whether a value of JSON is a list of strings."""
    return isinstance(value, list) and all(map(is_text, value))


def _is_id_list(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(map(is_integer, value))


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def is_loopback(url: str) -> bool:
    """Say whether an address is on this computer."""
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
