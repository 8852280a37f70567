"""Makes the outline of the course for the player, and ``course.json`` for other tools.

The player's outline lists modules and pages, with their locks and how quizzes count.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

import builder
from builder.base.cache import NO_CACHE, Cache
from builder.course import interface, keys, markdown, marks
from builder.course.approvals import RULE
from builder.course.markdown import ANCHOR_PREFIX, Prose
from builder.course.model import Course, Lock, Page, RecordItem, Refresher, Wording
from builder.course.questions import Question
from builder.course.scenarios.model import Scene
from builder.package.artifacts import DIGEST_PLACEHOLDER, Plan
from builder.package.outline import (
    FORMAT,
    Outline,
    QuestionTexts,
    Rules,
    Translation,
    to_json,
)
from builder.package.outline import Draw as OutlineDraw
from builder.package.outline import Module as OutlineModule
from builder.package.outline import Page as OutlinePage
from builder.package.outline import Question as OutlineQuestion
from builder.package.outline import RecordItem as OutlineItem
from builder.package.outline import Refresher as OutlineRefresher
from builder.package.outline import Wording as OutlineWording
from builder.package.render.scenes import outline_scenario, scenario_rules
from builder.package.render.templates import Json, Templates


def outline(course: Course, chunks: Mapping[str, str]) -> Json:
    """The player's outline of a course. ``chunks`` has the path of the script with the data of each
    page, by page id; the first page may have none."""
    quizzes = Quizzes(course)
    return {
        "modules": [
            {
                **_title(module.title, course),
                "count": len(module.pages),
                **({"id": module.id} if course.objectives and module.id else {}),
                **_lock(module.lock, course),
            }
            for module in course.modules
        ],
        "pages": [
            {**_outline_page(page, chunks.get(page.id), course, quizzes), **number}
            for page, number in zip(course.pages, _numbers(course), strict=True)
        ],
        "of": len(course.own_pages),
        **({"certificate": True} if course.certificate else {}),
        **({"refresher": True} if course.refresher else {}),
        **_former(course),
        **_private(course),
    }


def beginning(course: Course, whole: Json) -> Json:
    """The part of the ``whole`` outline that the launch page contains, which is small for courses
    of any length.

    It lists the first page, the next one if it is not locked, and the number of pages.
    """
    first, *others = course.pages
    module = next(module for module in course.modules if first in module.pages)
    waits = module.lock or any(page.lock for page in others[:1])
    last = len(module.pages) < 2 and any(one.lock for one in course.modules[1:2])
    return {
        "modules": [
            {**_title(one.title, course), "count": len(one.pages)} for one in course.modules[:2]
        ],
        "pages": whole["pages"][: 1 if waits or last else 2],
        "of": len(course.own_pages),
        "partial": True,
    }


def _numbers(course: Course) -> Iterator[Json]:
    """The number of each page, if that differs from its place: test-outs have none."""
    number = 0
    for place, page in enumerate(course.pages, 1):
        number += page.kind != "test-out"
        own = 0 if page.kind == "test-out" else number
        yield {"number": own} if own != place else {}


def _keyed_items(course: Course) -> Iterator[Page | Question | RecordItem | Scene]:
    """Everything in a course that has a key in the trainees' saved state."""
    for page in course.pages:
        yield page
        yield from page.questions()
        yield from page.record
        yield from page.scenes()


def edition(course: Course) -> str:
    """The edition of a course: a short code that changes if there is something new to read or
    answer."""
    return keys.edition({kept.key for kept in _keyed_items(course)})


def _former(course: Course) -> Json:
    former = {
        kept.key: dataclasses.asdict(kept.former) for kept in _keyed_items(course) if kept.former
    }
    for page in course.pages:
        if page.shown_was:
            former[page.shown] = {"same": page.shown_was, "changed": ()}
    return {"former": former} if former else {}


def _private(course: Course) -> Json:
    """The keys, including former ones, of questions whose answer text is not saved.

    The player removes such text from a state that was saved when the course still kept such text.
    """
    questions = {question.key: question for page in course.pages for question in page.questions()}
    names = [
        name
        for question in questions.values()
        if question.answer.get("kept") is False
        for name in (question.key, *question.former.same, *question.former.changed)
    ]
    return {"private": names} if names else {}


def _title(title: str, course: Course) -> Json:
    """The title of a page or module, and its language if it is not translated (WCAG 3.1.2)."""
    foreign = {"lang": course.source_language} if title in course.untranslated else {}
    return {"title": _isolated(title, course), **foreign}


