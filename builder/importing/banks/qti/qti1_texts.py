"""Reads the texts of a QTI 1.2 item: its presentation (the prompt and the responses), its feedback,
and its question type. The type is what the learning system declares, or else follows from the
responses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from builder.base.immutable import immutable
from builder.importing.banks.bank import Bank, join_lines
from builder.importing.banks.qti.bank import (
    MAX_FEEDBACK,
    Choice,
    Feedback,
    Line,
    Response,
    Where,
    join_with_blank,
    question_type,
)
from builder.importing.banks.qti.package import Package, Part
from builder.importing.banks.qti.scoring import Rule, Scoring
from builder.importing.banks.texts import Reading, decode_base64
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, Image, Inline, Paragraph, Place, flat

RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
_PLAYED = ("mataudio", "matvideo", "matapplet", "matapplication")
_MATERIAL = frozenset({"mattext", "matemtext", "mat_formattedtext", "matimage", *_PLAYED})
_FORMS = {"text/plain": "plain", "plain_text": "plain", "text/html": "html", "html": "html"}
_NOT_SHOWN = "a page cannot show it"


@dataclass(slots=True)
class Presentation:
    """The presentation of an item: the texts before and after (``behind``) the responses, and the
    responses. ``matches`` has the right-hand halves of pairs, which Blackboard lists once for all
    responses."""

    before: list[Block] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    matches: list[tuple[Inline, ...]] = field(default_factory=list)

    def prompt(self, place: Place) -> tuple[Block, ...]:
        """The whole prompt as blocks, with a blank for a gap inside a sentence. ``place`` is the
        position in the source that the blocks get."""
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
        """Convert the texts and images in an element to blocks. ``place`` is the position in the
        source that the blocks get."""
        found: list[Block] = []
        for one in element.iter("*"):
            if one.tag in _MATERIAL:
                found += self._material(one, place)
        return tuple(found)

    def line(self, element: Element, place: Place) -> tuple[Inline, ...]:
        """Convert the texts and images in an element to one line of inlines. ``place`` is their
        position in the source, for reports."""
        return flat(self.blocks(element, place))

    def _material(self, one: Element, place: Place) -> Sequence[Block]:
        if one.tag == "matimage":
            return (Paragraph((self._image(one, place),), place),)
        if one.tag in _PLAYED:
            self.bank.report(one.tag, place, one.get("uri") or one.get("label") or "", _NOT_SHOWN)
            return ()
        kind = (one.get("texttype") or one.get("type") or "").lower()
        words = _inner_markup(one)
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
        return self.package.find_image(self.part.name, address, alternative, place)

    def presentation(self, item: Element, place: Place) -> Presentation:
        """Read the prompt and the responses of an item. ``place`` is its position in the source."""
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


def _inner_markup(element: Element) -> str:
    """The content of a text element, with its child elements written as markup."""
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
    """Yield the metadata fields of an item: their names, in lower case, and their values."""
    metadata = next(item.iterchildren("itemmetadata"), None)
    if metadata is None:
        return
    for one in metadata.iter("qtimetadatafield", "qti_metadatafield"):
        label = (one.findtext("fieldlabel") or "").strip().lower()
        yield label, " ".join((one.findtext("fieldentry") or "").split())
    for one in metadata.iterchildren("*"):
        if not len(one):
            yield one.tag.lower(), " ".join((one.text or "").split())


_DECLARED_TYPES = {
    **dict.fromkeys(("essay_question", "essay", "long answer", "short response"), "reflection"),
    **dict.fromkeys(("cc.essay.v0p1",), "reflection"),
    **dict.fromkeys(("numerical_question", "numeric"), "numeric"),
    **dict.fromkeys(("true_false_question", "true/false", "cc.true_false.v0p1"), "true-false"),
    **dict.fromkeys(("text_only_question",), "text"),
    **dict.fromkeys(("fill_in_multiple_blanks_question",), "gaps"),
}
"""Question types of a course, by the types that Canvas, Blackboard, D2L and Common Cartridge
declare. Has only declared types that say more than the item's responses."""
_UNSUPPORTED_TYPES = (
    *("calculated_question", "file_upload_question", "hot_spot_question", "formula_question"),
    *("categorization_question", "calculated", "calculated numeric", "file upload", "fileupload"),
    *("hot spot", "hotspot", "jumbled sentence", "quiz bowl", "opinion scale", "likert"),
    "either/or",
    *("opinion scale/likert", "multi-short answer", "arithmetic", "significant figures"),
    *("eitheror", "multiple_dropdowns_question", "fill in the blank plus", "cc.pattern_match.v0p1"),
)
_TYPE_FIELDS = (
    *("question_type", "bbmd_questiontype", "qmd_questiontype", "cc_profile", "qmd_itemtype"),
)


def declared_type(facts: Mapping[str, str]) -> str:
    """The question type that the learning system declares for an item, in its own words; empty if
    there is none. ``facts`` are the metadata fields of the item."""
    return next((facts[name] for name in _TYPE_FIELDS if facts.get(name)), "")


