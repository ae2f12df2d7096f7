"""Edits of questions: rewordings written by hand, and random changes."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

REWORDED: dict[int, tuple[str, str]] = {
    1: (
        "What were the biggest challenges at your last company?",
        "Which difficulties did you run into in your former job?",
    ),
    2: (
        "Tell me about a hard bug that you solved.",
        "Walk me through the nastiest defect you ever repaired.",
    ),
    3: (
        "Describe a time when the deadline was tight.",
        "How did you cope when there was hardly any time left to deliver?",
    ),
    4: (
        "Tell me about a project whose requirements were unclear.",
        "What do you do when nobody knows exactly what is wanted?",
    ),
    5: (
        "Tell me about working on a large legacy codebase.",
        "Have you ever had to find your way around old, sprawling code?",
    ),
    6: (
        "Describe a disagreement with a colleague and how it was settled.",
        "What happens when you and a coworker see things differently?",
    ),
    7: (
        "Tell me about a time when you supported a teammate.",
        "Give an example of mentoring someone on your team.",
    ),
    8: (
        "Have you worked together with non-technical people, and how did that go?",
        "How do you explain things to people who do not write software?",
    ),
    9: (
        "Tell me about a new technology you had to learn fast.",
        "How do you get up to speed with a tool you never used?",
    ),
    10: ("Describe one of your mistakes and its lesson.", "When did you fail, and what came out of it?"),
    11: (
        "Tell me about a time you made a system faster.",
        "Where have you sped something up, and by what means?",
    ),
    12: (
        "Tell me how you once improved the quality of code.",
        "Give me an example of cleaning up messy modules.",
    ),
    13: (
        "Give an example of taking ownership of a task.",
        "When did you make a problem yours without being told to?",
    ),
    14: (
        "How do you deal with feedback in code review?",
        "Somebody criticises your pull request: what do you do?",
    ),
    15: (
        "What are your main strengths as a software developer?",
        "Why should we hire you? What are you good at?",
    ),
    16: ("Which weakness are you working on?", "Where do you still have to improve personally?"),
    17: (
        "Tell me about a database challenge that you faced.",
        "Have slow queries ever given you trouble?",
    ),
    18: (
        "How do you handle the pressure of many tasks at once?",
        "What if everything lands on your desk at the same moment?",
    ),
    19: (
        "Tell me about a time you had to understand a new codebase quickly.",
        "How did you find your feet in a running product on arrival?",
    ),
    20: (
        "Describe a situation in which you balanced speed against quality.",
        "Fast or good: how have you chosen between the two?",
    ),
    21: (
        "Tell me about a time you made error handling better.",
        "How have you helped users and operators see what went wrong?",
    ),
    22: (
        "Describe how communication once helped you to solve a technical problem.",
        "When did talking to people turn out better than reading code?",
    ),
    23: (
        "Tell me about a refactoring you did for maintainability.",
        "Which piece of logic did you simplify so that it is easy to extend?",
    ),
    24: (
        "Describe a difficult testing task that you did.",
        "How have you tested something that depends on clocks and outside services?",
    ),
    25: (
        "Tell me about requirements that changed in the middle of development.",
        "The rules changed halfway through: how did you react?",
    ),
    26: (
        "How do you approach tasks you have never done before?",
        "You are handed something completely unknown; where do you begin?",
    ),
    27: (
        "Tell me about a problem you noticed before it became serious.",
        "Have you ever prevented an incident by being attentive?",
    ),
    28: (
        "Describe a time you coordinated several people to complete a task.",
        "How did you bring many parties together on one piece of work?",
    ),
}
"""For each question of the seed a middling and a heavy rewording."""

LOOK_ALIKES: tuple[tuple[str, str], ...] = (
    (
        "Tell me about a difficult customer you helped.",
        "A shop owner rang every morning about missing invoices.\nI listened first and took notes.\n"
        "Then I showed her the export that she needed.",
    ),
    (
        "Describe a time you missed a deadline.",
        "We underestimated a migration of old contracts.\n"
        "I told the client two weeks ahead and proposed stages.\n"
        "The last stage came nine days late, and they thanked us for the warning.",
    ),
    (
        "Tell me about a time you improved security in a system.",
        "Passwords were hashed with a fast function.\nI moved them to a slow one at each sign-in.\n"
        "A half year later the old hashes were gone.",
    ),
    (
        "How do you handle code ownership questions?",
        "Each folder names a person who answers for it.\nWho changes it asks them for a look.",
    ),
    (
        "Tell me about a time you had to learn a new language quickly.",
        "A client in Lisbon wanted support in Portuguese.\nFlash cards on the train did most of it.\n"
        "After three months I could write short letters.",
    ),
    (
        "What are your plans as a developer?",
        "Next year I should like to lead a small group.\nLater I want to teach.",
    ),
    (
        "Describe a time you had to convince multiple people to change a process.",
        "Releases went out on Friday evenings.\nI counted the weekends that this had cost us.\n"
        "The numbers convinced everyone within one meeting.",
    ),
    (
        "Tell me about a time you refused to refactor code.",
        "The module was ugly but had not been touched for years.\nNobody planned to touch it again.\n"
        "I left it alone and wrote down why.",
    ),
)
"""New questions in the words of old ones."""

EXTRA_LINES = (
    "Looking back, I would do it the same way again.",
    "My manager mentioned it in the yearly review.",
    "I wrote the steps down for whoever comes next.",
    "The whole thing took about three weeks.",
)


@dataclass(frozen=True)
class Entry:
    """A question as a person has it in the file; `name` is who it truly is."""

    name: str
    question: str
    answer: tuple[str, ...]


def text_of(entries: list[Entry], title: str = "Interview questions") -> str:
    """The file that holds these entries."""
    blocks = [
        f"Question {number}: {entry.question}\nAnswer:\n" + "\n".join(entry.answer)
        for number, entry in enumerate(entries, 1)
    ]
    return f"{title}\n\n" + "\n\n".join(blocks) + "\n"


def edited(entries: list[Entry], chance: random.Random) -> list[Entry]:
    """One sitting of a person with the file: rewordings, answers, order, additions, deletions."""
    result = [_edited_entry(entry, chance) for entry in entries]
    for _ in range(chance.randrange(0, 3)):
        if len(result) > 12:
            result.pop(chance.randrange(len(result)))
    for number in chance.sample(range(len(LOOK_ALIKES)), chance.randrange(0, 3)):
        question, answer = LOOK_ALIKES[number]
        new = Entry(f"look-alike {number}", question, tuple(answer.split("\n")))
        if all(entry.name != new.name for entry in result):
            result.insert(chance.randrange(len(result) + 1), new)
    if chance.random() < 0.3:
        chance.shuffle(result)
    return result


def _edited_entry(entry: Entry, chance: random.Random) -> Entry:
    what = chance.random()
    if what < 0.6:
        return entry
    if what < 0.75:
        return _reworded(entry, chance)
    if what < 0.9:
        return _answered(entry, chance)
    return _answered(_reworded(entry, chance), chance)


def _reworded(entry: Entry, chance: random.Random) -> Entry:
    number = entry.name.removeprefix("seed ")
    choices = REWORDED.get(int(number), ()) if number.isdecimal() else ()
    how = chance.randrange(4)
    if how >= 2 and choices:
        return replace(entry, question=choices[how - 2])
    words = entry.question.split()
    if how == 0 and len(words) > 4:
        words.pop(chance.randrange(1, len(words) - 1))
        return replace(entry, question=" ".join(words))
    return replace(entry, question=entry.question.rstrip(".?") + " in detail?")


def _answered(entry: Entry, chance: random.Random) -> Entry:
    lines = list(entry.answer)
    how = chance.randrange(4)
    if how == 0:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(EXTRA_LINES))
    elif how == 1 and len(lines) > 2:
        lines.pop(chance.randrange(len(lines)))
    elif how == 2:
        place = chance.randrange(len(lines))
        words = lines[place].split()
        lines[place] = " ".join([*words[: len(words) // 2], "with", "some", "help", "from", "others."])
    else:
        # Most of the answer is rewritten.
        kept = max(2, (len(lines) + 1) // 2)
        lines = [*lines[:kept], *chance.sample(EXTRA_LINES, 2)]
    return replace(entry, answer=tuple(lines))
