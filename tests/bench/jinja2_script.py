"""The two sheets as a person would write them for themselves: `python jinja2_script.py SOURCE`.

A table of contents, and every sign escaped that may mean something to Markdown, wherever it stands;
the cheat sheet has the first words of each line.
"""

import re
import sys
from pathlib import Path

import jinja2

ANSWERS = """# {{ title }}

{% for number, question, lines in questions -%}
- [{{ number }}. {{ question | md }}](#q-{{ number }})
{% endfor %}
{% for number, question, lines in questions -%}
## {{ number }}. {{ question | md }} <a id="q-{{ number }}"></a>

{% for line in lines -%}
{{ loop.index }}. {{ line | md }}
{% endfor %}
{% endfor %}"""

CHEAT_SHEET = """# {{ title }}

{% for number, question, lines in questions -%}
**{{ number }}. {{ question | md }}**\\
{% for line in lines %}{{ line.split()[:8] | join(" ") | md }}…{{ " · " if not loop.last }}{% endfor %}

{% endfor %}"""


def escaped(text: str) -> str:
    """Return text with a backslash before every sign that may mean something."""
    return re.sub(r"([\\`*_{}\[\]<>#+!|~$&-])", r"\\\1", text)


source = Path(sys.argv[1])
title, *blocks = re.split(r"\n\n+", source.read_text("utf-8"))
questions = []
for block in blocks:
    heading, _, answer = block.partition("\nAnswer:\n")
    label, question = heading.split(": ", 1)
    questions.append((label.split()[1], question, answer.strip().split("\n")))
environment = jinja2.Environment()
environment.filters["md"] = escaped
for name, template in (("answers", ANSWERS), ("cheatsheet", CHEAT_SHEET)):
    text = environment.from_string(template).render(title=title, questions=questions)
    source.with_name(f"{source.stem}-{name}.md").write_text(text, "utf-8")
