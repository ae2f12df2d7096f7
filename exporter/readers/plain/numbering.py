"""Which numbered lines are questions, and which are items of a list within an answer."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.plain.headings import find_heading_ending_at, is_ruler, is_short_title

Marks = list[tuple[int, Marker]]


@dataclass(slots=True)
class _Evidence:
    """What speaks for a numbered line being a question."""

    labelled: bool
    asking: int
    free: bool
    under_heading: bool
    under_title: bool
    after_colon: bool


def question_numbers(lines: Sequence[str], marks: Marks, answers: Collection[int]) -> Marks:
    """Return the numbered lines that are questions, one style of numbering throughout.

    `answers` are the places of the answers' labels.
    """
    styles = _styles(marks, answers)
    if not styles:
        return []
    style = max(styles, key=lambda each: (styles[each], -next(i for i, m in marks if m.style == each)))
    same = [(index, mark) for index, mark in marks if mark.style == style]
    return _filled(_outer(lines, same, answers), [each for each in marks if each[1].style != style])


def with_lettered(lines: Sequence[str], found: Marks, lettered: Marks, answers: Collection[int]) -> Marks:
    """Return marks with those of the same style that people inserted with a letter, as `4b.` between 4 and 5.

    One is a question, and no item of a list within the answer, where it asks or has an answer's label; in a
    file without such labels also where a blank line stands above it and above nearly all others.
    """
    if not found or not lettered:
        return found
    labels = sorted(answers)
    free = sum(index == 0 or not lines[index - 1].strip() for index, _ in found) * 10 >= len(found) * 9
    marks = sorted([*found, *(each for each in lettered if each[1].style == found[0][1].style)], key=_place)
    places = [*map(_place, marks), len(lines)]
    kept: Marks = []
    for (index, mark), end in zip(marks, places[1:], strict=True):
        if mark.label is None:
            kept.append((index, mark))
            continue
        last = kept[-1][1].number if kept else 0
        if last is None or mark.number not in (last, last + 1) or mark.indent > found[0][1].indent + 1:
            continue
        labelled = bisect_left(labels, index) < bisect_left(labels, end)
        apart = free and not labels and not lines[index - 1].strip()
        if labelled or looks_like_question(mark.rest) or apart:
            kept.append((index, mark))
    return kept


def _place(each: tuple[int, Marker]) -> int:
    return each[0]


def _filled(found: Marks, others: Marks) -> Marks:
    """Return marks with the one in another style that fills a gap of one number, if it asks."""
    filled = list(found)
    at = 0
    for (low, before), (high, after) in pairwise(found):
        while at < len(others) and others[at][0] < low:
            at += 1
        start = at
        while at < len(others) and others[at][0] < high:
            at += 1
        if before.number is None or after.number != before.number + 2:
            continue
        between = [each for each in others[start:at] if each[1].number == before.number + 1]
        if len(between) == 1 and looks_like_question(between[0][1].rest):
            filled.append(between[0])
    return sorted(filled, key=lambda each: each[0])


def _styles(marks: Marks, answers: Collection[int]) -> Counter[str]:
    """Count, for each style of numbering, what speaks for it."""
    votes: Counter[str] = Counter()
    numbers: dict[str, list[int | None]] = {}
    labels = sorted(answers)
    at = 0
    for place, (index, mark) in enumerate(marks):
        if mark.tight:
            continue
        following = marks[place + 1][0] if place + 1 < len(marks) else 1 << 60
        while at < len(labels) and labels[at] < index:
            at += 1
        labelled = at < len(labels) and labels[at] < following
        votes[mark.style] += (
            4 * labelled
            + 3 * ends_with_question_mark(mark.rest)
            + looks_like_question(mark.rest)
            + (mark.indent < 4)
        )
        numbers.setdefault(mark.style, []).append(mark.number)
    if len(votes) > 1:
        # Lists within answers begin at 1 again and again, questions seldom do.
        for style, found in numbers.items():
            votes[style] = 100 * votes[style] * len(set(found)) // len(found)
    return votes


def _outer(lines: Sequence[str], marks: Marks, answers: Collection[int]) -> Marks:
    evidence = _gather(lines, marks, answers)
    if _in_records(lines, marks):
        return _with_first(marks, [mark for mark, each in zip(marks, evidence, strict=True) if each.free])
    strong = [each for each in evidence if each.labelled or each.asking == 2]
    if len(strong) * 3 < len(evidence):
        strong = evidence
    dense = sum(each.free for each in strong[1:]) * 3 < len(strong)
    has_labels = sum(each.labelled for each in evidence) * 3 >= max(1, len(strong))
    found: Marks = []
    outer = inner = 0
    inner_at = -2
    bare = _bare_length(marks)
    inner_free = titled = False
    for place, ((index, mark), each) in enumerate(zip(marks, evidence, strict=True)):
        number = mark.number or 0
        follows = number == outer + 1
        if mark.tight and not follows:
            continue
        score = each.asking + (4 if each.labelled else -has_labels)
        if not dense:
            score += (not (inner and inner_free)) if each.free else -1
        if follows or (each.under_heading and number <= 1):
            score += 3
        elif found and not (0 <= number - outer <= 20 or each.labelled):
            score -= 2
        if inner and number == inner + 1:
            score -= 4 if index == inner_at + 1 else 3
        if number == 1 and outer and not each.under_heading:
            goes_on = not (titled and each.under_title) and _goes_on_after(
                marks, evidence, place, outer, bare
            )
            score += 3 * each.under_title + 2 if not goes_on else -2 - 3 * each.after_colon
        if found and mark.indent > found[0][1].indent + 1:
            score -= 6
        if score > 0:
            titled = titled or (number == 1 and each.under_title)
            found.append((index, mark))
            outer, inner = number, 0
        elif number == 1 or number == inner + 1:
            inner, inner_at, inner_free = number, index, each.free
    return _without_instructions(found, dict(zip((index for index, _ in marks), evidence, strict=True)))


def _gather(lines: Sequence[str], marks: Marks, answers: Collection[int]) -> list[_Evidence]:
    labels = sorted(answers)
    at = 0
    gathered: list[_Evidence] = []
    for place, (index, mark) in enumerate(marks):
        following = marks[place + 1][0] if place + 1 < len(marks) else len(lines)
        while at < len(labels) and labels[at] < index:
            at += 1
        labelled = at < len(labels) and labels[at] < following
        asked = mark.rest or next((line for line in lines[index + 1 : index + 3] if line.strip()), "")
        above = index - 1
        free = above < 0 or not lines[above].strip() or is_ruler(lines[above])
        while above >= 0 and index - above < 4 and not lines[above].strip():
            above -= 1
        heading = above >= 0 and find_heading_ending_at(lines, above, max(0, above - 3)) is not None
        colon = above >= 0 and lines[above][-20:].rstrip().endswith((":", "："))
        title = above >= 0 and is_short_title(lines, above)
        asking = 2 if ends_with_question_mark(asked) else int(looks_like_question(asked))
        gathered.append(_Evidence(labelled, asking, free or heading, heading, title, colon and not heading))
    return gathered


def _in_records(lines: Sequence[str], marks: Marks) -> bool:
    """Say whether nearly every paragraph is a number with a question, and its answer on further lines."""
    numbered = {index for index, _ in marks}
    begun = full = count = 0
    for index in range(marks[0][0], len(lines)):
        if lines[index].strip() and not lines[index - 1].strip():
            count += 1
            begun += index in numbered
            full += index + 1 < len(lines) and bool(lines[index + 1].strip())
    return begun >= 3 and begun * 10 >= count * 9 and full * 10 >= count * 6


def _with_first(marks: Marks, free: Marks) -> Marks:
    """Return marks that begin paragraphs with the one before them all, which stands right below the title."""
    (_, first), *_ = marks
    if marks[0] not in free and free and first.number is not None and free[0][1].number == first.number + 1:
        return [marks[0], *free]
    return free


def _goes_on_after(marks: Marks, evidence: list[_Evidence], place: int, outer: int, bare: int) -> bool:
    """Say whether the questions go on behind the numbers that begin again at `place`, which are then a list.

    They are a list too where most of them do not ask and no title stands above them, or where none of them
    has an answer though the questions before do, and no blank line stands above them. `bare` is how many
    of the first marks have nothing between them.
    """
    end = place
    while end + 1 < len(marks) and marks[end + 1][1].number == (marks[end][1].number or 0) + 1:
        end += 1
    if not evidence[place].free and is_bare(marks[place : end + 1]) and not 1 < place <= bare:
        return True
    asking = sum(each.asking > 0 or each.labelled for each in evidence[place : end + 1])
    mostly = asking * 5 >= (end + 1 - place) * 3 and end > place
    if end + 1 < len(marks) and marks[end + 1][1].number == outer + 1:
        return True
    if (marks[end][1].number or 0) > outer:
        return not mostly
    return not (mostly or evidence[place].under_title)


def _bare_length(marks: Marks) -> int:
    """Return how many of the first marks have nothing between them."""
    gaps = (at for at, (before, after) in enumerate(pairwise(marks), 1) if after[0] != before[0] + 1)
    return next(gaps, len(marks))


def is_bare(marks: Marks) -> bool:
    """Say whether nothing stands between several numbered lines."""
    return len(marks) > 1 and all(after[0] == before[0] + 1 for before, after in pairwise(marks))


def _without_instructions(found: Marks, evidence: dict[int, _Evidence]) -> Marks:
    """Leave out a numbered list in the preamble: nothing in it asks, and the numbers begin again after it."""
    for place, (_, mark) in enumerate(found):
        if place and mark.number == 1:
            before = [evidence[index] for index, _ in found[:place]]
            if not any(each.labelled or each.asking for each in before):
                return found[place:]
            break
    return found
