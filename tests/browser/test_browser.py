"""The browser of the tests: a page that hangs fails its test alone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Chromium

pytestmark = pytest.mark.slow


def test_hanging_page_fails_and_the_next_page_opens(chromium: Chromium) -> None:
    from playwright.sync_api import Error

    page = chromium.browser().new_page()
    with pytest.raises(Error, match="closed"), chromium.limit(1):
        page.evaluate("new Promise(() => {})")
    assert chromium.browser().new_page().evaluate("1 + 1") == 2
