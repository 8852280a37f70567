"""What a bank in QTI holds, counted by a second reader: a stream of tags and letters, in which
texts are known by what they stand in."""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote
from xml.parsers import expat

from builder.base import zips
from builder.importing.banks import files
from builder.importing.document.tally import Counts

_TAG = re.compile(
    r"<!--.*?-->|<(script|style|svg|math|video|audio|iframe|object|template|noscript|head|title"
    r"|canvas|form)\b.*?</\1\s*>|</?[a-zA-Z][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_WITHIN = (
    *("b", "strong", "i", "em", "cite", "dfn", "var", "u", "ins", "s", "del", "strike", "code"),
    *("kbd", "samp", "tt", "mark", "sub", "sup", "span", "a", "font", "small", "big", "abbr", "q"),
)
"""Tags that may stand within a word; at others it ends."""
_INLINE = re.compile(rf"<!--|</?(?:{'|'.join(_WITHIN)})[\s/>]", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_IMAGES = ("matimage", "img")
_TEXTS = ("mattext", "matemtext", "mat_formattedtext")
_TITLED = ("assessment", "objectbank", "section", "item", "assessmenttest", "testpart")
_LATER = ("assessmentsection", "assessmentitem")
_TOLD = ("itembody", "modalfeedback", "stimulusbody", "rubricblock")
_FOR_MARKERS = ("rubric", "objectives", "answer_key")
_UNREAD = ("math", "svg", "script", "style", "object", "video", "audio")
_NO_COUNTERPART = re.compile(
    r"calculated.*|file.?upload.*|hot.?spot.*|formula.*|categorization.*|jumbled.*|quiz bowl"
    r"|opinion.*|likert.*|either.?or|multi-short answer|arithmetic|significant figures"
    r"|fill in the blank plus"
    r"|cc\.pattern_match\..*",
    re.IGNORECASE,
)
_ROOTS = re.compile(
    rb"<(?:[\w.-]+:)?(?:questestinterop|quiz|(?:qti-)?assessment|item\s[^<>]*\bident\s*=)"
)
_ROOT = re.compile(_ROOTS.pattern.decode())
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_BEGINNING = 1 << 16
_SUPPORTED = re.compile(r"(?:choice|inlinechoice|textentry|extendedtext|order|match)interaction")
_GROUPS = ("assessment", "objectbank", "section", "assessmenttest", "testpart", "assessmentsection")
_TELLS = ("itemfeedback", "modalfeedback", "feedbackinline", "feedbackblock")
_COMPARED = ("match", "stringmatch", "equal", "member")
_NUMBERS = ("decimal", "integer", "scientific", "float")
_BY_TAG = {
    "choiceinteraction": "choice",
    "inlinechoiceinteraction": "choice",
    "textentryinteraction": "fill-in",
    "extendedtextinteraction": "reflection",
    "orderinteraction": "sequencing",
    "matchinteraction": "matching",
}
_TYPES = ("question_type", "bbmd_questiontype", "qmd_questiontype", "cc_profile", "qmd_itemtype")


def count(path: Path) -> Counts:
    """Count what a file holds that its reader has read."""
    kinds: Counter[str] = Counter()
    words: list[str] = []
    led: set[str] = set()
    alone: list[tuple[str, int]] = []
    for name, content in _contents(path):
        stream = _Stream(posixpath.dirname(name))
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = stream.start
        parser.EndElementHandler = stream.end
        parser.CharacterDataHandler = stream.say
        text, _ = files.decode(content)
        with suppress(expat.ExpatError):
            text = files.add_missing_root(_without_doctype(files.strip_declaration(text)))
            parser.Parse(files.replace_html_entities(text)[0], True)
        kinds += stream.kinds
        words += stream.words
        led |= stream.led
        alone.append((name, stream.alone))
    # An item in a file of its own has a tag by the test that leads to it.
    kinds["questions with tags"] += sum(many for name, many in alone if name in led)
    return Counts({kind: many for kind, many in kinds.items() if many}, tuple(words))


def _without_doctype(words: str) -> str:
    root = _ROOT.search(words)
    head = words[: root.start()] if root else ""
    return _DOCTYPE.sub("", head, count=1) + words[len(head) :]


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if not packed:
        yield "", path.read_bytes()
        return
    with zips.open_zip(path) as archive:
        names = set(archive.files)
        for name in archive.files:
            again = f"non_cc_assessments/{name.rpartition('/')[0]}.xml.qti"
            if name.endswith("/assessment_qti.xml") and again in names:
                continue
            if name.lower().endswith((".xml", ".qti", ".dat")) and "__MACOSX" not in name:
                with suppress(zips.DamagedError):
                    content = archive.read(name)
                    if _ROOTS.search(content[:_BEGINNING].replace(b"\0", b"")):
                        yield name, content


@dataclass(slots=True)
class _Response:
    """What one response asks for, and its options in their words."""

    tag: str
    ordered: bool = False
    several: bool = False
    typed: bool = False
    number: bool = False
    lines: bool = False
    options: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    type: str = ""
    base: str = ""
    responses: list[_Response] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    marked: bool = False
    offered: bool = False
    told: bool = False
    drawn: bool = False


class _Stream:
    def __init__(self, folder: str = "") -> None:
        self.folder = folder
        self.led: set[str] = set()
        self.alone = 0
        self.titles: list[bool] = []
        self.path: list[str] = []
        self.kinds: Counter[str] = Counter()
        self.words: list[str] = []
        self.item = _Item()
        self.letters: list[str] = []
        self.option: list[str] | None = None
        self.chosen: list[str] = []
        self.label = self.name = ""
        self.type = ""
        self.unread = self.telling = 0
        self.plain = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _short(name)
        facts = {
            key.rpartition(":")[2].replace("-", "").lower(): attributes[key] for key in attributes
        }
        if tag == "rubricblock" and "candidate" not in facts.get("view", "candidate"):
            tag = _UNREAD[0]
        self.path.append(tag)
        if tag in _TITLED or tag in _LATER:
            self.words += facts.get("title", "").split()
            self.words += facts.get("instructions", "").split()
        if tag in ("item", "assessmentitem"):
            self.item = _Item()
        if tag in _GROUPS:
            titled = bool(facts.get("title", "").strip()) and facts.get("visible") != "false"
            self.titles.append(titled)
        elif tag == "assessmentitemref" and any(self.titles):
            address = posixpath.join(self.folder, unquote(facts.get("href", "")))
            self.led.add(posixpath.normpath(address))
        self.telling += tag in _TELLS
        if tag in _UNREAD:
            self.unread += 1
        picture = tag == "object" and facts.get("type", "").startswith("image/")
        if (tag in _IMAGES or picture) and ("item" in self.path or self._is_told()):
            self.kinds["pictures"] += 1
        self._opened(tag, facts)

    def _opened(self, tag: str, facts: Mapping[str, str]) -> None:
        if tag in _TEXTS or tag in ("fieldlabel", "fieldentry", "varequal", "value"):
            self.letters = []
            kind = facts.get("texttype", facts.get("type", "")).lower()
            self.plain = kind in ("text/plain", "plain_text")
        elif tag.startswith("response_") and tag[9:] in ("lid", "str", "num", "grp", "xy"):
            cardinality = facts.get("rcardinality", "").lower()
            self.item.responses.append(_Response(tag, cardinality == "ordered"))
            self.item.responses[-1].several = cardinality == "multiple"
            self.item.responses[-1].number = tag == "response_num"
        elif tag in ("render_hotspot", "render_slider") and self.item.responses:
            self.item.responses[-1].tag = "response_xy"
        elif tag == "render_fib" and self.item.responses:
            last = self.item.responses[-1]
            last.typed = True
            last.number |= facts.get("fibtype", "").lower() in _NUMBERS
            rows = facts.get("rows", "")
            last.lines = rows.isdecimal() and int(rows[:6]) > 1
        elif tag.endswith("interaction"):
            self.item.responses.append(_Response(tag, tag == "orderinteraction"))
        elif tag in ("simplechoice", "inlinechoice", "simpleassociablechoice", "response_label"):
            self.option = []
            self.chosen = []
            self.name = facts.get("ident", "").lower()
            self.item.offered |= facts.get("answer_type", "") in ("dropdown", "wordbank")
        elif tag == "responsedeclaration":
            self.type = facts.get("basetype", "")
            self.item.base = self.item.base or self.type
        elif tag == "mapentry":
            self.item.marked = True
            self.item.typed += [facts.get("mapkey", "")] if self.type == "string" else []
        elif tag == "templatedeclaration":
            self.item.drawn = True
        if self._is_told():
            self._gap(tag)

    def _is_typed(self) -> bool:
        return self.type == "string" and "correctresponse" in self.path

    def _gap(self, tag: str) -> None:
        if tag not in _WITHIN and tag != "hottext":
            self.letters.append(" ")

    def _is_told(self) -> bool:
        return any(tag in _TOLD for tag in self.path)

    def say(self, letters: str) -> None:
        if not self.unread:
            self.letters.append(letters)
            self.item.told |= self.telling > 0 and not letters.isspace()
            if self.path[-1] not in ("feedbackinline", "feedbackblock"):
                self.chosen.append(letters)

    def end(self, name: str) -> None:
        tag = self.path.pop()
        told = self._is_told()
        # Within a body only its end needs what was said until then.
        said = "" if told else "".join(self.letters)
        if tag in _UNREAD:
            self.unread -= 1
        self.telling -= tag in _TELLS
        if tag in _GROUPS:
            self.titles.pop()
        if told:
            self._gap(tag)
        elif tag in _TOLD:
            self.words += said.split()
            self.letters = []
        if tag in _TEXTS:
            self._text(said)
        elif tag in ("simplechoice", "inlinechoice", "simpleassociablechoice"):
            self._chosen("".join(self.chosen))
        elif tag == "response_label" and self.item.responses:
            words = " ".join(self.option or [])
            words = words or (self.name if self.name in ("true", "false") else "")
            self.item.responses[-1].options.append(words)
            self.option = None
        elif tag == "fieldlabel":
            self.label = said.strip().lower()
        elif tag == "fieldentry" and self.label in _TYPES:
            self.item.type = self.item.type or said.strip()
        elif tag == "fieldentry" and self.label == "bank_title" and self.titles:
            self.titles[-1] |= bool(said.strip())
        elif tag in _TYPES and self.path[-1:] == ["itemmetadata"]:
            self.item.type = said.strip().rpartition("\n")[2].strip()
        elif tag == "varequal" or (tag == "value" and self._is_typed()):
            self.item.typed.append(said.strip())
            self.item.marked = True
        elif (tag == "value" and "correctresponse" in self.path) or (
            tag == "basevalue" and self.path[-1] in _COMPARED
        ):
            self.item.marked = True
        elif tag in ("item", "assessmentitem"):
            self._counted()
        elif tag == "description" and self.path == ["quiz"]:
            self.words += html.unescape(_TAG.sub(_space, said)).split()
        if not told:
            self.letters = []

    def _chosen(self, said: str) -> None:
        if self.item.responses:
            self.item.responses[-1].options.append(" ".join(said.split()))

    def _text(self, said: str) -> None:
        if not self.plain:
            self.kinds["pictures"] += len(_IMAGE.findall(said))
            said = html.unescape(_TAG.sub(_space, said))
        words = said.split()
        above = "item" not in self.path
        listed = any(tag in ("assessfeedback", "sectionfeedback") for tag in self.path)
        if self.option is not None:
            self.option += words
        if listed or (not above and any(tag in _FOR_MARKERS for tag in self.path)):
            return
        self.words += words

    def _counted(self) -> None:
        item, self.item = self.item, _Item()
        low = item.type.lower()
        several = len(item.responses) > 1
        later = bool(item.responses) and item.responses[0].tag.endswith("interaction")
        kind = item.responses[0].tag if item.responses else ""
        if any(one.typed for one in item.responses) or later:
            self.words += [word for said in dict.fromkeys(item.typed) for word in said.split()]
        if low and _NO_COUNTERPART.fullmatch(low):
            self.kinds[f"questions of the type {item.type}"] += 1
        elif not item.responses and "essay" not in low:
            self.kinds["descriptions"] += 1
        elif any(one.tag == "response_xy" for one in item.responses):
            self.kinds["questions that are answered in a picture"] += 1
        elif several and (
            _are_gaps(item, low) or (later and not item.drawn and _are_supported(item))
        ):
            # Each is a question of its own.
            for one in item.responses:
                self._count_question(replace(item, responses=[one]))
        elif later and (item.drawn or several):
            self.kinds["questions of several parts"] += 1
        elif later and not _SUPPORTED.fullmatch(kind):
            self.kinds[f"questions of the type {kind}"] += 1
        elif several and (
            any(one.typed for one in item.responses) or "multiple_" in low or "blanks" in low
        ):
            self.kinds["questions of several parts"] += 1
        else:
            self._count_question(item)

    def _count_question(self, item: _Item) -> None:
        kind = _kind(item)
        self.kinds["questions"] += 1
        self.kinds[kind] += 1
        self.kinds["options"] += _options(item) if kind == "choice" else 0
        self.kinds["questions with feedback"] += item.told
        self.kinds["questions with tags"] += any(self.titles)
        self.alone += not self.titles


def _are_supported(item: _Item) -> bool:
    return all(_SUPPORTED.fullmatch(one.tag) for one in item.responses)


def _are_gaps(item: _Item, low: str) -> bool:
    """Whether an item has Canvas's gaps or menus, each with its labels."""
    named = low in ("multiple_dropdowns_question", "fill_in_multiple_blanks_question")
    return named and all(one.options for one in item.responses)


def _kind(item: _Item) -> str:
    """Which kind a question is of, by what it asks for."""
    low = item.type.lower()
    first = item.responses[0] if item.responses else _Response("")
    kind = _BY_TAG.get(first.tag, "")
    if first.tag in ("textentryinteraction", "extendedtextinteraction"):
        if item.base in _NUMBERS:
            return "number"
        return "fill-in" if item.marked else kind
    if not kind:
        kind = _asked(item, first, low)
    words = sorted(map(str.lower, first.options))
    single = not first.several and kind == "choice"
    return "true or false" if single and words == ["false", "true"] else kind


def _asked(item: _Item, first: _Response, low: str) -> str:
    """The same of an item of QTI 1.2."""
    if not item.responses or "essay" in low or low in ("long answer", "short response"):
        return "reflection"
    if len(item.responses) > 1:
        return "matching"
    if "blanks" in low:
        return "choice" if item.offered else "fill-in"
    if first.typed:
        if first.number or low.startswith("numeric"):
            return "number"
        return "reflection" if first.lines and not item.marked else "fill-in"
    return "sequencing" if first.ordered else "choice"


def _options(item: _Item) -> int:
    return sum(map(bool, item.responses[0].options))


def _short(name: str) -> str:
    """The name of an element in small letters, whatever its namespace and version."""
    return name.rpartition(":")[2].lower().removeprefix("qti-").replace("-", "")


def _space(tag: re.Match[str]) -> str:
    """What stands between words for a tag, or for an element that is not read."""
    return "" if tag[1] or _INLINE.match(tag[0]) else " "