def _isolated(title: str, course: Course) -> str:
    """A title that is isolated from the writing direction of the text of the player in which it is
    shown."""
    return markdown.isolate(title, interface.spoken(course.language).direction)


def _lock(lock: Lock | None, course: Course) -> Json:
    named = _lock_targets(lock)
    if "modules" in named:
        # Locks refer to modules by the titles in the outline.
        named["modules"] = tuple(_isolated(title, course) for title in named["modules"])
    return {"lock": named} if lock else {}


def _lock_targets(lock: Lock | None) -> dict[str, tuple[str, ...]]:
    """What a lock waits for: ids of pages or titles of modules by kind (``pages``, ``passed`` or
    ``modules``), without empty kinds."""
    named = dataclasses.asdict(lock) if lock else {}
    return {kind: names for kind, names in named.items() if names}


def _outline_page(page: Page, chunk: str | None, course: Course, quizzes: Quizzes) -> Json:
    entry: Json = {
        "id": page.id,
        "key": page.key,
        **_title(page.title, course),
        "kind": page.kind,
        "minutes": page.minutes,
        "src": chunk,
        **_lock(page.lock, course),
    }
    if page.quiz:
        entry["quiz"] = quizzes.of(page)
    if page.scenario:
        entry["scenario"] = scenario_rules(page.scenario)
    entry |= quizzes.mark(page)
    if page.covers:
        entry["covers"] = page.covers
    if page.shown:
        entry["shown"] = page.shown
    # Those without a right answer come last, and the player counts the others.
    checks = sorted(page.checks, key=lambda question: not question.scored)
    judged = sum(question.scored for question in checks)
    tracked = course.tracking.pages == "all"
    if tracked and judged < len(checks):
        entry["judged"] = judged
    needs = {
        "check": [question.key for question in checks if tracked],
        "test-out" if page.covers else "quiz": [question.key for question in page.quiz],
        "record": [item.key for item in page.record],
        "scenario": [scene.key for scene in page.scenes()],
    }
    needs = {kind: keys for kind, keys in needs.items() if keys}
    return entry | {"needs": needs} if needs else entry


class Quizzes:
    """Determines how the quizzes of a course count: a quiz with its own pass mark is judged alone,
    all others are judged together."""

    def __init__(self, course: Course) -> None:
        self._tracking = course.tracking
        self._together = marks.shared_pages(course)
        self._marks = {mark.page.id: mark for mark in marks.marks(course)}

    def of(self, page: Page) -> Json:
        """The rules by which the quiz of a page counts, completed with those of the course."""
        rules, tracking = page.rules, self._tracking
        only = len(self._together) == 1 and self._together[0] is page
        return {
            "attempts": tracking.attempts if rules.attempts is None else rules.attempts,
            "pass_mark": tracking.pass_mark if rules.pass_mark is None else rules.pass_mark,
            "alone": rules.pass_mark is not None or only,
            "keep": rules.keep or tracking.keep,
            "weight": rules.weight,
        }

    def mark(self, page: Page) -> Json:
        """What it takes to pass the page, as a part of its entry in the outline; nothing without a
        pass mark."""
        mark = self._marks.get(page.id)
        if mark is None:
            return {}
        words: Json = {"percent": mark.percent}
        if mark.shared:
            words["shared"] = True
        if mark.need:
            words |= {"n": _number(mark.need.enough), "of": _number(mark.need.of)}
            if mark.need.points:
                words["points"] = True
        return {"mark": words}


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def quiz_data(page: Page) -> Json:
    """The rules by which the quiz of a page asks: which questions, in which order, with which
    feedback."""
    rules = page.rules
    return {
        "fixed": [question.id for question in page.fixed()],
        "draws": [
            {"count": draw.count, "from": [question.id for question in draw.questions]}
            for draw in rules.draws
        ],
        "shuffle_questions": rules.shuffle_questions,
        "shuffle_options": rules.shuffle_options,
        "feedback": rules.feedback,
        "retake": rules.retake,
    }


_DATED = ("ar", "en", "es", "fr", "pl", "pt", "ro")
"""Languages in which every browser that we support formats dates, so that they need no names of
months."""


def _first_texts(language: str, templates: Templates) -> dict[str, str]:
    """The interface texts that the player always needs."""
    texts = templates.player_texts()
    dated = language.partition("-")[0] in _DATED
    return {key: text for key, text in texts.items() if not (dated and key == "months")}


_TRACKING = ("pages", "report", "pass_mark", "score", "mastery", "failed", "journal")
"""The rules of tracking that the player needs. Those of quizzes are in the outline."""


