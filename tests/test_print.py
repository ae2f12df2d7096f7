"""`exporter print`, with `lp`, `lpstat` and `lpoptions` that only note what they are asked."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from exporter.cards.pdf_pages import read_pages
from exporter.cards.print_options import Part, dialogue_choices, find_media, lp_options
from exporter.cards.stock_choice import find_stock
from exporter.cards.stocks import BY_NAME
from exporter.config.choices import PrintMode
from exporter.system import print_queue
from exporter.system.print_queue import is_printer_name
from tests.pdf_decks import cards, deck, note, options
from tests.projects import Project

QUESTIONS = "".join(f"Question {number}: What is {number}?\nAnswer:\nA number.\n\n" for number in range(1, 6))
BOTH_SIDES = "Duplex/2-Sided Printing: *None DuplexNoTumble DuplexTumble\n"


@dataclass(frozen=True)
class Spooler:
    """Programs of CUPS that write their arguments into a file, one line for each call."""

    programs: Path
    log: Path

    def add(self, name: str, script: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def jobs(self) -> list[list[str]]:
        return (
            [line.split("|")[:-1] for line in self.log.read_text().splitlines()] if self.log.exists() else []
        )


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spooler:
    fake = Spooler(tmp_path / "programs", tmp_path / "log")
    fake.programs.mkdir()
    monkeypatch.setenv("PATH", str(fake.programs))
    fake.add(
        "lp",
        f'printf "%s|" "$@" >> {fake.log}\necho >> {fake.log}\necho "request id is Office-7 (1 file(s))"',
    )
    fake.add("lpstat", '[ "$1" = -e ] && printf "Office\\nAttic\\n"')
    fake.add("lpoptions", f"echo '{BOTH_SIDES}'")
    return fake


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    (root / "input").mkdir(parents=True)
    (root / "input" / "questions.txt").write_text(QUESTIONS)
    return Project(root)


def options_of(job: list[str]) -> list[str]:
    return [value for option, value in pairwise(job) if option == "-o"]


def test_cards_are_built_and_printed(project: Project, spooler: Spooler) -> None:
    ran = project.run("print", "--printer", "Office")
    assert ran.status == 0, ran.errors
    path = project.root / "dist" / "questions-cards.pdf"
    (job,) = spooler.jobs()
    assert job[:2] == ["-d", "Office"] and job[-1] == str(path)
    assert options_of(job) == ["sides=two-sided-long-edge", "print-scaling=none", "media=A4"]
    assert read_pages(path.read_bytes())
    assert "2 sheets of A4, two-sided, flipped on the long edge; request id is Office-7" in ran.output
    assert "run `exporter reprint --done`" in ran.output


def test_a_dry_run_shows_the_command_and_writes_nothing(project: Project, spooler: Spooler) -> None:
    dry = project.run("print", "--dry-run", "--set", "pdf.duplex=short-edge", "--set", "pdf.stock=5371")
    assert dry.status == 0 and not (project.root / "dist").exists() and not spooler.jobs()
    assert not (project.root / "input" / "exporter.lock").exists()
    assert shlex.split(dry.output) == [
        *("lp", "-o", "sides=two-sided-short-edge", "-o", "print-scaling=none", "-o", "media=Letter"),
        str(project.root / "dist" / "questions-cards.pdf"),
    ]


def test_fronts_come_first_and_backs_are_asked_for(project: Project, spooler: Spooler) -> None:
    mode = ["--set", "pdf.duplex=fronts-backs"]
    spooler.add("lpoptions", "echo PageSize")
    fronts = project.run("print", *mode)
    assert fronts.status == 0 and "turn the stack over on its long edge" in fronts.output
    before = (project.root / "dist" / "questions-cards.pdf").read_bytes()
    (project.root / "input" / "questions.txt").write_text(QUESTIONS.replace("A number", "Some number"))
    backs = project.run("print", *mode, "--backs")
    assert backs.status == 0 and "reprint --done" in backs.output
    # the backs are those of the fronts, whatever the source has now
    assert (project.root / "dist" / "questions-cards.pdf").read_bytes() == before
    pages = [options_of(job)[-1] for job in spooler.jobs()]
    assert pages == ["page-ranges=1-2", "page-ranges=3-4"]
    assert options_of(spooler.jobs()[0])[0] == "sides=one-sided"
    assert project.run("print", "--backs").status == 2


def test_what_another_command_wrote_is_printed(project: Project, spooler: Spooler) -> None:
    for option, writer in (("--reprint", "reprint"), ("--calibration", "calibrate")):
        missing = project.run("print", option)
        assert missing.status == 2 and f"Run `exporter {writer}` first." in missing.errors
        assert project.run(writer).status == 0
        assert project.run("print", option).status == 0
        other = project.run("print", option, "--set", "pdf.stock=a4-a6")
        assert other.status == 2 and "is not for the stock a4-a6" in other.errors
    assert [Path(job[-1]).name for job in spooler.jobs()] == ["questions-reprint.pdf", "calibration.pdf"]
    (project.root / "dist" / "calibration.pdf").write_bytes(b"%PDF-1.7 of somebody else")
    foreign = project.run("print", "--calibration")
    assert foreign.status == 2 and "is not a PDF that exporter wrote" in foreign.errors
    assert project.run("print", "--calibration", "--reprint").status == 2


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (
            ["--printer", "Ofice"],
            2,
            "There is no printer “Ofice”. Did you mean “Office”? The printers are Office,",
        ),
        (
            ["--printer", "Office"],
            3,
            "lp did not take the job: The scheduler is away. The printers are Office, Attic",
        ),
        ([], 3, "name one with --printer."),
    ],
)
def test_a_refused_job_names_the_printers(
    project: Project, spooler: Spooler, arguments: list[str], status: int, message: str
) -> None:
    spooler.add("lp", "echo 'lp: Error - The scheduler is away.' >&2; exit 1")
    ran = project.run("print", *arguments)
    assert ran.status == status
    assert message in ran.errors
    assert (project.root / "dist" / "questions-cards.pdf").is_file()


def test_an_old_lpstat_and_none_at_all_are_enough(project: Project, spooler: Spooler) -> None:
    spooler.add("lp", "exit 1")
    spooler.add("lpstat", '[ "$1" = -p ] && echo "printer Attic is idle.  enabled since today"')
    assert "The printers are Attic;" in project.run("print").errors
    (spooler.programs / "lpstat").unlink()
    (spooler.programs / "lpoptions").unlink()
    ran = project.run("print")
    assert ran.status == 3 and "exit status 1. CUPS has no printer" in ran.errors


def test_an_lp_that_does_not_answer_is_left(
    project: Project, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_queue, "LP_TIMEOUT_S", 0.1)
    spooler.add("lp", "exec /bin/sleep 60")
    ran = project.run("print")
    assert ran.status == 3 and "lp did not answer within 0.1 seconds." in ran.errors


def test_a_printer_of_one_side_is_not_given_two(project: Project, spooler: Spooler) -> None:
    spooler.add("lpoptions", "echo 'PageSize/Media Size: *A4 Letter'")
    ran = project.run("print", "--printer", "Attic")
    assert ran.status == 2 and not spooler.jobs()
    assert "Attic prints on one side only, so nothing was printed." in ran.errors
    assert project.run("print", "--set", "pdf.duplex=fold").status == 0
    spooler.add("lpoptions", "exit 1")
    assert project.run("print").status == 0


def test_without_lp_the_dialogue_is_described(project: Project, spooler: Spooler) -> None:
    (spooler.programs / "lp").unlink()
    ran = project.run("print", "--set", "pdf.stock=a4-a6", "--set", "pdf.duplex=fold")
    assert ran.status == 3
    assert "There is no `lp` here, so nothing was printed. Open dist/questions-cards.pdf" in ran.output
    assert "paper: A4, portrait" in ran.output and "sides: one-sided" in ran.output
    assert project.run("print", "--dry-run").status == 0


def test_a_source_with_errors_prints_nothing(project: Project, spooler: Spooler) -> None:
    (project.root / "input" / "questions.txt").write_text("No question at all.\n")
    ran = project.run("print")
    assert ran.status == 1 and "Nothing was written or printed." in ran.errors
    assert not spooler.jobs()


@pytest.mark.parametrize("name", ["-o", "--", "", "a b", "a\nb", "a/b/c", "a#b", "x" * 128, "a;b\t"])
def test_names_that_no_printer_has_are_refused(project: Project, spooler: Spooler, name: str) -> None:
    ran = project.run("print", f"--printer={name}")
    assert ran.status == 2 and "cannot be the name of a printer" in ran.errors
    assert not (project.root / "dist").exists()
    assert is_printer_name("Büro-2/draft") and is_printer_name("x" * 127)


def test_file_names_are_never_options(project: Project, spooler: Spooler) -> None:
    (project.root / "input" / "questions.txt").rename(project.root / "input" / "-o raw $(x).txt")
    assert project.run("print").status == 0
    (job,) = spooler.jobs()
    assert job[-1] == str(project.root / "dist" / "-o raw $(x)-cards.pdf")
    assert Path(job[-1]).is_absolute()


def test_media_have_the_names_of_cups() -> None:
    names = {"a4-3x5": "A4", "letter-3x5": "Letter", "card-3x5": "3x5", "card-4x6": "4x6", "card-a6": "A6"}
    names |= {"card-a7": "A7", "card-85x54": "Custom.54x85mm"}
    assert {name: find_media(BY_NAME[name]) for name in names} == names
    # the bleed is cut off, or not on the paper at all
    for name, media in (("card-a6", "A6"), ("card-85x54", "Custom.54x85mm")):
        assert find_media(find_stock(options(pdf_stock=name, pdf_bleed=3.0))) == media
    assert dialogue_choices(BY_NAME["card-85x54"], PrintMode.SINGLE)[0] == "paper: 54 × 85 mm, landscape"


def test_each_mode_has_its_sides() -> None:
    stock = BY_NAME["a4-3x5"]
    sides = {mode: lp_options(stock, mode)[0].removeprefix("sides=") for mode in PrintMode}
    assert sides == {
        PrintMode.LONG_EDGE: "two-sided-long-edge",
        PrintMode.SHORT_EDGE: "two-sided-short-edge",
        PrintMode.FOLD: "one-sided",
        PrintMode.FRONTS_BACKS: "one-sided",
        PrintMode.SINGLE: "one-sided",
    }
    assert lp_options(stock, PrintMode.FRONTS_BACKS, Part.BACKS, 6)[-1] == "page-ranges=4-6"
    assert all("100 %" in " ".join(dialogue_choices(stock, mode)) for mode in PrintMode)


def test_pages_are_counted_and_measured() -> None:
    pages = read_pages(cards(deck(*(note("Q?", "A.", number) for number in range(1, 10)))))
    assert pages and pages.number == 6 and pages.size == pytest.approx((297, 210), abs=0.01)
    assert read_pages(b"") is None
    damaged = re.sub(rb"(/ObjStm .*?stream\n).", rb"\1?", cards(deck(note("Q?", "A."))), flags=re.DOTALL)
    assert read_pages(damaged) is None
