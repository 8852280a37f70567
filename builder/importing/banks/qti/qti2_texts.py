"""Reads the body of a QTI 2 item: its text as HTML, and its interactions, which are the elements
with which trainees answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.importing.banks.gaps import mark
from builder.importing.banks.qti.bank import Choice, Line, Response
from builder.importing.banks.qti.qti2_scoring import ResponseDeclaration, is_numeric
from builder.importing.banks.texts import Reading
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, Place, flat

GAP = "_____"
INLINE = ("textEntryInteraction", "inlineChoiceInteraction", "endAttemptInteraction")
_TYPED = {"textEntryInteraction": "line", "extendedTextInteraction": "lines"}
_KNOWN = (
    *("choiceInteraction", "inlineChoiceInteraction", "orderInteraction", "matchInteraction"),
    *_TYPED,
)
"""Interactions that a course has a question type for."""
_BY_LOWER_CASE = {tag.lower(): tag for tag in _KNOWN}
_CHOICES = ("simpleChoice", "inlineChoice", "simpleAssociableChoice", "gapText")
_ROWS = frozenset(
    {"simplechoice", "inlinechoice", "simpleassociablechoice", "gaptext", "gapimg"}
    | {"associablehotspot", "hotspotchoice", "infocontrol", "templateblock", "feedbackblock"}
    | {"prompt", "rubricblock", "stimulusbody", "blockinteraction", "contentbody"}
)
"""Elements of QTI that start a paragraph, in lower case."""
_LINES = (
    *("p", "div", "td", "th", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "itemBody"),
)
_PICTURE = re.compile(r"image/|.*\.(?:png|jpe?g|gif|svg|webp)$", re.IGNORECASE)


@dataclass(slots=True)
class ItemBody:
    """The content of an item's body. ``feedback`` has the outcome variable and the identifier that
    show each feedback, and its line. ``left`` has notes for markers."""

    blocks: tuple[Block, ...] = ()
    responses: list[Response] = field(default_factory=list)
    feedback: list[tuple[str, str, Line]] = field(default_factory=list)
    left: list[tuple[Element, Line]] = field(default_factory=list)


@immutable
class Texts:
    """Reads the texts of one document. ``declared`` has the response declarations of its item by
    id."""

    reading: Reading
    declared: Mapping[str, ResponseDeclaration] = field(default_factory=dict)

    def blocks(self, element: Element, place: Place) -> tuple[Block, ...]:
        """Convert the content of an element to blocks. ``place`` is the position in the source that
        the blocks get."""
        _convert_images(element)
        return self.reading.convert_element(element, place, _ROWS)

    def line(self, element: Element, place: Place) -> Line:
        """Convert the content of an element to one line of inlines. ``place`` is its position in
        the source, for reports."""
        return flat(self.blocks(element, place))

    def item_body(self, item: Element, place: Place) -> ItemBody:
        """Read the body of an item. ``place`` is its position in the source. Changes the item's
        tree: each interaction is replaced by its prompt or a blank; if there are several, by their
        prompts and marks."""
        found = ItemBody()
        body = item.find("itemBody")
        if body is None:
            return found
        for one in [*body.iter("rubricBlock")]:
            if "candidate" not in (one.get("view") or "candidate"):
                found.left.append((one, self.line(one, place)))
                _remove(one)
        interactions = [one for one in body.iter("*") if one.tag.lower().endswith("interaction")]
        for number, one in enumerate(interactions):
            # Some programs write the names of elements in lower case.
            one.tag = _BY_LOWER_CASE.get(one.tag, one.tag)
            found.responses.append(self._response(one, place))
            _replace(one, mark(number) if len(interactions) > 1 else "")
        found.feedback = self._feedback(body, place)
        found.blocks = self.blocks(body, place)
        return found

    def whole_text(self, body: Element, place: Place) -> tuple[Block, ...]:
        """Convert the body of an item to blocks, with the options where they are, and blanks for
        gaps. ``place`` is the position in the source that the blocks get."""
        for one in body.iter("*"):
            if str(one.tag).lower() in ("textentryinteraction", "gap"):
                one.text = GAP
        return self.blocks(body, place)

    def _response(self, element: Element, place: Place) -> Response:
        name = element.get("responseIdentifier") or element.get("responseidentifier") or ""
        declaration = self.declared.get(name)
        several = element.get("maxChoices") not in (None, "", "1")
        found = Response(
            name,
            element,
            element.tag,
            typed=_TYPED.get(element.tag, ""),
            ordered=element.tag == "orderInteraction",
            several=declaration.several if declaration else several,
            paired=element.tag == "matchInteraction",
            known=element.tag in _KNOWN,
        )
        if found.typed and declaration and is_numeric(declaration):
            found.typed = "number"
        sets = list(element.iterchildren("simpleMatchSet"))
        for number, around in enumerate(sets or [element]):
            for one in around.iter(*_CHOICES):
                choice_feedback = self._feedback(one, place)
                choice = Choice(
                    one.get("identifier") or "", self.line(one, place), choice_feedback, number
                )
                found.choices.append(choice)
        return found

    def _feedback(self, element: Element, place: Place) -> list[tuple[str, str, Line]]:
        """Read the feedback in an element, and remove it from the tree, since it is shown only
        after an answer. Returns the outcome variable and the identifier that show each feedback,
        and its line. ``place`` is the position in the source."""
        found = []
        for one in [*element.iter("feedbackInline", "feedbackBlock")]:
            line = self.line(one, place)
            outcome = one.get("outcomeIdentifier") or ""
            if one.get("showHide") == "hide":
                outcome = ""
            found.append((outcome, one.get("identifier") or "", line))
            _remove(one)
        return found


def _convert_images(element: Element) -> None:
    """Replace ``object`` elements that show an image by ``img`` elements."""
    for one in element.iterdescendants("object"):
        if _PICTURE.match(one.get("type") or one.get("data") or ""):
            alternative = " ".join("".join(one.itertext()).split())
            tail = one.tail
            address = one.get("data") or ""
            one.clear()
            one.tag, one.tail = "img", tail
            one.set("src", address)
            if alternative:
                one.set("alt", alternative)


def _remove(element: Element) -> None:
    """Remove an element, but keep the text after it."""
    around = element.getparent()
    if around is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            around.text = (around.text or "") + element.tail
    around.remove(element)


def _replace(element: Element, sign: str) -> None:
    """Replace an interaction by its prompt, or by a blank if it is a gap inside a sentence. A mark,
    ``sign``, is written behind the prompt, or instead of the blank."""
    prompt = element.find("prompt")
    tail = element.tail
    gap = element.tag in INLINE and _has_text_after(element)
    inside = list(prompt) if prompt is not None else []
    words = prompt.text if prompt is not None else None
    tag = "span" if element.tag in INLINE else "div"
    element.clear()
    element.tag, element.text, element.tail = tag, GAP if gap else words, tail
    if sign and (gap or tag == "span"):
        element.text = sign
        return
    for child in inside:
        element.append(child)
    if sign and inside:
        inside[-1].tail = f"{inside[-1].tail or ''} {sign}"
    elif sign:
        element.text = f"{words or ''} {sign}"


def _has_text_after(element: Element) -> bool:
    """Whether text follows an element in its paragraph."""
    one: Element | None = element
    while one is not None and one.tag not in _LINES:
        if (one.tail or "").strip():
            return True
        if any("".join(after.itertext()).strip() for after in one.itersiblings("*")):
            return True
        one = one.getparent()
    return False
