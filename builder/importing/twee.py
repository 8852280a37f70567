"""Imports Twee 3, the text format of Twine, as a page with a scenario
(https://github.com/iftechfoundation/twine-specs/blob/master/twee-3-specification.md).

A passage becomes a scene, and a link to a passage becomes a choice. Macros and variables are not
run: they are left out and listed. Twee does not say how good a choice or an ending is, so all of
them are fair until the author has judged them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.course.markdown import escaping
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import bounds, files
from builder.importing.banks.bank import line_place, shorten
from builder.importing.document import tally
from builder.importing.document.form import (
    Block,
    Break,
    Document,
    Exit,
    Inline,
    Link,
    Paragraph,
    Place,
    Rest,
    Text,
    is_blank,
    words_of,
)

_MOST = 1_000
"""Maximum number of passages in a file."""
_SIZE = 1 << 20
"""Maximum length of a file in characters."""
_HEADER = re.compile(
    r"::(?P<name>(?:[^\\\[\]{}]|\\.)*+)(?:\[(?P<tags>(?:[^\\\[\]]|\\.)*+)\])?[ \t]*(?:\{.*)?"
)
_ESCAPED = re.compile(r"\\(.)")
_BRACKET = re.compile(r"\\([\[\]{}\\])")
_CODE_TAGS = frozenset({"script", "stylesheet", "widget", "startup", "header", "footer"})
_CODE_NAME = re.compile(
    r"Story(?:Init|Settings|Includes|Interface|Menu|Share|Caption|Banner|Author|Subtitle|DisplayTitle)"
    r"|Passage(?:Header|Footer|Ready|Done)"
)
"""Matches the names of passages that story formats use for settings, menus and code."""
_LINK = r"\[\[(?P<link>(?:[^\[\]\\\n]|\\.)+)\](?:\[(?P<setter>[^\[\]\n]*)\])?\]"
_SUGARCUBE = r"<<(?:[^<>]|>(?!>)|<(?!<))*+>>|\$[A-Za-z_]\w*"
_NESTED = r"(?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*+\))*+\))*+\))*+"
"""Matches text with brackets that are nested in at most three levels."""
_HARLOWE = rf"\([A-Za-z][\w-]*+:{_NESTED}\)|{_SUGARCUBE}"
_TOKENS = {
    harlowe: re.compile(rf"{_LINK}|(?P<macro>{macro})|(?P<end>\n)")
    for harlowe, macro in ((False, _SUGARCUBE), (True, _HARLOWE))
}
"""Matches a link, a macro or a line end, in Harlowe and in other story formats."""
_LINKS = re.compile(_LINK)
_VARIABLE = re.compile(r"\$[A-Za-z_]")
_HARLOWE_MACRO = re.compile(r"\((?:set|put|if|else|print|display|link|link-goto|go-to|click):")
_CONDITION = re.compile(r"<<\s*(?:if|switch|for)\b|\((?:if|unless|for|loop):", re.IGNORECASE)
"""Matches the start of a macro whose content only some trainees would see, or several times."""
_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_BULLETS = " \t*->•"
_EXPORT = "Export it again from Twine (Build > Export As Twee)"
_NOT_RUN = "macros and variables are not run: write what trainees should read"
_JUDGE_CHOICES = (
    "Twee does not say how good a choice is, so every choice is fair. Judge each of them: write "
    "“.good” or “.poor” instead of “.fair” where that is right."
)
_JUDGE_ENDINGS = (
    "Twee does not say how good an ending is, so every ending is fair. Judge each of them: write "
    "“::: ending good” or “::: ending poor” where that is right."
)


@dataclass(slots=True)
class _Passage:
    """A passage: ``line`` is the number of its header, and ``text`` has the lines below it. The
    other fields are filled when its text is read: ``choices`` are links to other passages."""

    name: str
    tags: frozenset[str]
    line: int
    text: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    choices: dict[Link, None] = field(default_factory=dict)
    macro_lines: dict[int, None] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return line_place(self.line, self.name)


def read(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import the story in a file, or report why the file has no story. Rejects files that are too
    large; never raises."""
    words, problems = files.read_text(path, _SIZE)
    if words is None:
        if any(one.code == "file-unreadable" for one in problems):
            return None, problems
        return None, (_refusal(path, "it is empty, not a text file, or larger than 1 MB"),)
    passages = list(_passages(words))
    if not passages:
        return None, (_refusal(path, "no line starts with “::” and the name of a passage"),)
    if len(passages) > _MOST:
        return None, (_refusal(path, f"it has more than {_MOST:,} passages"),)
    reader = _StoryReader(path, passages)
    if not reader.scenes:
        return None, (*problems, _refusal(path, "it has no passage with a text for trainees"))
    if reader.conditions:
        return None, (*problems, *reader.conditions)
    document = reader.document()
    if len(document.rest) > bounds.MOST:
        reason = f"more than {bounds.MOST:,} macros and links in it are not imported"
        return None, (_refusal(path, reason),)
    return document, (*problems, *reader.problems)


