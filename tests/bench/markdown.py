"""How long reading Markdown takes, compared with the parse of the same text by markdown-it-py."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from markdown_it import MarkdownIt

from exporter.config.settings import Settings
from exporter.readers import SourceText
from exporter.readers.markdown import read

QUESTIONS = 700
ROUNDS = 7

_ANSWER = "It depends on **what** is shared, and how often; see [this](https://example.com/{0}).\n"
_LIST = "- one thing that is *true*\n- another thing\n"
_CODE = "```python\nx = {0}\nprint(x)\n```\n"

FORMS = {
    "headings with lists and code": f"### {{0}}. What is **a {{0}}**?\n\n{_ANSWER}\n{_LIST}\n{_CODE}",
    "headings with paragraphs": f"## What is the use of {{0}}?\n\n{_ANSWER}",
    "numbered list": f"{{0}}. What is the use of {{0}}?\n\n   {_ANSWER}   - one\n   - two\n",
    "bold lines": f"**What is the use of {{0}}?**\n\n{_ANSWER}\n{_LIST}",
    "labels": f"Q: What is the use of {{0}}?\nA: {_ANSWER}",
    "`<details>`": f"<details>\n<summary>What is {{0}}?</summary>\n\n{_ANSWER}\n{_LIST}\n</details>\n",
    "table": "| What is the use of {0}? | It **depends** on `x` and {0} things |",
    "call-outs": f"> [!question] What is {{0}} for?\n> {_ANSWER}>\n> - one\n> - two\n",
}
"""A question in each form; `{0}` is its number."""


def measure_ratios() -> dict[str, float]:
    """Return how many times the parse reading takes, by form: the least of several times of both, in turns."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    gc.set_threshold(700_000, 20, 50)  # as the command does
    ratios = {}
    for name, form in FORMS.items():
        head = "# Questions\n\n" + "| Question | Answer |\n|---|---|\n" * (name == "table")
        text = head + "\n".join(form.format(number) for number in range(1, QUESTIONS + 1))
        source = SourceText("questions.md", tuple(text.split("\n")))
        assert len(read(source, Settings()).questions.questions) == QUESTIONS, name
        times = [
            (
                _time(lambda text=text: parser.parse(text)),
                _time(lambda source=source: read(source, Settings())),
            )
            for _ in range(ROUNDS)
        ]
        parsing, reading = map(min, zip(*times, strict=True))
        ratios[name] = reading / parsing
    return ratios


def _time(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start
