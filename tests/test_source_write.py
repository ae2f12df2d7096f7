"""Writing changed sources: all or none, never over what was saved meanwhile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter.cli.source_diff import mark_words, unified_diff
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.patching.source_patch import SourcePatch, make_source_patch
from exporter.patching.source_write import write_changes

OLD, NEW = b"Q: What is a b-tree?\r\nA: A tree.\r\n", b"Q: What is a B-tree?\r\nA: A tree.\r\n"


def make_patch(path: Path) -> SourcePatch:
    path.write_bytes(OLD)
    return make_source_patch(path, OLD, NEW, Settings())


def write_all(patches: list[SourcePatch]) -> tuple[Diagnostic, ...]:
    return write_changes([patch.change for patch in patches])


def test_sources_are_written_together(tmp_path: Path) -> None:
    patches = [make_patch(tmp_path / name) for name in ("a.txt", "b.txt")]
    assert write_all(patches) == ()
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [NEW, NEW]


def test_source_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    patches = [make_patch(tmp_path / name) for name in ("a.txt", "b.txt")]
    (tmp_path / "b.txt").write_bytes(b"Q: What did I save?\nA: This.\n")
    assert [item.code for item in write_all(patches)] == ["changed-meanwhile"]
    assert (tmp_path / "a.txt").read_bytes() == OLD
    (tmp_path / "b.txt").unlink()
    assert [item.code for item in write_all(patches)] == ["changed-meanwhile"]


def test_read_only_source_is_not_replaced(tmp_path: Path) -> None:
    patch = make_patch(tmp_path / "a.txt")
    patch.change.path.chmod(0o444)
    (problem,) = write_all([patch])
    assert problem.code == "no-permission"
    assert patch.change.path.read_bytes() == OLD


def test_symbolic_link_to_source_stays(tmp_path: Path) -> None:
    make_patch(tmp_path / "a.txt")
    link = tmp_path / "link.txt"
    link.symlink_to("a.txt")
    assert write_all([make_source_patch(link, OLD, NEW, Settings())]) == ()
    assert link.is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == NEW


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_diff_has_changed_lines_only(tmp_path: Path, encoding: str) -> None:
    before, after = (data.decode().encode(encoding) for data in (OLD, NEW))
    diff = unified_diff(make_source_patch(tmp_path / "a.txt", before, after, Settings()))
    name = (tmp_path / "a.txt").as_posix().lstrip("/")
    assert diff == [
        f"--- a/{name}",
        f"+++ b/{name}",
        "@@ -1,2 +1,2 @@",
        "-Q: What is a b-tree?",
        "+Q: What is a B-tree?",
        " A: A tree.",
    ]
    marked = list(mark_words(diff))
    assert [re.sub("\x1b\\[\\d+m", "", line) for line in marked] == diff
    assert "\x1b[1m" in marked[3]
