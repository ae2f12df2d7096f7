"""What an earlier build left is used where it holds, and the bytes are those of a build without it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.cards import card_renderer, deck_renderer, page_renderer, reuse
from exporter.cards.pdf import export
from exporter.config.settings import Settings
from exporter.cues import extract_cues, find_cues
from exporter.exporters import Earlier, Export, ExportedFile
from exporter.model import deck as deck_module
from exporter.model.deck import CardContent, Deck, Note
from exporter.model.questions import CodeBlock, Image, Paragraph, Question, Text, paragraph
from exporter.pipeline import earlier
from exporter.system import cache_folder
from tests.bench.sources import text_of
from tests.pdf_decks import deck, note, options
from tests.projects import PIXEL, Project

pytestmark = pytest.mark.slow

LONG = "\n".join(f"This is line {number} of an answer that no card holds." for number in range(60))
COUNT = 40


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reuse, "MANY", 2)
    monkeypatch.setattr(earlier, "LEAST_KEPT", 2)


def _deck() -> Deck:
    notes = [note(f"What is {number}?", f"It is {number}.\nNo more.", number) for number in range(COUNT)]
    notes[3] = note("Is it “so”?", "Yes – so it is: é, Ж and →.", 3)
    notes[5] = note("Why?", LONG, 5)
    notes[7] = note("Which code?", (CodeBlock("a = 1\n  b"), paragraph("So.")), 7, category="Code")
    return deck(*notes)


def _answer(old: Deck, at: int, *lines: str) -> Deck:
    notes = list(old.notes)
    question = replace(notes[at].question, answer=(paragraph(*lines),))
    notes[at] = replace(notes[at], question=question, modified=notes[at].modified + 9)
    return replace(old, notes=tuple(notes))


def _with(old: Deck, *notes: Note) -> Deck:
    return replace(old, notes=(*old.notes, *notes))


def _picture(old: Deck) -> Deck:
    pictured = note("What is seen?", (Image("dot.png", "a dot ☃"), Image("no.png", "none")), 90)
    media = {"dot.png": PIXEL, "no.png": b"none"}
    return replace(_with(pictured_last(old), pictured), media=media)


def pictured_last(old: Deck) -> Deck:
    return replace(old, notes=old.notes[1:])


EDITS: dict[str, Callable[[Deck], Deck]] = {
    "nothing": lambda old: old,
    "an answer": lambda old: _answer(old, 20, "It is another."),
    "an answer with new characters": lambda old: _answer(old, 20, "Δ, ő, Я, “” and ↦"),
    "an answer that needs more cards": lambda old: _answer(old, 20, *LONG.split("\n")),
    "an answer that needs fewer cards": lambda old: _answer(old, 5, "Therefore."),
    "characters that no font has": lambda old: _answer(old, 20, "It is \U0001f41e."),
    "shaped letters": lambda old: _answer(old, 20, "שלום and नमस्ते"),
    "the last question gone": lambda old: replace(old, notes=old.notes[:-1]),
    "the first question gone": lambda old: replace(old, notes=old.notes[1:]),
    "one more question": lambda old: _with(old, note("And?", "So on.", 99)),
    "another order": lambda old: replace(old, notes=old.notes[::-1]),
    "pictures, one of them broken": _picture,
    "another title": lambda old: replace(old, title="Quite another title"),
    "another key": lambda old: replace(old, notes=(replace(old.notes[0], key="z" * 12), *old.notes[1:])),
    "another language": lambda old: replace(old, language="de"),
}


def _again(old: Deck, new: Deck, before: Settings, after: Settings) -> tuple[Export, Export]:
    """Return an export of the new deck with and without one of the old that is known."""
    (file,) = export(old, before, 0).files
    left = Earlier(file.data, file.index)
    return export(new, after, 0, lambda name: left if name == file.name else None), export(new, after, 0)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_pages_of_an_earlier_document_make_the_same_bytes(edit: Callable[[Deck], Deck]) -> None:
    old = _deck()
    with_it, without = _again(old, edit(old), options(), options())
    assert with_it == without
    assert with_it.files[0].index == without.files[0].index
    back, fresh = _again(edit(old), old, options(), options())
    assert back == fresh


WAYS = ["long-edge", "short-edge", "fold", "fronts-backs", "single"]


@pytest.mark.parametrize("stock", ["a4-3x5", "avery-5371"])
@pytest.mark.parametrize("way", WAYS)
def test_they_do_so_whichever_way_is_printed(way: str, stock: str) -> None:
    old = _deck()
    chosen = options(pdf__duplex=way, pdf__stock=stock, pdf__start_slot=2)
    with_it, without = _again(old, EDITS["an answer"](old), chosen, chosen)
    assert with_it == without


OTHERS = [
    options(pdf__stock="a7"),
    options(pdf__duplex="single"),
    options(pdf__marks="none"),
    options(**{"pdf.printer.offset_x": 1.5}),
    options(pdf__start_slot=3),
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_pages_of_another_setting_are_not_taken(other: Settings) -> None:
    with_it, without = _again(_deck(), _deck(), options(), other)
    assert with_it == without


def _counted(monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[str, int]], list[str]]:
    """Return what gathers the cards that are drawn and the pages that are put together."""
    drawn: list[tuple[str, int]] = []
    made: list[str] = []

    def draw(fit: card_renderer.Fitted, part: int, *rest: object) -> card_renderer.Drawn:
        drawn.append((fit.note.key, part))
        return card_renderer.draw(fit, part, *rest)  # type: ignore[arg-type]

    def compressed(content: str) -> bytes:
        made.append(content)
        return document_compressed(content)

    document_compressed = page_renderer.compressed
    monkeypatch.setattr(deck_renderer, "draw", draw)
    monkeypatch.setattr(page_renderer, "compressed", compressed)
    return drawn, made


@pytest.mark.parametrize(
    ("edit", "cards_drawn", "pages_made"),
    [("nothing", 0, 0), ("an answer", 2, 2), ("an answer with new characters", 2, 2)],
)
def test_only_what_changed_is_drawn_anew(
    monkeypatch: pytest.MonkeyPatch, edit: str, cards_drawn: int, pages_made: int
) -> None:
    old = _deck()
    (file,) = export(old, options(), 0).files
    drawn, made = _counted(monkeypatch)
    export(EDITS[edit](old), options(), 0, lambda _: Earlier(file.data, file.index))
    assert (len(drawn), len(made)) == (cards_drawn, pages_made)


def test_cards_that_only_moved_are_not_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    old = _deck()
    (file,) = export(old, options(), 0).files
    drawn, made = _counted(monkeypatch)
    export(replace(old, notes=old.notes[1:]), options(), 0, lambda _: Earlier(file.data, file.index))
    assert not drawn
    assert made


def test_each_part_of_a_question_on_a_card_counts() -> None:
    first = note("What?", "This.", 1)
    question = first.question
    keys = [
        reuse.note_key(one, CardContent.ANSWER)
        for one in (
            first,
            replace(first, key="other"),
            replace(first, question=replace(question, number=2)),
            replace(first, question=replace(question, number=None), place=3),
            replace(first, question=replace(question, number=None), place=4),
            replace(first, question=replace(question, category="C")),
            replace(first, question=replace(question, question=(paragraph("What", "?"),))),
            replace(first, question=replace(question, answer=(paragraph("This."), paragraph()))),
            replace(first, question=replace(question, answer=(Paragraph(((Text("Th"), Text("is.")),)),))),
            replace(first, question=replace(question, answer=(CodeBlock("This."),))),
        )
    ]
    assert len(set(keys)) == len(keys)
    assert reuse.note_key(replace(first, modified=5), CardContent.ANSWER) == keys[0]
    assert reuse.note_key(first, CardContent.CUES) not in keys


# ---- what is left between builds ---------------------------------------------------------


def _left(folder: Path, data: bytes = b"the file", index: bytes = b"{} and more\n") -> Path:
    (folder / "a.pdf").write_bytes(data)
    place = folder / "caches" / "left.index"
    earlier.keep(
        place, [_deck()], [ExportedFile("a.pdf", data, "", index=index), ExportedFile("b.md", b"", "")]
    )
    return place


def test_what_was_left_is_found_again(tmp_path: Path) -> None:
    last = earlier.LastBuild(_left(tmp_path), tmp_path)
    assert last("a.pdf") == Earlier(b"the file", b"{} and more\n")
    assert last("b.md") is None


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": _cut,
    "cut at its end": lambda data: data[:-1],
    "emptied": lambda _: b"",
    "another's": lambda _: b'{"some": "json"}',
    "one byte turned": lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
    "longer": lambda data: data + b"\n",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_as_if_it_were_not_there(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    place = _left(tmp_path)
    place.write_bytes(damage(place.read_bytes()))
    assert earlier.LastBuild(place, tmp_path)("a.pdf") is None


def test_what_another_exporter_left_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = _left(tmp_path)
    monkeypatch.setattr(cache_folder, "maker", lambda: "another version")
    assert earlier.LastBuild(place, tmp_path)("a.pdf") is None


@pytest.mark.parametrize("data", [b"the fill", None])
def test_a_file_that_changed_or_is_gone_is_not_taken(tmp_path: Path, data: bytes | None) -> None:
    place = _left(tmp_path)
    (tmp_path / "a.pdf").unlink() if data is None else (tmp_path / "a.pdf").write_bytes(data)
    assert earlier.LastBuild(place, tmp_path)("a.pdf") is None


def test_only_what_the_last_build_left_is_kept(tmp_path: Path) -> None:
    place = _left(tmp_path)
    earlier.keep(place, [_deck()], [ExportedFile("c.pdf", b"c", "", index=b"c")])
    assert earlier.LastBuild(place, tmp_path)("a.pdf") is None


def test_what_was_left_of_files_outlives_a_build_of_others(tmp_path: Path) -> None:
    place = _left(tmp_path)
    earlier.keep(place, [_deck()], [ExportedFile("d.md", b"d", "")])
    assert earlier.LastBuild(place, tmp_path)("a.pdf") == Earlier(b"the file", b"{} and more\n")


def test_cues_are_made_again_only_of_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, old = tmp_path / "left.index", _deck()
    cues = [note.cues for note in old.notes]
    earlier.keep(place, [old], [])
    made: list[Question] = []
    monkeypatch.setattr(
        deck_module, "find_cues", lambda question: made.append(question) or find_cues(question)
    )
    new = EDITS["an answer"](_deck())
    earlier.LastBuild(place, tmp_path).give_cues([new])
    changed = new.notes[20].question
    assert [note.cues for note in new.notes] == [*cues[:20], extract_cues(changed), *cues[21:]]
    assert made == [changed]


def test_cues_that_were_not_needed_are_not_kept(tmp_path: Path) -> None:
    place, old = tmp_path / "left.index", _deck()
    earlier.keep(place, [old], [])
    earlier.LastBuild(place, tmp_path).give_cues([old])
    assert not any(note.made_cues for note in old.notes)


def test_a_user_without_a_folder_for_caches_does_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    place = cache_folder.place(tmp_path, [tmp_path / "a.txt"], earlier.SUFFIX)
    earlier.keep(place, [_deck()], [ExportedFile("a.pdf", b"a", "", index=b"a")])
    assert earlier.LastBuild(place, tmp_path)("a.pdf") is None


# ---- whole builds ------------------------------------------------------------------------


def _fresh(project: Project, arguments: Sequence[str] = ()) -> dict[str, bytes]:
    """Build once more without anything left, and return the exports."""
    elsewhere = {"XDG_CACHE_HOME": str(project.root / "other caches")}
    ran = project.run("build", "--out", "fresh", *arguments, environment=elsewhere)
    assert ran.status == 0, ran.errors
    return {path.name: path.read_bytes() for path in sorted((project.root / "fresh").iterdir())}


def _leave(project: Project) -> Path:
    (index,) = (project.root.parent / f"{project.root.name}-caches" / "exporter").glob("*.index")
    return index


def _delete(index: Path) -> None:
    index.unlink()


def _truncate(index: Path) -> None:
    index.write_bytes(_cut(index.read_bytes()))


def _folder(index: Path) -> None:
    index.unlink()
    index.mkdir()


@pytest.mark.parametrize("harm", [None, _delete, _truncate, _folder])
def test_builds_make_the_same_bytes_whatever_is_left(
    project: Project, harm: Callable[[Path], None] | None
) -> None:
    project.write(text_of(320))
    project.build()
    if harm:
        harm(_leave(project))
    project.edit("Question 160: Tell me", "Question 160: Do tell me")
    project.build()
    assert project.exports() == _fresh(project)


def test_a_build_uses_what_the_one_before_left(project: Project) -> None:
    """A page of the cards is spoilt together with its index: the next build shows it."""
    project.write(text_of(320))
    project.build()
    place = _leave(project)
    cards_file = project.root / "dist" / "interview-questions-cards.pdf"
    left = earlier.LastBuild(place, project.root / "dist")(cards_file.name)
    assert left is not None
    known = reuse.made(left, json.loads(left.index)["setting"])
    offset, length = next(iter(known.places.values()))
    spoilt = left.data[:offset] + b"\0" * length + left.data[offset + length :]
    cards_file.write_bytes(spoilt)
    earlier.keep(place, [_deck()], [ExportedFile(cards_file.name, spoilt, "", index=left.index)])
    project.edit("Question 160: Tell me", "Question 160: Do tell me")
    project.build()
    assert b"\0" * length in cards_file.read_bytes()
    cards_file.unlink()
    project.build()
    assert project.exports() == _fresh(project)


def test_few_questions_leave_nothing(project: Project) -> None:
    project.build()
    assert not list((project.root.parent / f"{project.root.name}-caches" / "exporter").glob("*.index"))
