"""What a file of Moodle XML holds, counted by a second reader: a stream of tags and letters, in
which texts are known by what they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from builder.importing.banks import files
from builder.importing.document.tally import Counts
from tests.importing.banks.second_readers import cloze, tags

_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"\*+|(\])\([^()\s]*\)")
"""Signs of Markdown that may stand within words, and addresses, which nobody reads."""
_CHOICES = ("multichoice", "multichoiceset")
_CLOZE = ("cloze", "multianswer")
_KNOWN = {
    "multichoice": "choice",
    "multichoiceset": "choice",
    "truefalse": "true or false",
    "shortanswer": "fill-in",
    "numerical": "number",
    "matching": "matching",
    "ddmatch": "matching",
    "essay": "reflection",
    "ordering": "sequencing",
}
_TELLS = (
    *("feedback", "generalfeedback", "hint"),
    *("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"),
)
"""Elements that have what is said of answers."""
_LISTED = ("responsetemplate", "graderinfo")
_STEERS = "dataset_definition"
"""What the names and bounds of a calculated question's numbers stand in."""

_TOP = re.compile(r"^[\s/]*(?:\$\w+\$/)*\s*top\s*(?=/|$)|\$\w+\$")
"""What Moodle writes of its own in front of a category."""


def count(path: Path) -> Counts:
    """Count what a file holds that its reader has read."""
    stream = _Stream()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = stream.start
    parser.EndElementHandler = stream.end
    parser.CharacterDataHandler = stream.say
    words, _ = files.decode(path.read_bytes())
    # Expat knows names of elements by an older edition of XML: it counts up to the first other one.
    with suppress(expat.ExpatError):
        parser.Parse(files.replace_html_entities(files.strip_declaration(words))[0], True)
    kinds = {kind: number for kind, number in stream.kinds.items() if number}
    return Counts(kinds, tuple(stream.words))


class _Stream:
    def __init__(self) -> None:
        self.path: list[str] = []
        self.formats: list[str] = []
        self.type = ""
        self.category = self.tagged = self.told = False
        self.letters: list[str] = []
        self.kinds: Counter[str] = Counter()
        self.gaps: Counter[str] = Counter()
        self.words: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.path.append(name)
        self.formats.append(attributes.get("format", ""))
        if "text" not in self.path[:-1]:
            self.letters = []
        if name == "question":
            self.type = attributes.get("type", "")
            self._question()
        elif name == "answer" and self.path[-2:-1] == ["question"] and self.type in _CHOICES:
            self.kinds["options"] += 1

    def _question(self) -> None:
        if self.type == "category":
            self.kinds["categories"] += 1
        elif self.type == "description":
            self.kinds["descriptions"] += 1
        elif self.type in _CLOZE:
            self.gaps = Counter()
            self.tagged = self.told = False
        else:
            self.kinds["questions"] += 1
            self.kinds[_KNOWN.get(self.type, f"questions of the type {self.type}")] += 1
            self.tagged = self.told = False

    def say(self, letters: str) -> None:
        self.letters.append(letters)

    def end(self, name: str) -> None:
        self.path.pop()
        self.formats.pop()
        if name == "question" and self.type in _KNOWN:
            self.kinds["questions with feedback"] += self.told
            self.kinds["questions with tags"] += self.tagged or self.category
        if name == "question" and self.type in _CLOZE:
            self._cloze()
        if "text" in self.path:
            # Words that stand deeper in a text are words of it.
            return
        around = self.path[-1] if self.path else ""
        listed = around in _LISTED or _STEERS in self.path
        if name == "text" and not listed and "question" in self.path:
            self._text("".join(self.letters), self.formats[-1], around)
        self.letters = []

    def _cloze(self) -> None:
        """A text with gaps has ended: what is said of it is said of each gap."""
        many = self.gaps["questions"]
        if self.told:
            self.gaps["questions with feedback"] = many
        self.kinds.update(self.gaps)
        self.kinds["questions with tags"] += many * (self.tagged or self.category)
        self.kinds["questions of the type cloze"] += not many

    def _text(self, words: str, form: str, around: str) -> None:
        if around == "questiontext" and self.type in _CLOZE:
            self.gaps, _ = cloze.counted(words)
        if form == "markdown":
            words = _MARKDOWN.sub(r"\1", words)
        elif form != "plain_text":
            self.kinds["pictures"] += len(_IMAGE.findall(words))
            words = tags.untagged(words)
        said = words.split()
        self.words += said
        self.told |= around in _TELLS and bool(said)
        self.tagged |= around == "tag" and bool(said)
        if around == "category" and self.type == "category":
            self.category = bool(re.search(r"\w", _TOP.sub("", words)))