def _refusal(path: Path, reason: str) -> Diagnostic:
    return problem("import-story", Position(path.name), problem=reason, way=_EXPORT)


def _passages(words: str) -> Iterator[_Passage]:
    passage: _Passage | None = None
    for number, line in enumerate(words.removeprefix("\ufeff").split("\n"), start=1):
        header = _HEADER.match(line)
        if header:
            if passage:
                yield passage
            name = _one_line(_ESCAPED.sub(r"\1", header["name"]))
            tags = _ESCAPED.sub(r"\1", header["tags"] or "").split()
            passage = _Passage(name, frozenset(tags), number)
        elif passage:
            # A backslash tells such a line from a header.
            passage.text.append(line.removeprefix("\\") if line.startswith("\\::") else line)
    if passage:
        yield passage


class _StoryReader:
    """Reads the passages of a story. ``scenes`` are those with text for trainees, by name;
    ``conditions`` are errors about macros that decide what is shown."""

    def __init__(self, path: Path, passages: Sequence[_Passage]) -> None:
        self.name = path.name
        self.problems: list[Diagnostic] = []
        self.conditions: list[Diagnostic] = []
        self.rest: list[Rest] = []
        self.title = Text(path.stem)
        self.place = passages[0].place
        self.data: Mapping[str, object] = {}
        self.scenes: dict[str, _Passage] = {}
        for passage in passages:
            self._sort(passage)
        words = "\n".join("\n".join(one.text) for one in self.scenes.values())
        form = str(self.data.get("format", "")).casefold()
        self.harlowe = form == "harlowe" or (not form and bool(_HARLOWE_MACRO.search(words)))
        for passage in self.scenes.values():
            self._read(passage)

    def _sort(self, passage: _Passage) -> None:
        """Read the title or the data of the story, add a scene, or list a passage that is not a
        scene."""
        text = " ".join("\n".join(passage.text).split())
        if passage.name == "StoryTitle":
            self.title, self.place = Text(text or self.title.words), passage.place
        elif passage.name == "StoryData":
            try:
                found = json.loads(text)
            except (ValueError, RecursionError):
                found = None
            self.data = found if isinstance(found, dict) else {}
            if not self.data:
                self._warn(passage.line, "StoryData is not JSON in braces", "Correct it")
        elif passage.tags & _CODE_TAGS or _CODE_NAME.fullmatch(passage.name):
            self._list("passage", passage.place, passage.name, "it is code or a setting of Twine")
        elif not passage.name or passage.name in self.scenes:
            name, first = shorten(passage.name), self.scenes.get(passage.name)
            reason = f"line {first.line} has this name, too" if first else "it has no name"
            self._list("passage", passage.place, f"{passage.name} {text}", reason)
            self._warn(passage.line, f"The passage “{name}” is not imported: {reason}", "Rename it")
        else:
            self.scenes[passage.name] = passage

    def _list(self, kind: str, place: Place, words: str, reason: str) -> None:
        self.rest.append(Rest(kind, place, " ".join(words.split()), reason))

    def _warn(self, line: int, message: str, way: str) -> None:
        position = Position(self.name, line)
        self.problems.append(problem("import-line", position, problem=message, way=way))

    def _read(self, passage: _Passage) -> None:
        """Read the text of a passage: paragraphs, choices and macros."""
        body = "\n".join(passage.text)
        row: list[Inline] = []
        rows: list[tuple[int, list[Inline]]] = []
        at, start, line = 0, 0, passage.line + 1
        for token in _TOKENS[self.harlowe].finditer(f"{body}\n"):
            row += [Text(body[at : token.start()])] if token.start() > at else []
            at = token.end()
            if token["link"]:
                row += self._link(passage, token, line)
            elif token["end"]:
                visible = body[start : token.start()].strip()
                # A line of macros alone does not end a paragraph, as an empty line does.
                rows.append((line, (row or [Text("")]) if visible else []))
                row, start, line = [], at, line + 1
            else:
                self._macro(passage, line, token[0])
                for link in _LINKS.finditer(token[0]):
                    row += self._link(passage, link, line)
                line += token[0].count("\n")
        passage.blocks += _paragraphs(rows)

    def _macro(self, passage: _Passage, line: int, written: str) -> None:
        if _CONDITION.match(written):
            reason = f"“{shorten(written)}” decides what is shown, and a scenario has no conditions"
            way = "Write a passage for each case, with a link to each, and delete this macro"
            position = Position(self.name, line)
            self.conditions.append(problem("import-story", position, problem=reason, way=way))
        passage.macro_lines[line] = None
        self._list("macro", line_place(line, written), written, _NOT_RUN)

    def _link(self, passage: _Passage, token: re.Match[str], line: int) -> list[Inline]:
        """The content of a link in the text. A link to a passage is also added as a choice."""
        words, target = _parse_link(token["link"])
        if token["setter"] or _VARIABLE.search(token["link"]):
            self._macro(passage, line, token[0])
        if _ADDRESS.match(target):
            return [Link((Text(words),), target)]
        if target in self.scenes:
            link = Link((Text(words),), f"#{target}")
            passage.choices.setdefault(link)
            return [link]
        reason = f"it leads to “{shorten(target)}”, and no passage with text has this name"
        self._list("link", line_place(line, words), words, reason)
        self._warn(line, f"The link “{shorten(words)}” is text: {reason}", "Correct its target")
        return [Text(words)]

    def _start(self) -> str:
        """The name of the passage in which the story starts."""
        name = _one_line(str(self.data.get("start") or "Start"))
        if name in self.scenes:
            return name
        first = next(iter(self.scenes.values()))
        message = f"The story starts in its first passage, “{shorten(first.name)}”"
        self._warn(
            first.line, f"{message}: no passage is called “{shorten(name)}”", "Move the start up"
        )
        return first.name

    def document(self) -> Document:
        """The story as a document with a heading for its page and a heading for each scene. The
        scene in which it starts is the first."""
        start = self._start()
        reached, waiting = {start}, [start]
        while waiting:
            new = {link.address[1:] for link in self.scenes[waiting.pop()].choices} - reached
            reached |= new
            waiting += new
        blocks: list[Block] = [Paragraph((self.title,), self.place, level=1)]
        for passage in sorted(self.scenes.values(), key=lambda one: one.name != start):
            if passage.name in reached:
                blocks += self._scene(passage)
                continue
            reason = f"no link leads to it from “{shorten(start)}”"
            words = f"{passage.name} {tally.text(passage.blocks)}"
            self._list("passage", passage.place, words, reason)
            message = f"The passage “{shorten(passage.name)}” is not imported: {reason}"
            self._warn(passage.line, message, "Write a link to it")
        return Document(tuple(blocks), title=self.title.words, rest=tuple(self.rest))

    def _scene(self, passage: _Passage) -> Iterator[Block]:
        name, place, choices = passage.name, passage.place, tuple(passage.choices)
        doubts = [_JUDGE_CHOICES if choices else _JUDGE_ENDINGS]
        if passage.macro_lines:
            lines = ", ".join(map(str, passage.macro_lines))
            named = "lines" if len(passage.macro_lines) > 1 else "line"
            doubts.append(
                f"“{name}” had macros or variables in {self.name}, {named} {lines}: they are "
                "left out. Write what trainees should read."
            )
        yield Paragraph((Text(name),), place, level=2, bookmarks=(name,))
        if choices:
            yield from passage.blocks
        yield Exit(choices, place, tuple(doubts), () if choices else tuple(passage.blocks))


