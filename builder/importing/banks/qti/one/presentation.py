"""Reads the presentation of a QTI 1.2 item: its texts and its responses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from builder.base.immutable import immutable
from builder.importing.banks.bank import Bank
from builder.importing.banks.qti.bank import flat, join_with_blank
from builder.importing.banks.qti.package import Package, Part
from builder.importing.banks.qti.responses import Choice, Response
from builder.importing.banks.texts import Reading, decode_base64
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, Image, Inline, Paragraph, Place

RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
_PLAYED = ("mataudio", "matvideo", "matapplet", "matapplication")
_MATERIAL = frozenset({"mattext", "matemtext", "mat_formattedtext", "matimage", *_PLAYED})
_FORMS = {"text/plain": "plain", "plain_text": "plain", "text/html": "html", "html": "html"}
_NOT_SHOWN = "a page cannot show it"


@dataclass(slots=True)
class Presentation:
    """Texts before and after the responses; ``matches`` has Blackboard's right halves of pairs."""

    before: list[Block] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    matches: list[tuple[Inline, ...]] = field(default_factory=list)

    def prompt(self, place: Place) -> tuple[Block, ...]:
        """The whole prompt, with a blank for a gap inside a sentence."""
        is_gap = len(self.responses) == 1 and not self.responses[0].choices
        if is_gap and self.behind:
            return tuple(join_with_blank(self.before, self.behind, place))
        return (*self.before, *self.behind)


@immutable
class Texts:
    """Reads the texts of one document, and reports media that a page cannot show."""

    part: Part
    package: Package
    bank: Bank
    reading: Reading

    def blocks(self, element: Element, place: Place) -> tuple[Block, ...]:
        """The materials in an element, as blocks."""
        found: list[Block] = []
        for one in element.iter("*"):
            if one.tag in _MATERIAL:
                found += self._material(one, place)
        return tuple(found)

    def line(self, element: Element, place: Place) -> tuple[Inline, ...]:
        """The materials in an element, as one line."""
        return flat(self.reading, self.blocks(element, place))

    def _material(self, one: Element, place: Place) -> Sequence[Block]:
        if one.tag == "matimage":
            return (Paragraph((self._image(one, place),), place),)
        if one.tag in _PLAYED:
            self.bank.report(one.tag, place, one.get("uri") or one.get("label") or "", _NOT_SHOWN)
            return ()
        kind = (one.get("texttype") or one.get("type") or "").lower()
        words = inner_markup(one)
        # Text without a type, and Blackboard's SMART_TEXT, may be HTML.
        return self.reading.blocks(words, _FORMS.get(kind, "moodle"), place)

    def _image(self, one: Element, place: Place) -> Image:
        alternative = one.get("label")
        address = one.get("uri") or ""
        content = "".join(one.itertext()).strip()
        if content and (one.get("embedded") or "base64").lower() == "base64":
            ending = (one.get("imagtype") or "").rpartition("/")[2].lower()
            return Image(
                decode_base64(content), {"jpeg": "jpg"}.get(ending, ending), alternative, place
            )
        return self.package.see(self.part.name, address, alternative, place)

    def presentation(self, item: Element, place: Place) -> Presentation:
        """Read the presentation of an item."""
        found = Presentation()
        presentation = next(item.iterchildren("presentation"), None)
        if presentation is not None:
            self._walk(presentation, place, found)
        return found

    def _walk(self, element: Element, place: Place, found: Presentation) -> None:
        for child in element.iterchildren("*"):
            name = child.tag
            response_element = child.find("response_lid") if name == "flow" else None
            if name in ("material", "material_ref"):
                (found.behind if found.responses else found.before).extend(
                    self.blocks(child, place)
                )
            elif name in RESPONSES:
                found.responses.append(self._response(child, place))
            elif name == "flow" and child.get("class") == "RIGHT_MATCH_BLOCK":
                found.matches += [self.line(one, place) for one in child.iterchildren("flow")]
            elif response_element is not None and child.find("flow") is not None:
                # Blackboard puts each left half of a pair into a flow together with its response.
                response = self._response(response_element, place)
                for flow in child.iterchildren("flow", "material"):
                    response.label += self.blocks(flow, place)
                found.responses.append(response)
            elif name != "response_extension":
                self._walk(child, place, found)

    def _response(self, element: Element, place: Place) -> Response:
        cardinality = (element.get("rcardinality") or "").lower()
        response = Response(
            element.get("ident") or element.get("respident") or "",
            element,
            element.tag,
            ordered=cardinality == "ordered",
            several=cardinality == "multiple",
        )
        for one in element.iterchildren("material"):
            response.label += self.blocks(one, place)
        fib = next(element.iter("render_fib"), None)
        if fib is not None:
            response.typed = _input_type(element, fib)
        else:
            for label in element.iter("response_label"):
                line = self.line(label, place)
                response.choices.append(Choice(label.get("ident") or "", line))
        for hotspot in element.iter("render_hotspot", "render_slider"):
            response.known = False
            for one in hotspot.iterchildren("material"):
                response.label += self.blocks(one, place)
        response.known = response.known and element.tag != "response_xy"
        return response


def inner_markup(element: Element) -> str:
    """The content of a text element, with child elements as markup."""
    if not len(element):
        return element.text or ""
    inside = [
        etree.tostring(child, encoding="unicode")
        if isinstance(child.tag, str)
        else child.tail or ""
        for child in element
    ]
    return "".join([element.text or "", *inside])


def _input_type(element: Element, fib: Element) -> str:
    kind = (fib.get("fibtype") or "").lower()
    if element.tag == "response_num" or kind in ("decimal", "integer", "scientific"):
        return "number"
    rows = fib.get("rows") or ""
    return "lines" if rows.isdecimal() and int(rows[:6]) > 1 else "line"


def read_metadata(item: Element) -> Iterator[tuple[str, str]]:
    """The metadata fields of an item, with names in small letters."""
    metadata = next(item.iterchildren("itemmetadata"), None)
    if metadata is None:
        return
    for one in metadata.iter("qtimetadatafield", "qti_metadatafield"):
        label = (one.findtext("fieldlabel") or "").strip().lower()
        yield label, " ".join((one.findtext("fieldentry") or "").split())
    for one in metadata.iterchildren("*"):
        if not len(one):
            yield one.tag.lower(), " ".join((one.text or "").split())
