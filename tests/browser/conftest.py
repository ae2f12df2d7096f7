"""Fixtures for tests in a real browser: an installed Chromium without network, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

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


COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first is the same engine without the windows, and takes a third of the CPU time."""

MAX_TEST_S = 90.0
"""How long a test may take; the slowest takes 11 s on two busy cores."""

START = """#!/bin/sh
echo $$ >"{folder}/pid"
exec "{command}" "$@"
"""


class Chromium:
    """A Chromium that is started when it is first needed, and again after it was killed."""

    def __init__(self, launch: Callable[..., Any], command: str, folder: Path) -> None:
        self._launch = launch
        self._pid = folder / "pid"
        self._start = folder / "start"
        self._start.write_text(START.format(folder=folder, command=command), encoding="utf-8")
        self._start.chmod(0o755)
        self._browser: Any = None

    def browser(self) -> Any:
        """Return the running browser."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._launch(executable_path=self._start, args=QUIET)
        return self._browser

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Kill the browser if the body takes longer.

        Many calls of playwright have no timeout: where the browser does not reply, they wait forever.
        If the browser is killed, they raise an error. To end this process instead would lose the results
        of all its tests, and under pytest-xdist the traceback too.
        """
        is_late = threading.Event()

        def kill() -> None:
            is_late.set()
            with suppress(ProcessLookupError):
                # the group that playwright starts it in: the command may be a script
                os.killpg(int(self._pid.read_text()), signal.SIGKILL)

        timer = threading.Timer(seconds, kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            if is_late.is_set():
                self._browser = None
        assert not is_late.is_set(), f"The browser was killed after {seconds} s"

    def close(self) -> None:
        """Close the browser, if it runs."""
        if self._browser is not None:
            self._browser.close()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """The browser of all tests; tests that need one are skipped where there is none."""
    command = next(filter(None, map(shutil.which, COMMANDS)), None)
    if command is None:
        pytest.skip("There is no Chromium here; install Debian's package chromium-headless-shell.")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with playwright.sync_playwright() as driver:
        chromium = Chromium(driver.chromium.launch, command, tmp_path_factory.mktemp("chromium"))
        yield chromium
        chromium.close()


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Any]:
    """The browser, for a limited time."""
    browser = chromium.browser()
    with chromium.limit(MAX_TEST_S):
        yield browser


@pytest.fixture
def new_page(browser) -> Iterator[Callable[..., object]]:
    """Open a page of a size, in light or dark mode; network requests and errors fail the test."""
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
    if browser.is_connected():
        for context in contexts:
            context.close()
    assert not faults
    assert not [url for url in requests if not url.startswith(tuple(stopped))]
