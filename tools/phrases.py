"""Finds phrases that read as if translated: ``python -m tools.phrases``.

``phrases.txt`` lists the phrases and says what to write instead.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = Path(__file__).with_name("phrases.txt")
DOCUMENTS = (
    *("*.md", "docs/**/*.md", "tests/*.md", "templates/**/*.md"),
    "templates/i18n/interface.pot",
)
"""The files in which the phrases of ``[documents]`` are searched for."""
EVERYWHERE = (
    *DOCUMENTS,
    "builder/**/*.py",
    "tools/*",
    *("templates/**/*.j2", "templates/**/*.css", "templates/**/*.ts"),
    *("templates/**/*.html", "templates/starter/**/*.yaml"),
)
GENERATED = ("templates/player.css", "templates/parts/")
_NOT_OURS = re.compile(
    r"^ *(?P<fence>`{3,}).*?^ *(?P=fence)"
    r"|^<!-- keys: [^\n]*\n(?:\|[^\n]*\n)*"
    r"|^<!-- (?P<block>\w+): made by .*?<!-- /(?P=block) -->",
    re.DOTALL | re.MULTILINE,
)
"""Matches blocks of Markdown that are not our text: samples, output of commands, generated
tables."""
_LINE_END = r"(?:\s+(?:(?:#|//|\*)\s+)?|\s*\"\s*\n\s*f?\"\s*)"
"""What a space in a phrase matches: white space, also a line end in a comment or between joined
strings."""


@dataclass(frozen=True)
class Phrase:
    """A phrase to avoid. ``instead`` tells what to write, ``everywhere`` says whether it is also
    searched for in code."""

    pattern: re.Pattern[str]
    instead: str
    everywhere: bool


@dataclass(frozen=True)
class Hit:
    """A phrase that was found in the file ``name``: its line, its words there, and what to write
    instead."""

    name: str
    line: int
    found: str
    instead: str

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: “{self.found}” reads as if translated. {self.instead}"


def read_phrases(text: str) -> tuple[Phrase, ...]:
    """Parse the content of ``phrases.txt``."""
    phrases, section = [], ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            phrase, equals, instead = line.partition(" = ")
            if not equals:
                raise ValueError(f"“{line}” has no “ = ” with what to write instead")
            pattern = rf"(?<![\w-])(?:{phrase.replace(' ', _LINE_END)})(?![\w-])"
            found = re.compile(pattern, re.IGNORECASE)
            phrases.append(Phrase(found, f"Write: {instead}.", section == "everywhere"))
    return tuple(phrases)


def find(root: Path, phrases: tuple[Phrase, ...]) -> Iterator[Hit]:
    """Find the phrases in the files of the checkout ``root``, in the order of files and lines."""
    documents = {path for pattern in DOCUMENTS for path in root.glob(pattern)}
    for path in sorted({path for pattern in EVERYWHERE for path in root.glob(pattern)}):
        name = path.relative_to(root).as_posix()
        if path.is_dir() or path == LIST or name.startswith(GENERATED):
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".md":
            text = _NOT_OURS.sub(lambda block: "\n" * block[0].count("\n"), text)
        wanted = [one for one in phrases if one.everywhere or path in documents]
        found = [(match, one) for one in wanted for match in one.pattern.finditer(text)]
        for match, one in sorted(found, key=lambda each: each[0].start()):
            line = text.count("\n", 0, match.start()) + 1
            yield Hit(name, line, " ".join(match[0].split()), one.instead)


def main() -> int:
    """Print every phrase that was found; returns 1 if there is one."""
    hits = list(find(ROOT, read_phrases(LIST.read_text("utf-8"))))
    for hit in hits:
        print(hit)
    return int(bool(hits))


if __name__ == "__main__":
    sys.exit(main())
