"""Parses and validates the ``course.json`` of any package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.package.outline.fitting import fits
from builder.package.outline.model import FORMAT, Choice, Outline, Page, Scenario
from builder.package.outline.reading import UnreadableError, loads, read


def parse(text: bytes) -> Outline:
    """Parse a ``course.json``; raises ``UnreadableError`` if it is not a valid outline."""
    try:
        value = loads(text)
    # Deeply nested brackets exceed the parser's recursion limit.
    except (ValueError, RecursionError) as error:
        raise UnreadableError("its course.json is not JSON") from error
    if not isinstance(value, dict) or "format" not in value:
        raise UnreadableError("its course.json is of another tool")
    if value["format"] != FORMAT:
        raise UnreadableError("its course.json is of another version of scorm-builder")
    outline: Outline = read(Outline, value)
    if not all(_consistency_checks(outline)):
        raise UnreadableError("its course.json does not hold together")
    for question in outline.questions:
        if not fits(question):
            raise UnreadableError(
                f"the answer to “{question.id}” in its course.json does not fit its type"
            )
    return outline


def _consistency_checks(outline: Outline) -> Iterator[bool]:
    """Conditions that are true for a consistent outline: ids are unique, all ids and titles that it
    refers to exist, and every page can be opened."""
    known = [question.id for question in outline.questions]
    pages = [page.id for page in outline.pages]
    yield bool(pages)
    yield len(set(known)) == len(known) and len(set(pages)) == len(pages)
    yield {name for page in outline.pages for name in (*page.checks, *page.quiz)} <= set(known)
    yield {page for module in outline.modules for page in module.pages} == set(pages)
    locks = [*(page.lock for page in outline.pages), *(module.lock for module in outline.modules)]
    locking_pages = {
        name for lock in locks for kind in ("pages", "passed") for name in lock.get(kind, ())
    }
    yield locking_pages <= set(pages)
    titles = {module.title for module in outline.modules}
    yield {title for lock in locks for title in lock.get("modules", ())} <= titles
    yield all(_has_valid_rules(page) for page in outline.pages)
    yield all(_has_valid_scenario(page) for page in outline.pages)
    yield all(_has_valid_cover(page, set(pages)) for page in outline.pages)
    yield _can_open_all(outline)


def _has_valid_rules(page: Page) -> bool:
    """Whether a page has rules if and only if it has a quiz, and the rules name only questions of
    this quiz."""
    if not page.rules:
        return not page.quiz
    drawn = [question for draw in page.rules.draws for question in draw.questions]
    enough = all(draw.count <= len(draw.questions) for draw in page.rules.draws)
    return bool(page.quiz) and enough and {*page.rules.fixed, *drawn} <= set(page.quiz)


def _has_valid_scenario(page: Page) -> bool:
    """Whether a page has a scenario if and only if it is one, with unique ids of scenes, and with
    choices that lead to scenes."""
    if not page.scenario:
        return page.kind != "scenario"
    ids = [scene.id for scene in page.scenario.scenes]
    named = {page.scenario.start, *(one.to for one in _choices(page.scenario))}
    return page.kind == "scenario" and len(set(ids)) == len(ids) and named <= set(ids)


def _choices(scenario: Scenario) -> Iterator[Choice]:
    return (choice for scene in scenario.scenes for choice in scene.choices)


def _has_valid_cover(page: Page, pages: set[str]) -> bool:
    """Whether a page covers others if and only if it is a test-out, and whether these exist."""
    is_test = page.kind == "test-out"
    return is_test == bool(page.covers) and set(page.covers) <= pages


def _can_open_all(outline: Outline) -> bool:
    """Whether every page can be opened: no lock waits for its own page, directly or indirectly."""
    waits: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for number, module in enumerate(outline.modules):
        # Two modules may have the same title, each with its own lock.
        lock = ("lock", str(number))
        waits[lock] = _lock_targets(module.lock)
        for page_id in module.pages:
            waits.setdefault(("module", module.title), []).append(("page", page_id))
            waits.setdefault(("page", page_id), []).append(lock)
    for page in outline.pages:
        waits.setdefault(("page", page.id), []).extend(_lock_targets(page.lock))
    return _is_acyclic(waits)


def _lock_targets(lock: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    kinds = (("pages", "page"), ("passed", "page"), ("modules", "module"))
    return [(kind, name) for key, kind in kinds for name in lock.get(key, ())]


def _is_acyclic(waits: Mapping[tuple[str, str], list[tuple[str, str]]]) -> bool:
    """Whether nothing waits for itself, directly or indirectly (Kahn's algorithm).

    ``waits`` lists, for each page, module and lock, what it waits for.
    """
    dependents: dict[tuple[str, str], list[tuple[str, str]]] = {}
    left = {node: len(others) for node, others in waits.items()}
    for node, others in waits.items():
        for other in others:
            dependents.setdefault(other, []).append(node)
    ready = [node for node, number in left.items() if not number]
    for node in ready:
        for other in dependents.get(node, ()):
            left[other] -= 1
            if not left[other]:
                ready.append(other)
    return len(ready) == len(left)
