"""Each weight decides something, and no other value would decide it alike.

For every weight there is a sentence that half of it, and one that twice of it, would give another cue.
"""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from exporter.cues import find_cues
from exporter.cues.weights import WEIGHTS, Weights
from exporter.model.questions import Question
from exporter.model.text import paragraph

HALF, DOUBLE = 0.5, 2.0

CASES = [
    # weight, factor, answer, its cues, the cues with the other weight
    (
        "filler",
        HALF,
        "I fixed it by including the user ID and date range in the cache key and added a test to cover this case.",
        "date range in cache key and added test",
        "user ID · date range in cache key and added test",
    ),
    (
        "filler",
        DOUBLE,
        "I found that the same database query was called many times in a loop, so I changed it to load the data once using a better SQLAlchemy query.",
        "same database query · load data once using better SQLAlchemy query",
        "same database query was called many times · load data once using better SQLAlchemy query",
    ),
    ("everyday", HALF, "The disk was full, quickly.", "disk was full, quickly", "disk was full"),
    (
        "everyday",
        DOUBLE,
        "Rolling back must be as easy as rolling out.",
        "Rolling back",
        "Rolling back must be as easy",
    ),
    (
        "negator",
        HALF,
        "Promises represent a value that is not there yet.",
        "Promises represent value that is not there yet",
        "Promises represent value",
    ),
    (
        "negator",
        DOUBLE,
        "The interval [low, high) holds its lower end and not its upper end.",
        "interval [low, high) holds its lower end · not its upper end",
        "lower end and not its upper end",
    ),
    (
        "name",
        HALF,
        "An SQL injection happens when user input becomes part of the query.",
        "SQL injection happens",
        "user input becomes part of query",
    ),
    (
        "name",
        DOUBLE,
        "CORS is enforced by the browser and not by the server.",
        "enforced by browser and not by server",
        "CORS is enforced by browser",
    ),
    (
        "short_word",
        HALF,
        "We push each number, and pop when the heap has more than k elements.",
        "pop when heap has more than k elements",
        "heap has more than k elements",
    ),
    (
        "short_word",
        DOUBLE,
        "I sat with them and walked through the code and test line by line.",
        "walked through code and test line by line",
        "sat with them · walked through code and test line by line",
    ),
    (
        "medium_word",
        HALF,
        "Merge sort is stable and needs linear extra space.",
        "stable and needs linear extra space",
        "needs linear extra space",
    ),
    (
        "medium_word",
        DOUBLE,
        "Keep internal state; can be passed to workers later.",
        "Keep internal state",
        "Keep internal state; can be passed",
    ),
    (
        "long_word",
        HALF,
        "We didn't rewrite the service, we added a cache instead.",
        "didn't rewrite service",
        "added cache instead",
    ),
    (
        "long_word",
        DOUBLE,
        "Caching helps if the data is read often and rarely changes.",
        "data is read often and rarely changes",
        "Caching helps if data is read often",
    ),
    (
        "function_cost",
        HALF,
        "Copy the length of the prefix to the first one.",
        "Copy length of prefix",
        "Copy length of prefix to first one",
    ),
    (
        "function_cost",
        DOUBLE,
        "Set up the secure data channel.",
        "Set up secure data channel",
        "secure data channel",
    ),
    (
        "content_cost",
        HALF,
        "Find a match for the shell entry.",
        "match for shell entry",
        "Find match for shell entry",
    ),
    (
        "content_cost",
        DOUBLE,
        "Write any pending changes to disk.",
        "Write any pending changes to disk",
        "pending changes to disk",
    ),
    (
        "ends_at_pause",
        HALF,
        "Close the current order and start a new one.",
        "Close current order and start new one",
        "Close current order",
    ),
    (
        "ends_at_pause",
        DOUBLE,
        "The pager woke us at night and the logs were empty.",
        "pager woke us at night",
        "logs were empty",
    ),
    (
        "begins_at_pause",
        HALF,
        "To handle the deadline, I broke the work into small tasks, focused on the critical backend change first, and discussed the plan with my teammate.",
        "focused on critical backend change first · discussed plan with my teammate",
        "critical backend change first · discussed plan with my teammate",
    ),
    (
        "begins_at_pause",
        DOUBLE,
        "Start the handshake of the secure channel.",
        "handshake of secure channel",
        "Start handshake of secure channel",
    ),
    (
        "list_cut_short",
        HALF,
        "Rate limiting protects the API, and a token bucket allows short bursts.",
        "token bucket allows short bursts",
        "Rate limiting protects API",
    ),
    (
        "list_cut_short",
        DOUBLE,
        "Open the file in text mode, read it, and close the file.",
        "Open file in text mode, read",
        "text mode, read it, and close file",
    ),
    (
        "after_coordinator",
        HALF,
        "Alerts should be rare and clear or nobody reads them.",
        "rare and clear or nobody reads them",
        "nobody reads them",
    ),
    (
        "after_coordinator",
        DOUBLE,
        "Wake up one or more threads that wait on this condition.",
        "more threads that wait on this condition",
        "wait on this condition",
    ),
    (
        "before_coordinator",
        HALF,
        "Within a short time, I was able to make safe changes and contribute small fixes.",
        "contribute small fixes",
        "able to make safe changes · contribute small fixes",
    ),
    (
        "before_coordinator",
        DOUBLE,
        "Testing the parser by hand was slow, tedious and full of errors.",
        "Testing parser by hand was slow, tedious",
        "Testing parser by hand was slow",
    ),
    (
        "before_auxiliary",
        HALF,
        "We discussed what the function was supposed to do and what the mock should return.",
        "supposed to do and what mock should return",
        "discussed what function · supposed to do and what mock should return",
    ),
    (
        "before_auxiliary",
        DOUBLE,
        "No special effort is made to reach exact results.",
        "No special effort",
        "No special effort is made",
    ),
    (
        "before_to",
        HALF,
        "Write the backup data to a disk we know how to read back.",
        "Write backup data · disk we know how to read back",
        "Write backup data to disk we know · how to read back",
    ),
    (
        "before_to",
        DOUBLE,
        "Copy the length of the prefix to the first one.",
        "Copy length of prefix",
        "Copy length of prefix to first one",
    ),
    (
        "subordinate_cut",
        HALF,
        "A callable object that calls the given method on its operand.",
        "calls given method on its operand",
        "callable object that calls given method",
    ),
    (
        "subordinate_cut",
        DOUBLE,
        "The CAP theorem says that a distributed system cannot have consistency, availability and partition tolerance at once.",
        "CAP theorem says that distributed system · cannot have consistency, availability and partition tolerance",
        "CAP theorem says · cannot have consistency, availability and partition tolerance",
    ),
    (
        "crosses_pause",
        HALF,
        "After the fix, the numbers were correct and the bug did not come back.",
        "fix, numbers were correct · bug did not come back",
        "correct and bug did not come back",
    ),
    (
        "crosses_pause",
        DOUBLE,
        "Print the names of methods, functions, or code to a file.",
        "names of methods, functions, or code to file",
        "Print names of methods, functions, or code",
    ),
    (
        "stub_before_pause",
        HALF,
        "After the call, I wrote a short summary of the requirements and sent it back to confirm.",
        "wrote short summary of requirements · sent it back to confirm",
        "requirements and sent it back to confirm",
    ),
    (
        "stub_before_pause",
        DOUBLE,
        "We went through the incident step by step and wrote a blameless report.",
        "incident step by step and wrote blameless report",
        "incident step by step · blameless report",
    ),
    (
        "lonely_last_word",
        HALF,
        "Use multiprocessing for work that is bound by the CPU and asyncio for work that waits.",
        "CPU and asyncio for work that waits",
        "bound by CPU and asyncio",
    ),
    (
        "lonely_last_word",
        DOUBLE,
        "Testing the parser by hand was slow, tedious and full of errors.",
        "Testing parser by hand was slow, tedious",
        "Testing parser by hand was slow",
    ),
    (
        "short_phrase",
        HALF,
        "This habit has helped me become more confident and has improved my understanding of tasks.",
        "understanding of tasks",
        "more confident",
    ),
    (
        "short_phrase",
        DOUBLE,
        "I decided to take ownership of it.",
        "take ownership",
        "decided to take ownership",
    ),
    (
        "unpaired",
        HALF,
        "We kept all (old, new, broken and half forgotten) records of it.",
        "(old, new, broken and half forgotten) records",
        "new, broken and half forgotten) records",
    ),
    (
        "unpaired",
        DOUBLE,
        "Counters (Redis 7, Kafka 3, PostgreSQL 16 and MySQL 8 behind HAProxy) failed.",
        "Counters (Redis 7) · Kafka 3, PostgreSQL 16 and MySQL 8",
        "Kafka 3, PostgreSQL 16 and MySQL 8",
    ),
    (
        "min_weight",
        HALF,
        "Redis stored the sessions of all users. It kept the order.",
        "Redis stored sessions of all users",
        "Redis stored sessions of all users · kept order",
    ),
    (
        "min_weight",
        DOUBLE,
        "Redis stored the sessions of all users. It was secure.",
        "Redis stored sessions of all users · secure",
        "Redis stored sessions of all users",
    ),
    (
        "second_min_weight",
        HALF,
        "A trie stores strings by their prefixes and needs a lot of memory.",
        "trie stores strings by their prefixes",
        "trie stores strings by their prefixes · lot of memory",
    ),
    (
        "second_min_weight",
        DOUBLE,
        "An index is a sorted copy of some columns that leads to the rows.",
        "index is sorted copy of some columns · leads to rows",
        "index is sorted copy of some columns",
    ),
    (
        "second_min_score",
        HALF,
        "We discussed what the function was supposed to do and what the mock should return.",
        "supposed to do and what mock should return",
        "discussed what function · supposed to do and what mock should return",
    ),
    (
        "second_min_score",
        DOUBLE,
        "CI runs the tests on every push and blocks a merge when they fail.",
        "CI runs tests on every push · blocks merge",
        "CI runs tests on every push",
    ),
]


def cues_of(answer: str, weights: Weights = WEIGHTS) -> str:
    question = Question((paragraph("Why?"),), (paragraph(answer),))
    return " · ".join(cue.text for cue in find_cues(question, weights))


@pytest.mark.parametrize(("weight", "factor", "answer", "cues", "others"), CASES)
def test_weight_decides(weight: str, factor: float, answer: str, cues: str, others: str) -> None:
    assert cues_of(answer) == cues
    changed = replace(WEIGHTS, **{weight: getattr(WEIGHTS, weight) * factor})
    assert cues_of(answer, changed) == others != cues


def test_each_weight_has_a_case_on_both_sides() -> None:
    assert {(name, factor) for name, factor, *_ in CASES} == {
        (field.name, factor) for field in fields(Weights) for factor in (HALF, DOUBLE)
    }
