"""Imports QTI 2 tests: their items in order, below the titles of their sections."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from builder.importing.banks.qti.bank import QtiBank
from builder.importing.banks.qti.package import Part
from builder.importing.banks.qti.two.item import Item
from builder.importing.banks.qti.two.item_body import Texts
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block
from builder.importing.document.tally import words_of

_PASSAGES = 4 << 20
"""Maximum length of all passages in characters, each counted once for every item it is used in."""
_LONG = "it is too long to be repeated with each of its questions"


class TestReader:
    """Imports the items of all documents into the bank: first those of tests, in order, then items
    that are in no test."""

    def __init__(self, qti: QtiBank, parts: Sequence[Part]) -> None:
        self.qti, self.bank = qti, qti.bank
        self.items = {one.name: one for one in parts if one.root.tag == "assessmentItem"}
        self.tests = [one for one in parts if one.root.tag == "assessmentTest"]
        self.sections = {one.name: one for one in parts if one.root.tag == "assessmentSection"}
        self.stimuli = {one.name: one for one in parts if one.root.tag == "assessmentStimulus"}
        self.read_sections: set[str] = set()
        self.room = _PASSAGES

    def read(self) -> None:
        """Import all tests, sections and items."""
        for part in self.tests:
            self._group(part, part.root, ())
        for part in self.sections.values():
            if part.name not in self.read_sections:
                self._group(part, part.root, ())
        self.qti.category = ""
        for part in [*self.items.values()]:
            self._item(part)

    def _group(self, part: Part, element: Element, steps: tuple[str, ...]) -> None:
        outer_category = self.qti.category
        title = element.get("title") or ""
        place = part.place(element, title)
        inside = steps
        if title.strip() and element.get("visible") != "false":
            inside = (*steps, title)
            self.qti.enter(inside, title, place)
        elif title.strip():
            self.bank.consumed.append(title)
        for child in element.iterchildren("*"):
            self._child(part, child, inside)
        self.qti.category = outer_category

    def _child(self, part: Part, child: Element, steps: tuple[str, ...]) -> None:
        place = part.place(child)
        name = child.tag
        if name in ("testPart", "assessmentSection"):
            self._group(part, child, steps)
        elif name == "assessmentItemRef":
            found = self.items.pop(_resolve_href(part, child), None)
            if found is None:
                reason = "its file is not in the package, or it was asked before"
                self.bank.report("question", place, child.get("href") or "", reason)
                return
            value = child.find("weight")
            self._item(found, (value.get("value") or "") if value is not None else "")
        elif name == "assessmentSectionRef":
            path = _resolve_href(part, child)
            if path in self.sections and path not in self.read_sections:
                self.read_sections.add(path)
                self._group(self.sections[path], self.sections[path].root, steps)
        elif name == "rubricBlock":
            texts = Texts(self.qti.reading(part))
            if "candidate" in (child.get("view") or "candidate"):
                self.qti.add(texts.blocks(child, place))
            else:
                self.qti.note(place, texts.line(child, place))
        elif name == "selection" and child.get("select"):
            reason = (
                f"an attempt asked {child.get('select')} of these questions: write “draw:” on "
                "their page, if that is to stay so"
            )
            self.bank.report("selection", place, "", reason)
        elif name == "testFeedback":
            line = Texts(self.qti.reading(part)).line(child, place)
            reason = "a course has no feedback for a quiz as a whole"
            self.bank.report("feedback of a quiz", place, words_of(line), reason)

    def _item(self, part: Part, test_weight: str = "") -> None:
        above = tuple(self._stimulus(part, part.root))
        Item(self.qti, part).put(test_weight, above)

    def _stimulus(self, part: Part, item: Element) -> Iterator[Block]:
        """The passages that an item refers to, as blocks."""
        for one in item.iter("assessmentStimulusRef"):
            found = self.stimuli.get(_resolve_href(part, one))
            place = part.place(one)
            body = found.root.find("stimulusBody") if found is not None else None
            size = 0 if body is None else sum(map(len, body.itertext()))
            self.room -= size
            if body is None or found is None or self.room < 0:
                reason = "its file is not in the package" if body is None else _LONG
                self.bank.report("passage", place, one.get("href") or "", reason)
                continue
            yield from Texts(self.qti.reading(found)).blocks(copy.deepcopy(body), place)


def titles(root: Element) -> Iterator[str]:
    """The titles of all items."""
    if root.tag == "assessmentItem":
        yield root.get("title") or ""


def _resolve_href(part: Part, element: Element) -> str:
    href = unquote(element.get("href") or "")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part.name), href))
