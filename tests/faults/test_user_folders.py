"""The user's caches and build locks, where the home folder cannot be written or does not exist."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from exporter.system import cache_folder
from exporter.system.build_lock import BuildLockedError, build_lock
from exporter.system.lock_folder import lock_folder
from tests.faults.mounts import mounted
from tests.projects import Project

NO_FOLDER = "no folder for running programs"
NAMES = ("HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")

posix = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows names the user's folders otherwise")


def _set_home(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    if home is not None:
        monkeypatch.setenv("HOME", home)


def _hide_runtime_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(NO_FOLDER)

    monkeypatch.setattr("platformdirs.user_runtime_path", refuse)


def _forget_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system know no home folder, as for a user of a container without an account."""

    def unknown(_number: int) -> None:
        raise KeyError

    monkeypatch.setattr("pwd.getpwuid", unknown)


@posix
def test_caches_are_in_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _set_home(monkeypatch, str(tmp_path))
    assert cache_folder.user_cache_folder().is_relative_to(tmp_path)
    assert cache_folder.user_cache_folder().name == "exporter"


@posix
def test_user_without_home_has_no_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _set_home(monkeypatch, None)
    _forget_user(monkeypatch)
    monkeypatch.chdir(tmp_path)
    assert cache_folder.user_cache_folder() == Path(os.devnull, "exporter")
    _hide_runtime_folder(monkeypatch)
    assert lock_folder() == (None, NO_FOLDER)
    with build_lock([tmp_path]) as diagnostics:
        assert [diagnostic.code for diagnostic in diagnostics] == ["build-lock"]
    assert not list(tmp_path.iterdir())


@posix
def test_locks_without_runtime_folder_are_in_the_caches(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _set_home(monkeypatch, str(tmp_path))
    _hide_runtime_folder(monkeypatch)
    assert lock_folder()[0] == cache_folder.user_cache_folder() / "locks"
    with build_lock([tmp_path]), pytest.raises(BuildLockedError), build_lock([tmp_path], timeout_s=0.1):
        pass


@posix
@pytest.mark.slow
def test_build_without_home_writes_every_export(project: Project) -> None:
    """A home that no folder can be made in: nothing is cached, and the build is the same."""
    expected = project.build("--to", "markdown") and project.exports()
    shutil.rmtree(project.root / "dist")
    environment = dict.fromkeys(NAMES, "") | {"HOME": "/dev/null"}
    ran = project.run("build", "--to", "markdown", environment=environment)
    assert ran.status == 0, ran.errors
    assert project.exports() == expected


@posix
@pytest.mark.slow
def test_build_with_read_only_home_writes_every_export(project: Project, tmp_path: Path) -> None:
    expected = project.build("--to", "markdown") and project.exports()
    home = tmp_path / "home"
    with mounted(home, "ro"):
        environment = dict.fromkeys(NAMES, "") | {"HOME": str(home)}
        for _ in range(2):
            shutil.rmtree(project.root / "dist")
            ran = project.run("build", "--to", "markdown", environment=environment)
            assert ran.status == 0, ran.errors
            assert project.exports() == expected
