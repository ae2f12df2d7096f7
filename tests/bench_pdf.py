"""Compare the cards' speed with other tools on the same cards, in the same run.

    pip install '.[bench]'
    python -m tests.bench_pdf

The others set every card at one size that is known to fit, four cards a page, fronts and backs in
pairs; they search no size, balance no lines, and draw no marks. The table goes to
docs/benchmarks-cards.md.
"""

from __future__ import annotations

import argparse
import html
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import fontpkg

from exporter.deck import Deck
from exporter.model import line_text
from tests.pdf_decks import cards, seed

TABLE = Path(__file__).parent.parent / "docs" / "benchmarks-cards.md"
SIZE = 9
WIDTH, HEIGHT, LEFT, TOP, MARGIN = 127.0, 76.2, 21.5, 28.8, 6.0


def many(count: int) -> Deck:
    """Return the real questions over and over, each with a number of its own."""
    source = seed()
    notes = tuple(
        replace(
            source.notes[at % len(source.notes)],
            key=f"{at:012d}",
            place=at + 1,
            question=replace(source.notes[at % len(source.notes)].question, number=at + 1),
        )
        for at in range(count)
    )
    return replace(source, notes=notes)


def texts(deck: Deck) -> list[tuple[str, list[str]]]:
    """Return each note's question and the lines of its answer."""
    return [
        (
            line_text(note.question.question[0].lines[0]),  # type: ignore[union-attr]
            [line_text(line) for line in note.question.answer[0].lines],  # type: ignore[union-attr]
        )
        for note in deck.notes
    ]


def with_exporter(deck: Deck) -> bytes:
    return cards(deck)


def with_typst(deck: Deck) -> bytes:
    import typst

    def text(words: str) -> str:
        return "#" + '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'

    parts = [
        f"#set page(width: 297mm, height: 210mm, margin: 0mm)\n#set text(font: 'Atkinson Hyperlegible', "
        f"size: {SIZE}pt)\n".replace("'", '"')
    ]
    entries = texts(deck)
    for first in range(0, len(entries), 4):
        for side in (0, 1):
            for at, (question, answer) in enumerate(entries[first : first + 4]):
                column = at % 2 if side == 0 else 1 - at % 2
                x, y = LEFT + column * WIDTH + MARGIN, TOP + (at // 2) * HEIGHT + MARGIN
                body = f"*{text(question)}*" if side == 0 else "\n".join("+ " + text(line) for line in answer)
                parts.append(
                    f"#place(dx: {x}mm, dy: {y}mm, block(width: {WIDTH - 2 * MARGIN}mm)[\n{body}\n])\n"
                )
            parts.append("#pagebreak(weak: true)\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.typ"
        path.write_text("".join(parts), encoding="utf-8")
        fonts = [str(fontpkg.path("Atkinson Hyperlegible").parent)]
        return bytes(typst.compile(str(path), font_paths=fonts))


def with_fpdf2(deck: Deck) -> bytes:
    from fpdf import FPDF

    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("Body", "", str(fontpkg.path("Atkinson Hyperlegible")))
    pdf.add_font("Body", "B", str(fontpkg.path("Atkinson Hyperlegible", weight=700)))
    entries = texts(deck)
    for first in range(0, len(entries), 4):
        for side in (0, 1):
            pdf.add_page()
            for at, (question, answer) in enumerate(entries[first : first + 4]):
                column = at % 2 if side == 0 else 1 - at % 2
                pdf.set_font("Body", "" if side else "B", SIZE)
                y = TOP + (at // 2) * HEIGHT + MARGIN
                for words in answer if side else [question]:
                    pdf.set_xy(LEFT + column * WIDTH + MARGIN, y)
                    pdf.multi_cell(WIDTH - 2 * MARGIN, SIZE * 0.43, words, align="L")
                    y = pdf.get_y()
    return bytes(pdf.output())


def with_weasyprint(deck: Deck) -> bytes:
    from weasyprint import HTML

    parts = [
        "<style>@page {size: 297mm 210mm; margin: 0} @font-face {font-family: Body; src: "
        f"url(file://{fontpkg.path('Atkinson Hyperlegible')})}} body {{margin: 0; font: {SIZE}pt Body}}"
        ".p {position: relative; height: 210mm; break-after: page} .c {position: absolute; width: "
        f"{WIDTH - 2 * MARGIN}mm}} ol {{margin: 0}}</style>"
    ]
    entries = texts(deck)
    for first in range(0, len(entries), 4):
        for side in (0, 1):
            parts.append("<div class=p>")
            for at, (question, answer) in enumerate(entries[first : first + 4]):
                column = at % 2 if side == 0 else 1 - at % 2
                x, y = LEFT + column * WIDTH + MARGIN, TOP + (at // 2) * HEIGHT + MARGIN
                lines = "".join(f"<li>{html.escape(line)}" for line in answer)
                body = f"<ol>{lines}</ol>" if side else f"<b>{html.escape(question)}</b>"
                parts.append(f"<div class=c style='left:{x}mm;top:{y}mm'>{body}</div>")
            parts.append("</div>")
    return bytes(HTML(string="".join(parts)).write_pdf())


TOOLS: dict[str, Callable[[Deck], bytes]] = {
    "exporter": with_exporter,
    "typst": with_typst,
    "fpdf2": with_fpdf2,
    "weasyprint": with_weasyprint,
}


def measure(tool: str, count: int) -> None:
    """Print how long one tool kept the processor, in seconds, its memory in MiB, and its file's size in KiB."""
    deck = many(count)
    TOOLS[tool](many(4))  # what is loaded but once is no part of the comparison
    begin = time.process_time()
    data = TOOLS[tool](deck)
    seconds = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, memory, len(data) / 1024)


def main() -> None:
    """Measure every tool in a process of its own, and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--tool", choices=[*TOOLS])
    chosen = parser.parse_args()
    if chosen.tool:
        measure(chosen.tool, chosen.cards)
        return
    runs = [(tool, chosen.cards) for tool in TOOLS] + [("exporter", chosen.cards * 10)]
    found = []
    for tool, count in runs:
        command = [sys.executable, "-m", "tests.bench_pdf", "--tool", tool, "--cards", str(count)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        seconds, memory, size = map(float, printed.split()[-3:])
        found.append((tool, count, seconds, memory, size))
        print(f"{tool} {count}: {seconds:.2f} s", flush=True)
    ours = found[0][2]
    lines = [
        "# How fast the cue cards are set",
        "",
        "Two-sided cards of the real questions, four on a sheet of A4, all in one run on one machine "
        f"(Python {platform.python_version()}, {platform.system()}). The others set every card at one size "
        "that fits; exporter alone searches the largest size for each card and balances its lines. Seconds are "
        "the processor's, so that what else the machine does counts for none of them.",
        "",
        "| Tool | Cards | Seconds | Times exporter's | MiB | KiB of PDF |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {tool if tool == 'exporter' else f'{tool} {version(tool)}'} | {count:,} | {seconds:.2f} "
            f"| {'' if tool == 'exporter' else f'{seconds / ours:.1f}'} | {memory:.0f} | {size:,.0f} |"
            for tool, count, seconds, memory, size in found
        ),
        "",
        "Made by `python -m tests.bench_pdf` with what `pip install '.[bench]'` installs.",
        "",
    ]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
