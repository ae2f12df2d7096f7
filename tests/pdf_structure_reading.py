"""The structure tree of a PDF, read back with pdfplumber: elements, their texts and what is in none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdftypes import PDFObjRef, resolve1

Place = tuple[int, int]
"""The object number of a page, and the number of a marked-content sequence."""


@dataclass
class Element:
    """An element with its texts and elements, in order."""

    role: str
    entries: dict[str, Any]
    number: int
    kids: list[Element | Place] = field(default_factory=list)

    def places(self) -> Iterator[Place]:
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.places()
            else:
                yield kid

    def find(self, role: str) -> list[Element]:
        found = [self] if self.role == role else []
        return [*found, *(hit for kid in self.kids if isinstance(kid, Element) for hit in kid.find(role))]


@dataclass
class Structure:
    """A document's tree; `texts` are those of all sequences, and `artefacts` those in no element."""

    root: Element
    texts: dict[Place, str]
    artefacts: list[str]
    parents: dict[Place, int]
    """The number of the element that the parent tree gives for each sequence."""

    def text(self, element: Element) -> str:
        return "".join(self.texts[place] for place in element.places())

    def outline(self, element: Element | None = None, depth: int = 0) -> str:
        """Return a line for each element, indented, with its own texts."""
        element = element or self.root
        own = "".join(self.texts[kid] for kid in element.kids if not isinstance(kid, Element))
        lines = [f"{'  ' * depth}{element.role}{f': {own.strip()}' if own else ''}"]
        lines += [self.outline(kid, depth + 1) for kid in element.kids if isinstance(kid, Element)]
        return "\n".join(lines)


def _name(value: Any) -> str:
    return str(value.name if isinstance(value.name, str) else value.name.decode())


def _read_element(reference: PDFObjRef, page: int, parent: int) -> Element:
    entries = resolve1(reference)
    assert entries["P"].objid == parent, "the parent knows its element"
    page = entries["Pg"].objid if "Pg" in entries else page
    element = Element(_name(entries["S"]), entries, reference.objid)
    kids = resolve1(entries.get("K", []))
    for kid in kids if isinstance(kids, list) else [entries["K"]]:
        value = resolve1(kid)
        if isinstance(value, int):
            element.kids.append((page, value))
        elif "MCID" in value:
            element.kids.append((value["Pg"].objid, value["MCID"]))
        else:
            element.kids.append(_read_element(kid, page, reference.objid))
    return element


def read_structure(pdf: pdfplumber.PDF) -> Structure:
    """Return the structure of a document; every character is in a sequence, or in an artefact."""
    catalog = pdf.doc.catalog
    assert resolve1(catalog["MarkInfo"])["Marked"] is True
    tree = resolve1(catalog["StructTreeRoot"])
    root = _read_element(tree["K"], 0, catalog["StructTreeRoot"].objid)
    nums = resolve1(resolve1(tree["ParentTree"])["Nums"])
    arrays = dict(zip(nums[::2], nums[1::2], strict=True))
    texts: dict[Place, str] = {}
    artefacts: list[str] = []
    parents: dict[Place, int] = {}
    for page in pdf.pages:
        number = page.page_obj.pageid
        for mcid, owner in enumerate(resolve1(arrays[page.page_obj.attrs["StructParents"]])):
            parents[number, mcid] = owner.objid
            texts[number, mcid] = ""
        for char in page.chars:
            if char["tag"] == "Span" and char["mcid"] is None:
                continue  # within a sequence, whose number pdfplumber does not give
            if char["mcid"] is None:
                assert char["tag"] == "Artifact", char
                artefacts.append(char["text"])
            else:
                texts[number, char["mcid"]] += char["text"]
    return Structure(root, texts, artefacts, parents)
