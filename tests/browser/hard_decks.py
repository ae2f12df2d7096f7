"""Decks that are hard to show: too long, too wide, and hostile."""

from __future__ import annotations

from exporter.model.deck import Deck
from exporter.model.questions import (
    Alignment,
    Code,
    CodeBlock,
    Emphasis,
    Link,
    ListBlock,
    Paragraph,
    Strong,
    Table,
    Text,
)
from tests.pdf_decks import deck, note

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
LONG_CODE = "result = " + " + ".join(f"some_rather_long_function_name_{n}(argument_{n})" for n in range(12))

HOSTILE = (
    "<script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    '"><svg onload="window.hacked = 1">',
    "</script><script>window.hacked = 1</script>",
    "</style><script>window.hacked = 1</script>",
    '<iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>',
    "<a href='javascript:window.hacked = 1'>x</a> <!-- ",
    "{{Answer}} {{#Cues}} {{hint:Cues}} [sound:x.mp3] [[type:Answer]]",
    "<link rel=stylesheet href=http://evil.example/x.css><style>@import 'http://evil.example/y.css';</style>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
)


def hard() -> Deck:
    """Return a deck with every kind of block, and lines that fit no phone."""
    line = (
        Text("A plain line with "),
        Code("code_in_it"),
        Text(", a "),
        Strong((Text("strong"),)),
        Text(", an "),
        Emphasis((Text("emphatic"),)),
        Text(" word and a "),
        Link((Text("link"),), "https://example.org/" + "x" * 120),
    )
    cells = tuple((Text(f"Column number {n} with `words`"), Code(f"value_{n}")) for n in range(9))
    table = Table(cells, (cells, cells), (Alignment.RIGHT, Alignment.CENTER))
    code = CodeBlock(
        f"def f(x: int) -> str:\n    # why\n    return 'text' + str({12})\n{LONG_CODE}\n", "python"
    )
    listed = ListBlock(((Paragraph((line,)),), (Paragraph(((Text(WORD),),)), code)), ordered=True)
    return deck(
        note(WORD, f"{WORD}\nAnother line.\n{LONG_CODE}", 1, cues=(WORD, "A short cue")),
        note(
            (Paragraph((line,)), code, table),
            (Paragraph((line,)), code, table, listed),
            2,
            notes=f"{WORD}\nA note.",
        ),
        note(
            "A plain question?",
            "One line.\nAnother line.\nA third line.",
            3,
            category="A category",
            tags=("a tag",),
        ),
        title=WORD,
    )


def hostile() -> Deck:
    """Return a deck whose every text tries to run a script or to reach the network."""
    notes = [
        note(text, f"{text}\n{text}", number, cues=(text,), notes=text, category=text, tags=(text,))
        for number, text in enumerate(HOSTILE, 1)
    ]
    return deck(*notes, title=" ".join(HOSTILE))
