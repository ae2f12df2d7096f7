"""Print jobs: the PDFs of a command, sent to `lp` or described for a print dialogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter.cards.pdf_pages import PdfPages, read_pages
from exporter.cards.print_options import SIDES, Part, describe_media, dialogue_choices, lp_options
from exporter.cards.stocks import Stock
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_FAILURE, EXIT_OK, EXIT_USAGE_ERROR
from exporter.config.choices import PrintMode
from exporter.model.diagnostics import pluralize
from exporter.model.suggestions import suggest
from exporter.model.terminal_text import shell_command
from exporter.system.files import display_path
from exporter.system.print_queue import (
    PrintQueueError,
    can_print_both_sides,
    has_lp,
    list_printers,
    lp_command,
    submit,
)

MAX_SIZE_DIFFERENCE_MM = 0.5
"""How much a PDF's pages may differ from the stock's sheets, in millimetres: more than is rounded away."""


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A PDF to be printed."""

    path: Path
    pages: PdfPages

    @classmethod
    def from_bytes(cls, path: Path, data: bytes) -> PrintFile | None:
        """Return the file, or None if it is not a PDF that exporter wrote."""
        pages = read_pages(data)
        return cls(path, pages) if pages else None


@dataclass(frozen=True, slots=True)
class PrintRun:
    """The printing of files for a stock; with `dry` the commands are shown and not run."""

    stock: Stock
    mode: PrintMode
    printer: str | None
    backs: bool
    dry: bool

    @property
    def is_in_two_parts(self) -> bool:
        """Whether all fronts are printed before all backs."""
        return self.mode is PrintMode.FRONTS_BACKS

    def is_for_stock(self, file: PrintFile) -> bool:
        """Return whether a PDF has pages of the size of the stock's sheets."""
        sides = zip(file.pages.size, self.stock.sheet, strict=True)
        return all(abs(page - sheet) <= MAX_SIZE_DIFFERENCE_MM for page, sheet in sides)

    def print_files(self, files: Sequence[PrintFile]) -> int:
        """Print files one by one, and return the exit status; the first failure ends the run."""
        if not (self.dry or has_lp()):
            return self._advise(files)
        if not self.dry and self.mode in SIDES and not can_print_both_sides(self.printer):
            echo(
                f"exporter: {self.printer or 'The printer'} prints on one side only, so nothing was printed. "
                "Add --set pdf.duplex=fronts-backs, and print the backs after the fronts.",
                err=True,
            )
            return EXIT_USAGE_ERROR
        for file in files:
            command = self._command(file)
            if self.dry:
                echo(shell_command(*command))
                continue
            try:
                answer = submit(command)
            except PrintQueueError as exc:
                return self._report(exc)
            echo(f"{display_path(file.path)}: {self._describe(file)}; {answer or 'sent'}")
        if self.is_in_two_parts and not self.backs and files:
            echo("Then turn the stack over on its long edge, and run this again with --backs.")
        return EXIT_OK

    def _command(self, file: PrintFile) -> tuple[str, ...]:
        part = Part.ALL
        if self.is_in_two_parts:
            part = Part.BACKS if self.backs else Part.FRONTS
        options = lp_options(self.stock, self.mode, part, file.pages.number)
        return lp_command(file.path, options, self.printer)

    def _describe(self, file: PrintFile) -> str:
        sheets = file.pages.number // 2 if self.mode.two_sided else file.pages.number
        paper = describe_media(self.stock)
        sides = {PrintMode.LONG_EDGE: "long", PrintMode.SHORT_EDGE: "short"}.get(self.mode)
        how = f"two-sided, flipped on the {sides} edge" if sides else "one-sided"
        if self.is_in_two_parts:
            how = "backs" if self.backs else "fronts"
        return f"{pluralize(sheets, 'sheet')} of {paper}, {how}"

    def _advise(self, files: Sequence[PrintFile]) -> int:
        """Print what to choose in a print dialogue, and return the exit status."""
        paths = ", ".join(str(display_path(file.path)) for file in files)
        echo(
            f"There is no `lp` here, so nothing was printed. Open {paths}, and choose in the print dialogue:"
        )
        for choice in dialogue_choices(self.stock, self.mode):
            echo(f"  {choice}")
        return EXIT_FAILURE

    def _report(self, problem: PrintQueueError) -> int:
        """Print why a job was not taken, with the printers that there are, and return the exit status."""
        printers = list_printers()
        if self.printer and printers and self.printer not in printers:
            near = suggest(self.printer, printers)
            hint = f"Did you mean “{near}”? " if near else ""
            echo(f"exporter: There is no printer “{self.printer}”. {hint}{_list(printers)}", err=True)
            return EXIT_USAGE_ERROR
        echo(f"exporter: {problem} {_list(printers)}", err=True)
        return EXIT_FAILURE


def _list(printers: Sequence[str]) -> str:
    if not printers:
        return "CUPS has no printer; add one in the system's settings."
    return f"The printers are {', '.join(printers)}; name one with --printer."
