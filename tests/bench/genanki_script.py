"""A deck as a person would write it for themselves: `python genanki_script.py SOURCE`.

Stable GUIDs and escaped text; no cues, no order of new cards, no memory of what changed, no checks.
"""

import html
import re
import sys
from pathlib import Path

import genanki

source = Path(sys.argv[1])
model = genanki.Model(
    1_607_392_319,
    "Simple",
    fields=[{"name": "Question"}, {"name": "Answer"}],
    templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr>{{Answer}}"}],
)
title, *blocks = re.split(r"\n\n+", source.read_text("utf-8"))
deck = genanki.Deck(2_059_400_110, title)
for block in blocks:
    heading, _, answer = block.partition("\nAnswer:\n")
    question = heading.split(": ", 1)[1]
    lines = "<br>".join(html.escape(line) for line in answer.strip().split("\n"))
    note = genanki.Note(model, [html.escape(question), lines], guid=genanki.guid_for(question))
    deck.add_note(note)
genanki.Package(deck).write_to_file(source.with_suffix(".apkg"))