def course_data(course: Course, templates: Templates) -> Json:
    """The data of the course, and the interface texts, that the launch page contains."""
    return {
        "course": {
            "title": _isolated(course.title, course),
            "digest": DIGEST_PLACEHOLDER,
            "language": course.language,
            **({} if interface.language(course.language) else {"plurals": "en"}),
            "edition": edition(course),
        },
        "tracking": {
            name: value
            for name in _TRACKING
            if (value := getattr(course.tracking, name)) is not None
        },
        "text": _first_texts(course.language, templates),
    }


def course_json(
    plan: Plan, fingerprints: Sequence[Mapping[str, str]], cache: Cache = NO_CACHE
) -> Json:
    """The content of ``course.json``; ``fingerprints`` are those of the pages, by page id, in the
    source language and in each translation."""
    course = plan.course
    own, *others = fingerprints
    quizzes = Quizzes(course)
    whole = Outline(
        format=FORMAT,
        builder=builder.__version__,
        digest=DIGEST_PLACEHOLDER,
        id=course.id,
        identifiers=plan.identifiers,
        title=course.title,
        version=course.version,
        language=course.language,
        draft=plan.draft,
        worst_state=course.worst_state,
        certificate=course.certificate is not None,
        tracking=course.tracking,
        modules=tuple(
            OutlineModule(
                id=module.id,
                title=module.title,
                pages=tuple(page.id for page in module.pages),
                lock=_lock_targets(module.lock),
            )
            for module in course.modules
        ),
        pages=(),
        edition=edition(course),
        questions=(),
        wording=tuple(_wording(one, course.show_names) for one in course.wording),
        words_rule=RULE,
        without_approvals=course.without_approvals,
        refresh_every=course.refresh_every,
        refresher=_refresher(course.refresher),
    )
    around = surroundings(course, cache)
    return {
        **to_json(whole),
        "pages": [_kept_page(page, own[page.id], quizzes, around, cache) for page in course.pages],
        "questions": [_kept_question(question, around, cache) for question in course.questions],
        **_translations(plan, others, cache),
    }


def _refresher(refresher: Refresher | None) -> OutlineRefresher | None:
    if refresher is None:
        return None
    news = {page: one.kind for page, one in refresher.news.items()}
    return OutlineRefresher(refresher.version, refresher.digest, news)


def _translations(plan: Plan, fingerprints: Sequence[Mapping[str, str]], cache: Cache) -> Json:
    """The texts of the course in each other language; empty if there is none."""
    found = [
        _translation(one.course, printed, cache.scope(("outline", one.tag)))
        for one, printed in zip(plan.translations, fingerprints, strict=True)
    ]
    return {"translations": found} if found else {}


def _translation(course: Course, fingerprints: Mapping[str, str], cache: Cache) -> Json:
    cache.start_pass()
    around = surroundings(course, cache)
    whole = Translation(
        language=course.language,
        title=course.title,
        draft=course.draft,
        modules=tuple(module.title for module in course.modules),
        pages={},
        questions={},
        record={},
        wording=tuple(_wording(one, course.show_names) for one in course.wording),
        untranslated=len(course.untranslated),
    )
    return {
        **to_json(whole),
        "pages": {
            page.id: {"title": page.title, "fingerprint": fingerprints[page.id]}
            for page in course.pages
        },
        "questions": {one.id: _kept_words(one, around, cache) for one in course.questions},
        "record": {
            item.id: _words(item.question, around) for page in course.pages for item in page.record
        },
    }


def _kept_words(question: Question, around: Course, cache: Cache) -> Json:
    """The texts of a question in another language."""
    return cache.get_or_compute(
        ("words", question.id),
        (question, around),
        lambda: to_json(
            QuestionTexts(
                prompt=_words(question.prompt, around),
                texts=_texts(question, around),
                right=question.right,
                patterns=question.patterns if question.typed else (),
            )
        ),
    )


def _wording(one: Wording, named: bool) -> OutlineWording:
    day = one.on.isoformat() if one.on else ""
    return OutlineWording(one.part, one.code, day, one.by if named else "")


def surroundings(course: Course, cache: Cache) -> Course:
    """The course without pages, questions and files: what any page may show, apart from whether it
    is a draft. It is part of what a cached page depends on."""
    stripped = dataclasses.replace(
        course,
        modules=(),
        questions=(),
        media={},
        captions={},
        help=(),
        worst_state=0,
        draft=False,
        wording=(),
        translations=(),
        untranslated=course.untranslated & _plain_texts(course),
    )
    return cache.get_or_compute("around", (stripped,), lambda: stripped)


