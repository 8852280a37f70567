"""What a file in GIFT holds, counted by a second reader: it goes letter by letter, and knows no
questions, only signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.importing.document.tally import Counts
from tests.importing.banks.second_readers import cloze, tags

_GAP = "_____"
_MARKED = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)

_TOP = re.compile(r"^[\s/]*(?:\$\w+\$/)*\s*top\s*(?=/|$)|\$\w+\$")
"""What Moodle writes of its own in front of a category."""


def count(path: Path) -> Counts:
    """Count what a file holds that its reader reads."""
    content = path.read_bytes()
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    found = _Records()
    for line in text.splitlines():
        found.add(line, line.strip(" \t\ufeff"))
    found.end()
    kinds: Counter[str] = Counter({"questions": 0, "options": 0})
    kinds.update(found.kinds)
    words: list[str] = []
    for record, tagged in found.records:
        words += _words(record)
        kinds.update(_kinds(record, tagged))
    return Counts({kind: number for kind, number in kinds.items() if number}, tuple(words))


class _Records:
    """What stands between empty lines, each with whether it is in a category or has a tag."""

    def __init__(self) -> None:
        self.records: list[tuple[str, bool]] = []
        self.kinds: Counter[str] = Counter()
        self.lines: list[str] = []
        self.category = self.tagged = False

    def add(self, line: str, said: str) -> None:
        """Go on by a line."""
        if said.startswith("//"):
            self.kinds["comments"] += bool(said.strip("/ \t"))
            self.tagged |= "[tag:" in said
        elif said.startswith("$CATEGORY:"):
            self.end()
            self.kinds["categories"] += 1
            name = said.partition(":")[2].replace("$course$", "")
            self.category = bool(re.search(r"\w", _TOP.sub("", name)))
            self.records.append((name, False))
        elif said:
            self.lines.append(line)
        else:
            self.end()

    def end(self) -> None:
        """A record ends here."""
        if self.lines:
            self.records.append(("\n".join(self.lines), self.category or self.tagged))
            self.lines, self.tagged = [], False


def _words(record: str) -> Iterator[str]:
    shown = _gapped(list(_letters(record)))
    formats = {found.lower() for found in _MARKED.findall(shown)}
    tagged = bool(formats & {"html", "moodle"} or (not formats and tags.has_tags(shown)))
    yield from (tags.untagged(shown) if tagged else shown).split()


def _gapped(letters: Sequence[tuple[str, bool]]) -> str:
    """Letters as words; what stands in the one pair of braces comes behind the gap that it fills,
    since a word may go on there."""
    signs = [(letter, at) for at, (letter, plain) in enumerate(letters) if not plain]
    shown = [letter if plain else f" {letter} " for letter, plain in letters]
    if [letter for letter, _ in signs] != ["{", "}"]:
        return "".join(shown)
    (_, start), (_, end) = signs
    before, inside, behind = shown[:start], shown[start + 1 : end], shown[end + 1 :]
    gap = _GAP if "".join(behind).strip() else ""
    return "".join([*before, gap, *behind, " ", *inside])


def _letters(record: str) -> Iterator[tuple[str, bool]]:
    """Letters, and whether each is one of the words, not a sign that steers."""
    at = 0
    while at < len(record):
        letter = record[at]
        if letter == "\\" and record[at + 1 : at + 2] in (*"\\~=#{}:",):
            yield record[at + 1], True
            at += 2
        elif letter == "\\" and record[at + 1 : at + 2] == "n":
            yield "\n", True
            at += 2
        else:
            yield letter, letter not in "{}"
            at += 1


def _kinds(record: str, tagged: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    plain = re.sub(r"\\[\\~=#{}:n]", "x", record)
    gaps, _ = cloze.counted(record)
    if gaps["questions"] and gaps["questions"] == plain.count("{"):
        return gaps + Counter({"questions with tags": gaps["questions"] * tagged})
    braces = "".join(letter for letter in plain if letter in "{}")
    if braces:
        found["questions"] += 1
    if braces not in ("", "{}"):
        several = braces == "{}" * (len(braces) // 2)
        found["questions of several gaps" if several else "questions with a brace missing"] += 1
    elif braces:
        inside = plain[plain.index("{") + 1 : plain.index("}")].strip()
        kind = _kind(inside)
        found[kind] += 1
        found["options"] += (
            len(re.findall(r"[=~](?=\s*[^=~\s])", inside)) if kind == "choice" else 0
        )
        found["questions with feedback"] += bool(re.search(r"#\s*[^#\s~=]", inside[1:]))
        found["questions with tags"] += tagged
    return found


def _kind(inside: str) -> str:
    """Which kind the answers of a question are of, by their signs."""
    answers = inside.partition("####")[0].strip()
    if answers.startswith("#"):
        return "number"
    if re.match(r">\s*\d", answers):
        return "sequencing"
    if answers.partition("#")[0].strip().upper() in ("T", "TRUE", "F", "FALSE"):
        return "true or false"
    if "~" in answers:
        return "choice"
    pieces = answers.split("=")[1:]
    if pieces and all("->" in piece for piece in pieces):
        return "matching"
    return "fill-in" if answers else "reflection"
