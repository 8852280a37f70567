"""Reads the images, text boxes, charts and shapes in a paragraph, which Word files describe in
DrawingML or, by older programs, in VML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from builder.base.immutable import immutable
from builder.importing.document.form import Image
from builder.importing.word.names import Element, name
from builder.importing.word.parts import PartError
from builder.importing.word.story import ALTERNATIVES, Line, Story, choose_alternative

_LONGEST = 2_000
"""Maximum length of a chart's text in the report, in characters."""
_ENDING = 5
_EQUATIONS = ("Equation", "MathType")
"""How the program ids of older equation editors start."""
_SOURCE = re.compile(r"""src=["']([^"']*)""")
_PROPERTY_ELEMENTS = (name("wp:docPr"), name("pic:cNvPr"), name("wps:cNvPr"))
_DECORATIVE = name("adec:decorative")
_EMBEDDED, _LINKED, _ID = name("r:embed"), name("r:link"), name("r:id")


@immutable
class _Description:
    """The alternative text of a drawing (``None`` if it has none, empty if it is marked as
    decorative), and whether the drawing is hidden."""

    text: str | None = None
    hidden: bool = False


class Drawing:
    """Reads one drawing. Adds its images to the pieces of the paragraph's ``Line``, and its text
    boxes to the line's boxes; lists all other content, such as charts, as not imported."""

    def __init__(self, story: Story, line: Line) -> None:
        self._story, self._line = story, line
        self._found_count = 0
        """Number of images, text boxes, charts and the like that were read or listed as not
        imported."""
        self._shape_count = 0
        self._start = len(line.pieces)

    def read(self, element: Element) -> None:
        """Read the element of the drawing: a ``w:drawing``, ``w:pict`` or ``w:object``."""
        description = _describe(element, _Description())
        if description.hidden:
            self._story.report("hidden text", description.text or "a picture")
            return
        self._report_links(element)
        self._walk(element, description)
        if self._shape_count and not self._found_count:
            self._story.report("drawing", description.text or "")

    def _walk(self, elements: Iterable[Element], description: _Description) -> None:
        for one in elements:
            tag = str(one.tag)
            if tag == ALTERNATIVES:
                self._walk(choose_alternative(one), description)
            elif handler := _HANDLERS.get(tag):
                handler(self, one, _describe(one, description))
            else:
                self._walk(one, _describe(one, description))

    def _report_links(self, element: Element) -> None:
        for one in element.iter(name("wp15:webVideoPr")):
            address = _SOURCE.search(one.get("embeddedHtml", ""))
            self._story.report("video", address[1] if address else "")
        for one in element.iter(name("a:hlinkClick")):
            relation = self._story.relation(one.get(_ID))
            if relation and relation.target:
                self._story.report("link", relation.target)

    # Pictures

    def _picture(self, element: Element, description: _Description) -> None:
        blip = next(element.iter(name("a:blip")), None)
        if blip is not None:
            self._image(blip.get(_EMBEDDED), blip.get(_LINKED), description)

    def _vml_picture(self, element: Element, description: _Description) -> None:
        link = element.get(name("r:href")) or element.get(name("o:href"))
        self._image(element.get(_ID) or element.get(name("o:relid")), link, description)

    def _image(self, embedded: str | None, linked: str | None, description: _Description) -> None:
        self._found_count += 1
        story = self._story
        relation = story.relation(embedded)
        if relation and not relation.outside:
            try:
                content, ending = story.reading.pictures.read(relation.target)
            except PartError as error:
                words = description.text or relation.target
                story.report("picture", words, f"This picture cannot be read: {error.problem}.")
            else:
                self._line.pieces.append(
                    Image(content, ending, description.text, story.current_place)
                )
            return
        relation = relation or story.relation(linked)
        if relation is None:
            words = description.text or ""
            story.report("picture", words, "This picture cannot be read: its file is missing.")
            return
        ending = relation.target.partition("?")[0].rpartition(".")[2].lower()
        known = ending if ending.isalnum() and len(ending) <= _ENDING else ""
        self._line.pieces.append(Image(b"", known, description.text, story.current_place))
        story.report("linked picture", relation.target)

    # Text

    def _box(self, element: Element, description: _Description) -> None:
        self._found_count += 1
        self._line.boxes.append(element)

    def _word_art(self, element: Element, description: _Description) -> None:
        if words := element.get("string", "").strip():
            self._found_count += 1
            self._line.boxes.append(words)

    def _body(self, element: Element, description: _Description) -> None:
        """Read the text of a shape in the general form of Office programs (``a:txBody``), such as a
        shape pasted from a presentation, as a text box."""
        lines = ["".join(t.text or "" for t in p.iter(name("a:t"))) for p in element]
        if words := " ".join(filter(None, lines)):
            self._found_count += 1
            self._line.boxes.append(words)

    # Reported, not imported

    def _chart(self, element: Element, description: _Description) -> None:
        self._report_texts("chart", self._related_part(element.get(_ID)), description)

    def _smart_art(self, element: Element, description: _Description) -> None:
        self._report_texts("SmartArt", self._related_part(element.get(name("r:dm"))), description)

    def _report_texts(self, kind: str, part: Element | None, description: _Description) -> None:
        self._found_count += 1
        texts = [description.text] if description.text else []
        for one in () if part is None else part.iter(*_CHART_WORDS):
            inside = one.tag != name("c:v") or _is_text_value(one)
            if inside and one.text and one.text.strip():
                texts.append(one.text.strip())
        self._story.report(kind, " · ".join(texts)[:_LONGEST])

    def _related_part(self, identity: str | None) -> Element | None:
        relation = self._story.relation(identity)
        if relation is None or relation.outside:
            return None
        return self._story.reading.parts.optional(relation.target)

    def _ole_object(self, element: Element, description: _Description) -> None:
        self._found_count += 1
        program = element.get("ProgID", "")
        if program.startswith(_EQUATIONS):
            reason = "This equation of an older type was imported as a picture."
            self._story.report("equation", program, reason)
        else:
            self._story.report("embedded file", program)

    def _control(self, element: Element, description: _Description) -> None:
        self._found_count += 1
        # The picture of a control only shows what it looks like, such as a circle to click.
        del self._line.pieces[self._start :]
        self._story.report("control", element.get(name("w:name"), ""))

    def _shape(self, element: Element, description: _Description) -> None:
        # A horizontal rule is a VML shape, too; it is not reported.
        self._shape_count += element.get(name("o:hr")) is None
        self._walk(element, description)


