"""The preview served on loopback: the last good page, and word of each new build."""

from __future__ import annotations

import json
import threading
import time
from http import HTTPStatus

from exporter.config.templates import template_text
from exporter.web.http_server import LOOPBACK, Handler, Server

HEARTBEAT_S = 15.0
"""How often a waiting browser hears that all is well, in seconds."""

_LAST = "The source has errors: this is the last good build."
_NONE = "The source has errors: the page appears as soon as they are fixed."

HTML = "text/html; charset=utf-8"


class PreviewServer(Server):
    """Serves the last page that was published; safe to be told of builds from another thread."""

    def __init__(self, port: int) -> None:
        """Listen on this port, or on any free one for 0; raises `OSError` where it is taken."""
        # Before the socket: where the port is taken, the server closes itself at once.
        self.news = threading.Condition()
        self.closing = False
        super().__init__((LOOPBACK, port), _Preview)
        # A page that outlived an earlier server must see that this one's builds are others.
        self._started = time.time_ns()
        self._builds = 0
        self._message = ""
        reload = template_text("preview/reload.js", "")
        self.page = (
            '<!doctype html><meta charset="utf-8"><title>Preview</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark">'
            f'<p id="message" style="font: 1rem system-ui; margin: 2rem">{_NONE}</p>'
            f"<script>{reload}</script>"
        ).encode()

    @property
    def url(self) -> str:
        """Return where the page is."""
        return f"http://{LOOPBACK}:{self.port}/"

    @property
    def state(self) -> str:
        """Return which build the page is of, and what is to be said of the source since."""
        return json.dumps({"build": f"{self._started}-{self._builds}", "message": self._message})

    def publish(self, html: str) -> None:
        """Serve this page from now on."""
        with self.news:
            self.page = html.encode()
            self._builds += 1
            self._message = ""
            self.news.notify_all()

    def publish_failure(self) -> None:
        """Keep the page, and say on it that the source is broken."""
        with self.news:
            self._message = _LAST if self._builds else _NONE
            self.news.notify_all()

    def server_close(self) -> None:
        """Let all waiting browsers go."""
        with self.news:
            self.closing = True
            self.news.notify_all()
        super().server_close()


class _Preview(Handler):
    server: PreviewServer

    def answer(self) -> None:
        # A page elsewhere on the web could reach loopback under a name of its own.
        if self.headers.get("Host") not in (
            f"{LOOPBACK}:{self.server.port}",
            f"localhost:{self.server.port}",
        ):
            self.refuse()
        elif self.path == "/":
            self.reply(self.server.page, HTML)
        elif self.path == "/events":
            self._events()
        else:
            self.refuse()

    def _events(self) -> None:
        """Send the state now and after each build, until the browser goes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        server, sent = self.server, ""
        while not server.closing:
            with server.news:
                if server.state == sent and not server.closing:
                    server.news.wait(HEARTBEAT_S)
                state = server.state
            self.wfile.write(f"data: {state}\n\n".encode() if state != sent else b": well\n\n")
            self.wfile.flush()
            sent = state
