"""Every kind of source, from reading to exports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.projects import PIXEL, Project

MARKDOWN = """# Databases

## Indexes

### What does `EXPLAIN` show?

The **plan** of a query:

1. which index is used,
2. how many rows are *expected*.

```sql
EXPLAIN SELECT 1 < 2;
```

| join | cost |
|---|---|
| hash | low |

![a plan](img/plan.png)

### Why not index everything?

Writes become slower. See <https://example.org/?a=1&b=2>.
"""

SOURCES = {
    "q.md": (MARKDOWN, 2),
    "q.csv": ('Front,Back,Tags\nWhat is 1 < 2?,"True, always.",maths logic\nWhy?,Because.,\n', 2),
    "q.tsv": ("What is a tab?\tA stop.\nAnd a space?\tA gap.\n", 2),
    "noname": ("Q1. What is this?\nAns: A test.\n\nQ2. And that?\nAns: Another.\n", 2),
    "q.json": (json.dumps({"schema": 1, "questions": [{"question": "Why?", "answer": "So.\nThat."}]}), 1),
}


@pytest.mark.parametrize("name", list(SOURCES))
def test_each_kind_of_source_is_built(project: Project, name: str) -> None:
    text, count = SOURCES[name]
    (project.root / name).write_text(text, "utf-8")
    (project.root / "img").mkdir()
    (project.root / "img" / "plan.png").write_bytes(PIXEL)
    ran = project.build(name)
    assert f": {count} question" in ran.output.splitlines()[0], ran.output + ran.errors
    stem = Path(name).stem
    assert ((project.root / "dist" / "img" / "plan.png").exists()) == (name == "q.md")
    assert (project.root / "dist" / f"{stem}.apkg").stat().st_size > 1000


def test_a_reader_can_be_forced(project: Project) -> None:
    (project.root / "q.txt").write_text("# Why?\n\nBecause.\n\n# How?\n\nSo.\n", "utf-8")
    shown = json.loads(project.run("show", "q.txt", "--from", "markdown", "--format", "json").output)
    assert len(shown["questions"]) == 2
    ran = project.run("show", "q.txt", "--from", "markdwon")
    assert ran.status == 2
    assert "markdown" in ran.errors


def test_two_files_may_not_claim_one_id(project: Project) -> None:
    (project.root / "input" / "b.txt").write_text("Question 1: Why?\nId: x\nAnswer:\nSo.\n", "utf-8")
    (project.root / "input" / "c.txt").write_text("Question 1: How?\nId: x\nAnswer:\nThus.\n", "utf-8")
    ran = project.run("build")
    assert ran.status == 1
    assert "[duplicate-id]" in ran.errors


def test_a_missing_picture_and_one_outside_are_reported(project: Project) -> None:
    (project.root / "secret.png").write_bytes(PIXEL)
    (project.root / "input" / "m.md").write_text(
        "## Why?\n\nSee\n\n![gone](gone.png)\n\n![out](../secret.png)\n\n![far](https://example.org/x.png)\n\n## How?\n\nSo.\n",
        "utf-8",
    )
    ran = project.build("input/m.md")
    assert ran.errors.count("[missing-image]") == 3
    assert "outside the source's folder" in ran.errors


def test_a_malformed_url_is_a_picture_that_is_not_there(project: Project) -> None:
    (project.root / "m.md").write_text(
        "## Why?\n\nSee\n\n![far](<http://[x/a.png>)\n\n## How?\n\nSo.\n", "utf-8"
    )
    ran = project.build("m.md")
    assert "[missing-image]" in ran.errors
    assert "is on the network" in ran.errors
