"""Operating system errors: a full disk, no permission, a folder in place of a file.

Each gives exit status 3 and one line that names the file and says what to do, and everything that
was exported earlier is complete.
"""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.mounts import mount, mounted
from tests.projects import Project, Ran

pytestmark = pytest.mark.slow


def edit(project: Project) -> None:
    """Change an answer, so that every export and the lock must be written."""
    project.write(project.source.read_text("utf-8").replace("tight deadline", "close deadline"))


def check_told(ran: Ran, *words: str) -> None:
    """Check the exit status, and that one line names what is wrong."""
    assert ran.status == 3, ran.errors
    (line,) = ran.errors.splitlines()
    assert line.startswith("exporter: ")
    assert line.endswith(".")
    for word in words:
        assert word in line


def check_whole(project: Project, exports: dict[str, bytes]) -> None:
    """Check that the exports are unchanged, and that no half-written file is left."""
    assert project.exports() == exports
    assert not list((project.root / "input").glob(".*"))


@pytest.fixture
def small_disk(built: Project) -> Iterator[Path]:
    """Return the project's dist/ on a separate disk with little room."""
    place, exports = built.root / "dist", built.exports()
    with mounted(place, "size=1m"):
        for name, data in exports.items():
            (place / name).write_bytes(data)
        yield place


def test_the_disk_is_full(project: Project, small_disk: Path) -> None:
    exports = project.exports()
    edit(project)
    status = os.statvfs(small_disk)
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * (status.f_bavail * status.f_frsize - 40_000))
    check_told(project.run("build", "--quiet"), "dist/interview-questions", "full", "Free some space")
    filler.unlink()
    check_whole(project, exports)
    project.build()
    assert project.exports() != exports