def _plain_texts(course: Course) -> frozenset[str]:
    """The texts that are not Markdown, and that pages show of the course."""
    variables = course.variables.values()
    return frozenset(
        (
            course.title,
            course.reminder,
            *(one.label for one in variables),
            *(one.value or "" for one in variables),
            *(one.organisation or "" for one in course.references.values()),
        )
    )


_ANCHOR = re.compile(rf' id="{ANCHOR_PREFIX}[\d-]+"')
"""Matches the id of an element that a question quotes."""


def fingerprint(html: str, course: Course) -> str:
    """A digest of a page's ``html``, by which other tools see whether the page has changed. It
    depends neither on the course's version nor on which questions quote the page."""
    return _fingerprint(_ANCHOR.sub("", _without_version(html, course)))


def _kept_page(page: Page, printed: str, quizzes: Quizzes, around: Course, cache: Cache) -> Json:
    quiz = quizzes.of(page) if page.quiz else None
    return cache.get_or_compute(
        ("outline", page.id),
        (page, printed, quiz, around),
        lambda: to_json(_whole_page(page, around, printed, quiz)),
    )


def _kept_question(question: Question, around: Course, cache: Cache) -> Json:
    return cache.get_or_compute(
        ("question", question.id),
        (question, around),
        lambda: to_json(outline_question(question, around)),
    )


def _whole_page(page: Page, course: Course, printed: str, quiz: Json | None) -> OutlinePage:
    return OutlinePage(
        id=page.id,
        key=page.key,
        former=page.former,
        revision=page.revision,
        title=page.title,
        kind=page.kind,
        minutes=page.minutes,
        file=page.path,
        fingerprint=printed,
        checks=tuple(question.id for question in page.checks),
        quiz=tuple(question.id for question in page.quiz),
        record=tuple(
            OutlineItem(
                id=item.id,
                key=item.key,
                former=item.former,
                limit=item.limit,
                text=_words(item.question, course),
                wording=_fingerprint(_all_words(item.prose(), course)),
            )
            for item in page.record
        ),
        lock=_lock_targets(page.lock),
        rules=_rules(page, quiz) if quiz else None,
        scenario=outline_scenario(page, lambda prose: _words(prose, course)),
        covers=page.covers,
        shown=page.shown,
        shown_was=page.shown_was,
    )


def _rules(page: Page, quiz: Json) -> Rules:
    rules = page.rules
    return Rules(
        **quiz,
        fixed=tuple(question.id for question in page.fixed()),
        draws=tuple(
            OutlineDraw(draw.count, tuple(question.id for question in draw.questions))
            for draw in rules.draws
        ),
        shuffle_questions=rules.shuffle_questions,
        shuffle_options=rules.shuffle_options,
        feedback=rules.feedback,
        retake=rules.retake,
    )


def _without_version(html: str, course: Course) -> str:
    """The HTML of a page without the course's version, which a record page shows on its sheet for
    print."""
    if "<dd>" not in html:
        return html
    version = re.escape(escape(course.version))
    return re.sub(rf"<(dd|span)>{version}( \([^<]*\))?</\1>", "", html)


def _words(prose: Prose, course: Course) -> str:
    """The words of a text without markup, with the names of variables instead of their values."""
    return markdown.plain(prose, {name: f"{{{{ {name} }}}}" for name in course.variables})


def _all_words(texts: Iterable[Prose], course: Course) -> str:
    return "\n".join(_words(text, course) for text in texts)


def outline_question(question: Question, course: Course) -> OutlineQuestion:
    """A question as ``course.json`` describes it, in the language of the course."""
    judged: Json = {
        "type": question.type,
        "options": tuple(option.id for option in question.options),
        "items": tuple(item.id for item in question.items),
        "patterns": question.patterns,
        "answer": question.answer,
        "scored": question.scored,
        "weight": question.weight,
    }
    return OutlineQuestion(
        id=question.id,
        key=question.key,
        former=question.former,
        revision=question.revision,
        interaction=question.interaction,
        retired=question.retired,
        prompt=_words(question.prompt, course),
        texts=_texts(question, course),
        right=question.right,
        room=question.room,
        **judged,
        fingerprint=_fingerprint(json.dumps(judged, sort_keys=True)),
        wording=_fingerprint(_all_words(question.prose(), course)),
    )


def _texts(question: Question, course: Course) -> Mapping[str, str]:
    """The words of the options and items of a question, by id."""
    options = {option.id: _words(option.text, course) for option in question.options}
    return options | {item.id: _words(item.text, course) for item in question.items}


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
