"""The wheel works after installation, templates included."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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


def link_required(wheel: Path, environment: Path) -> None:
    """Link what the wheel requires, and what that requires, from this environment into another one.

    It is what pip would install, and nothing else of this environment; pip takes a minute.
    """
    metadata = zipfile.ZipFile(wheel).read(f"exporter-{__version__}.dist-info/METADATA").decode()
    required = re.findall(r"^Requires-Dist: (.*)", metadata, re.MULTILINE)
    purelib, base = Path(sysconfig.get_path("purelib")), {"base": environment, "platbase": environment}
    target = Path(sysconfig.get_path("purelib", "venv", vars=base))
    seen: set[str] = set()
    while required:
        requirement = Requirement(required.pop())
        if requirement.name in seen or (
            requirement.marker and not requirement.marker.evaluate({"extra": ""})
        ):
            continue
        seen.add(requirement.name)
        found = distribution(requirement.name)
        for entry in _top_level(found):
            if not (target / entry).exists():
                (target / entry).symlink_to(purelib / entry)
        required += found.requires or ()


def _top_level(found: Distribution) -> set[str]:
    """Return the first parts of the paths of a distribution's files that are in the packages' folder."""
    parts = {path.parts[0] for path in found.files or ()}
    return {part for part in parts if part not in ("..", "__pycache__")}


def test_the_installed_wheel_builds_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python")]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-compile", str(wheel)], check=True)
    link_required(wheel, environment)
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
    assert (
        "my questions: 28 questions; deck, cards (7 sheets, flip on the long edge), sheets; 28 added"
        in ran.stdout
    )
    assert "warning" not in ran.stdout