def _describe(element: Element, around: _Description) -> _Description:
    """Find the description of an element. Without an alternative text of its own, the element has
    the description of the elements around it, ``around``."""
    for one in element:
        if one.tag in _PROPERTY_ELEMENTS:
            return _describe_properties(one, around)
        if one.tag == name("pic:nvPicPr") and around.text is None:
            return _describe(one, around)
        if str(one.tag) in _FRAMES:
            return _describe(one, around)
    text = element.get("alt", "").strip()
    return _Description(text, around.hidden) if text else around


def _describe_properties(element: Element, around: _Description) -> _Description:
    mark = next(element.iter(_DECORATIVE), None)
    if mark is not None and mark.get("val", "1") not in ("0", "false"):
        return _Description("")
    text = (element.get("descr") or "").strip() or (element.get("title") or "").strip()
    hidden = element.get("hidden", "0").lower() in ("1", "true")
    return _Description(text or around.text, hidden or around.hidden)


def _is_text_value(element: Element) -> bool:
    """Whether a value of a chart is text, and not a number."""
    above = element.getparent()
    around = above.getparent() if above is not None else None
    return (above is not None and above.tag == name("c:tx")) or (
        around is not None and around.tag in (name("c:strCache"), name("c:lvl"))
    )


_FRAMES = (name("wp:inline"), name("wp:anchor"))
_CHART_WORDS = (name("a:t"), name("c:v"))
_HANDLERS: dict[str, Callable[[Drawing, Element, _Description], None]] = {
    name("pic:pic"): Drawing._picture,
    name("v:imagedata"): Drawing._vml_picture,
    name("w:txbxContent"): Drawing._box,
    name("v:textpath"): Drawing._word_art,
    name("a:txBody"): Drawing._body,
    name("c:chart"): Drawing._chart,
    name("cx:chart"): Drawing._chart,
    name("dgm:relIds"): Drawing._smart_art,
    name("o:OLEObject"): Drawing._ole_object,
    name("w:control"): Drawing._control,
    **{
        name(short): Drawing._shape
        for short in (
            *("wps:wsp", "wps:cNvCnPr", "v:shape", "v:rect", "v:oval", "v:roundrect", "v:line"),
            *("v:polyline", "v:arc", "v:curve", "v:image"),
        )
    },
}
