"""A reworded question with a short answer keeps its key, and a new one with a common answer gets none."""

from __future__ import annotations

import random

import pytest

from exporter.identity.changes import ChangeKind
from exporter.identity.records import Lock
from tests.test_identity import asked, built, identify, keys, kinds, source

HEAP = ("What is a heap?", "A tree in an array whose parent is never smaller.")
TRIE = ("What is a trie?", "A tree whose edges are letters.")
PLACE = ("Where do you live?", "In a village by the river, an hour away.")

Pair = tuple[str, str]


def sitting(before: list[Pair], after: list[Pair]) -> list[str | None]:
    """Build twice, and return for each question of the second build the question whose key it has."""
    first = built(Lock(), 100, *(asked(*pair) for pair in before))
    owner = dict(zip(keys(first), [question for question, _ in before], strict=True))
    second = built(first.lock, 200, *(asked(*pair) for pair in after))
    return [owner.get(key) for key in keys(second)]


REWORDED = [
    ("What is a mutex?", "Explain mutexes.", "A lock."),
    ("Salary?", "What do you want to earn?", "80 to 90 thousand."),
    ("What are your strengths?", "Which strengths do you bring?", "I am patient."),
    ("When can you start?", "What is your notice period?", "In three months."),
    ("Notice period?", "How soon could you be with us?", "Three months."),
    ("Was sind Ihre Stärken?", "Worin sind Sie gut?", "Ich bin geduldig."),
    ("Which city governs Australia?", "Capital of Australia?", "Canberra"),
    ("你的优点是什么?", "你有什么长处?", "我很耐心。"),
    ("HTTPS runs on which port by default?", "Port number of HTTPS?", "443"),
]


@pytest.mark.parametrize(("old", "new", "answer"), REWORDED)
def test_a_reworded_question_in_its_place_keeps_its_key(old: str, new: str, answer: str) -> None:
    assert sitting([HEAP, (old, answer), TRIE], [HEAP, (new, answer), TRIE])[1] == old
    assert sitting([(old, answer), HEAP], [(new, answer), HEAP])[0] == old


def test_it_is_reported_as_reworded() -> None:
    first = built(Lock(), 100, asked(*HEAP), asked("Salary?", "80 to 90 thousand."), asked(*TRIE))
    second = built(
        first.lock, 200, asked(*HEAP), asked("What do you want to earn?", "80 to 90 thousand."), asked(*TRIE)
    )
    assert kinds(second) == [ChangeKind.REWORDED]


NEW = [
    ("Are you patient?", "Do you travel?", "Yes."),
    ("Is the sky blue at noon?", "Do fish sleep in deep water?", "True"),
    ("Is Redis fast?", "Should tests come first?", "It depends."),
    ("Why did they close?", "Who wrote the first one?", "I don't know."),
    ("Which one is a stack?", "Which one of these is sorted?", "B"),
    ("What is the port of HTTP?", "How many days has Phileas Fogg?", "80"),
    ("What did you use for caching?", "Who founded the city?", "Romulus."),
    ("Sind Sie geduldig?", "Reisen Sie gern?", "Ja, immer."),
]


@pytest.mark.parametrize(("old", "new", "answer"), NEW)
def test_a_common_or_empty_answer_proves_nothing(old: str, new: str, answer: str) -> None:
    assert sitting([HEAP, (old, answer), TRIE], [HEAP, (new, answer), TRIE])[1] is None


def test_an_answer_that_several_have_proves_nothing() -> None:
    others = [("Explain a semaphore.", "A lock."), HEAP]
    assert (
        sitting([("What is a mutex?", "A lock."), *others], [("Say it in Go.", "A lock."), *others])[0]
        is None
    )
    assert sitting(
        [("What is a mutex?", "A lock."), HEAP], [("Say it.", "A lock."), ("And in Go?", "A lock."), HEAP]
    )[:2] == [None, None]


SIDES = [HEAP, TRIE, PLACE, ("Why us?", "The people are kind, and the office has plants.")]