def _parse_link(written: str) -> tuple[str, str]:
    """The words of a link and the name of the passage that it leads to."""
    if "->" in written:
        words, _, target = written.rpartition("->")
    elif "<-" in written:
        target, _, words = written.partition("<-")
    elif "|" in written:
        words, _, target = written.partition("|")
    else:
        words = target = written
    target = _BRACKET.sub(r"\1", _one_line(target))
    return _BRACKET.sub(r"\1", _one_line(words)) or target, target


def _one_line(words: str) -> str:
    return " ".join(escaping.clean(words).split())


def _is_choice(one: Inline) -> bool:
    return isinstance(one, Link) and one.address.startswith("#")


def _paragraphs(rows: Sequence[tuple[int, list[Inline]]]) -> Iterator[Paragraph]:
    """The paragraphs in the lines of a passage, divided at empty lines. A line that only has links
    to passages is left out, since the links are choices."""
    lines: list[Inline] = []
    first = 0
    for number, row in [*rows, (0, [])]:
        others = [one for one in row if not _is_choice(one)]
        if not row:
            if lines:
                yield Paragraph(tuple(lines), line_place(first, words_of(lines)))
            lines = []
        elif len(others) == len(row) or words_of(others).strip(_BULLETS):
            shown = [Text(words_of((one,))) if _is_choice(one) else one for one in row]
            if not is_blank(shown):
                first = first if lines else number
                lines += [Break(), *shown] if lines else shown
