"""Code without a fence: its indentation is kept; the indentation of prose and lists is not code."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.questions import Block, CodeBlock
from exporter.pipeline.loader import load_source
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.plain.drawing_detection import MAX_ROW_CHARS
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
AT_MARGIN = {
    "decorator": "@cache\ndef f(n):\n    if n < 2:\n        return n\n    return f(n - 1)",
    "two loops": "for n in a:\n    print(n)\n\nfor m in b:\n    print(m)",
    "json": '{\n  "a": 1,\n  "b": [\n    1\n  ]\n}',
    "member of json": '"user": {\n    "name": "x"\n}',
    "makefile": "build: main.o\n    gcc -o app main.o\n\nclean:\n    rm -f *.o",
    "sql": "SELECT name,\n       COUNT(*)\nFROM users\nWHERE a = 1\n  AND b = 2\nGROUP BY name;",
    "sql in lower case": "select name\nfrom users\nwhere a = 1\n  and b = 2",
    "subquery": "WITH t AS (\n  SELECT 1\n)\nSELECT * FROM t;",
    "here document": "cat <<EOF > a.txt\nhello\n  world\nEOF",
    "dockerfile": "FROM python:3\nRUN apt-get update && \\\n    apt-get install -y curl\nCOPY . /app",
    "continued command": "docker run \\\n  -p 80:80 \\\n  nginx",
    "shell": "if [ -f a ]; then\n  echo yes\nelse\n  echo no\nfi",
    "loop of a shell": 'for f in *.txt; do\n    mv "$f" x\ndone',
    "ruby": "class A\n  def b\n    1\n  end\nend",
    "bracket below": "public class A\n{\n    int x;\n}",
    "chain of calls": "list.stream()\n    .filter(x -> x > 1)\n    .toList();",
    "stylesheet": ".box {\n  color: red;\n}",
    "terraform": 'resource "thing" "example" {\n  tags = {\n    Name = "example"\n  }\n}',
    "html": "<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>",
    "template": "{% for a in b %}\n  {{ a }}\n{% endfor %}",
    "compose": 'services:\n  web:\n    image: nginx\n    ports:\n      - "80:80"',
    "kubernetes": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\nspec:\n  containers:\n  - name: a\n    image: b",
    "playbook": '- name: Install\n  apt:\n    name: "{{ item }}"\n  loop:\n    - one\n    - two',
    "cloud template": "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket",
    "tree": "project/\n├── src\n│   └── main.py\n└── README",
    "ascii tree": "app\n|-- src\n|   `-- main.c\n`-- doc",
    "table": "+----+-----+\n| a  | b   |\n+----+-----+\n| 1  | 2   |\n+----+-----+",
    "aligned columns": "Type      Size    Range\nbyte      1       -128..127\nshort     2       32767",
    "boxes": "+---+      +---+\n| A |----->| B |\n+---+      +---+\n  |\n  v",
}
NOTES = {
    "terms and meanings": "Types of joins:\n  INNER JOIN\n    returns matching rows\n  LEFT JOIN\n    returns all rows",
    "sentence with a bracket": "There are two kinds (see below):\n   the first is fast,\n   the second is slow.",
    "short notes": "Advantages:\n    fast\n    cheap\nDisadvantages:\n    costly",
    "terms in a list": "- Encapsulation: hiding data\n- Inheritance: reuse\n  - single\n  - multiple",
    "terms below a heading": "OOP:\n  Encapsulation: hiding data\n  Inheritance: reusing code",
    "wrapped sentence": "Select the best people\n   from all teams and go.",
    "subordinate clause": "while working there\n  I led a team",
    "story": "Situation: We lost a client.\n  I was the lead.\nTask: win it back",
    "sentences after a label": "note: this is a long sentence about it.\n  more: text here",
    "two lines in columns": "Type      Size\nbyte      1",
    "explanations in columns": "One       It is fast, and it is known.\nTwo       It is slow.\nThree     It is new.",
    "indented paragraph": "It is fast.\n\n    It is small, too, as we know.\n    So it is used.",
    "indented below a colon": "Loading:\n    When you load (now or later), it is\n    part of the whole.",
    "section signs": "§ 433 says this\n  and that\n§ 434 says more",
}


def answer_of(command_line: CommandLine, text: str) -> tuple[Block, ...]:
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


@pytest.mark.parametrize("name", list(AT_MARGIN))
def test_code_at_the_margin_keeps_its_indentation(name: str) -> None:
    code = AT_MARGIN[name]
    assert parse_blocks(["", *code.split("\n")]) == (CodeBlock(code),)


@pytest.mark.parametrize("name", ["python", "makefile", "kubernetes", "terraform", "tree", "sql"])
def test_code_between_sentences_is_one_block(command_line: CommandLine, name: str) -> None:
    code = {**AT_MARGIN, "python": AT_MARGIN["decorator"]}[name]
    answer = answer_of(command_line, f"1) How?\n\nFor example:\n{code}\nThat is all of it.\n\n2) Why?\nSo.\n")
    assert [type(block).__name__ for block in answer] == ["Paragraph", "CodeBlock", "Paragraph"]
    assert answer[1] == CodeBlock(code)


def test_code_on_the_line_of_a_label_keeps_its_indentation() -> None:
    code = "for x in y:\n    if x > 1:\n        print(x)"
    assert parse_blocks(code.split("\n")) == (CodeBlock(code),)


@pytest.mark.parametrize("name", list(NOTES))
def test_indented_notes_are_not_code(name: str) -> None:
    assert "CodeBlock" not in str(parse_blocks(["", *NOTES[name].split("\n")]))


def test_columns_of_long_rows_are_not_a_drawing() -> None:
    def is_drawing(width: int) -> bool:
        rows = [f"{cell}   {cell * (width - 4)}" for cell in "abc"]
        return "CodeBlock" in str(parse_blocks(["", *rows]))

    assert is_drawing(MAX_ROW_CHARS)
    assert not is_drawing(MAX_ROW_CHARS + 1)


def test_word_that_closes_a_block_is_near() -> None:
    def is_block(count: int) -> bool:
        body = "  ls\n" * count
        return "CodeBlock" in str(parse_blocks(f"\nuntil x; do\n{body}done".split("\n")))

    assert is_block(58)
    assert not is_block(59)
