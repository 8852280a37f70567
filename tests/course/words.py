"""The source of the course, line by line: which page each line stands on, and what is different.

``source.txt`` is the text as it was received. Tests of the Markdown and of the built pages read it
through ``lines()``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SOURCE = Path(__file__).with_name("source.txt")

STARTS = {
    "WFI 1": "cover",
    "Definition": "definition",
    "Extent and nature of child sexual exploitation": "extent-and-nature",
    "Key Risks/Vulnerabilities": "key-risks",
    "Indicators": "indicators",
    "What should I do?": "what-should-i-do",
    "If I am worried?": "if-i-am-worried",
    "Induction Checklist CSE": "induction-checklist",
    "Further Information – Child Sexual Exploitation": "further-information",
}
"""The line with which each page's part of the source starts, and the page's id; ``cover`` is no
page, and shows the code and the title of the course."""

UNTITLED = {"WFI 1"}
"""Starts that are text of their page; the others are its title."""

AUTHORED_PAGES = {"before-you-start", "what-would-you-do", "check-your-understanding"}
"""Pages without a line of the source."""

UNREADABLE = "Thos I didno riganiot office decidal Exploitation internative paddatanie"
"""Left out: nobody can tell what it said, and nobody may make it up."""

NAMES = {
    # The longer one first: it contains the other.
    "training.name": (
        "Wolverhampton Safeguarding Children Board Child Sexual Exploitation (CSE) Training"
    ),
    "board.name": "Wolverhampton Safeguarding Children Board",
}
"""Local names that the source gives, by the variable that stands for each on the pages."""

ODDITIES = {
    "18 –a young person": "definition",
    "they can not consent": "definition",
    "shopping, centres": "extent-and-nature",
    "schools...": "extent-and-nature",
    "Low self esteem": "key-risks",
    "eg autism": "key-risks",
    "emotional well being": "indicators",
    "Children can not consent": "if-i-am-worried",
    "no firm evidence it is a collection": "if-i-am-worried",
    "How do I recognise Child Sexual Exploitation": "induction-checklist",
    "Managers signature": "induction-checklist",
}
"""Words that look like slips, kept as they are, and the page each stands on."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, list item or table cell of the source, without its marker.

    ``part`` says how the page shows it: as its title, in its text, as a question of the record, or
    as the head of a column of the record.
    """

    page: str
    part: Literal["title", "text", "question", "column"]
    text: str

    def local(self, values: Mapping[str, str]) -> str:
        """The line with the local names that ``values`` gives, by variable."""
        text = self.text
        for name, source in NAMES.items():
            text = text.replace(source, values.get(name, source))
        return text


def lines() -> tuple[Line, ...]:
    """Every line of the source that the course shows, in order: all but ``UNREADABLE``."""
    return tuple(line for line in _lines() if line.text != UNREADABLE)


def _lines() -> Iterator[Line]:
    page = ""
    in_table = False
    # A line that starts with a space continues the one before.
    for row in SOURCE.read_text("utf-8").replace("\n ", " ").splitlines():
        text = row.removeprefix("- ")
        if not text:
            continue
        if text in STARTS:
            page, in_table = STARTS[text], False
            yield Line(page, "text" if text in UNTITLED else "title", text)
        elif "\t" in text:
            part: Literal["question", "column"] = "question" if in_table else "column"
            yield from (Line(page, part, cell) for cell in text.split("\t") if cell)
            in_table = True
        else:
            yield Line(page, "text", text)
