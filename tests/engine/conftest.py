from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.phone import Phone
from tests.engine.rehearsal import Rehearsal
from tests.in_process import CommandLine


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    """Return a phone with an empty collection."""
    folder = tmp_path / "phone"
    folder.mkdir()
    phone = Phone(folder)
    yield phone
    phone.close()


@pytest.fixture
def rehearsal(command_line: CommandLine, phone: Phone) -> Rehearsal:
    """Return a project and a phone without notes."""
    return Rehearsal(command_line, phone)
