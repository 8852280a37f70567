"""A simulated trainee: what they see on a page, and what they do next. No browser is needed here.

The trainee finds the way by the roles and names of controls alone, as a person does who sees the
course for the first time: answer questions, submit, go on, open closed parts, follow a menu,
finish. They do not know right answers, and nothing here is specific to an authoring tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Control:
    """A control on a page, as templates/audit/sight.ts reports it.

    ``place`` is the number of its frame and its number in that frame, by which the driver finds it
    again. ``name`` is the accessible name. ``number`` and ``day`` mark fields for numbers and
    dates, ``locked`` read-only fields. ``group`` is the same text for radio buttons or check boxes
    of one question. ``dialog`` says whether the control is in an open dialog, and ``chosen`` is the
    index of the chosen option.
    """

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
    """A number that a question and its submit button share; -1 for other controls."""
    dialog: bool = False
    aside: bool = False
    """Whether the control is in the navigation, header or footer."""
    options: tuple[tuple[str, bool], ...] = ()
    """The options of a list: the text of each, and whether it means “nothing chosen”."""
    chosen: int = -1

    @property
    def answer(self) -> str:
        """The answer that this control contains now; empty if there is none."""
        if self.checked:
            return self.name or "on"
        if self.role == "combobox" and 0 <= self.chosen < len(self.options):
            words, empty = self.options[self.chosen]
            return "" if empty else words
        return self.value if self.role == "textbox" else ""

    @property
    def answered(self) -> tuple[str, str]:
        """The control as a text of its role and name, and the answer that it contains now (empty if
        there is none)."""
        return f"{self.role} {self.name}", self.answer

    @property
    def asks(self) -> bool:
        """Whether the control accepts an answer, as a text field or an option does."""
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
    """Number of pictures, videos and embedded objects that are large enough to be content."""
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
        """The answers on the page: pairs of a control (role and name) and the answer in it."""
        return tuple(one.answered for one in self.controls if one.asks and one.answer)

    def submitted_by(self, control: Control) -> tuple[tuple[str, str], ...]:
        """The answers that pressing this control submits: pairs of each control of the same
        question (role and name) and the answer in it."""
        same = [one for one in self.controls if _together(one, control)]
        return tuple(one.answered for one in same if one.asks and one.answer)


def _together(one: Control, other: Control) -> bool:
    return one.place[0] == other.place[0] and one.form == other.form


def sight_of(frames: Sequence[Mapping[str, Any]]) -> Sight:
    """Merge the reports of all frames (templates/audit/sight.ts) into one ``Sight``."""
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
"""Maximum number of times that a trainee tries again."""
_WORDS = "My answer"
_WAITS = 3
"""Maximum number of times that a trainee waits: a page with a running clock looks new each time."""
_MENU = 40
"""Maximum number of controls of unknown purpose, such as menu entries, that a trainee presses."""


@dataclass(frozen=True, slots=True)
class Act:
    """One action of a trainee. ``control`` is ``None`` for waiting and scrolling; ``value`` is what
    the trainee writes or picks."""

    kind: Kind
    control: Control | None = None
    value: str = ""
    why: str = ""
    """The purpose of the action: a result of ``purpose``, or ``answer``, ``open``, ``menu``,
    ``read`` or ``wait``."""

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
    """What the simulated trainee remembers from one launch of the course, so that they do not
    repeat actions. ``attempt`` is how often they tried again."""

    done: frozenset[tuple[str, str, str]] = frozenset()
    """Pressed controls: the text of the page, the control's ``place`` as text, and its name."""
    menu: frozenset[str] = frozenset()
    """Names of the pressed controls of unknown purpose."""
    attempt: int = 0
    submitted: int = 0
    """Number of presses on submit buttons."""
    fresh: bool = False
    """Whether the trainee has given an answer that is not submitted yet."""
    form: tuple[int, int] | None = None
    """The frame and ``form`` number of the question whose answer is not submitted yet."""
    waited: frozenset[str] = frozenset()
    """The texts of pages on which the trainee has waited."""
    read: frozenset[str] = frozenset()
    """The texts of pages that were scrolled to the end."""
    mended: frozenset[tuple[str, str]] = frozenset()
    """Fields that were corrected after the course rejected their value: the text of the page, and
    the name of the field."""

    def after(self, act: Act, sight: Sight) -> Memory:
        """The memory after an action on the page ``sight``."""
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
        """Whether a control was pressed while the page had the same text as in ``sight``."""
        return _key(sight, control) in self.done


def _key(sight: Sight, control: Control) -> tuple[str, str, str]:
    return (sight.text, f"{control.place}", control.name)


def decide(sight: Sight, memory: Memory) -> Act | None:
    """Decide on the next action; ``None`` at the end of the course, or on a page where this trainee
    gets no further."""
    return next(_ways(sight, memory), None)


def way_out(sight: Sight) -> Control | None:
    """The visible control that leaves the course, if there is one."""
    found = [one for one in _pressable(sight) if purpose(one.name) == "exit"]
    # Prefer “save and exit” to “exit”.
    return min(found, key=lambda one: "save" not in one.name.lower(), default=None)


def _ways(sight: Sight, memory: Memory) -> Iterator[Act]:
    """The possible actions on a page, the best first."""
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
    # Without an answer of this trainee's own: the page may have answers from before.
    if not memory.submitted:
        yield from named("submit")
    yield from _menu(pressable, memory)


def _barred(sight: Sight) -> bool:
    """Whether the trainee has to wait: a control that leads on is still disabled, or a video has
    not been played to its end."""
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
    """Actions that answer the unanswered questions on a page. Each further attempt chooses other
    answers."""
    asked: dict[str, list[Control]] = {}
    for one in sight.controls:
        if one.asks and not one.disabled and not one.locked:
            alone = one.role in ("textbox", "combobox")
            key = f"{one.place}" if alone else f"{one.place[0]} {one.role} {one.group}"
            asked.setdefault(key, []).append(one)
    for controls in asked.values():
        yield from _answer(controls, sight, memory)


def _answer(controls: Sequence[Control], sight: Sight, memory: Memory) -> Iterator[Act]:
    """Actions that answer the question with these controls on the page ``sight``, which are all of
    the same kind. ``memory`` has the number of the attempt."""
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
    """Actions that open collapsed parts of a page, outside its navigation."""
    for one in pressable:
        if one.expanded is False and not one.aside and purpose(one.name) != "aside":
            yield Act("press", one, why="open")


def _menu(pressable: Sequence[Control], memory: Memory) -> Iterator[Act]:
    """Actions that press controls of unknown purpose, such as the entries of a menu, once each."""
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
"""Maximum length, in characters, of a name in which a known word may be anywhere. In a longer name,
it must come first."""


def _pattern(names: str) -> re.Pattern[str]:
    every = sorted((" ".join(name.split()) for name in names.split(",")), key=len, reverse=True)
    whole = (
        rf"(?<!\w){re.escape(name)}(?!\w)" if re.search(r"\w", name) else re.escape(name)
        for name in every
    )
    return re.compile("|".join(whole), re.IGNORECASE)


_PATTERNS = {what: _pattern(names) for what, names in _NAMES.items()}


def purpose(name: str) -> str:
    """The purpose of a control, such as ``next``, by the first known word in its name; empty if the
    name has no known word."""
    found: list[tuple[int, int, str]] = []
    for order, (what, pattern) in enumerate(_PATTERNS.items()):
        match = pattern.search(name)
        if match and (match.start() == 0 or len(name) <= _SHORT):
            found.append((match.start(), order, what))
    return min(found)[2] if found else ""
