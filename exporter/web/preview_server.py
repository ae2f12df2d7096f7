"""The server of the live preview on the loopback interface: the last page, and events of builds."""

from __future__ import annotations

import json
import threading
import time
from http import HTTPStatus

from exporter.config.templates import template_text
from exporter.web.http_handler import Handler
from exporter.web.http_server import LOOPBACK, Server

HEARTBEAT_S = 15.0
"""Interval of the comments that keep an event stream open, in seconds."""

_KEPT = "The source has errors: this is the last good build."
_NO_PAGE = "The source has errors: the page appears as soon as they are fixed."

HTML = "text/html; charset=utf-8"


class PreviewServer(Server):
    """A server of the last published page; its methods may be called from other threads."""

    def __init__(self, port: int) -> None:
        """Listen on a port, or on any free one if it is 0; raise `OSError` if the port is in use."""
        # set before binding, because the server closes itself if the port is in use
        self.state_changed = threading.Condition()
        self.closing = False
        super().__init__((LOOPBACK, port), _PreviewHandler)
        # distinguishes the builds from those of a former server, whose page may still be open
        self._started = time.time_ns()
        self._builds = 0
        self._message = ""
        reload = template_text("preview/reload.js", "")
        self.page = (
            '<!doctype html><meta charset="utf-8"><title>Preview</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark">'
            f'<p id="message" style="font: 1rem system-ui; margin: 2rem">{_NO_PAGE}</p>'
            f"<script>{reload}</script>"
        ).encode()

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{LOOPBACK}:{self.port}/"

    @property
    def state(self) -> str:
        """The state as JSON: the build that the page is of, and the message to show on it."""
        return json.dumps({"build": f"{self._started}-{self._builds}", "message": self._message})

    def publish(self, html: str) -> None:
        """Serve this page from now on."""
        with self.state_changed:
            self.page = html.encode()
            self._builds += 1
            self._message = ""
            self.state_changed.notify_all()

    def publish_failure(self) -> None:
        """Keep the page, and show on it that the source has errors."""
        with self.state_changed:
            self._message = _KEPT if self._builds else _NO_PAGE
            self.state_changed.notify_all()

    def server_close(self) -> None:
        """End all event streams, and close the server."""
        with self.state_changed:
            self.closing = True
            self.state_changed.notify_all()
        super().server_close()


class _PreviewHandler(Handler):
    server: PreviewServer

    def answer(self) -> None:
        # a web site could reach the loopback interface under its host name (DNS rebinding)
        if self.headers.get("Host") not in (
            f"{LOOPBACK}:{self.server.port}",
            f"localhost:{self.server.port}",
        ):
            self.refuse()
        elif self.path == "/":
            self.reply(self.server.page, HTML)
        elif self.path == "/events":
            self._send_events()
        else:
            self.refuse()

    def _send_events(self) -> None:
        """Send the state now and after each change, until the browser disconnects."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        server, sent = self.server, ""
        while not server.closing:
            with server.state_changed:
                if server.state == sent and not server.closing:
                    server.state_changed.wait(HEARTBEAT_S)
                state = server.state
            self.wfile.write(f"data: {state}\n\n".encode() if state != sent else b": well\n\n")
            self.wfile.flush()
            sent = state
