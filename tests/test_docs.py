"""The documentation agrees with the program: commands, diagnostic codes and examples."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from exporter import __version__
from exporter.cards.stocks import AVERY, STOCKS
from exporter.cli import COMMANDS, group
from exporter.identity.lockfile import PURPOSE
from exporter.model.rules import RULES
from tests.projects import REPOSITORY, Project

FIXED = " `check --fix` corrects it."

README = (REPOSITORY / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_documented_with_an_example(name: str) -> None:
    assert f"`exporter {name}" in README
    done = CliRunner().invoke(group, [name, "--help"])
    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"exporter {name}" in done.output


def test_the_readmes_quick_tour_word_by_word(tmp_path: Path) -> None:
    tour = re.search(r"## A quick tour\n\n```console\n(.*?)```", README, re.DOTALL)
    assert tour
    place = tmp_path
    for line in tour[1].splitlines():
        words = shlex.split(line.removeprefix("$ "))
        if words[0] == "cd":
            place = place / words[1]
            continue
        assert words[0] == "exporter"
        ran = Project(place).run(*words[1:])
        assert ran.status == 0, f"{line}\n{ran.errors}"
        assert "Traceback" not in ran.errors
    assert (place / "questions.csv").exists()
    assert (place / "dist" / "questions.apkg").exists()


def test_a_first_build_of_a_clone_leaves_it_clean(tmp_path: Path) -> None:
    """Whoever changes the templates commits the lock too: run `exporter build` for it."""
    shutil.copytree(REPOSITORY / "input", tmp_path / "input")
    committed = (tmp_path / "input" / "exporter.lock").read_bytes()
    clone = Project(tmp_path)
    locked = clone.run("build", "--locked", "--to", "markdown")
    assert locked.status == 0, locked.errors
    assert "No question would change." in clone.run("diff").output
    clone.build("--to", "markdown")
    assert (tmp_path / "input" / "exporter.lock").read_bytes() == committed


def _documented(path: str) -> list[str]:
    """Return the commands in a page's shell blocks that can be run unchanged."""
    text = (REPOSITORY / path).read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [
        line.split("#")[0].strip()
        for block in blocks
        for line in block.splitlines()
        if line.startswith("exporter ")
    ]


STAYING = ("watch", "share", "push")
"""Commands that wait for somebody; their own tests run them."""


@pytest.mark.parametrize("line", _documented("README.md"))
def test_the_readmes_commands_run(project: Project, line: str) -> None:
    words = [word for word in shlex.split(line)[1:] if word != "--open"]
    if words[0] in STAYING:
        assert CliRunner().invoke(group, [words[0], "--help"]).exit_code == 0
        return
    project.build("--quiet")
    shutil.copy(project.root / "dist" / "interview-questions.apkg", project.root / "deck.apkg")
    ran = project.run(*words)
    assert ran.status == 0, ran.errors


def test_the_ci_runs_the_readmes_test_command() -> None:
    (command,) = [line for line in README.splitlines() if line.endswith(".venv/bin/pytest")]
    assert command in (REPOSITORY / ".ci" / "run").read_text("utf-8")


def test_pre_commit_runs_the_checks_of_the_ci() -> None:
    (local,) = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    hooks = {hook["entry"] for hook in local["hooks"]}
    ci = (REPOSITORY / ".ci" / "run").read_text("utf-8").splitlines()
    checks = {line for line in ci if re.match(r"\.venv/bin/(ruff|mypy)", line)}
    # CI names the folder, and the formatter only checks there; pre-commit names the changed files
    assert hooks == {line.removesuffix(" .").removesuffix(" --check") for line in checks}


def test_checks_have_an_exact_version() -> None:
    extras = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = extras["optional-dependencies"]["test"]
    for tool in ("ruff", "mypy"):
        assert [line for line in requirements if re.fullmatch(rf"{tool}==[\d.]+", line)], tool


def test_changelog_has_the_version_of_the_package() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", changelog, re.MULTILINE)


def test_changelog_has_only_the_usual_headings() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^### (.+)$", changelog, re.MULTILINE)
    assert set(headings) <= {"Added", "Changed", "Deprecated", "Fixed", "Removed"}


