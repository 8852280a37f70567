"""What a trainee sees: the text of a page, and its controls by role and accessible name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Control:
    """A control on a page; the driver finds it again by ``place``."""

    place: tuple[int, int]
    role: str
    """The ARIA role; empty for a control that only a pointer can use."""
    name: str
    checked: bool | None = None
    """``None`` for a control that cannot be checked."""
    value: str = ""
    number: bool = False
    day: bool = False
    locked: bool = False
    invalid: bool = False
    """Whether the course has marked the value as invalid."""
    away: bool = False
    """Whether the control is a link to another site."""
    disabled: bool = False
    expanded: bool | None = None
    """Whether the part that the control opens is shown; ``None`` for other controls."""
    keyboard: bool = True
    """Whether the control can be reached by keyboard."""
    group: str = ""
    form: int = -1
    """The same number for a question and its submit button; -1 for other controls."""
    dialog: bool = False
    aside: bool = False
    """Whether the control is in the navigation, header or footer."""
    options: tuple[tuple[str, bool], ...] = ()
    """The options of a list: the words of each, and whether it means “nothing chosen”."""
    chosen: int = -1

    @property
    def answer(self) -> str:
        """The answer in this control; empty if there is none."""
        if self.checked:
            return self.name or "on"
        if self.role == "combobox" and 0 <= self.chosen < len(self.options):
            words, empty = self.options[self.chosen]
            return "" if empty else words
        return self.value if self.role == "textbox" else ""

    @property
    def answered(self) -> tuple[str, str]:
        """The role and name of the control, and its answer."""
        return f"{self.role} {self.name}", self.answer

    @property
    def asks(self) -> bool:
        """Whether the control takes an answer."""
        choosing = self.role in ("radio", "checkbox", "option", "menuitemradio")
        return choosing or self.role in ("combobox", "textbox")


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything visible in all frames and windows of the course."""

    text: str = ""
    heading: str = ""
    controls: tuple[Control, ...] = ()
    films: int = 0
    """Number of videos and sounds that have not been played to their end."""
    drawn: bool = False
    """Whether a large part of the page is drawn by a script (canvas)."""
    pictures: int = 0
    """Number of pictures, videos and frames above a minimum size."""
    below: bool = False
    """Whether the page can be scrolled further down."""

    @property
    def empty(self) -> bool:
        """Whether the page has no text, no controls and no drawing."""
        return not self.text.strip() and not self.controls and not self.drawn

    @property
    def blank(self) -> bool:
        """Whether the page is empty and has no picture."""
        return self.empty and not self.pictures

    @property
    def words(self) -> frozenset[str]:
        """The set of words in the text, in lower case."""
        return frozenset(_WORD.findall(self.text.lower()))

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """The answers on the page, each with role and name of its control."""
        return tuple(one.answered for one in self.controls if one.asks and one.answer)

    def submitted_by(self, control: Control) -> tuple[tuple[str, str], ...]:
        """The answers of the question that a control submits."""
        same = [one for one in self.controls if _together(one, control)]
        return tuple(one.answered for one in same if one.asks and one.answer)


def _together(one: Control, other: Control) -> bool:
    return one.place[0] == other.place[0] and one.form == other.form


def sight_of(frames: Sequence[Mapping[str, Any]]) -> Sight:
    """Merge what each frame reports (templates/audit/sight.ts) into one sight."""
    controls = [
        _control((frame, index), told)
        for frame, one in enumerate(frames)
        for index, told in enumerate(one["controls"])
    ]
    return Sight(
        text="\n".join(str(one["text"]) for one in frames if one["text"]),
        heading=next((str(one["heading"]) for one in frames if one.get("heading")), ""),
        controls=tuple(controls),
        films=sum(int(one["films"]) for one in frames),
        drawn=any(one["drawn"] for one in frames),
        pictures=sum(int(one["pictures"]) for one in frames),
        below=any(one["below"] for one in frames),
    )


def _control(place: tuple[int, int], told: Mapping[str, Any]) -> Control:
    options = tuple((str(one["name"]), bool(one["empty"])) for one in told["options"])
    rest = {key: value for key, value in told.items() if key != "options"}
    return Control(place=place, options=options, **rest)
