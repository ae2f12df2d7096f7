"""The folder of build locks: whatever other users put in its place, a build does not wait or fail."""

from __future__ import annotations

import multiprocessing
import os
import stat
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from exporter.system.build_lock import BuildLockedError, build_lock
from exporter.system.lock_folder import lock_folder
from tests.projects import Project

OTHER_USER = 65534

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder to a second user"
)


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty runtime folder of the user (XDG_RUNTIME_DIR)."""
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return folder


def test_the_folder_is_private(runtime: Path) -> None:
    assert lock_folder() == (runtime / "exporter", "")
    assert stat.S_IMODE((runtime / "exporter").stat().st_mode) == 0o700


def _writable_by_all(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)


def _link(folder: Path) -> None:
    target = folder.parent.parent / "elsewhere"
    target.mkdir(mode=0o700)
    folder.symlink_to(target)


UNSAFE: dict[str, tuple[Callable[[Path], None], str]] = {
    "writable by all": (_writable_by_all, "other users may write in"),
    "a link": (_link, "is not a folder"),
    "a link to nothing": (lambda folder: folder.symlink_to("nowhere"), "is not a folder|File exists"),
    "a file": (lambda folder: folder.write_text(""), "is not a folder|File exists"),
    "a FIFO": (lambda folder: os.mkfifo(folder), "is not a folder|File exists"),
}


@pytest.mark.parametrize(("make", "words"), list(UNSAFE.values()), ids=list(UNSAFE))
def test_an_unsafe_folder_is_not_used_and_reported(
    runtime: Path, tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    make(runtime / "exporter")
    with build_lock([tmp_path]) as diagnostics:
        (warning,) = diagnostics
        assert any(word in warning.message for word in words.split("|")), warning.message
        assert str(tmp_path / "caches" / "exporter" / "locks") in warning.message
        with pytest.raises(BuildLockedError), build_lock([tmp_path], timeout_s=0.1):
            pass


def test_a_link_never_leads_to_a_lock_in_another_folder(runtime: Path, tmp_path: Path) -> None:
    _link(runtime / "exporter")
    with build_lock([tmp_path]):
        assert not list((tmp_path / "elsewhere").iterdir())


@needs_root
def test_a_folder_of_another_user_is_not_used(runtime: Path, tmp_path: Path) -> None:
    (runtime / "exporter").mkdir(mode=0o700)
    os.chown(runtime / "exporter", OTHER_USER, OTHER_USER)
    with build_lock([tmp_path]) as diagnostics:
        assert "belongs to another user" in diagnostics[0].message
        assert not list((runtime / "exporter").iterdir())


@needs_root
def test_the_temporary_folders_name_can_be_taken_by_another_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a runtime folder, the fallback in the temporary folder has a name that anybody can take."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    tmp_path.chmod(0o1777)
    for name in ("runtime-0", "exporter-0"):
        (tmp_path / name).mkdir(mode=0o755)
        os.chown(tmp_path / name, OTHER_USER, OTHER_USER)
    with (
        build_lock([tmp_path], timeout_s=0.1),
        pytest.raises(BuildLockedError),
        build_lock([tmp_path], timeout_s=0.1),
    ):
        pass


def _hold_as_other_user(folder: Path, answer: Connection) -> None:
    os.setgroups([])
    os.setgid(OTHER_USER)
    os.setuid(OTHER_USER)
    with build_lock([folder], timeout_s=0.1):
        answer.send("held")


@needs_root
def test_a_second_user_is_not_kept_waiting(runtime: Path, tmp_path: Path) -> None:
    """Its environment names the folders of the first user, as `su` may leave it."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    with build_lock([tmp_path]):
        process = context.Process(target=_hold_as_other_user, args=(tmp_path, theirs))
        process.start()
        theirs.close()
        assert ours.poll(30)
        assert ours.recv() == "held"
        process.join(30)
    assert process.exitcode == 0


def test_a_build_continues_with_a_warning_if_no_folder_is_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_runtime_path", lambda *_, **__: Path("/dev/null/exporter"))
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/caches")
    with build_lock([tmp_path]) as diagnostics:
        assert "No folder can be used for build locks (/dev/null" in diagnostics[0].message


def test_the_command_warns_on_stderr_and_builds(project: Project, tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    _writable_by_all(runtime / "exporter")
    environment = {"XDG_RUNTIME_DIR": str(runtime)}
    ran = project.run("build", "--to", "markdown", "--format", "json", environment=environment)
    assert ran.status == 0, ran.errors
    assert ran.errors.count("[build-lock]") == 1
    assert "other users may write in" in ran.errors
    assert ran.output.startswith("{")
