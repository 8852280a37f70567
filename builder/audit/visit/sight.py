"""What a trainee sees: the words of a page, and what can be used, by role and accessible name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be used. ``place`` says where the driver finds it again."""

    place: tuple[int, int]
    role: str
    """As ARIA has it; "" for what only a pointer can use."""
    name: str
    checked: bool | None = None
    """None for what cannot be chosen."""
    value: str = ""
    number: bool = False
    day: bool = False
    locked: bool = False
    invalid: bool = False
    """Whether the course has said that what is answered here will not do."""
    away: bool = False
    """Whether it leads to another site."""
    disabled: bool = False
    expanded: bool | None = None
    """Of a tab, whether it is the one that is shown."""
    keyboard: bool = True
    """Whether it can be reached without a pointer."""
    group: str = ""
    form: int = -1
    """Of a question and of what submits it, the same number; -1 for neither."""
    dialog: bool = False
    aside: bool = False
    """Whether it stands with the navigation, the header or the footer."""
    options: tuple[tuple[str, bool], ...] = ()
    """Of a list: the words of each, and whether it stands for "nothing chosen"."""
    chosen: int = -1

    @property
    def answer(self) -> str:
        """What is answered here, "" for nothing."""
        if self.checked:
            return self.name or "on"
        if self.role == "combobox" and 0 <= self.chosen < len(self.options):
            words, empty = self.options[self.chosen]
            return "" if empty else words
        return self.value if self.role == "textbox" else ""

    @property
    def answered(self) -> tuple[str, str]:
        """Role with name, and the answer."""
        return f"{self.role} {self.name}", self.answer

    @property
    def asks(self) -> bool:
        """Whether something can be answered here."""
        choosing = self.role in ("radio", "checkbox", "option", "menuitemradio")
        return choosing or self.role in ("combobox", "textbox")


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything that is on view, in all frames and windows of the course."""

    text: str = ""
    heading: str = ""
    controls: tuple[Control, ...] = ()
    films: int = 0
    """Films and recordings that have not been played to their end."""
    drawn: bool = False
    """Whether much of the page is a picture that only a program can read."""
    pictures: int = 0
    """Pictures, films and frames of some size."""
    below: bool = False
    """Whether there is more below, to which a trainee has to scroll."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all."""
        return not self.text.strip() and not self.controls and not self.drawn

    @property
    def blank(self) -> bool:
        """Whether a person sees nothing, not even a picture."""
        return self.empty and not self.pictures

    @property
    def words(self) -> frozenset[str]:
        """The words of the text, without order or case."""
        return frozenset(_WORD.findall(self.text.lower()))

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """What is answered: role with name, and the answer."""
        return tuple(one.answered for one in self.controls if one.asks and one.answer)

    def submitted_by(self, control: Control) -> tuple[tuple[str, str], ...]:
        """What is answered in the question that a control submits."""
        same = [one for one in self.controls if _together(one, control)]
        return tuple(one.answered for one in same if one.asks and one.answer)


def _together(one: Control, other: Control) -> bool:
    return one.place[0] == other.place[0] and one.form == other.form


def seen(frames: Sequence[Mapping[str, Any]]) -> Sight:
    """One sight of what each frame told (templates/audit/sight.js), in their order."""
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
