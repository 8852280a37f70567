"""What the questions of a Moodle backup are, counted by a second reader: a stream of tags and
letters, in which a question ends with its own fields."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from builder.importing.banks import files, moodle_backup
from builder.importing.document.tally import Counts
from tests.importing.banks.second_readers import cloze

_KINDS = {
    "multichoice": "choice",
    "truefalse": "true or false",
    "shortanswer": "fill-in",
    "numerical": "number",
    "match": "matching",
    "essay": "reflection",
    "ordering": "sequencing",
}
_SAID = ("questiontext", "answertext", "generalfeedback", "feedback", "hint", "info", "rawname")
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


Row = list[tuple[str, str]]


def count(path: Path) -> Counts:
    """Count what a backup holds that its reader reads."""
    words, _ = files.decode(moodle_backup.questions_of(path) or b"")
    rows: dict[str, list[tuple[int, Row]]] = {}
    path_: list[str] = []
    letters = [""]
    row: Row = []
    entry, version = "", 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal entry, version
        path_.append(name)
        letters[0] = ""
        if name == "question_bank_entry":
            entry = f"entry {attributes.get('id')}"
        elif name == "question":
            row.clear()
            row.append(("id", attributes.get("id", "")))

    def end(name: str) -> None:
        nonlocal entry, version
        path_.pop()
        said = letters[0].replace("$@NULL@$", "")
        if name == "version" and path_[-1:] == ["question_versions"]:
            version = int(said) if said.isdecimal() else 0
        elif name == "question_bank_entry":
            entry = ""
        elif name == "question":
            rows.setdefault(entry or f"question {dict(row)['id']}", []).append((version, [*row]))
        elif "question" in path_:
            row.append((name, said))
        letters[0] = ""

    def say(more: str) -> None:
        letters[0] += more

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = say
    with suppress(expat.ExpatError):
        parser.Parse(files.replace_html_entities(files.strip_declaration(words))[0], True)
    kinds: Counter[str] = Counter()
    found: list[str] = []
    for versions in rows.values():
        last = max(versions, key=lambda one: one[0])[0]
        for number, one in versions:
            if number == last:
                kinds += _counted(one)
                found += _words(one)
    return Counts({kind: many for kind, many in kinds.items() if many}, tuple(found))


def _counted(row: Row) -> Counter[str]:
    fields = dict(reversed(row))
    kind = fields.get("qtype", "")
    if fields.get("parent", "0") not in ("0", fields["id"]):
        # A gap of a cloze, which is written as one in its own text.
        return cloze.counted(fields.get("questiontext", ""))[0]
    if kind in ("description", "multianswer"):
        return Counter()
    if kind not in _KINDS:
        return Counter({f"questions of the type {kind}": 1})
    known = _KINDS[kind]
    return Counter(
        {
            "questions": 1,
            known: 1,
            "options": sum(name == "answertext" for name, _ in row) * (known == "choice"),
            "questions with tags": 1,
        }
    )


def _words(row: Row) -> Iterator[str]:
    names = dict(row)
    for name, said in row:
        steers = name == "answertext" and names.get("qtype") in ("truefalse", "numerical")
        if name in (*_SAID, *_COMBINED) and not steers and names.get("qtype") != "random":
            plain = re.sub(r"<[^<>]*>", " ", re.sub(r"\{#[0-9]+\}", " ", said))
            yield from html.unescape(plain).split()
