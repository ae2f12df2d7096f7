"""The ways in which Markdown files mark their questions, and which of them a file has chosen.

Each way is a family of marks. A family's worth is how many of its marks read as questions; a
family most of whose marks do not is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.model import Emphasis, Line, Strong, Text
from exporter.readers import labels
from exporter.readers.markdown import navigation
from exporter.readers.markdown.blocks import node_segments
from exporter.readers.markdown.items import Item
from exporter.readers.markdown.parser import Node
from exporter.readers.spans import words

ASIDES = frozenset(
    (
        "table of contents|contents|content|index|toc|license|licence|contributing|contributors|contribution"
        "|references|reference|resources|credits|disclaimer|introduction|about|summary|answer|answers|solution"
        "|example|examples|source|sources|links|further reading|see also|useful links|acknowledgements|note"
        "|notes|contact|support"
    ).split("|")
)


@dataclass(slots=True)
class Family:
    """Marks of one kind by the index of their item; `level` is that of headings.

    `left_out` are list items, by the line on which they begin, that are part of an answer.
    `leads` says that list items ask in bold, `lazy` that they ask in their first line.
    """

    name: str
    worth: float = 0.0
    marks: dict[int, int | None] = field(default_factory=dict)
    level: int = 0
    precision: float = 1.0
    numbered: bool = False
    left_out: set[int] = field(default_factory=set)
    leads: bool = False
    lazy: bool = False


def choose_family(items: Sequence[Item]) -> Family | None:
    """Return the family of marks that a file uses; none where there are no questions."""
    found = [family for find in FAMILIES for family in find(items) if family.worth > 0]
    good = [family for family in found if family.precision >= 0.5]
    best = max(good, key=lambda family: family.worth, default=None)
    if best is not None and best.name == "lists":
        above = [family for family in good if family.name == "headings" and _asks_above(items, family, best)]
        best = max(above, key=lambda family: family.worth, default=best)
    return best or _plainest(items)


def _plainest(items: Sequence[Item]) -> Family | None:
    """Return paragraphs that ask, or headings whatever they say, where nothing else marks questions."""
    headings = _deepest_headings(items)
    asking = Family("numbers")
    for index, item in enumerate(items):
        if item.kind == "para" and not item.inside and len(item.parts) < 4 and labels.ends_asking(item.text):
            asking.marks[index] = None
    return asking if len(asking.marks) > max(1, len(headings.marks) if headings else 0) else headings


def _asks_above(items: Sequence[Item], headings: Family, lists: Family) -> bool:
    """Say whether headings ask, and lists below them, with few items each, are part of their answers."""
    heading = -1
    below: dict[int, int] = {}
    elsewhere = 0
    for index, item in enumerate(items):
        if item.kind == "heading":
            heading = index if index in headings.marks else -1
        elif index in lists.marks and item.node is not None:
            if heading < 0:
                elsewhere += 1
            else:
                below[heading] = below.get(heading, 0) + len(item.node.children)
    several = sum(below.values()) > 3 * len(below)
    return len(below) > 1 and not several and elsewhere * 4 < len(below) and headings.precision > 0.6


def heading_number(item: Item) -> labels.Mark | None:
    """Return number and text of a heading that has a number or a word such as `Q3` before it."""
    if item.number is not None:
        return labels.Mark(item.number, item.text, 1, "N.")
    if mark := labels.question_mark(item.text):
        return mark
    number, _, rest = item.text.partition(" ")
    if number.isdecimal() and len(number) <= 3 and rest:
        return labels.Mark(int(number), rest.strip(), len(number) + 2, "N")
    return None


def is_aside(text: str) -> bool:
    """Say whether a heading is one that lists have for what is no question."""
    return text.strip(" :.#📝🔗").lower() in ASIDES


def _summaries(items: Sequence[Item]) -> list[Family]:
    marks: dict[int, int | None] = {}
    asking = 0
    for index, item in enumerate(items):
        if item.kind == "summary" and not is_answer_label(text := summary_text(item)):
            if is_section(items, index):
                continue
            marks[index] = None
            asking += 2 if labels.sounds_asking(text) else 1
    return [Family("summaries", asking / 2, marks, precision=1.0)]


def is_section(items: Sequence[Item], index: int) -> bool:
    """Say whether a summary does not ask, and has nothing below it but other summaries."""
    below = items[index + 1] if index + 1 < len(items) else None
    nested = below is not None and below.kind == "summary"
    return (
        nested
        and not is_answer_label(summary_text(below or items[index]))
        and not labels.sounds_asking(summary_text(items[index]))
    )


def summary_text(item: Item) -> str:
    """Return the first words of a summary."""
    from exporter.model import plain_text

    return plain_text(item.ready[:1]).strip()


def is_answer_label(text: str) -> bool:
    """Say whether a summary or heading says no more than that the answer follows."""
    bare = text.strip(" *_:.!👀💡✅👉▶").lower()
    if bare in (
        "answer",
        "solution",
        "click to expand",
        "spoiler",
        "hint",
        "explanation",
        "show answer",
        "details",
    ):
        return True
    return labels.answer_label(text, letters=False) is not None or bare.startswith(
        ("see answer", "show answer", "view answer", "click to", "click here", "show solution", "reveal")
    )


def _headings(items: Sequence[Item]) -> list[Family]:
    places = [
        index for index, item in enumerate(items) if item.kind == "heading" and not item.inside and item.parts
    ]
    repeated = boilerplate(items)
    places = [index for index in places if items[index].text not in repeated]
    letters = asked_by_letter(items)
    places = [index for index in places if labels.answer_label(items[index].text, letters) is None]
    found = {index: mark for index in places if (mark := heading_number(items[index])) is not None}
    if sum(mark.style[0] == "q" for mark in found.values()) * 3 > len(found):
        # Where `Q` marks the questions, headings with a mere number are sections if they do not ask.
        mere = {index: mark for index, mark in found.items() if mark.style[0] != "q"}
        if sum(labels.sounds_asking(mark.rest) for mark in mere.values()) * 2 < len(mere):
            places = [index for index in places if index not in mere]
    families = [_numbered_headings(items, places)]
    levels = sorted({items[index].level for index in places})
    for level in levels:
        if len(levels) > 1:
            families.append(
                _numbered_headings(items, [index for index in places if items[index].level == level])
            )
        families.append(_level(items, places, level))
    return families


def asked_by_letter(items: Sequence[Item]) -> bool:
    """Say whether headings begin with `Q`, so that those that begin with `A` answer."""
    marks = [labels.question_mark(item.text) for item in items if item.kind == "heading"]
    return sum(mark is not None and mark.style == "q" for mark in marks) > 1


def boilerplate(items: Sequence[Item]) -> set[str]:
    """Return the headings without number that stand in a file again and again, such as `Source`."""
    texts = Counter(item.text for item in items if item.kind == "heading" and item.text)
    plain = {
        text: count for text, count in texts.items() if count >= 3 and labels.question_mark(text) is None
    }
    total = texts.total()
    kinds = len(texts)
    return {
        text
        for text, count in plain.items()
        if (count * 4 >= total - count and kinds > 3) or is_answer_label(text)
    }


def _numbered_headings(items: Sequence[Item], places: Sequence[int]) -> Family:
    family = Family("headings", numbered=True)
    expected, asking, in_order = 1, 0, 0
    last_level = 0
    highest: set[int] = set()
    for index in places:
        item = items[index]
        mark = heading_number(item)
        if mark is None:
            if item.level < last_level:
                expected = 1
            continue
        asks = mark.style[0] == "q" or labels.sounds_asking(mark.rest)
        asking += asks
        in_order += not asks and mark.number == expected
        expected = (mark.number or 0) + 1
        highest.add(mark.number or 0)
        last_level = item.level
        family.marks[index] = mark.number
    restarts = len(family.marks) > 2 * max(1, len(highest))
    family.worth = asking + (0.0 if restarts else 0.9 * in_order)
    family.precision = family.worth / max(1, len(family.marks))
    family.level = max((items[index].level for index in family.marks), default=0)
    if asking and asking * 5 >= len(family.marks) * 3:
        family.worth += 0.5  # numbers are a surer sign than a level
    return family


def _level(items: Sequence[Item], places: Sequence[int], level: int) -> Family:
    family = Family("headings", level=level)
    asking = others = 0
    bare = _without_bodies(items, [index for index in places if items[index].level == level])
    for place, index in enumerate(places):
        item = items[index]
        mark = heading_number(item)
        asks = (mark is not None and mark.style[0] == "q") or labels.sounds_asking(
            mark.rest if mark else item.text
        )
        following = items[places[place + 1]] if place + 1 < len(places) else None
        leaf = following is None or following.level <= item.level
        filled = index + 1 < len(items) and items[index + 1].kind not in ("heading", "rule")
        if item.level == level:
            aside = is_aside(item.text)
            if asks or (leaf and (filled or bare) and not aside):
                family.marks[index] = mark.number if mark else None
            asking += asks
            others += not asks and not aside
        elif item.level < level and leaf and filled and labels.ends_asking(item.text):
            family.marks[index] = mark.number if mark else None
            asking += 1
    family.worth = asking
    family.precision = asking / max(1, asking + others)
    return family


def _without_bodies(items: Sequence[Item], places: Sequence[int]) -> bool:
    """Say whether headings are questions without answers: most ask, and next to none has anything below."""
    asking = [index for index in places if labels.sounds_asking(items[index].text)]
    filled = sum(
        index + 1 < len(items) and items[index + 1].kind not in ("heading", "rule") for index in asking
    )
    return len(asking) * 2 > len(places) and filled * 10 < len(asking)


def _deepest_headings(items: Sequence[Item]) -> Family | None:
    """Return the headings of the deepest level that is used throughout, whatever they say."""
    repeated = boilerplate(items)
    levels = Counter(
        item.level for item in items
        if item.kind == "heading" and not item.inside and item.text not in repeated
        and not is_aside(item.text)
    )  # fmt: skip
    usual = [level for level, count in levels.items() if count >= 2 and count * 4 >= levels.total()]
    if not usual:
        return None
    places = [
        index for index, item in enumerate(items) if item.kind == "heading" and not item.inside and item.parts
    ]
    family = _level(items, [index for index in places if items[index].text not in repeated], max(usual))
    return family if family.marks else None


def _worded(items: Sequence[Item]) -> list[Family]:
    family = Family("labels")
    answers = cloze = 0
    for index, item in enumerate(items):
        if item.kind not in ("para", "heading"):
            continue
        for part in item.parts:
            mark = labels.question_mark(part.text)
            if mark is not None and mark.style[0] == "q" and not mark.style.endswith(" "):
                family.marks.setdefault(index, mark.number)
                family.worth += item.kind == "para"
            answers += labels.answer_label(part.text, letters=True) is not None
            cloze += part.text.startswith("C:")
    if not answers and family.worth == 1:
        family.worth = 0.5
    if not family.marks and answers > 1:
        family.worth = 0
    return [family]


def bold_question(part: Line) -> Line | None:
    """Return the words in bold that a line begins with, if they ask something."""
    if not part or not isinstance(part[0], Strong):
        return None
    inner = part[0].spans
    text = words(inner)
    mark = labels.question_mark(text)
    rest = "".join(span.text for span in part[1:] if isinstance(span, Text))
    alone = len(words(part)) - len(text) <= 12 and not any(char.isalpha() for char in rest)
    if labels.ends_asking(text) or (alone and (mark is not None or labels.sounds_asking(text))):
        return inner
    return None


def lead(part: Line) -> Line | None:
    """Return the words in bold that a line begins with, whatever they say."""
    return part[0].spans if part and isinstance(part[0], Strong) else None


def _bold(items: Sequence[Item]) -> list[Family]:
    family = Family("bold")
    bold = apart = 0
    statements: list[int] = []
    leads: list[int] = []
    for index, item in enumerate(items):
        if item.kind != "para" or not item.parts or item.inside:
            continue
        line = item.parts[0].line
        if bold_question(line) is not None:
            family.marks[index] = None
            bold += 1
            apart += item.apart
        elif len(item.parts) == 1 and len(line) == 1 and isinstance(line[0], Strong):
            bold += 1
            if item.apart:
                statements.append(index)
        elif (inner := lead(line)) and labels.sounds_asking(text := words(inner)) and len(text.split()) > 2:
            leads.append(index)
    asked = len(family.marks)
    if asked > 1 and apart * 10 >= asked * 9:
        # Each question stands below a ruler or heading: what stands there too is one.
        family.marks.update(dict.fromkeys(statements))
        bold -= len(statements)
    run_on = sum(len(items[index].parts[0].line) > 1 for index in family.marks)
    if run_on * 2 > asked > 1:
        family.marks.update(dict.fromkeys(leads))
    family.worth = 0.8 * len(family.marks)
    family.precision = asked / max(1, bold)
    return [family, _emphasised(items)]


def _emphasised(items: Sequence[Item]) -> Family:
    """Return the paragraphs in italics that ask, of which there are at least two."""
    family = Family("bold")
    total = 0
    for index, item in enumerate(items):
        if item.kind == "para" and item.parts and not item.inside:
            line = item.parts[0].line
            if len(line) == 1 and isinstance(line[0], Emphasis):
                total += 1
                if labels.sounds_asking(item.parts[0].text):
                    family.marks[index] = None
    family.worth = 0.7 * len(family.marks) if len(family.marks) > 1 else 0
    family.precision = len(family.marks) / max(1, total)
    return family


def _numbered_paragraphs(items: Sequence[Item]) -> list[Family]:
    """Return paragraphs whose numbers make no list: `1\\. …`, `**1.** …`, `#1 …`."""
    family = Family("numbers")
    asking = 0
    for index, item in enumerate(items):
        if item.kind == "para" and item.parts and not item.inside and item.number is None:
            mark = labels.question_mark(item.parts[0].text)
            if mark and mark.style[0] != "q" and mark.rest and bold_question(item.parts[0].line) is None:
                family.marks[index] = mark.number
                asking += labels.sounds_asking(mark.rest)
    counted = list(family.marks.values()) == list(range(1, len(family.marks) + 1)) and len(family.marks) > 1
    family.worth = 0.9 * asking if asking > 1 or counted else 0
    family.precision = asking / max(1, len(family.marks))
    return [family]


def _pairs(items: Sequence[Item]) -> list[Family]:
    family = Family("pairs")
    for index, item in enumerate(items):
        parts = [part.text for part in item.parts] if item.kind == "para" else [
            first_words(child) for child in (item.node.children if item.kind == "list" and item.node else ())
        ]  # fmt: skip
        several = sum(pair(text) is not None for text in parts) > 1
        count = sum(pair(text, several) is not None for text in parts)
        if count and count * 2 >= len(parts):
            family.marks[index] = None
            family.worth += count
    return [family] if family.worth > 1 else []


def pair(text: str, several: bool = False) -> tuple[str, str] | None:
    """Return question and answer of `question::answer`; `several` lines of this form need not ask."""
    left, sign, right = text.partition("::")
    good = sign and left.strip() and right.strip() and "::" not in right
    if good and (left.endswith(" ") or right.startswith(" ") or several or labels.sounds_asking(left)):
        return left.strip(), right.strip()
    return None


def first_words(item: Node) -> str:
    """Return the words of a list item's first paragraph."""
    if not item.children or item.children[0].kind != "paragraph":
        return ""
    return " ".join(part.text for part in node_segments(item.children[0])).strip()


