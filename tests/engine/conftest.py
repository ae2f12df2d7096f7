from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.phone import Phone


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    """Return a phone with an empty collection."""
    folder = tmp_path / "phone"
    folder.mkdir()
    phone = Phone(folder)
    yield phone
    phone.close()
