"""Talking to Anki on the desktop, through the interface of its add-on AnkiConnect.

A request is a JSON object with an action, the interface's version and the action's
parameters; an answer has a result and an error, one of them null.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

URL = "http://127.0.0.1:8765"
VERSION = 6
ADD_ON = 2055492159

PATIENCE = 30.0
"""How long Anki may take for an answer, in seconds."""

_INSTALL = (
    "Start Anki. If it has no AnkiConnect yet: in Anki, Tools → Add-ons → Get Add-ons…, "
    f"code {ADD_ON}, then restart Anki."
)


class AnkiConnectError(Exception):
    """Anki cannot be reached, or does not do what is asked; the message says what to do about it."""


class RefusedError(AnkiConnectError):
    """Anki was reached, and refused an action; the message is its own."""


@dataclass(frozen=True, slots=True)
class Anki:
    """An Anki that is running, with AnkiConnect in it; `key` is the add-on's API key, if it has one."""

    url: str = URL
    key: str = ""

    def check(self) -> None:
        """Make sure that AnkiConnect answers in a version that is known; raises `AnkiConnectError`."""
        version = self.ask("version")
        if not isinstance(version, int) or version < VERSION:
            raise AnkiConnectError(
                f"AnkiConnect at {self.url} has version {version!r} of its interface, and {VERSION} is "
                "needed. In Anki, open Tools → Add-ons → Check for Updates."
            )

    def ask(self, action: str, patience: float = PATIENCE, **parameters: object) -> Any:
        """Return the result of an action.

        Raises `RefusedError` where Anki says no, and `AnkiConnectError` where nobody who speaks
        its language answers.
        """
        request: dict[str, object] = {"action": action, "version": VERSION, "params": parameters}
        if self.key:
            request["key"] = self.key
        answer = self._answer(json.dumps(request).encode(), patience)
        if action == "version" and isinstance(answer, int):
            return answer  # as the add-on answered before its answers had an error
        if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
            raise self._stranger()
        if answer["error"] is None:
            return answer["result"]
        reason = str(answer["error"])
        if "api key" in reason.casefold():
            raise AnkiConnectError(
                f"AnkiConnect at {self.url} wants an API key{' other than this one' if self.key else ''}. "
                "Give the one from its configuration with --api-key, or in EXPORTER_ANKI_KEY."
            )
        raise RefusedError(reason)

    def _answer(self, body: bytes, patience: float) -> object:
        from http.client import HTTPException
        from urllib.error import HTTPError, URLError
        from urllib.request import ProxyHandler, Request, build_opener

        request = Request(self.url, body, {"Content-Type": "application/json"})
        try:
            # A proxy for the web has no business between this computer and itself.
            with build_opener(ProxyHandler({})).open(request, timeout=patience) as response:
                data = response.read()
        except HTTPError as refusal:
            with refusal:
                data = refusal.read()
        except TimeoutError:
            raise self._silent() from None
        except URLError as problem:
            if isinstance(problem.reason, TimeoutError):
                raise self._silent() from None
            raise AnkiConnectError(
                f"Nobody answers at {self.url} ({_reason(problem.reason)}). {_INSTALL}"
            ) from None
        except (OSError, HTTPException):
            raise self._stranger() from None
        try:
            return json.loads(data)
        except ValueError:
            raise self._stranger() from None

    def _silent(self) -> AnkiConnectError:
        return AnkiConnectError(
            f"Anki at {self.url} was asked, and does not answer. Close the dialogs that are open in it, "
            "and run this again."
        )

    def _stranger(self) -> AnkiConnectError:
        return AnkiConnectError(
            f"What answers at {self.url} is not AnkiConnect. Give the address from the add-on's "
            f"configuration with --url; by default it is {URL}."
        )


def _reason(problem: object) -> str:
    return problem.strerror or str(problem) if isinstance(problem, OSError) else str(problem)


def is_loopback(url: str) -> bool:
    """Say whether an address is on this computer."""
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