def _limited(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_no_export_may_be_so_large(built: Project) -> None:
    exports = built.exports()
    edit(built)
    room = built.lock.stat().st_size + 2000
    check_told(
        built.run_process("build", "--quiet", before=_limited(room)),
        "dist/interview-questions",
        "file size limit",
    )
    check_whole(built, exports)


def test_the_lock_may_not_be_so_large(built: Project) -> None:
    exports, lock = built.exports(), built.lock.read_bytes()
    edit(built)
    check_told(
        built.run_process("build", "--quiet", before=_limited(2000)), "input/exporter.lock", "file size limit"
    )
    check_whole(built, exports)
    assert built.lock.read_bytes() == lock


def test_the_output_cannot_be_printed(project: Project) -> None:
    def full() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    ran = project.run_process("build", before=full)
    assert ran.status == 3
    assert "Traceback" not in ran.errors
    assert len(project.exports()) == 6


def test_a_read_only_disk(project: Project, small_disk: Path) -> None:
    exports = project.exports()
    edit(project)
    mount("-o", "remount,ro", str(small_disk))
    check_told(project.run("build", "--quiet"), "dist/interview-questions.apkg", "--out")
    check_whole(project, exports)
    assert project.run("build", "--quiet", "--out", "elsewhere").status == 0


def test_a_source_on_a_read_only_disk(project: Project) -> None:
    text = project.source.read_bytes()
    with mounted(project.root / "input"):
        project.source.write_bytes(text)
        mount("-o", "remount,ro", str(project.root / "input"))
        check_told(project.run("build", "--quiet"), "input/exporter.lock", "read-only file system")
        assert project.run("check").status == 0


def _bound() -> None:
    """Drop the capabilities by which root may read and write everything."""
    drop_from_bounding_set, rights = 24, (1, 2, 3)
    for right in rights:
        ctypes.CDLL(None).prctl(drop_from_bounding_set, right, 0, 0, 0)


@pytest.mark.parametrize("forbidden", ["dist", "input"])
def test_a_folder_that_may_not_be_written(built: Project, forbidden: str) -> None:
    exports, lock = built.exports(), built.lock.read_bytes()
    edit(built)
    (built.root / forbidden).chmod(0o555)
    ran = built.run_process("build", "--quiet", before=_bound)
    name = {"dist": "dist/interview-questions.apkg", "input": "input/exporter.lock"}[forbidden]
    check_told(ran, name, "Change its permissions")
    check_whole(built, exports)
    assert forbidden == "dist" or built.lock.read_bytes() == lock


@pytest.mark.parametrize("name", ["input/exporter.lock", "input/interview-questions.txt", "exporter.toml"])
def test_a_file_that_may_not_be_read(built: Project, name: str) -> None:
    exports = built.exports()
    path = built.root / name
    path.touch()
    path.chmod(0)
    ran = built.run_process("build", "--quiet", before=_bound)
    assert ran.status == 3
    assert name in ran.errors
    assert "Change its permissions" in ran.errors
    assert "Traceback" not in ran.errors
    assert built.exports() == exports


def test_an_export_that_may_not_be_read_is_written_again(built: Project) -> None:
    exports = built.exports()
    built.package.chmod(0)
    assert built.run_process("build", "--quiet", before=_bound).status == 0
    assert built.exports() == exports


@pytest.mark.parametrize(
    "name",
    [
        "dist/interview-questions.apkg",
        "dist/interview-questions-cards.pdf",
        "dist/interview-questions-answers.md",
    ],
)
def test_a_folder_where_an_export_should_be(built: Project, name: str) -> None:
    exports = built.exports()
    edit(built)
    path = built.root / name
    path.unlink()
    path.mkdir()
    check_told(built.run("build", "--quiet"), name, "folder where a file should be", "Move it away")
    path.rmdir()
    del exports[path.name]
    check_whole(built, exports)


def test_a_folder_where_the_lock_should_be(project: Project) -> None:
    project.lock.mkdir()
    ran = project.run("build", "--quiet")
    assert ran.status == 2
    assert "input/exporter.lock" in ran.errors
    assert "This is a folder" in ran.errors


def _file(place: Path) -> None:
    place.write_text("mine\n")


def _dangling(place: Path) -> None:
    place.symlink_to(place.parent / "gone")


def _circle(place: Path) -> None:
    place.symlink_to(place)


@pytest.mark.parametrize("made", [_file, _dangling, _circle])
def test_dist_is_no_folder(project: Project, made: Callable[[Path], None]) -> None:
    made(project.root / "dist")
    check_told(project.run("build", "--quiet"), "dist")
    assert (project.root / "dist").is_symlink() or (project.root / "dist").read_text() == "mine\n"


def test_dist_in_a_file(project: Project) -> None:
    check_told(
        project.run("build", "--quiet", "--out", "input/interview-questions.txt/out"), "out", "Move it away"
    )


def test_an_export_that_is_a_link_out_of_dist(project: Project) -> None:
    mine = project.root / "mine.apkg"
    mine.write_text("mine\n")
    project.build("--quiet", "--to", "anki")  # without a lock, the package would be searched for keys
    project.package.unlink()
    project.package.symlink_to(mine)
    edit(project)
    check_told(project.run("build", "--quiet"), "dist/interview-questions.apkg", "Remove the link")
    assert mine.read_text() == "mine\n"


def test_a_fifo_where_an_export_should_be_stays_what_it_is(project: Project) -> None:
    project.build("--quiet", "--to", "anki")
    project.package.unlink()
    os.mkfifo(project.package)
    edit(project)
    check_told(project.run("build", "--quiet"), "dist/interview-questions.apkg", "another special file")
    assert project.package.is_fifo()


def test_a_fifo_or_device_in_place_of_cards_is_not_read(project: Project) -> None:
    project.build()
    cards = project.root / "dist" / "interview-questions-cards.pdf"
    cards.unlink()
    os.mkfifo(cards)
    project.edit("Tell me about a difficult bug", "Do tell me about a difficult bug")
    check_told(project.run("build", "--quiet"), "interview-questions-cards.pdf", "another special file")
    cards.unlink()
    cards.symlink_to("/dev/zero")
    check_told(project.run("build", "--quiet"), "interview-questions-cards.pdf", "Remove the link")


def test_debug_shows_the_traceback(project: Project) -> None:
    _file(project.root / "dist")
    ran = project.run_process("build", "--quiet", "--debug")
    assert ran.status != 0
    assert "Traceback" in ran.errors
    assert "exporter/system/atomic_write.py" in ran.errors
