"""Indexes the outline of a course for the rules that compute a trainee's progress.

A key is the short name under which the saved state keeps the work on a page, question, record item
or scene. Former keys are those of earlier ids and revisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from builder.course.keys import Former
from builder.package.outline import Outline, Page
from builder.updating.trainee.locks import Gate, link_locks


@dataclass(frozen=True)
class Course:
    """An outline with the lookups that the rules of progress use, each computed once."""

    outline: Outline

    @cached_property
    def former(self) -> dict[str, Former]:
        """The former keys of each page, asked question, record item and scene that has former keys,
        by its current key."""
        by_key: dict[str, Former] = {}
        questions = {question.id: question for question in self.outline.questions}
        for page in self.outline.pages:
            by_key[page.key] = page.former
            asked = (questions[name] for name in (*page.checks, *page.quiz))
            by_key |= {question.key: question.former for question in asked}
            by_key |= {item.key: item.former for item in page.record}
            scenes = page.scenario.scenes if page.scenario else ()
            by_key |= {scene.key: scene.former for scene in scenes}
        by_key |= {page.shown: Former(page.shown_was) for page in self.outline.pages}
        return {key: former for key, former in by_key.items() if former}

    @cached_property
    def private(self) -> tuple[str, ...]:
        """The keys, including former ones, of questions whose typed answers are not kept."""
        return tuple(
            key
            for question in self.outline.questions
            if question.answer.get("kept") is False
            for key in (question.key, *question.former.same, *question.former.changed)
        )

    @cached_property
    def successors(self) -> dict[str, list[tuple[int, str]]]:
        """For each former key, the current keys that take over its saved work, each with its
        position in the order in which the player processes them."""
        successors: dict[str, list[tuple[int, str]]] = {}
        for at, (key, former) in enumerate(self.former.items()):
            for old in former.same:
                successors.setdefault(old, []).append((at, key))
        return successors

    @cached_property
    def tracked(self) -> tuple[Page, ...]:
        """The pages that a trainee has to visit to finish the course."""
        pages = self.outline.pages
        if self.outline.tracking.pages == "all":
            return tuple(page for page in pages if not page.covers)
        # With nothing else to track, a course is done when its last page has been shown.
        other = any(page.quiz or page.record or page.scenario for page in pages)
        return () if other else pages[-1:]

    @cached_property
    def tracked_keys(self) -> frozenset[str]:
        """The keys of the pages that a trainee has to visit to finish the course."""
        return frozenset(page.key for page in self.tracked)

    @cached_property
    def scored(self) -> tuple[Page, ...]:
        """The pages with a quiz, or with a scenario that counts towards the score."""
        return tuple(
            page
            for page in self.outline.pages
            if (page.quiz and page.rules and not page.covers)
            or (page.scenario and page.scenario.weight)
        )

    @cached_property
    def tasks(self) -> tuple[Page, ...]:
        """The pages with a record or a scenario, which are to be done whatever the course
        tracks."""
        return tuple(page for page in self.outline.pages if page.record or page.scenario)

    @cached_property
    def keeps_last(self) -> bool:
        """Whether a quiz or a scenario keeps the score of its last attempt, so that a score can
        become lower."""
        rules = (page.rules or page.scenario for page in self.scored)
        return any(rule.keep == "last" for rule in rules if rule)

    @cached_property
    def locked_pages(self) -> tuple[Page, ...]:
        """The pages with locks."""
        return tuple(page for page in self.outline.pages if page.id in self.gates_by_page)

    @cached_property
    def gates_by_page(self) -> dict[str, tuple[Gate, ...]]:
        """The gates (conditions of locks) of each locked page, by page id; those of its module come
        first."""
        return link_locks(self.outline)