def question_kind(type_: str, presentation: Presentation, is_marked: bool) -> tuple[str, str]:
    """The question type of an item: a type of a course, `text` if the item asks nothing, `gaps` for
    one gap whose answers may be written as options, `several gaps`, or `several menus`. Also
    returns the reason if a course cannot ask it.

    ``type_`` is the type that the learning system declares, and ``presentation`` the prompt and the
    responses of the item. ``is_marked`` is true if any answer earns marks.
    """
    lower_type = type_.lower()
    declared_kind = _DECLARED_TYPES.get(lower_type, "")
    are_gaps = bool(presentation.responses) and all(
        one.known and one.choices for one in presentation.responses
    )
    is_single = len(presentation.responses) == 1
    if lower_type == "multiple_dropdowns_question" and are_gaps:
        return ("choice" if is_single else "several menus"), ""
    if lower_type in _UNSUPPORTED_TYPES:
        return "reflection", f"a course has no questions of the type “{type_}”"
    if not presentation.responses:
        return ("reflection" if declared_kind == "reflection" else "text"), ""
    if not all(one.known for one in presentation.responses):
        return "reflection", "a course has no questions that are answered in a picture"
    if declared_kind == "reflection":
        return declared_kind, ""
    if declared_kind == "gaps" and (is_single or are_gaps):
        return ("gaps" if is_single else "several gaps"), ""
    if (
        declared_kind == "numeric"
        and len(presentation.responses) == 1
        and presentation.responses[0].typed
    ):
        return declared_kind, ""
    return question_type(presentation.responses, is_marked, declared_kind == "gaps")


_BY_NAME = {
    "general_fb": "explanation",
    "correct_fb": "right",
    "correct": "right",
    "general_incorrect_fb": "wrong",
    "incorrect_fb": "wrong",
    "incorrect": "wrong",
}
"""Keys of a question's feedback, by the feedback ids of Canvas and Blackboard that always mean the
same."""


@dataclass(slots=True)
class ItemFeedback(Feedback):
    """The feedback of an item. ``unassigned`` has the feedback for which the item does not say when
    to show it, with its place."""

    unassigned: list[tuple[Place, Line]] = field(default_factory=list)


def read_feedback(
    item: Element, texts: Texts, rules: Scoring, names: Collection[str], place: Place
) -> ItemFeedback:
    """Read the feedback of an item. ``rules`` are its scoring conditions, which say when to show
    each feedback; ``names`` are the ids of its options, and ``place`` is its position in the
    source."""
    feedback_by_target = ItemFeedback()
    shows = _shows(rules)
    for number, one in enumerate(item.iterchildren("itemfeedback")):
        here = texts.part.place(one, place.begins)
        if number >= MAX_FEEDBACK:
            feedback_by_target.unassigned.append((here, texts.line(one, here)))
            continue
        ident = one.get("ident") or ""
        option = _option(ident, names)
        solution: Line = ()
        for inner in [*one.iter("hint", "solution")]:
            line = texts.line(inner, here)
            if inner.tag == "hint":
                feedback_by_target.add(("key", "hint"), line)
            else:
                solution = join_lines(solution, line)
            inner.getparent().remove(inner)
        line = texts.line(one, here)
        wheres = [where for at in shows.get(ident, ()) if (where := _where(at, rules, names))]
        if solution and not (option or wheres):
            feedback_by_target.add(("key", "explanation"), solution)
        else:
            line = join_lines(line, solution)
        if not line:
            continue
        if option:
            feedback_by_target.add(("option", option), line)
        elif key := _BY_NAME.get(ident.lower(), ""):
            feedback_by_target.add(("key", key), line)
        elif not wheres:
            feedback_by_target.unassigned.append((here, line))
        else:
            for where in wheres:
                feedback_by_target.add_once(where, line)
    return feedback_by_target


def _option(ident: str, names: Collection[str]) -> str:
    """The id of the option that a feedback is about, found from the feedback's id (``ident``) by
    the conventions of Canvas, Blackboard and D2L. Empty if it is none of ``names``, the ids of the
    options."""
    candidates = (ident, ident.removesuffix("_fb"), ident.replace("_IF", "_A"))
    return next((name for name in candidates if name in names), "")


def _shows(rules: Scoring) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for one in rules.every:
        for link in one.links:
            found.setdefault(link, []).append(one)
    return found


def _where(one: Rule, rules: Scoring, names: Collection[str]) -> Where | None:
    """The target of the feedback that a condition shows: an option, a typed answer, or a key of the
    question's feedback, such as ``wrong``. ``None`` if the target is unclear. ``rules`` are all
    conditions of the item, and ``names`` the ids of its options."""
    if option := rules.option(one):
        return "option", option
    if len(one.tests) == 1 and one.wanted:
        value = one.wanted[0].value
        if value in names:
            return "option", value
        if not names and one.wanted[0].name == "has":
            return "answer", value
    if names and len(one.tests) == 1 and not one.wanted:
        # Canvas's feedback for one wrong pair of a matching question.
        return "answer", one.tests[0].response
    if one in rules.giving:
        return "key", "right"
    if any(test.name == "other" for test in one.test.inside):
        return "key", "wrong" if rules.giving else "explanation"
    if one.marks is not None and one.marks <= 0 and one.wanted:
        return "key", "wrong"
    return None
