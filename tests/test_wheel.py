"""The wheel works after installation, templates included."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from exporter import __version__
from tests.projects import REPOSITORY, SEED

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(REPOSITORY)],
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("exporter-*.whl")
    return path


def test_the_wheel_holds_the_templates_and_no_test(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for template in (REPOSITORY / "templates").rglob("*.*"):
        assert f"exporter/{template.relative_to(REPOSITORY).as_posix()}" in names
    assert "exporter/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "dist/", "input/"))]


def test_wheel_and_command_have_the_version_of_the_package(wheel: Path) -> None:
    assert wheel.name.startswith(f"exporter-{__version__}-")
    metadata = zipfile.ZipFile(wheel).read(f"exporter-{__version__}.dist-info/METADATA").decode()
    assert f"\nVersion: {__version__}\n" in metadata
    ran = subprocess.run(
        [sys.executable, "-m", "exporter", "--version"], capture_output=True, text=True, check=True
    )
    assert ran.stdout == f"exporter, version {__version__}\n"


def test_the_installed_wheel_builds_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    subprocess.run([str(environment / "bin" / "pip"), "install", "--quiet", str(wheel)], check=True)
    home = tmp_path / "elsewhere"
    home.mkdir()
    (home / "my questions.txt").write_bytes(SEED.read_bytes())
    ran = subprocess.run(
        [str(environment / "bin" / "exporter"), "build", "my questions.txt"],
        cwd=home,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert len(list((home / "dist").iterdir())) == 6
    assert "my questions: 28 questions; deck, cards (7 sheets), sheets; 28 added" in ran.stdout
    assert "warning" not in ran.stdout
