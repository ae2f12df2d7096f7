"""A way in which a Markdown file marks its questions, with the marks that were found."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Family:
    """Marks of one kind by the index of their item; `level` is that of headings.

    `left_out` are list items, by the line on which they begin, that are part of an answer.
    `leads` says that list items ask in bold, `lazy` that they ask in their first line. `beside` are
    marks of other families, in sections of their own.
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
    beside: dict[int, Family] = field(default_factory=dict)

    def of(self, index: int) -> Family | None:
        """Return the family that marks the item at a place, this one or one beside it."""
        return self if index in self.marks else self.beside.get(index)