def test_every_code_is_documented(update_golden: bool) -> None:
    path = REPOSITORY / "docs" / "sources.md"
    text = path.read_text("utf-8")
    rows = [
        "| code | severity | meaning |",
        "|---|---|---|",
        *(
            f"| `{code}` | {RULES[code].severity} | {RULES[code].meaning}{FIXED * RULES[code].fixable} |"
            for code in sorted(RULES)
        ),
    ]
    head, _, rest = text.partition("<!-- codes -->\n")
    _, _, tail = rest.partition("<!-- end of codes -->\n")
    wanted = f"{head}<!-- codes -->\n" + "\n".join(rows) + f"\n<!-- end of codes -->\n{tail}"
    if update_golden:
        path.write_text(wanted, "utf-8")
    assert text == wanted or update_golden


def test_every_stock_is_documented(update_golden: bool) -> None:
    path = REPOSITORY / "docs" / "paper.md"
    text = path.read_text("utf-8")
    rows = ["| stock | card, mm | a sheet | sheet, mm | also known as |", "|---|---|---|---|---|"]
    for stock in STOCKS:
        card, sheet = (" × ".join(f"{side:g}" for side in sides) for sides in (stock.card, stock.sheet))
        names = ", ".join(
            name for name in stock.aliases if name.removeprefix(AVERY) not in {*stock.aliases} - {name}
        )
        rows.append(f"| `{stock.name}` | {card} | {len(stock.rects)} | {sheet} | {names} |")
    head, _, rest = text.partition("<!-- stocks -->\n")
    _, _, tail = rest.partition("<!-- end of stocks -->\n")
    wanted = f"{head}<!-- stocks -->\n" + "\n".join(rows) + f"\n<!-- end of stocks -->\n{tail}"
    if update_golden:
        path.write_text(wanted, "utf-8")
    assert text == wanted or update_golden


def test_every_code_in_use_is_in_the_table() -> None:
    used = set()
    for path in (REPOSITORY / "exporter").rglob("*.py"):
        used |= set(re.findall(r'\b(?:error|warning|info)\(\s*"([a-z-]+)"', path.read_text("utf-8")))
    assert used <= set(RULES), used - set(RULES)


def test_no_code_is_more_severe_than_its_rule() -> None:
    order = ["info", "warning", "error"]
    for path in (REPOSITORY / "exporter").rglob("*.py"):
        for severity, code in re.findall(r'\b(error|warning|info)\(\s*"([a-z-]+)"', path.read_text("utf-8")):
            assert order.index(severity) <= order.index(RULES[code].severity), code


def test_every_code_in_the_table_is_in_use() -> None:
    modules = [path for path in (REPOSITORY / "exporter").rglob("*.py") if path.name != "rules.py"]
    text = "".join(path.read_text("utf-8") for path in modules)
    assert not [code for code in RULES if f'"{code}"' not in text]


def test_the_page_on_the_architecture_names_every_part() -> None:
    page = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    for path in (REPOSITORY / "exporter").iterdir():
        if not path.name.startswith("_") and path.name != "py.typed":
            assert f"`{path.name}{'/' if path.is_dir() else ''}`" in page, path.name


def test_modules_named_on_the_pages_for_contributors_exist() -> None:
    paths = [path.as_posix() for path in REPOSITORY.rglob("*.py") if ".venv" not in path.parts]
    for page in ("docs/architecture.md", "CONTRIBUTING.md"):
        for name in re.findall(r"`([a-z_/]+\.py)`", (REPOSITORY / page).read_text("utf-8")):
            assert any(path.endswith(f"/{name}") for path in paths), f"{page}: {name}"


def test_links_in_the_documentation_lead_somewhere() -> None:
    for page in [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_completion_is_there() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from exporter.cli import group; group(prog_name='exporter')"],
        env={"_EXPORTER_COMPLETE": "bash_source", "PATH": "/usr/bin:/bin"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "complete" in ran.stdout


def test_each_page_on_the_lock_states_its_purpose() -> None:
    pages = [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")]
    mentioning = [page for page in pages if re.search(r"exporter\.lock|lock file", page.read_text("utf-8"))]
    assert len(mentioning) > 1
    for page in mentioning:
        assert page.read_text("utf-8").count(f"\n{PURPOSE}\n") == 1, page.name
    wrapped = CliRunner().invoke(group, ["build", "--help"]).output
    assert f"--locked {PURPOSE} " in " ".join(wrapped.split())
