"""Finds the scenes and choices in the parsed page of a scenario.

A scene starts with a heading of level 2. Its choices are the items of a list that start with a
link: ``[words](#scene){a .good} feedback``. ``::: ending good`` ends a path instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import groupby, islice

from builder.base.immutable import immutable
from builder.base.slugs import slug
from builder.course import markdown
from builder.course.markdown import (
    Directive,
    Document,
    Element,
    Fault,
    Heading,
    Link,
    Prose,
    elements,
    is_blank,
    join_prose,
)
from builder.course.questions.base import ID_PATTERN
from builder.course.scenarios.model import CHOICE_IDS, QUALITIES, Choice, Ending, Quality, Scene
from builder.diagnostics.codes import Known, did_you_mean

ENDING = "ending"
"""The name of the block that ends a path."""
SCENE_LEVEL = 2
"""The level of the headings of scenes."""
_LISTS = ("bullet_list", "ordered_list")
_PLACES = {
    # A list with a block is in several runs of prose, so its items are elements.
    **dict.fromkeys(("rest", "list_item"), "in a list with a block"),
    "blockquote": "in a quotation",
}
"""Places where a choice cannot be, in words, by the kind of the element."""
_WRITTEN_ID = re.compile(r"\s*(?:\{#?([^{}]*)\}|\(#([^()]*)\))$")
"""An id at the end of a heading that cannot be read, such as ``{#Get kit}`` or ``(#kit)``."""
_WRITTEN_MARK = re.compile(r"\s*(\{[^{}]*\})")
"""A mark after a choice's link that cannot be read, such as ``{a poor}``."""
_SECOND_MARK = re.compile(r"\s*\{[a-z0-9] \.\w+\}")
"""A mark after a link that has one already."""
_TWINE_LINK = re.compile(r"\[\[(?:([^\[\]]+?)\s*(?:->|\|)\s*)?([^\[\]]+)\]\]")
"""A link in Twine's notation: ``[[words->passage]]``, ``[[words|passage]]`` or ``[[passage]]``."""
_NOTES = "notes"
"""The kind of the element with the footnotes of a page, which is after all its text."""
_LISTED = 100
"""Maximum number of scenes that a message lists."""
_Entry = Element | Directive


@immutable
class Read:
    """The scenes of a page as the author wrote them, without keys, and the faults in them.

    ``introduction`` is what is above the first scene, ``notes`` are the footnotes of the page.
    Where there are faults, an id or a quality may be a guess, and a choice may lead to a scene that
    does not exist.
    """

    introduction: tuple[Prose | Directive, ...]
    scenes: tuple[Scene, ...]
    notes: tuple[Prose, ...]
    faults: tuple[Fault, ...]


def read(document: Document) -> Read:
    """Read the scenes of a page."""
    introduction: list[_Entry] = []
    notes: list[Prose] = []
    groups: list[tuple[Element, list[_Entry]]] = []
    for entry in _entries(document.blocks):
        if isinstance(entry, Element) and entry.kind == _NOTES:
            notes.append(entry.prose)
        elif isinstance(entry, Element) and _is_scene(entry):
            groups.append((entry, []))
        else:
            (groups[-1][1] if groups else introduction).append(entry)
    readers = [_SceneReader(heading, body) for heading, body in groups]
    scenes = tuple(reader.scene for reader in readers)
    faults = [fault for reader in readers for fault in reader.faults]
    faults += _outside(introduction)
    unknown = [*_unknown(scenes)]
    faults = [*_with_wanted_id(faults, unknown), *unknown]
    return Read(_joined(introduction), scenes, tuple(notes), tuple(faults))


def _entries(blocks: Iterable[Prose | Directive]) -> Iterator[_Entry]:
    for block in blocks:
        if isinstance(block, Prose):
            yield from elements(block)
        else:
            yield block


def _is_scene(entry: Element) -> bool:
    return entry.kind == "heading" and entry.prose.headings[0].level == SCENE_LEVEL


def _joined(entries: Iterable[_Entry]) -> tuple[Prose | Directive, ...]:
    """The entries as blocks: elements that follow each other become one run of prose."""
    blocks: list[Prose | Directive] = []
    for is_prose, group in groupby(entries, key=lambda entry: isinstance(entry, Element)):
        if is_prose:
            blocks.append(join_prose(one.prose for one in group if isinstance(one, Element)))
        else:
            blocks += [one for one in group if isinstance(one, Directive)]
    return tuple(blocks)


def _outside(entries: Iterable[_Entry]) -> Iterator[Fault]:
    """Yield a fault for each choice and each ending above the first scene."""
    for entry in entries:
        if isinstance(entry, Directive) and entry.name == ENDING:
            yield Fault("ending-misplaced", entry.line, entry.column, {})
        elif isinstance(entry, Element) and _has_choices(entry):
            words = {"where": "above the first scene"}
            yield Fault("choice-misplaced", *_first_choice(entry), words)


def _first_choice(entry: Element) -> tuple[int, int]:
    link = next(one for one in entry.prose.links if one.choice or one.target.startswith("#"))
    return link.line, link.column


def _has_choices(entry: Element) -> bool:
    """Whether a list has choices: a link at the start of an item that has the mark of a choice, or
    that leads to a heading of the page."""
    if entry.kind not in _LISTS:
        return any(link.choice for link in entry.prose.links)
    leading = (found for item in entry.inside() if (found := _leading_link(item)))
    return any(link.choice or link.target.startswith("#") for link, _, _ in leading)


def _leading_link(item: Element) -> tuple[Link, Prose, Prose] | None:
    inside = item.inside()
    is_text = bool(inside) and inside[0].kind == "paragraph"
    return inside[0].leading_link() if is_text else None


class _SceneReader:
    """Reads one scene: ``heading`` and what follows it."""

    def __init__(self, heading: Element, body: Sequence[_Entry]) -> None:
        self.faults: list[Fault] = []
        self._choices: list[Choice] = []
        self._ending: Ending | None = None
        items = (
            item
            for entry in body
            if isinstance(entry, Element) and entry.kind in _LISTS and _has_choices(entry)
            for item in entry.inside()
        )
        links = (found[0] for item in items if (found := _leading_link(item)))
        self._marked = {link.choice[0] for link in links if link.choice}
        """The ids of all choices of the scene as the author wrote them."""
        kept = [entry for entry in body if not self._read_exit(entry)]
        written = heading.prose.headings[0]
        self._check_exits(written.line, kept)
        self._check_heading(written)
        self.scene = Scene(
            id=written.id,
            heading=written,
            words=heading.text(),
            blocks=_joined(kept),
            choices=tuple(self._choices),
            ending=self._ending,
        )

    def _fault(self, code: str, line: int, column: int = 1, **words: str) -> None:
        self.faults.append(Fault(code, line, column, words))

    def _check_heading(self, heading: Heading) -> None:
        if not heading.written:
            attempt = _WRITTEN_ID.search(heading.text)
            title = heading.text[: attempt.start()] if attempt else heading.text
            wanted = slug((attempt[1] or attempt[2] or "") if attempt else "") or slug(title)
            self._fault("scene-unnamed", heading.line, title=title, id=wanted or "scene")
        elif not re.fullmatch(ID_PATTERN.strip("^$"), heading.written):
            plain = slug(heading.written) or "scene-1"
            self._fault("scene-id", heading.line, id=heading.written, plain=plain)

    def _check_exits(self, line: int, kept: Iterable[_Entry]) -> None:
        if self._choices and self._ending:
            self._fault("scene-both", line)
        elif not self._choices and not self._ending and not self.faults:
            self._fault("scene-open", line, choice=_sample_choice(kept))
        elif len(self._choices) > len(CHOICE_IDS):
            self._fault("choices-too-many", line, count=str(len(self._choices)))

    def _read_exit(self, entry: _Entry) -> bool:
        """Read choices or an ending; returns false for any other entry."""
        if isinstance(entry, Directive):
            if entry.name == ENDING:
                self._read_ending(entry)
                return True
        elif entry.kind in _LISTS and _has_choices(entry):
            for item in entry.inside():
                self._read_choice(item)
            return True
        elif _has_choices(entry):
            where = _PLACES.get(entry.kind, "outside a list")
            self._fault("choice-misplaced", *_first_choice(entry), where=where)
        if self._choices or self._ending:
            after = "choices" if self._choices else "ending"
            self._fault("scene-continues", entry.line, after=after)
        return False

    def _read_ending(self, block: Directive) -> None:
        if self._ending:
            self._fault("ending-repeated", block.line, block.column)
            return
        quality = _quality(block.argument)
        if not quality:
            near = did_you_mean(block.argument, QUALITIES)
            words = {"quality": block.argument, "did_you_mean": near}
            self._fault("ending-quality", block.line, block.column, **words)
        self._ending = Ending(quality or "fair", block.blocks)

    def _read_choice(self, item: Element) -> None:
        found = _leading_link(item)
        if not found:
            self._fault("choice-unlinked", item.line)
            return
        link, words, behind = found
        name, quality = link.choice or ("", "")
        self._check_mark(link, name, quality, markdown.plain(behind, {}))
        if not link.target.startswith("#"):
            self._fault("choice-elsewhere", link.line, link.column, target=link.target)
            return
        self._choices.append(
            Choice(
                id=name if name in CHOICE_IDS and name else self._next_id(),
                to=link.target[1:],
                quality=_quality(quality) or "fair",
                words=words,
                feedback=_feedback(item, behind),
                line=link.line,
                column=link.column,
            )
        )

    def _check_mark(self, link: Link, name: str, quality: str, behind: str) -> None:
        place = link.line, link.column
        free = self._next_id()
        if not name:
            self._check_unnamed(link, quality, behind)
        elif len(name) > 1 or name not in CHOICE_IDS:
            self._fault("choice-id", *place, id=name, free=free)
        elif any(choice.id == name for choice in self._choices):
            self._fault("choice-repeated", *place, id=name, free=free)
        if name and _SECOND_MARK.match(behind):
            mark = f"{{{name} .{_quality(quality) or 'good'}}}"
            words = {"text": link.text, "problem": "has two marks", "mark": mark, "note": ", once"}
            self.faults.append(Fault("choice-unnamed", *place, words))
        if name and not _quality(quality):
            problem = f"has the unknown quality “{quality}”" if quality else "has no quality"
            near = did_you_mean(quality, QUALITIES)
            self._fault("choice-quality", *place, problem=problem, did_you_mean=near, id=name)

    def _check_unnamed(self, link: Link, quality: str, behind: str) -> None:
        """Report a choice without a readable id, with the mark that the author may have meant."""
        free = self._next_id()
        attempt = _WRITTEN_MARK.match(behind)
        parts = re.findall(r"\w+", attempt[1].lower()) if attempt else []
        used = {choice.id for choice in self._choices}
        name = next((one for one in parts if one in {*CHOICE_IDS} - used), "")
        quality = quality or next((one for one in parts if one in QUALITIES), "")
        problem = _mark_problem(attempt[1]) if attempt else "has no id"
        note = "" if name else f"; “{free}” is the next free id of this scene"
        mark = f"{{{name or free} .{quality}}}"
        if not quality:
            marks = [f"{{{name or free} .{one}}}" for one in QUALITIES]
            mark = f"{', '.join(marks[:-1])} or {marks[-1]}, whichever fits the choice,"
        words = {"text": link.text, "problem": problem, "mark": mark, "note": note}
        self.faults.append(Fault("choice-unnamed", link.line, link.column, words))

    def _next_id(self) -> str:
        """The first id that no choice of the scene has."""
        used = self._marked | {choice.id for choice in self._choices}
        return next((name for name in CHOICE_IDS if name not in used), CHOICE_IDS[-1])


def _quality(written: str) -> Quality | None:
    return next((one for one in QUALITIES if one == written), None)


def _sample_choice(entries: Iterable[_Entry]) -> str:
    """A choice as the author should write it: from the first link in Twine's notation, if any."""
    texts = (markdown.plain(one.text(), {}) for one in entries if isinstance(one, Element))
    found = next((link for text in texts if (link := _TWINE_LINK.search(text))), None)
    words, scene = "What the trainee does", "next-scene"
    if found:
        words, scene = found[1] or found[2], slug(found[2]) or scene
    return f"- [{words}](#{scene}){{a .good}} What happens then."


def _mark_problem(mark: str) -> str:
    """What is wrong with the text ``mark`` that is not the mark of the link before it."""
    if re.fullmatch(r"\{[a-z0-9] \.\w+\}", mark):
        return f"has a space before its mark “{mark}”"
    return f"has the mark “{mark}”, which cannot be read"


def _with_wanted_id(faults: Sequence[Fault], unknown: Sequence[Fault]) -> Iterator[Fault]:
    """The faults; if a single scene has no id, and choices lead to a single id that no scene has,
    the scene is to get that id."""
    ids = {fault.words["id"] for fault in unknown}
    unnamed = [fault for fault in faults if fault.code == "scene-unnamed"]
    for fault in faults:
        if [fault] == unnamed and len(ids) == 1:
            yield Fault(fault.code, fault.line, fault.column, {**fault.words, "id": min(ids)})
        else:
            yield fault


def _feedback(item: Element, behind: Prose) -> Prose | None:
    """The feedback of a choice as paragraphs: the text after its link, and the other elements of
    the item."""
    first, *others = item.inside()
    parts = [other.prose for other in others]
    if not is_blank(behind):
        opening, closing = copy(first.prose.tokens[0]), copy(first.prose.tokens[-1])
        # The paragraphs of a list without empty lines have no element of their own.
        opening.hidden = closing.hidden = False
        parts.insert(0, Prose((opening, *behind.tokens, closing)))
    return join_prose(parts) if parts else None


def _unknown(scenes: Sequence[Scene]) -> Iterator[Fault]:
    """Yield a fault for each choice that leads to a scene which does not exist."""
    ids = dict.fromkeys(scene.id for scene in scenes)
    known = Known(ids)
    listed = ", ".join([*islice(ids, _LISTED), *(["…"] if len(ids) > _LISTED else [])])
    for scene in scenes:
        for choice in scene.choices:
            if choice.to not in ids:
                near = known.did_you_mean(choice.to)
                words = {"id": choice.to, "did_you_mean": near, "known": listed}
                yield Fault("scene-unknown", choice.line, choice.column, words)
