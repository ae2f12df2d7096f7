"""A real browser: an installed Chromium, driven by playwright, with no network of its own."""

from __future__ import annotations

import faulthandler
import shutil
from collections.abc import Callable, Iterator

import pytest

QUIET = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


LONGEST = 90.0
"""How long a test may take, in seconds: a browser that stops answering is waited for without end."""


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """End the process of a test that takes too long, and say where it stood."""
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """The browser; tests that need one are skipped where there is none."""
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None:
        pytest.skip("There is no Chromium here; install Debian's package chromium.")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=command, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser) -> Iterator[Callable[..., object]]:
    """Open a page of a size, by day or night; nothing may be asked of the network, nor go wrong."""
    contexts = []
    requests: list[str] = []
    faults: list[str] = []
    stopped: list[str] = ["file:", "data:", "about:", "http://127.0.0.1:"]

    def opened(
        width: int, height: int, night: bool = False, expected: tuple[str, ...] = (), refused: str = ""
    ) -> object:
        # The browser may tell of a request that its policy then refuses: where one is expected, the
        # test itself must see that none comes through.
        stopped.extend([refused] if refused else [])
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if night else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "console",
            lambda message: (
                message.type == "error"
                and not message.text.startswith(expected or ("\0",))
                and faults.append(message.text)
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults
    assert not [url for url in requests if not url.startswith(tuple(stopped))]
