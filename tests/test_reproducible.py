"""The same source and lock make the same bytes, wherever and whenever."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.projects import Project

ELSEWHERE = [
    {"SOURCE_DATE_EPOCH": "1893456000", "TZ": "Pacific/Kiritimati"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "America/St_Johns", "PYTHONHASHSEED": "4242"},
]


@pytest.mark.parametrize("environment", ELSEWHERE, ids=["another day", "another locale", "plain C"])
def test_all_exports_are_the_same_bytes(
    project: Project, tmp_path: Path, environment: dict[str, str]
) -> None:
    project.build(now=1_767_225_600)
    other = Project(tmp_path / "another folder, with a “name”")
    shutil.copytree(project.root / "input", other.root / "input")
    ran = other.run("build", environment={"PYTHONHASHSEED": "1", **environment})
    assert ran.status == 0, ran.errors
    assert len(project.exports()) == 4
    for name, data in project.exports().items():
        assert other.exports()[name] == data, name
    assert other.lock.read_bytes() == project.lock.read_bytes()


def test_files_whose_bytes_do_not_change_are_not_written_again(project: Project) -> None:
    project.build()
    paths = [project.lock, *(project.root / "dist").iterdir()]
    before = [(path.stat().st_mtime_ns, path.stat().st_ino) for path in paths]
    ran = project.build()
    assert [(path.stat().st_mtime_ns, path.stat().st_ino) for path in paths] == before
    assert ran.output.count("(unchanged)") == 4


def test_a_change_of_one_answer_leaves_the_condensed_sheets_words_alone(project: Project) -> None:
    project.build()
    before = project.exports()
    text = project.source.read_text("utf-8")
    project.write(text.replace("before the end of the week", "before the end of the month"))
    project.build()
    changed = {name for name, data in project.exports().items() if data != before[name]}
    assert changed == {
        "interview-questions.apkg",
        "interview-questions-cards.pdf",
        "interview-questions-answers.md",
    }
