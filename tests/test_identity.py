"""Keys stay the same when questions are edited: the rules, and any sequence of edits."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from exporter.identity import Identification, SourceQuestions, identify
from exporter.identity.changes import ChangeKind
from exporter.identity.keys import derive_key, is_key, normalize
from exporter.identity.ordering import assign_ranks, longest_increasing_subsequence
from exporter.identity.records import Lock
from exporter.identity.relink import Correction, normalize_key, relink
from exporter.model.deck import Note
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import CodeBlock, Question
from exporter.model.text import paragraph, plain_text

STEPS = (
    "First I looked at the logs of the last week.\nThen I asked the team.\nIn the end the cache was to blame."
)
OTHER = "We met every morning for ten minutes.\nA board on the wall showed what was left to do."


def asked(question: str, answer: str = STEPS, number: int | None = None, **more) -> Question:
    return Question(
        (paragraph(*question.split("\n")),),
        (paragraph(*answer.split("\n")),) if answer else (),
        number,
        **more,
    )


def built(lock: Lock, now: int, *questions: Question, name: str = "a.txt") -> Identification:
    return identify([source(*questions, name=name)], lock, now)


def source(*questions: Question, name: str = "a.txt", is_built: bool = True) -> SourceQuestions:
    return SourceQuestions(name, questions, is_built)


def corrected(lock: Lock, old: str, new: str) -> Lock:
    found = relink(lock, old, new=new)
    assert isinstance(found, Correction), found
    return found.lock


def keys(result: Identification, name: str = "a.txt") -> list[str]:
    return [note.key for note in result.questions[name]]


def kinds(result: Identification) -> list[ChangeKind]:
    return [change.kind for change in result.changes]


def test_a_key_can_be_read_off_a_card_and_typed() -> None:
    key = derive_key("a", "b")
    assert is_key(key)
    assert derive_key("ab", "") != key != derive_key("a", "b", "")
    assert normalize_key(key.upper()) == key
    assert normalize_key("O1IL-2345 6789") == "011123456789"


@pytest.mark.parametrize(
    ("one", "other"),
    [("What is C?", "What is C++?"), ("Is a = b?", "Is a == b?"), ("Explain C#", "Explain C")],
)
def test_signs_tell_questions_apart(one: str, other: str) -> None:
    assert normalize(one) != normalize(other)


def test_case_space_and_punctuation_do_not() -> None:
    assert (
        normalize("  What’s  an INDEX ?") == normalize("What's an index") == normalize("what s an „index”.")
    )


def test_the_first_keys_come_again_without_a_lock() -> None:
    questions = [asked("Why?"), asked("How?", OTHER), asked("Why?", OTHER)]
    first = built(Lock(), 100, *questions)
    again = built(Lock(), 900, *reversed(questions))
    assert keys(again) == keys(first)[::-1]


def test_two_decks_that_share_a_question_do_not_share_its_key() -> None:
    both = identify([source(asked("Why?")), source(asked("Why?"), name="b.txt")], Lock(), 100)
    assert keys(both) != keys(both, "b.txt")
    again = identify([source(asked("Why?"), name="b.txt"), source(asked("Why?"))], both.lock, 200)
    assert (keys(again), again.changes) == (keys(both), ())


EDITS = {
    "the answer": (asked("Tell me about a bug.", OTHER), [ChangeKind.ANSWER]),
    "the question, same answer": (asked("What was your worst bug ever?"), [ChangeKind.REWORDED]),
    "punctuation": (asked("Tell me - about a bug!"), [ChangeKind.REWORDED]),
    "both, in part": (
        asked("What was your worst bug ever?", STEPS.replace("Then I asked the team.", "Then I slept.")),
        [ChangeKind.REWORDED, ChangeKind.ANSWER],
    ),
    "the number": (asked("Tell me about a bug.", number=9), [ChangeKind.RENUMBERED]),
    "the tags": (asked("Tell me about a bug.", tags=("x",)), [ChangeKind.DETAILS]),
}


@pytest.mark.parametrize(("question", "expected"), list(EDITS.values()), ids=list(EDITS))
def test_an_edit_keeps_the_key_and_is_reported(question: Question, expected: list[ChangeKind]) -> None:
    first = built(Lock(), 100, asked("Tell me about a bug."), asked("Tell me about teams.", OTHER))
    result = built(first.lock, 200, question, asked("Tell me about teams.", OTHER))
    assert keys(result) == keys(first)
    assert kinds(result) == expected
    moved = [note.modified for note in result.questions["a.txt"]]
    assert moved == [100 if expected == [ChangeKind.RENUMBERED] else 200, 100]


def test_a_look_alike_gets_a_key_of_its_own() -> None:
    first = built(Lock(), 100, asked("Tell me about a time you improved performance in a system."))
    result = built(first.lock, 200, asked("Tell me about a time you improved security in a system.", OTHER))
    assert keys(result) != keys(first)
    assert kinds(result) == [ChangeKind.ADDED, ChangeKind.RETIRED]


def test_one_word_answers_tell_nothing() -> None:
    first = built(Lock(), 100, asked("Is the sky blue at noon?", "True"), asked("Why?"))
    result = built(first.lock, 200, asked("Do fish sleep in deep water?", "True"), asked("Why?"))
    assert ChangeKind.ADDED in kinds(result)


def test_equal_questions_with_other_code_keep_their_keys() -> None:
    def quiz(place: int, answer: str) -> Question:
        code = CodeBlock(f"print({place} + {place * 7})", "python")
        return Question(
            (paragraph("What's the output?"), code), (paragraph(answer, f"It adds {place}."),), place % 9
        )

    def bare(place: int) -> Question:
        return asked(
            "What's the output?", f"{place * 8}, for the sum of {place} and {place * 7} is that.\nNo more."
        )

    for make in (lambda place: quiz(place, f"{place * 8}"), bare):
        questions = [make(place) for place in range(100)]
        first = built(Lock(), 100, *questions)
        assert len(set(keys(first))) == 100
        order = list(range(100))
        random.Random(5).shuffle(order)
        again = built(first.lock, 200, *(questions[place] for place in order))
        assert keys(again) == [keys(first)[place] for place in order]
        assert set(kinds(again)) == {ChangeKind.MOVED}


def test_a_repeated_question_with_quite_another_answer_is_new() -> None:
    first = built(Lock(), 100, asked("What's the output?"), asked("What's the output?", OTHER))
    new = asked("What's the output?", "A banana of type string.\nNobody had expected it, least of all me.")
    result = built(first.lock, 200, asked("What's the output?"), new)
    assert keys(result)[0] == keys(first)[0]
    assert keys(result)[1] not in keys(first)


def test_an_explicit_id_holds_through_everything() -> None:
    first = built(Lock(), 100, asked("Why?", id="why"), asked("How?", OTHER))
    result = built(
        first.lock, 200, asked("Wherefore, then?", "Quite another thing.", id="why"), asked("How?", OTHER)
    )
    assert keys(result) == keys(first)
    lost = built(Lock(), 300, asked("Wherefore, then?", "Quite another thing.", id="why"))
    assert keys(lost) == keys(first)[:1]


def test_a_key_off_a_card_is_an_explicit_id() -> None:
    first = built(Lock(), 100, asked("Why?"), asked("How?", OTHER))
    result = built(first.lock, 200, asked("Quite new", "And other", id=keys(first)[0]), asked("How?", OTHER))
    assert keys(result) == keys(first)


def test_a_question_that_comes_back_gets_its_key_back() -> None:
    first = built(Lock(), 100, asked("Why?"), asked("How?", OTHER))
    without = built(first.lock, 200, asked("How?", OTHER))
    assert kinds(without) == [ChangeKind.RETIRED]
    again = built(without.lock, 300, asked("How?", OTHER), asked("Why?"))
    assert sorted(keys(again)) == sorted(keys(first))
    assert kinds(again) == [ChangeKind.RETURNED]
    assert [note.modified for note in again.questions["a.txt"]] == [100, 100]


def test_questions_that_move_between_files_keep_their_key() -> None:
    first = identify(
        [source(asked("Why?"), asked("How?", OTHER)), source(asked("Who?", "Me."), name="b.txt")], Lock(), 1
    )
    moved = identify(
        [source(asked("How?", OTHER)), source(asked("Who?", "Me."), asked("Why?"), name="b.txt")],
        first.lock,
        2,
    )
    assert [*keys(moved), *keys(moved, "b.txt")] == [keys(first)[1], *keys(first, "b.txt"), keys(first)[0]]
    assert kinds(moved) == [ChangeKind.MOVED]


def test_building_one_file_touches_nothing_of_the_others() -> None:
    first = identify([source(asked("Why?")), source(asked("How?", OTHER), name="b.txt")], Lock(), 1)
    others = source(asked("How?", OTHER), name="b.txt", is_built=False)
    alone = identify([source(asked("Why?"), asked("How?", OTHER)), others], first.lock, 2)
    assert keys(first, "b.txt")[0] not in keys(alone)
    assert kinds(alone) == [ChangeKind.ADDED]
    unread = identify([source(asked("Why?"), asked("How?", OTHER))], first.lock, 2)
    assert kinds(unread) == [ChangeKind.ADDED]


def test_a_renamed_file_keeps_everything() -> None:
    first = built(Lock(), 100, asked("Why?"), asked("How?", OTHER))
    renamed = identify(
        [source(asked("Why?"), asked("How?", OTHER), name="z.txt")],
        first.lock,
        200,
        gone=frozenset({"a.txt"}),
    )
    assert keys(renamed, "z.txt") == keys(first)
    assert {note.modified for note in renamed.questions["z.txt"]} == {100}


def test_a_question_to_do_keeps_its_key_when_it_is_answered() -> None:
    first = built(Lock(), 100, asked("Why?", ""), asked("How?", OTHER))
    result = built(first.lock, 200, asked("Why?"), asked("How?", OTHER))
    assert keys(result) == keys(first)


def test_relink_gives_a_question_its_own_reviews_back() -> None:
    first = built(Lock(), 100, asked("Why?"), asked("How?", OTHER))
    why, how = keys(first)
    missed = built(
        first.lock, 200, asked("Quite otherwise put", "With nothing in common."), asked("How?", OTHER)
    )
    (new, _) = keys(missed)
    after = built(
        corrected(missed.lock, why, new),
        400,
        asked("Quite otherwise put", "With nothing in common."),
        asked("How?", OTHER),
    )
    assert keys(after) == [why, how]
    assert after.questions["a.txt"][0].modified == 400
    assert kinds(after) == [ChangeKind.RETURNED, ChangeKind.REWORDED, ChangeKind.ANSWER, ChangeKind.RETIRED]
    assert [record.key for record in after.lock.records if record.retired] == [new]


def test_relink_swaps_keys_and_separates_new_from_old() -> None:
    first = built(Lock(), 100, asked("Why?"), asked("How?", OTHER))
    one, two = keys(first)
    exchanged = corrected(first.lock, one, two)
    after = built(exchanged, 300, asked("Why?"), asked("How?", OTHER))
    assert keys(after) == [two, one]
    assert kinds(after) == [ChangeKind.REWORDED, ChangeKind.ANSWER] * 2
    assert built(after.lock, 400, asked("Why?"), asked("How?", OTHER)).changes == ()
    again = corrected(exchanged, one, two)
    assert again == first.lock, "a second exchange takes the first one back"
    parted = corrected(first.lock, one, "new")
    after = built(parted, 300, asked("Why?"), asked("How?", OTHER))
    assert keys(after)[0] not in (one, two)
    assert keys(after)[1] == two
    for old, new in (("000000000000", two), (one, "000000000000"), (one, one)):
        refusal = relink(first.lock, old, new=new)
        assert isinstance(refusal, Diagnostic)
        assert refusal.code == "unknown-key"


def test_relink_takes_a_key_as_it_is_after_a_former_correction() -> None:
    first = built(Lock(), 100, asked("Why?"), asked("How?", OTHER), asked("Who?", "Nobody at all."))
    one, two, three = keys(first)
    lock = corrected(corrected(first.lock, one, two), one, three)
    after = built(lock, 200, asked("Why?"), asked("How?", OTHER), asked("Who?", "Nobody at all."))
    assert keys(after) == [two, three, one]


def test_relink_knows_a_question_before_its_first_build() -> None:
    first = built(Lock(), 100, asked("Why?"), asked("How?", OTHER))
    why, how = keys(first)
    now = (asked("Quite otherwise put", "With nothing in common."), asked("How?", OTHER))
    planned = built(first.lock, 200, *now)
    found = relink(first.lock, why, new=keys(planned)[0], gone={why}, planned=planned.lock)
    assert isinstance(found, Correction)
    assert not found.exchange
    after = built(found.lock, 300, *now)
    assert keys(after) == [why, how]
    assert kinds(after) == [ChangeKind.REWORDED, ChangeKind.ANSWER]
    assert [record.key for record in after.lock.records] == sorted([why, how])


def test_correction_for_a_missing_question_is_dropped() -> None:
    first = built(Lock(), 100, asked("Why?"), asked("How?", OTHER))
    why, how = keys(first)
    planned = built(
        first.lock, 200, asked("Quite otherwise put", "With nothing in common."), asked("How?", OTHER)
    )
    found = relink(first.lock, why, new=keys(planned)[0], gone={why}, planned=planned.lock)
    assert isinstance(found, Correction)
    after = built(found.lock, 300, asked("How?", OTHER))
    assert [record.key for record in after.unresolved] == [why]
    assert not any(record.link for record in after.lock.records)
    assert keys(after) == [how]
    assert after.lock == built(after.lock, 400, asked("How?", OTHER)).lock


def test_a_correction_waits_for_the_build_of_its_source() -> None:
    both = [
        source(asked("Why?")),
        source(asked("How?", OTHER), asked("Who?", "Nobody at all."), name="b.txt"),
    ]
    first = identify(both, Lock(), 100)
    (how, who) = keys(first, "b.txt")
    lock = corrected(first.lock, how, who)
    alone = identify([both[0], replace(both[1], built=False)], lock, 200)
    assert alone.lock == lock
    assert keys(identify(both, alone.lock, 300), "b.txt") == [who, how]


@pytest.mark.parametrize("seed", range(20))
def test_ranks_rise_and_change_little(seed: int) -> None:
    chance = random.Random(seed)
    ranks: list[int | None] = [1024 * (place + 1) for place in range(30)]
    for _ in range(60):
        new = list(ranks)
        if chance.random() < 0.5:
            new.insert(chance.randrange(len(new) + 1), None)
        if chance.random() < 0.5:
            new.insert(chance.randrange(len(new)), new.pop(chance.randrange(len(new))))
        kept = longest_increasing_subsequence(new)
        result = assign_ranks(new, kept)
        assert result == sorted(set(result))
        assert len(kept) >= len(new) - 2
        if result[0] != 1024 or len(new) < 20:
            assert all(result[place] == new[place] for place in kept)
        ranks = list(result)


class AnyEdits(RuleBasedStateMachine):
    """A sequence of edits, builds, wrong clocks, and a lost and restored lock."""

    words = st.sampled_from(
        "index cache lock queue thread table view join log deploy review pair ship".split()
    )
    texts = st.lists(words, min_size=2, max_size=6).map(" ".join)

    def __init__(self) -> None:
        super().__init__()
        self.file: list[Question] = []
        self.lock = Lock()
        self.saved = Lock()
        self.now = 1000
        self.touched = True
        self.modified: dict[str, int] = {}

    @rule(question=texts, answer=st.lists(texts, max_size=4), place=st.integers(0, 50))
    def add(self, question: str, answer: list[str], place: int) -> None:
        self.file.insert(place % (len(self.file) + 1), asked(question, "\n".join(answer)))
        self.touched = True

    @rule(place=st.integers(0, 50), question=texts)
    def reword(self, place: int, question: str) -> None:
        self._replace(place, question=(paragraph(question),))

    @rule(place=st.integers(0, 50), answer=st.lists(texts, max_size=4))
    def answer(self, place: int, answer: list[str]) -> None:
        self._replace(place, answer=(paragraph(*answer),) if answer else ())

    @rule(place=st.integers(0, 50))
    def delete(self, place: int) -> None:
        if self.file:
            self.file.pop(place % len(self.file))
            self.touched = True

    @rule(seed=st.integers(0, 99))
    def shuffle(self, seed: int) -> None:
        random.Random(seed).shuffle(self.file)
        self.touched = True

    @rule(seconds=st.integers(-5000, 5000))
    def wait(self, seconds: int) -> None:
        self.now = max(1, self.now + seconds)

    @rule()
    def save_lock(self) -> None:
        self.saved = self.lock

    @rule()
    def restore_lock(self) -> None:
        self.lock = self.saved
        self.modified = {}
        self.touched = True

    @rule()
    def build(self) -> None:
        before = {record.key: record for record in self.lock.records}
        result = built(self.lock, self.now, *self.file)
        notes = result.questions["a.txt"]
        if not self.touched:
            assert result.lock == self.lock
            assert not result.changes
        for note in notes:
            assert note.modified >= self.modified.get(note.key, 0)
            if note.key in before and not before[note.key].retired:
                changed = (before[note.key].question, before[note.key].answer) != _words(note)
                assert (note.modified > before[note.key].modified) == changed
            self.modified[note.key] = note.modified
        assert len(notes) == len(self.file)
        self.lock, self.touched = result.lock, False

    @invariant()
    def keys_and_times_are_no_others(self) -> None:
        records = self.lock.records
        assert len({record.key for record in records}) == len(records)
        assert len({record.created for record in records}) == len(records)
        assert all(is_key(record.key) for record in records)

    def _replace(self, place: int, **parts) -> None:
        if self.file:
            place %= len(self.file)
            self.file[place] = replace(self.file[place], **parts)
            self.touched = True


def _words(note: Note) -> tuple[str, str]:
    return plain_text(note.question.question), plain_text(note.question.answer)


TestAnyEdits = AnyEdits.TestCase
TestAnyEdits.settings = settings(max_examples=60, stateful_step_count=30)


def test_question_in_several_sources_keeps_its_key_in_each() -> None:
    one, two = (
        source(asked("Tell me about yourself.", STEPS), name="a.txt"),
        source(asked("Tell me about yourself.", OTHER), name="b.txt"),
    )
    first = identify([one, two], Lock(), 100)
    rewritten = source(asked("Tell me about yourself.", "I repair clocks, mostly old ones."), name="a.txt")
    later = identify([rewritten, two], first.lock, 200)
    assert keys(later, "a.txt") == keys(first, "a.txt")
    assert keys(later, "b.txt") == keys(first, "b.txt")
    assert kinds(later) == [ChangeKind.ANSWER]


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        ("der Hnud", "der Hund", "the dog"),
        ("die Katze", "die Katze (pl. Katzen)", "the cat"),
        ("Capital of Australia?", "What is the capital of Australia?", "Canberra"),
    ],
)
def test_unique_short_answer_keeps_its_corrected_question(old: str, new: str, answer: str) -> None:
    other = asked("What is the port of HTTP?", "80")
    first = built(Lock(), 100, asked(old, answer), other)
    assert keys(built(first.lock, 200, asked(new, answer), other)) == keys(first)
    twice = built(first.lock, 200, asked(new, answer), asked("Quite another thing", answer), other)
    assert keys(twice)[1] not in keys(first)


def test_another_question_with_the_same_short_answer_is_new() -> None:
    first = built(Lock(), 100, asked("What is the port of HTTP?", "80"))
    assert keys(built(first.lock, 200, asked("How many days has Phileas Fogg?", "80"))) != keys(first)


def test_a_question_split_by_relink_gets_its_own_key_back() -> None:
    listed, tupled = asked("What is a list?", STEPS), asked("What is a tuple?", STEPS)
    first = built(Lock(), 100, listed)
    taken = built(first.lock, 200, tupled)
    assert keys(taken) == keys(first)
    parted = built(corrected(taken.lock, keys(first)[0], "new"), 400, tupled)
    assert keys(parted) != keys(first)
    gone = built(parted.lock, 500, asked("Why?", OTHER))
    assert keys(built(gone.lock, 600, tupled, asked("Why?", OTHER)))[0] == keys(parted)[0]


def test_text_normalized_by_a_package_is_unchanged() -> None:
    first = built(Lock(), 100, asked("What is it?", "One.\n\n- two\n  three"))
    (record,) = first.lock.records
    recovered = replace(record, content="", answer="One. • two\nthree")
    again = built(
        replace(first.lock, records=(recovered,)), 200, asked("What is it?", "One.\n\n- two\n  three")
    )
    assert not again.changes
    assert again.lock.records[0].modified == record.modified
    changed = built(
        replace(first.lock, records=(recovered,)), 200, asked("What is it?", "One.\n\n- two\n  four")
    )
    assert kinds(changed) == [ChangeKind.ANSWER]
