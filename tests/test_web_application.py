"""The web application of the documentation: a source in, its exports out, the lock kept."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from exporter.identity import lockfile
from tests.projects import REPOSITORY, Project

fastapi_testing = pytest.importorskip("fastapi.testclient", reason="needs fastapi and httpx")

pytestmark = pytest.mark.slow

APPLICATION = REPOSITORY / "docs" / "examples" / "web_application.py"
MAX_LINES = 40


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    spec = importlib.util.spec_from_file_location("web_application", APPLICATION)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with fastapi_testing.TestClient(module.app) as client:
        yield client


def _files(response: Any) -> dict[str, bytes]:
    assert response.status_code == 200, response.text
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_has_at_most_forty_lines() -> None:
    assert len(APPLICATION.read_text("utf-8").splitlines()) <= MAX_LINES


def test_exports_are_those_of_a_build_and_the_lock_is_kept(
    client: Any, tmp_path: Path, project: Project
) -> None:
    project.build(now=1_800_000_000)
    url, name = "/decks/interviews", {"name": project.source.name}
    exports = _files(client.put(url, params=name, content=project.source.read_bytes()))
    assert exports == project.exports()
    assert (tmp_path / "locks" / "interviews.lock").read_bytes() == project.lock.read_bytes()
    project.edit("tight deadline", "very tight deadline")
    _files(client.put(url, params=name, content=project.source.read_bytes()))
    lock, _, _ = lockfile.read(tmp_path / "locks" / "interviews.lock")
    assert lock
    assert [(len(lock.records), record.retired) for record in lock.records] == [(28, False)] * 28


def test_a_source_with_errors_has_status_422_and_diagnostics(client: Any, tmp_path: Path) -> None:
    answer = client.put("/decks/x", content=b"nothing here\n")
    assert answer.status_code == 422
    (found,) = [one for one in answer.json()["detail"] if one["severity"] == "error"]
    assert (found["code"], found["path"], found["line"]) == ("no-questions", "questions.txt", 1)
    assert client.put("/decks/x", params={"name": "../x.txt"}, content=b"").status_code == 422
    assert client.put("/decks/..%2Fx", content=b"").status_code == 404
    assert client.put("/decks/x", content=b"x" * 1_000_001).status_code == 413
    assert list(tmp_path.glob("locks/*")) == []


def test_builds_of_one_deck_wait_for_each_other(client: Any, tmp_path: Path) -> None:
    sources = [f"1. What is a lock?\nA record, version {number}.\n" for number in range(4)]
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda text: client.put("/decks/x", content=text.encode()), sources))
    assert [answer.status_code for answer in answers] == [200] * 4
    lock, _, problems = lockfile.read(tmp_path / "locks" / "x.lock")
    assert problems == ()
    assert lock
    assert len(lock.records) == 1
