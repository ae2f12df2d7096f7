"""Code that is indented directly below a question or label is one block of code; prose is not code."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.questions import CodeBlock
from exporter.pipeline.loader import load_source
from tests.in_process import CommandLine

CODE = {
    "python": "    def reverse(head):\n        prev = None\n        return prev",
    "statements": "    x = 1\n    y = 2",
    "braces": "    for (int i = 0; i < 3; i++) {\n        f(i);\n    }",
    "braces without colons": "    for x in y {\n        foo()\n    }",
    "shell": "    $ ls -l\n    $ pwd",
    "sql": "    SELECT *\n    FROM users\n    WHERE id = 1;",
    "yaml": "    a:\n      b: 1",
    "blank line within": "    x = 1\n\n    if x:\n        y = 2",
}
PROSE = {
    "sentences": "    A tree in an array.\n    Its root is the largest.",
    "one line": "    Last in, first out.",
    "parentheses": "    It is a heap (a tree),\n    which grows.",
    "list": "    - one = 1;\n    - two = 2;",
    "commands": "    from time to time\n    let me think",
}
ABOVE = {
    "unlabelled": "1) Reverse it\n",
    "asking": "1) Reverse?\n",
    "label": "Question 1: Reverse?\nAnswer:\n",
}


def answer_of(command_line: CommandLine, text: str) -> object:
    loaded = load_source(command_line.write("q.txt", text), Settings())
    return loaded.questions.questions[0].answer


@pytest.mark.parametrize("above", list(ABOVE))
@pytest.mark.parametrize("name", list(CODE))
def test_indented_code_is_one_block(command_line: CommandLine, above: str, name: str) -> None:
    code = "\n".join(line[4:] for line in CODE[name].split("\n"))
    assert answer_of(command_line, f"{ABOVE[above]}{CODE[name]}\n") == (CodeBlock(code),)


@pytest.mark.parametrize("above", list(ABOVE))
@pytest.mark.parametrize("name", list(PROSE))
def test_indented_prose_is_not_code(command_line: CommandLine, above: str, name: str) -> None:
    answer = answer_of(command_line, f"{ABOVE[above]}{PROSE[name]}\n")
    assert "CodeBlock" not in str(answer)
