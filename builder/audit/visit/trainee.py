"""A simulated trainee: what it sees on a page, and what it does next. It needs no browser.

The trainee finds the way by roles and names alone, as a person would who sees the course for the
first time: answer questions, submit, go on, open what is closed, follow a menu, finish. They know
no right answers and no authoring tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

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
        _control((frame, index), data)
        for frame, one in enumerate(frames)
        for index, data in enumerate(one["controls"])
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


def _control(place: tuple[int, int], data: Mapping[str, Any]) -> Control:
    options = tuple((str(one["name"]), bool(one["empty"])) for one in data["options"])
    rest = {key: value for key, value in data.items() if key != "options"}
    return Control(place=place, options=options, **rest)


Kind = Literal["press", "choose", "pick", "write", "wait", "scroll"]

ATTEMPTS = 4
"""Maximum number of attempts at a question."""
_WORDS = "My answer"
_WAITS = 3
"""Maximum number of waits: a page with a running clock looks new each time."""
_MENU = 40
"""Maximum number of menu entries that a trainee follows."""


@dataclass(frozen=True, slots=True)
class Act:
    """One action of a trainee."""

    kind: Kind
    control: Control | None = None
    value: str = ""
    why: str = ""
    """The purpose of the action: one of ``purpose``, or ``answer``, ``open``, ``menu``."""

    def __str__(self) -> str:
        name = f" “{self.control.name}”" if self.control and self.control.name else ""
        if self.kind == "write":
            return f"writes “{self.value}” into{name or ' a field'}"
        if self.kind in ("wait", "scroll"):
            return "waits" if self.kind == "wait" else "reads on below"
        return (
            f"{'chooses' if self.kind in ('choose', 'pick') else 'presses'}{name or ' a control'}"
        )


@dataclass(frozen=True, slots=True)
class Memory:
    """What a trainee remembers of a visit."""

    done: frozenset[tuple[str, str, str]] = frozenset()
    """Pressed controls: the page's text, the place in it, the name."""
    menu: frozenset[str] = frozenset()
    attempt: int = 0
    submitted: int = 0
    """Number of submitted answers."""
    fresh: bool = False
    """Whether an answer is not submitted yet."""
    form: tuple[int, int] | None = None
    """The frame and form of the answer that is not submitted yet."""
    waited: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    """The texts of pages that were scrolled to the end."""
    mended: frozenset[tuple[str, str]] = frozenset()
    """Fields corrected after the course rejected them: the page's text, the field."""

    def after(self, act: Act, sight: Sight) -> Memory:
        """The memory after an action."""
        memory = self
        if act.kind == "wait":
            memory = replace(memory, waited=memory.waited | {sight.text})
        if act.kind == "scroll":
            memory = replace(memory, read=memory.read | {sight.text})
        if act.why == "answer":
            mended = memory.mended
            if act.control is not None and act.control.invalid:
                mended |= {(sight.text, act.control.name)}
            form = (act.control.place[0], act.control.form) if act.control else None
            return replace(memory, fresh=True, form=form, mended=mended)
        if act.why == "submit":
            memory = replace(memory, submitted=memory.submitted + 1, fresh=False, form=None)
        if act.why == "retry":
            memory = replace(memory, attempt=memory.attempt + 1)
        if act.control is not None:
            if act.why == "menu":
                memory = replace(memory, menu=memory.menu | {act.control.name})
            memory = replace(memory, done=memory.done | {_key(sight, act.control)})
        return memory

    def pressed(self, sight: Sight, control: Control) -> bool:
        """Whether a control was pressed while the page had the same text."""
        return _key(sight, control) in self.done


def _key(sight: Sight, control: Control) -> tuple[str, str, str]:
    return (sight.text, f"{control.place}", control.name)


def decide(sight: Sight, memory: Memory) -> Act | None:
    """The next action; ``None`` at the end, or on a page where this trainee gets no further."""
    return next(_ways(sight, memory), None)