def _lists(items: Sequence[Item]) -> list[Family]:
    headings = {item.text.strip().lower() for item in items if item.kind == "heading"}
    families: list[Family] = []
    for kind in ("ordered_list", "bullet_list"):
        family = Family("lists")
        asking = last = total = 0
        rest: list[int] = []
        alike: list[int] = []
        for index, item in enumerate(items):
            if item.kind != "list" or item.node is None or item.node.kind != kind or item.inside:
                continue
            own = [each for each in item.node.children if not navigation.is_contents_item(each)]
            texts = [first_words(each) for each in own]
            asks = sum(map(asks_in_list, texts))
            nested = sum(_nested_asking(each) for each in own)
            if own and all(text.lower() in headings for text in texts):
                continue  # a table of contents without links
            first = item.node.children[0].token.info
            follows = kind == "ordered_list" and first.isdigit() and int(first) == last + 1 and last > 0
            if asks * 3 >= len(own) > 0 or (follows and (asks or len(own) == 1)) or nested > len(own) / 2:
                family.marks[index] = None
                asking += max(asks, nested)
                total += len(own)
                _leave_out(family, own, 0 if index and items[index - 1].kind == "heading" else last)
                last = int(first) + len(own) - 1 if first.isdigit() else 0
            elif family.marks and items[index - 1].kind == "heading":
                rest.append(index)
            elif len(own) == 1 and last and first == str(last):
                alike.append(index)
        if asking * 5 >= total * 4:
            family.marks.update(dict.fromkeys(rest))  # lists under headings, like all the others
        family.worth = 0.5 * asking
        _look_at_items(family, [items[index].node for index in family.marks])
        if family.leads:
            # Each question is a list of its own, `1.` throughout.
            family.marks.update((index, None) for index in alike if _is_lead(items[index].node))
        families.append(family)
    return families


