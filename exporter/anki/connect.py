"""A client of AnkiConnect, the add-on through which programs control Anki on the desktop.

A request is a JSON object with an action, the version of the interface and the parameters of the
action; a reply has a result and an error, one of them null. Any program may listen at the address: a
reply is used only if its values have the types that AnkiConnect documents.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from exporter.anki.http_client import (
    MAX_RESPONSE_BYTES,
    NotLoopbackError,
    RedirectError,
    ResponseTooLargeError,
    is_loopback,
    post,
)
from exporter.anki.reply_types import is_id_list, is_integer, is_text
from exporter.model.terminal_text import printable_line

DEFAULT_URL = "http://127.0.0.1:8765"
API_VERSION = 6
ADD_ON_CODE = 2055492159

REPLY_TIMEOUT_S = 30.0  # unmeasured
"""The time for a whole reply. Imports have a longer one."""

MAX_REASON_CHARS = 300  # a few lines of a terminal
"""A longer error message of Anki is truncated."""

MAX_NOTES_PER_REQUEST = 100
"""A reply about 100 notes of a common deck has less than 1 MiB; see `MAX_RESPONSE_BYTES`."""

_INSTALL = (
    "Start Anki. If it has no AnkiConnect yet: in Anki, Tools → Add-ons → Get Add-ons…, "
    f"code {ADD_ON_CODE}, then restart Anki."
)


class AnkiConnectError(Exception):
    """Anki cannot be reached, or an action fails; the message includes what to do about it."""


class RefusedError(AnkiConnectError):
    """Anki reported an error for an action; the message is Anki's."""


class ReplyTooLargeError(AnkiConnectError):
    """A reply is longer than `MAX_RESPONSE_BYTES`."""


class _ApiKeyError(AnkiConnectError):
    """AnkiConnect requires an API key, or a different one."""


@dataclass(slots=True)
class Anki:
    """A running Anki with AnkiConnect; `key` is the API key of the add-on, or empty.

    The key is sent only after a reply of AnkiConnect was verified, and never unencrypted to another
    computer.
    """

    url: str = DEFAULT_URL
    key: str = ""
    _is_verified: bool = field(default=False, init=False)

    def check(self) -> None:
        """Raise `AnkiConnectError` unless AnkiConnect answers, in a supported version."""
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
        """Return the result of an action, a JSON value of any type.

        `timeout_s` is for the whole reply. Raises `RefusedError` if Anki reports an error, and
        `AnkiConnectError` if the reply is missing or not one of AnkiConnect.
        """
        if not self._is_verified:
            self.check()
        return self._send_request(action, timeout_s, parameters)

    def find_ids(self, action: str, query: str) -> list[int]:
        """Return the ids of the notes or cards that a search finds. Raises as `invoke`."""
        result = self.invoke(action, query=query)
        if not is_id_list(result):
            raise self.make_result_error(action)
        return list(result)

    def find_decks(self, cards: Sequence[int]) -> dict[str, list[int]]:
        """Return the ids of cards by the names of the decks that they are in. Raises as `invoke`."""
        result = self.invoke("getDecks", cards=cards)
        if not isinstance(result, dict) or not all(is_text(name) for name in result):
            raise self.make_result_error("getDecks")
        requested = set(cards)
        if not all(is_id_list(ids) and requested.issuperset(ids) for ids in result.values()):
            raise self.make_result_error("getDecks")
        return result

    def fetch_notes(self, note_ids: Sequence[int]) -> list[dict[str, Any]]:
        """Return the `notesInfo` of notes, empty for a note that does not exist. Raises as `invoke`.

        A batch whose reply is too large is requested again in halves.
        """
        infos: list[dict[str, Any]] = []
        step = MAX_NOTES_PER_REQUEST
        batches = [note_ids[start : start + step] for start in range(0, len(note_ids), step)]
        while batches:
            batch = batches.pop(0)
            try:
                result = self.invoke("notesInfo", notes=batch)
            except ReplyTooLargeError:
                if len(batch) == 1:
                    raise
                middle = len(batch) // 2
                batches[:0] = [batch[:middle], batch[middle:]]
                continue
            if not isinstance(result, list) or not all(isinstance(info, dict) for info in result):
                raise self.make_result_error("notesInfo")
            infos += result
        return infos

    def make_result_error(self, action: str) -> AnkiConnectError:
        """Return the error for a result whose type is not the one that AnkiConnect documents."""
        return self._make_stranger_error(f"its reply to {action} is not one of AnkiConnect's")

    @property
    def _is_unencrypted(self) -> bool:
        return not self.url.lower().startswith("https:")

    def _check_version(self, version: object) -> None:
        if not is_integer(version):
            raise self._make_stranger_error("it reports no version")
        if version < API_VERSION:
            raise AnkiConnectError(
                f"AnkiConnect at {self.url} has version {version} of its interface; {API_VERSION} is "
                "required. In Anki, open Tools → Add-ons → Check for Updates."
            )

    def _send_request(self, action: str, timeout_s: float, parameters: dict[str, object]) -> Any:
        request: dict[str, object] = {"action": action, "version": API_VERSION, "params": parameters}
        if self.key and self._is_verified:
            request["key"] = self.key
        reply = self._receive_reply(json.dumps(request).encode(), timeout_s, "key" in request)
        if action == "version" and is_integer(reply):
            return reply  # versions below 5 of the interface reply with the bare result
        if not isinstance(reply, dict) or not {"result", "error"} <= reply.keys():
            raise self._make_stranger_error()
        if reply["error"] is None:
            return reply["result"]
        if not is_text(reply["error"]):
            raise self._make_stranger_error("its error is not a string")
        reason = printable_line(reply["error"][:MAX_REASON_CHARS].strip()) or "no reason given"
        if "api key" in reason.casefold():
            raise _ApiKeyError(
                f"AnkiConnect at {self.url} requires {'another' if self.key else 'an'} API key. "
                "Pass the one from its configuration with --api-key or EXPORTER_ANKI_KEY."
            )
        raise RefusedError(reason)

    def _receive_reply(self, body: bytes, timeout_s: float, has_key: bool) -> object:
        headers = {"Content-Type": "application/json"}
        try:
            data = post(
                self.url,
                body,
                headers=headers,
                timeout_s=timeout_s,
                loopback_only=has_key and self._is_unencrypted,
            )
        except TimeoutError:
            raise AnkiConnectError(
                f"Anki at {self.url} does not reply. Close the dialogs that are open in it and retry."
            ) from None
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
        except OSError as exc:
            reason = printable_line(str(exc.strerror or exc)[:MAX_REASON_CHARS])
            raise AnkiConnectError(f"No reply from {self.url} ({reason}). {_INSTALL}") from None
        try:
            return json.loads(data.decode("utf-8-sig"), parse_constant=_reject_constant)
        except (ValueError, RecursionError):
            raise self._make_stranger_error() from None

    def _make_stranger_error(self, why: str = "") -> AnkiConnectError:
        return AnkiConnectError(
            f"The server at {self.url} is not AnkiConnect{f': {why}' if why else ''}. Pass the address "
            f"from the add-on's configuration with --url; the default is {DEFAULT_URL}."
        )


def _reject_constant(name: str) -> object:
    """Reject `NaN` and `Infinity`, which `json` accepts by default."""
    raise ValueError(f"{name} is not JSON")