def test_far_from_its_place_the_questions_must_share_a_word() -> None:
    salary = ("Salary?", "80 to 90 thousand.")
    before = [salary, *SIDES]
    assert sitting(before, [*SIDES, ("What do you want to earn?", salary[1])])[-1] is None
    assert sitting(before, [*SIDES, ("Your salary, please.", salary[1])])[-1] == "Salary?"
    assert sitting(before, [SIDES[0], ("What do you want to earn?", salary[1]), *SIDES[1:]])[1] == "Salary?"


def test_a_word_of_most_questions_is_no_sign() -> None:
    others = [
        (f"What does Python mean by {word}?", f"A {word} that one can use.")
        for word in ("list", "tuple", "set", "dict")
    ]
    before = [("Who made Python?", "Guido."), *others]
    assert sitting(before, [*others, ("Whose is the face behind Python?", "Guido.")])[-1] is None


def test_reword_delete_add_and_swap_in_one_edit() -> None:
    before = [
        HEAP,
        ("Salary?", "80 to 90 thousand."),
        ("What is a mutex?", "A lock."),
        TRIE,
        ("Start?", "In three months."),
        PLACE,
    ]
    after = [
        HEAP,
        ("Explain mutexes.", "A lock."),
        ("What do you want to earn?", "80 to 90 thousand."),
        ("What is a queue?", "First in, first out."),
        TRIE,
        PLACE,
    ]
    assert sitting(before, after) == [HEAP[0], "What is a mutex?", "Salary?", None, TRIE[0], PLACE[0]]


def test_swapped_answers_leave_each_question_its_key() -> None:
    one, two = ("Best trait?", "I am patient."), ("Worst trait?", "I am slow.")
    after = [(one[0], two[1]), (two[0], one[1])]
    assert sitting([one, two], after) == [one[0], two[0]]


def test_a_question_that_moved_to_another_file_must_share_a_word() -> None:
    first = identify(
        [source(asked("Salary?", "80 to 90 thousand."), asked(*HEAP)), source(asked(*TRIE), name="b.txt")],
        Lock(),
        1,
    )
    for question, kept in (("What do you want to earn?", False), ("Your salary?", True)):
        moved = source(asked(*TRIE), asked(question, "80 to 90 thousand."), name="b.txt")
        second = identify([source(asked(*HEAP)), moved], first.lock, 2)
        assert (keys(second, "b.txt")[1] == keys(first)[0]) is kept


def _reworded(question: str, chance: random.Random) -> str:
    """Keep a word or none of a question among words that any question has."""
    words = [*chance.sample(["Please", "describe", "in", "general", "your", "view"], 4)]
    words += [word for word in question.split() if chance.random() < 0.3]
    chance.shuffle(words)
    return " ".join(words)


SHORT = [
    (f"{verb} {noun}?", answer)
    for (verb, noun), answer in zip(
        [
            (verb, noun)
            for verb in ("Define", "Who invented", "Where is")
            for noun in ("tar", "jazz", "zinc", "ink", "rope", "dyes", "glue", "silk")
        ],
        "thick oil|swing music|a grey metal|black fluid|twisted fibre|bright colour|sticky stuff|worm thread|"
        "old sailors|street bands|a chemist|the Chinese|early hunters|Perkin|bookbinders|an empress|"
        "in Trinidad|New Orleans|Congo|in every pen|on each ship|in the vat|on the shelf|Lyon".split("|"),
        strict=True,
    )
]


def test_random_sittings_give_no_new_question_a_strangers_key() -> None:
    reworded = kept = 0
    for seed in range(60):
        chance = random.Random(seed)
        pool = chance.sample(SHORT, len(SHORT))
        before, spare = pool[:14], pool[14:]
        names: dict[str, str | None] = {question: question for question, _ in before}
        after = []
        for question, answer in before:
            what = chance.random()
            if what < 0.2:
                new = _reworded(question, chance)
                names[new], question = question, new
            if what < 0.9:
                after.append((question, answer))
        for new, answer in spare[: chance.randrange(4)]:
            names[new] = None
            after.insert(chance.randrange(len(after) + 1), (new, answer))
        if chance.random() < 0.3:
            after.insert(chance.randrange(len(after)), after.pop(chance.randrange(len(after))))
        for (question, _), found in zip(after, sitting(before, after), strict=True):
            assert found in (names[question], None)
            if names[question] not in (question, None):
                reworded += 1
                kept += found is not None
    assert reworded > 100
    assert kept / reworded > 0.75
