"""The structure tree of a PDF document (ISO 32000-1, 14.7): its elements, and which text is in which.

An element is a dictionary of a few dozen bytes, and there are some twenty for each question. So the
elements of a section are written at once, by a template for its shape: most sections have one of a
few shapes, such as a list of six steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from exporter.cards.pdf_outline import text_string
from exporter.cards.structure_tags import EMPTY, LEVELS, Box, Role, Tag, Tags

_ATTRIBUTES = {
    Role.LIST: "/A <</O/List/ListNumbering/Disc>>",
    Role.ORDERED_LIST: "/A <</O/List/ListNumbering/Decimal>>",
    Role.HEADER_CELL: "/A <</O/Table/Scope/Column>>",
}
_SECTION = Tag(Role.SECTION)


class Fragment(NamedTuple):
    """What one section has on one page, whose index counts from 0.

    `marks` are those of a canvas; their marked-content sequences are numbered from `first` on. `boxes`
    has the position of each figure and formula on the page, by the index of its mark.
    """

    page: int
    first: int
    marks: tuple[Tags, ...]
    boxes: Mapping[int, Box] = {}


class _Shape(NamedTuple):
    """The elements of a section, from the outermost.

    `template` has the lines of all elements. `fill` takes from the numbers of a section those for its
    places: first that of its parent, then those of its elements, of its pages, and of its sequences.
    `owners` has for each fragment the element of each sequence. `figures` are the fragment and the
    mark of each figure with a box. `levels` are those of its headings, in order.
    """

    template: str
    fill: itemgetter[tuple[object, ...]]
    size: int
    owners: tuple[tuple[int, ...], ...]
    figures: tuple[tuple[int, int], ...]
    levels: tuple[int, ...]


class StructureTree:
    """The structure tree that is being built; sections are added in their reading order."""

    def __init__(self) -> None:
        """Begin a document without sections."""
        self._sections: list[tuple[_Shape, Sequence[Fragment]]] = []
        self._count = 0

    def add(self, fragments: Sequence[Fragment]) -> None:
        """Add a section; nothing if it has no texts."""
        shape = _find_shape(tuple(fragment.marks for fragment in fragments))
        if shape:
            self._sections.append((shape, fragments))
            self._count += shape.size

    def has_nested_headings(self) -> bool:
        """Return whether no heading is more than one level below the heading before it."""
        level = 0
        for shape, _ in self._sections:
            for following in shape.levels:
                if following > level + 1:
                    return False
                level = following
        return True

    def count_objects(self, pages: int) -> int:
        """Return how many objects a document with this number of pages has for the structure."""
        # the root, the element of the document, and the parent tree with an array for each page
        return self._count + pages + 3

    def iter_objects(self, first: int, pages: Sequence[int]) -> Iterator[Sequence[str]]:
        """Yield the objects of the structure, numbered from `first` on, in groups; the root is the first.

        `pages` are the object numbers of all pages.
        """
        document, parent_tree = first + 1, first + 2
        arrays = range(first + 3, first + 3 + len(pages))
        number = arrays.stop
        parents: list[list[tuple[int, Sequence[int]]]] = [[] for _ in pages]
        sections = []
        group: list[str] = []
        for shape, fragments in self._sections:
            sections.append(number)
            elements = range(number, number + shape.size)
            places: list[object] = [document, *elements]
            for fragment, owners in zip(fragments, shape.owners, strict=True):
                places.append(pages[fragment.page])
                places += range(fragment.first, fragment.first + len(owners))
                parents[fragment.page].append((fragment.first, [number + owner for owner in owners]))
            for part, mark in shape.figures:
                places.append(_format_box(fragments[part].boxes.get(mark)))
            group += (shape.template % shape.fill(places)).split("\n")
            number += shape.size
        yield [
            f"<</Type/StructTreeRoot/K {document} 0 R"
            f"/ParentTree {parent_tree} 0 R/ParentTreeNextKey {len(pages)}>>",
            f"<</S/Document/P {first} 0 R/K[{_references(sections)}]>>",
            f"<</Nums[{' '.join(f'{page} {array} 0 R' for page, array in enumerate(arrays))}]>>",
            *(
                f"[{_references(list(chain.from_iterable(owners for _, owners in sorted(fragments))))}]"
                for fragments in parents
            ),
        ]
        yield group


def _references(numbers: Sequence[int]) -> str:
    return "%d 0 R " * len(numbers) % tuple(numbers)


def _format_box(box: Box | None) -> str:
    """Return the layout attribute of a figure; it is a block unless it has no box."""
    if box is None:
        return ""
    return f"/A <</O/Layout/Placement/Block/BBox[{' '.join(f'{side:.2f}' for side in box)}]>>"


@lru_cache(maxsize=1024)
def _find_shape(fragments: tuple[tuple[Tags, ...], ...]) -> _Shape | None:
    """Return the shape of a section from the tags of its texts on each page; None if there are none."""
    tags: list[Tag] = [_SECTION]
    parents = [-1]
    kids: list[list[tuple[int, int]]] = [[]]  # pairs of a fragment and a sequence, or of -1 and an element
    owners: list[tuple[int, ...]] = []
    by_path: dict[Tags, int] = {}
    first_marks: dict[int, int] = {}
    for fragment, marks in enumerate(fragments):
        owned: list[int] = []
        for mark, path in enumerate(marks):
            if not path:
                by_path = {}
                continue
            element = 0
            is_empty = path[-1] == EMPTY
            for depth in range(1, len(path) + 1 - is_empty):
                found = by_path.get(path[:depth])
                if found is None:
                    found = by_path[path[:depth]] = len(tags)
                    tags.append(path[depth - 1])
                    parents.append(element)
                    kids.append([])
                    kids[element].append((-1, found))
                element = found
            if is_empty:
                continue
            kids[element].append((fragment, len(owned)))
            first_marks.setdefault(element, mark)
            owned.append(element)
        owners.append(tuple(owned))
    if len(tags) == 1:
        return None
    return _build_shape(tags, parents, kids, tuple(owners), first_marks)


def _build_shape(
    tags: Sequence[Tag],
    parents: Sequence[int],
    kids: Sequence[Sequence[tuple[int, int]]],
    owners: tuple[tuple[int, ...], ...],
    first_marks: Mapping[int, int],
) -> _Shape:
    # positions in the list of numbers: the parent, the elements, then each page with its sequences
    starts = [1 + len(tags)]
    for owned in owners:
        starts.append(starts[-1] + 1 + len(owned))
    lines: list[str] = []
    fill: list[int] = []
    figures: list[tuple[int, int]] = []
    for element, tag in enumerate(tags):
        role = "L" if tag.role is Role.ORDERED_LIST else str(tag.role)
        fill.append(1 + parents[element])
        line = f"<</S/{role}/P %d 0 R{_ATTRIBUTES.get(tag.role, '')}"
        content = [fragment for fragment, _ in kids[element] if fragment >= 0]
        if tag.alternative:
            key = "Alt" if tag.role in (Role.FIGURE, Role.FORMULA) else "ActualText"
            line += f"/{key} {text_string(tag.alternative)}".replace("%", "%%")
            if tag.role in (Role.FIGURE, Role.FORMULA) and content:
                line += "%s"
                fill.append(starts[-1] + len(figures))
                figures.append((content[0], first_marks[element]))
        if content:
            line += "/Pg %d 0 R"
            fill.append(starts[content[0]])
        entries = []
        for fragment, kid in kids[element]:
            if fragment < 0:
                entries.append("%d 0 R")
                fill.append(1 + kid)
            elif fragment == content[0]:
                entries.append("%d")
                fill.append(starts[fragment] + 1 + kid)
            else:
                entries.append("<</Type/MCR/Pg %d 0 R/MCID %d>>")
                fill += (starts[fragment], starts[fragment] + 1 + kid)
        lines.append(f"{line}/K {entries[0]}>>" if len(entries) == 1 else f"{line}/K[{' '.join(entries)}]>>")
    levels = tuple(LEVELS[tag.role] for tag in tags if tag.role in LEVELS)
    return _Shape("\n".join(lines), itemgetter(*fill), len(tags), owners, tuple(figures), levels)