def _is_lead(node: Node | None) -> bool:
    parts = node_segments(node.children[0].children[0]) if node and node.children[0].children else []
    return bool(parts) and len(parts[0].line) == 1 and lead(parts[0].line) is not None


def _look_at_items(family: Family, lists: Sequence[Node | None]) -> None:
    """Find out where in the items of a family's lists the question ends."""
    first = [
        node_segments(item.children[0])
        for node in lists
        if node
        for item in node.children
        if item.children and item.children[0].kind == "paragraph"
    ]
    family.leads = sum(bool(parts) and lead(parts[0].line) is not None for parts in first) * 5 >= 4 * len(
        first
    )
    asked = [
        parts for parts in first if len(parts) > 1 and any(labels.ends_asking(part.text) for part in parts)
    ]
    lazy = sum(
        labels.ends_asking(parts[0].text) and not labels.ends_asking(parts[-1].text) for parts in asked
    )
    family.lazy = lazy > 1 and lazy * 10 >= len(asked) * 8


def _leave_out(family: Family, own: Sequence[Node], last: int) -> None:
    """Leave out of a numbered list what neither asks nor goes on with the numbers of the questions."""
    numbers = [node.token.info for node in own]
    if not last or len(set(numbers)) < len(numbers) or not all(number.isdigit() for number in numbers):
        return
    for node in own:
        asks = asks_in_list(first_words(node))
        if asks or int(node.token.info) == last + 1:
            last = int(node.token.info)
        else:
            family.left_out.add(node.line)


def asks_in_list(text: str) -> bool:
    """Say whether the words of a list item ask something."""
    return labels.sounds_asking(text)


def _nested_asking(item: Node) -> int:
    if labels.sounds_asking(first_words(item)):
        return 0
    return sum(
        labels.ends_asking(first_words(each))
        for child in item.children
        if child.kind in ("bullet_list", "ordered_list")
        for each in child.children
        if not navigation.is_contents_item(each)
    )


def _tables(items: Sequence[Item]) -> list[Family]:
    from exporter.readers.columns import columns_of
    from exporter.readers.markdown.blocks import table

    family = Family("tables")
    for index, item in enumerate(items):
        if item.kind == "table" and item.node:
            columns = columns_of([words(cell) for cell in table(item.node).header])
            if "question" in columns:
                family.marks[index] = None
                family.worth += len(table(item.node).rows) * (1 if "answer" in columns else 0.4)
    return [family]


FAMILIES = (_worded, _summaries, _headings, _bold, _numbered_paragraphs, _pairs, _lists, _tables)