def way_out(sight: Sight) -> Control | None:
    """The control by which the course is left, if it shows one."""
    found = [one for one in _pressable(sight) if purpose(one.name) == "exit"]
    # Prefer “save and exit” to “exit”.
    return min(found, key=lambda one: "save" not in one.name.lower(), default=None)


def _ways(sight: Sight, memory: Memory) -> Iterator[Act]:
    """The possible actions, best first."""
    inside = tuple(one for one in sight.controls if one.dialog and not one.disabled)
    if inside:
        sight = replace(sight, controls=inside)
    pressable = [one for one in _pressable(sight) if not memory.pressed(sight, one)]

    def named(*purposes: str) -> Iterator[Act]:
        for wanted in purposes:
            for one in pressable:
                if purpose(one.name) == wanted:
                    yield Act("press", one, why=wanted)

    yield from named("resume")
    if memory.form is not None:
        # Answer and submit one question before the next one.
        here = [one for one in sight.controls if (one.place[0], one.form) == memory.form]
        yield from _answers(replace(sight, controls=tuple(here)), memory)
        yield from (act for act in named("submit") if act.control in here)
    yield from _answers(sight, memory)
    if memory.fresh or not any(one.asks for one in sight.controls):
        yield from named("submit")
    if sight.below and not inside and sight.text not in memory.read:
        yield Act("scroll", why="read")
    yield from named("start", "next")
    if memory.attempt < ATTEMPTS:
        yield from named("retry")
    yield from _opened(pressable)
    yield from named("finish")
    if inside:
        yield from named("shut", "exit")
        yield from (Act("press", one, why="shut") for one in pressable)
    waited = sight.text in memory.waited or len(memory.waited) >= _WAITS
    if _barred(sight) and not waited:
        yield Act("wait", why="wait")
    # Answers that were there already, and answers to submit once more.
    if not memory.submitted:
        yield from named("submit")
    yield from _menu(pressable, memory)


def _barred(sight: Sight) -> bool:
    """Whether the way on is shown but still disabled, or a video has to be watched."""
    ways = ("next", "finish", "start")
    return bool(sight.films) or any(
        one.disabled and purpose(one.name) in ways for one in sight.controls
    )


def _pressable(sight: Sight) -> Sequence[Control]:
    roles = ("button", "link", "menuitem", "tab", "")
    return [
        one
        for one in sight.controls
        if one.role in roles and one.name and not one.disabled and not one.away
    ]


def _answers(sight: Sight, memory: Memory) -> Iterator[Act]:
    """Actions that answer open questions. A later attempt chooses another answer."""
    asked: dict[str, list[Control]] = {}
    for one in sight.controls:
        if one.asks and not one.disabled and not one.locked:
            alone = one.role in ("textbox", "combobox")
            key = f"{one.place}" if alone else f"{one.place[0]} {one.role} {one.group}"
            asked.setdefault(key, []).append(one)
    for controls in asked.values():
        yield from _answer(controls, sight, memory)


def _answer(controls: Sequence[Control], sight: Sight, memory: Memory) -> Iterator[Act]:
    """Actions that answer the question with these controls."""
    first = controls[0]
    answered = any(one.answer for one in controls)
    again = bool(memory.attempt) and not memory.fresh
    if first.role == "textbox":
        if first.invalid and (sight.text, first.name) not in memory.mended:
            yield Act("write", first, "3" if first.value != "3" else _WORDS, "answer")
        elif not answered and purpose(first.name) != "aside":
            yield Act("write", first, _text(first), "answer")
    elif answered and not again:
        return
    elif first.role == "combobox":
        yield from _picks(first, memory)
    else:
        pick = controls[memory.attempt % len(controls)]
        if not pick.answer:
            yield Act("choose", pick, why="answer")


def _text(field: Control) -> str:
    if field.day:
        return "2026-03-06"
    if re.search(r"\b(year|jahr|année|año|anno)\b", field.name, re.IGNORECASE):
        return "2026"
    return "3" if field.number else _WORDS


def _picks(field: Control, memory: Memory) -> Iterator[Act]:
    words = [name for name, empty in field.options if not empty]
    if words and len(field.options) > 1:
        wanted = words[memory.attempt % len(words)]
        if wanted != field.answer:
            yield Act("pick", field, wanted, "answer")


def _opened(pressable: Sequence[Control]) -> Iterator[Act]:
    """Actions that open closed parts of the page itself."""
    for one in pressable:
        if one.expanded is False and not one.aside and purpose(one.name) != "aside":
            yield Act("press", one, why="open")


def _menu(pressable: Sequence[Control], memory: Memory) -> Iterator[Act]:
    """Actions that press each control of unknown purpose once."""
    if len(memory.menu) < _MENU:
        for one in pressable:
            known = one.name in memory.menu or one.expanded is not None
            if not known and not purpose(one.name):
                yield Act("press", one, why="menu")


_NAMES = {
    "again": """start over, restart, start again, from the beginning, begin again, no, nein, non,
        von vorn, neu beginnen, recommencer, empezar de nuevo, ricomincia""",
    "resume": """resume, continue where, carry on, yes, ja, oui, sí, fortsetzen, weitermachen,
        reprendre, continuar donde, riprendi, hervatten""",
    "exit": """exit, quit, leave, close course, close window, save and exit, save and close,
        log out, beenden und schließen, verlassen, kurs schließen, quitter, salir, esci, afsluiten,
        sair""",
    "back": """back, previous, prev, zurück, précédent, retour, anterior, atrás, indietro,
        precedente, vorige, voltar, ←, \u2039, «, <""",
    "submit": """submit, check, check answer, check my answer, answer, confirm, send, save answer,
        prüfen, antworten, abschicken, bestätigen, absenden, valider, vérifier, envoyer, enviar,
        comprobar, verificar, invia, conferma, verifica, controleren, verzenden""",
    "retry": """try again, retry, retake, another attempt, noch einmal, erneut versuchen,
        réessayer, intentar de nuevo, reintentar, riprova, opnieuw, tentar novamente""",
    "finish": """finish, complete, done, end, see your result, see result, results,
        mark as complete, finish course, abschließen, fertig, beenden, ergebnis, terminer, fin,
        terminar, finalizar, termina, fine, voltooien, concluir""",
    "start": """start, begin, launch, start course, let’s go, let's go, los geht’s, starten,
        beginnen, commencer, démarrer, comenzar, empezar, iniciar, inizia, começar""",
    "next": """next, continue, forward, go on, proceed, weiter, nächste, suivant, continuer,
        siguiente, continuar, avanti, successivo, volgende, verder, próximo, seguinte, →, \u203a,
        », >""",
    "shut": "close, ok, okay, got it, dismiss, schließen, fermer, cerrar, chiudi, sluiten, fechar",
    "aside": """search, help, about, print, contents, menu, settings, download, glossary, language,
        full screen, fullscreen, mute, volume, skip to, suche, hilfe, drucken, inhalt, aide, ayuda,
        transcript, copy""",
}
_SHORT = 25
"""Length in characters up to which the word may be anywhere in the name; else it is first."""


def _pattern(names: str) -> re.Pattern[str]:
    every = sorted((" ".join(name.split()) for name in names.split(",")), key=len, reverse=True)
    whole = (
        rf"(?<!\w){re.escape(name)}(?!\w)" if re.search(r"\w", name) else re.escape(name)
        for name in every
    )
    return re.compile("|".join(whole), re.IGNORECASE)


_PATTERNS = {what: _pattern(names) for what, names in _NAMES.items()}


def purpose(name: str) -> str:
    """What a control is for, by the first known word in its name; empty if it has none."""
    found: list[tuple[int, int, str]] = []
    for order, (what, pattern) in enumerate(_PATTERNS.items()):
        match = pattern.search(name)
        if match and (match.start() == 0 or len(name) <= _SHORT):
            found.append((match.start(), order, what))
    return min(found)[2] if found else ""
