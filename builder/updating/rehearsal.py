"""Predicts what trainees who began with one package of a course see in another."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from builder.course.keys import NO_FORMER, Former
from builder.course.state import BEST_LIMIT, State, Status, decode
from builder.package.outline import Outline, Page
from builder.updating.comparison import compare
from builder.updating.exports import Row
from builder.updating.saved import PageLine, damage, strip_saved_state
from builder.updating.stages import Stage
from builder.updating.trainee import Course, Trainee, carry_over
from builder.updating.trainee.drawing import still_asked
from builder.updating.trainee.progress import PageStatus, attempts_left, page_status
from builder.updating.trainee.tracking import COMPLETED, higher, tells_score
from builder.updating.walks import further_walk, scene_of_walk

Kind = Literal["page", "practice", "quiz", "answer", "record", "walk", "decision"]
"""The kinds of things that a trainee can have done: read a page, answered a practice question,
started a quiz, answered a question in an unfinished attempt, answered a record item, begun a
scenario, or decided in a scene."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a trainee has done: the page, question, quiz or record item, with its id and
    its title or wording. ``kind`` says which of these it is."""

    kind: Kind
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class QuizOutlook:
    """One trainee's attempts and score in a quiz of the new package.

    ``attempts`` is the number of attempts started, ``attempts_left`` the number still allowed
    (``None``: no limit). ``score`` is the score that counts, in hundredths of a percent. ``open``
    is whether an attempt is unfinished.
    """

    id: str
    title: str
    attempts: int
    attempts_left: int | None
    score: int | None
    open: bool


@dataclass(frozen=True, slots=True)
class ScenarioOutlook:
    """One trainee's walks through a scenario of the new package that counts.

    ``walks`` is the number of walks begun, ``left`` how many more count (``None``: no limit), and
    ``score`` the one that counts, in hundredths of a percent. ``better`` is the score of the
    scenario after a further walk on the best way, and ``result`` the status and score of the course
    then; ``None`` if no such walk raises the score.
    """

    id: str
    title: str
    walks: int
    left: int | None
    score: int
    better: int | None = None
    result: tuple[Status, int | None] | None = None


@dataclass(frozen=True, slots=True)
class WalkOutlook:
    """One trainee's walk through a scenario that is under way: the titles of the scenes in which
    the trainee was (``before``) and continues (``after``)."""

    id: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one trainee sees in the new package.

    - ``before`` and ``after``: the status and score (hundredths of a percent) reported to the LMS.
    - ``resume``: the title of the page that “Resume” opens, ``None`` without that link.
    - ``notice``: the titles in the notice that the course has changed, ``None`` without a notice.
    - ``again``: what the trainee must do once more; ``gone``: what the trainee did and is no longer
      in the course; ``kept``: the number of all other things that the trainee did.
    - ``new``: the titles of new pages.
    - ``certificate``: the day printed on the certificate: ``today`` for the day of the next visit,
      empty if the day is unknown, ``None`` without a certificate.
    - ``language``: the tag of the language that the trainee chose and the new package no longer
      has, so that the trainee continues in the source language; else empty.
    - ``walks``: the walks through scenarios that are under way; ``scenarios``: the scores of
      scenarios that count.
    - ``problem``: a sentence about damage of the saved state, or empty.
    - ``begun``: whether there was a saved state at all.
    """

    learner: str
    before: tuple[Status, int | None]
    after: tuple[Status, int | None]
    resume: str | None = None
    notice: tuple[str, ...] | None = None
    kept: int = 0
    again: tuple[Thing, ...] = ()
    gone: tuple[Thing, ...] = ()
    new: tuple[str, ...] = ()
    pages: tuple[PageLine, ...] = ()
    quizzes: tuple[QuizOutlook, ...] = ()
    certificate: str | None = None
    language: str = ""
    walks: tuple[WalkOutlook, ...] = ()
    scenarios: tuple[ScenarioOutlook, ...] = ()
    problem: str = ""
    begun: bool = True

    @property
    def loses(self) -> bool:
        """Whether something that the trainee did no longer counts."""
        return bool(self.again or self.gone)


@dataclass(frozen=True, slots=True)
class Edition:
    """The title, version and digest of a package of a course."""

    title: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What all trainees see in the new package.

    ``changed`` is whether the outlines of the packages differ. ``generated`` is whether the saved
    states were generated from the old package instead of read from an export. ``other_course`` is
    whether the ids of the courses differ, so that an LMS treats the new package as another course.
    """

    old: Edition
    new: Edition
    changed: bool
    generated: bool
    other_course: bool
    trainees: tuple[Outlook, ...]

    @property
    def whole(self) -> bool:
        """Whether every trainee keeps everything, and every saved state could be read."""
        return not self.other_course and not any(
            trainee.loses or trainee.problem for trainee in self.trainees
        )


def rehearse(old: Outline, new: Outline, trainees: Iterable[Row | Stage]) -> Rehearsal:
    """Predict what each of the given trainees, who began with the package ``old``, sees in the
    package ``new``. Never raises.

    A ``Row`` is a trainee from an LMS's export, a ``Stage`` a generated one.
    """
    rehearser = _Rehearser(Course(old), Course(new))
    outlooks = [
        rehearser.stage(trainee) if isinstance(trainee, Stage) else rehearser.row(trainee)
        for trainee in trainees
    ]
    return Rehearsal(
        old=Edition(old.title, old.version, old.digest),
        new=Edition(new.title, new.version, new.digest),
        changed=compare(old, new).changed,
        generated=all(isinstance(trainee, Stage) for trainee in trainees),
        other_course=old.id != new.id,
        trainees=tuple(outlooks),
    )


class _Rehearser:
    def __init__(self, old: Course, new: Course) -> None:
        self.old, self.new = old, new
        self.fated = _ThingFates(old.outline, new.outline)
        self._places = {page.key: page.id for page in reversed(old.outline.pages)}
        self._lines: dict[tuple[str, PageStatus], PageLine] = {}
        self._scenarios = tuple(_scenarios(old.outline, new.outline))
        spoken = (one.language for one in new.outline.translations)
        self._languages = {"", new.outline.language, *spoken}

    def stage(self, stage: Stage) -> Outlook:
        return self._outlook(stage.name, stage.state, "")

    def row(self, row: Row) -> Outlook:
        text = strip_saved_state(row.text)
        state = decode(text)
        if not text:
            before = (_parse_status(row.status), _parse_score(row.score))
            return Outlook(row.learner, before, before, begun=False)
        found = damage(text, state, self.old.outline)
        problem = found.problem if found else ""
        if state is None:
            before = (_parse_status(row.status), _parse_score(row.score))
            return Outlook(row.learner, before, before, problem=problem)
        scores = [score for score in (state.score, _parse_score(row.score)) if score is not None]
        state = replace(
            state,
            status=higher(state.status, _parse_status(row.status)),
            score=max(scores, default=None),
        )
        return replace(self._outlook(row.learner, state, row.location), problem=problem)

    def _outlook(self, learner: str, state: State, location: str) -> Outlook:
        before = Trainee(self.old, carry_over(self.old, state))
        after = Trainee(self.new, carry_over(self.new, state))
        opened = after.after_opening()
        location = location or self._location(state)
        resume, notice = after.resume_page(location), after.notice()
        tracking = self.old.outline.tracking
        lms_score = state.score if tells_score(state.status, state.score, tracking) else None
        status, score = opened.reported_result()
        things = list(self.fated.things(before.state, after.state))
        return Outlook(
            learner,
            before=(state.status, lms_score),
            # The LMS keeps a score that is no longer reported.
            after=(status, lms_score if score is None else score),
            resume=resume.title if resume else None,
            notice=None if notice is None else tuple(page.title for page in notice),
            kept=sum(fate == "kept" for _, fate in things),
            again=tuple(thing for thing, fate in things if fate == "again"),
            gone=tuple(thing for thing, fate in things if fate == "gone"),
            new=tuple(page.title for page in self.fated.new if page.key not in after.state.visited),
            pages=tuple(
                self._page_line(page, page_status(page, opened.state))
                for page in self.new.outline.pages
            ),
            quizzes=tuple(_quizzes(opened)),
            certificate=_certificate(opened),
            language="" if state.language in self._languages else state.language,
            walks=tuple(self._walks(before.state, opened.state)),
            scenarios=tuple(_scores(opened)),
        )

    def _walks(self, before: State, after: State) -> Iterator[WalkOutlook]:
        for old, page in self._scenarios:
            kept = before.quizzes.get(old.key)
            if kept and kept.open:
                was, now = scene_of_walk(old, before), scene_of_walk(page, after)
                yield WalkOutlook(page.id, page.title, was.title, now.title)

    def _page_line(self, page: Page, word: PageStatus) -> PageLine:
        # Cached, since there may be thousands of trainees and most of their lines are equal.
        known = self._lines.get((page.id, word))
        return known or self._lines.setdefault((page.id, word), PageLine(page.id, page.title, word))

    def _location(self, state: State) -> str:
        """The location that the player would have reported to the LMS; used if an export leaves it
        out."""
        return self._places.get(state.bookmark, "")


def _scenarios(old: Outline, new: Outline) -> Iterator[tuple[Page, Page]]:
    """Yield each scenario of the old course with its successor."""
    by_key = {page.key: page for page in old.pages if page.scenario}
    for page in new.pages:
        before = next((by_key[key] for key in (page.key, *page.former.same) if key in by_key), None)
        if page.scenario and before:
            yield before, page


def _certificate(trainee: Trainee) -> str | None:
    """The day on the trainee's certificate at the next visit, or the word ``today`` if it is the
    day of that visit; ``None`` without a certificate."""
    has_certificate = (
        trainee.course.outline.certificate and trainee.reported_result()[0] in COMPLETED
    )
    return trainee.finish_date("today") if has_certificate else None


def _parse_status(word: str) -> Status:
    return next((status for status in get_args(Status) if status == word.lower()), "incomplete")


def _parse_score(text: str) -> int | None:
    try:
        score = round(float(text.replace(",", ".")) * 100)
    except (ValueError, OverflowError):
        return None
    return score if 0 <= score <= BEST_LIMIT else None


def _quizzes(trainee: Trainee) -> Iterator[QuizOutlook]:
    for page in trainee.course.outline.pages:
        kept = trainee.state.quizzes.get(page.key)
        if page.quiz:
            left = attempts_left(page, trainee.state)
            yield QuizOutlook(
                page.id,
                page.title,
                attempts=kept.attempts if kept else 0,
                attempts_left=None if left == float("inf") else int(left),
                score=kept.best if kept else None,
                open=bool(kept and kept.open),
            )


def _scores(trainee: Trainee) -> Iterator[ScenarioOutlook]:
    """Yield the score of each scenario that counts and has been walked to an ending."""
    for page in trainee.course.outline.pages:
        kept = trainee.state.quizzes.get(page.key)
        if not (page.scenario and page.scenario.weight and kept and kept.best is not None):
            continue
        left = attempts_left(page, trainee.state)
        found = ScenarioOutlook(
            page.id,
            page.title,
            walks=kept.attempts,
            left=None if left == float("inf") else int(left),
            score=kept.best,
        )
        after = replace(trainee, state=further_walk(page, trainee.state))
        better = after.state.quizzes[page.key].best
        if left and better is not None and better > kept.best:
            found = replace(found, better=better, result=after.reported_result())
        yield found


_ThingFate = Literal["kept", "again", "gone"]
_FatedThing = tuple[Thing, _ThingFate]


class _ThingFates:
    """What happens in the new course to everything that can be done in the old one."""

    def __init__(self, old: Outline, new: Outline) -> None:
        old_keys = {key for page in old.pages for key in (page.key, *_former_keys(page.former))}
        self.new = tuple(
            page
            for page in new.pages
            if page.key not in old_keys and old_keys.isdisjoint(_former_keys(page.former))
        )
        before, now = _Index(old), _Index(new)
        self.pages = _KindFates("page", before.pages, _unless_repurposed(before.pages, now.pages))
        self.checks = _KindFates("practice", before.checks, now.checks)
        self.quizzes = _KindFates("quiz", before.quizzes, now.quizzes)
        self.asked = _KindFates("answer", before.asked, now.asked)
        self.records = _KindFates("record", before.records, now.records)
        self.walks = _KindFates("walk", before.walks, now.walks)
        self.decisions = _KindFates("decision", before.scenes, now.scenes)
        self._shown_before, self._shown_now = _page_by_shown_key(old), _page_by_shown_key(new)
        self._pages = {page.key: page for page in new.pages}
        self._ids = {question.key: question.id for question in new.questions}

    def things(self, before: State, after: State) -> Iterator[_FatedThing]:
        """Yield everything that a trainee has done in the old course, and what happens to it.

        ``before`` and ``after`` are the trainee's state in the old and the new course.
        """
        read = _read_or_shown(before, self._shown_before)
        read_now = _read_or_shown(after, self._shown_now)
        yield from self.pages.of(read - set(before.quizzes), read_now)
        yield from self.checks.of(before.checks, after.checks)
        yield from self.quizzes.of(before.quizzes, after.quizzes)
        yield from self._answers(before, after)
        yield from self.records.of(before.records, after.records)
        yield from self.walks.of(before.quizzes, after.quizzes)
        yield from self.decisions.of(before.checks, after.checks)

    def _answers(self, before: State, after: State) -> Iterator[_FatedThing]:
        """Yield the answers in unfinished quiz attempts, and what happens to these answers.
        ``before`` and ``after`` are as for ``things``.

        Leaves out the answers of a quiz that is gone or must be taken again.
        """
        for page, quiz in before.quizzes.items():
            successor = self.quizzes.successor(page)
            now = after.quizzes.get(successor or "")
            if quiz.open and successor and now and now.open:
                asked = self._asked_keys(successor, after)
                yield from self.asked.of(quiz.answers, asked, now.answers.keys() - asked)

    def _asked_keys(self, quiz: str, state: State) -> frozenset[str]:
        """The keys of the questions that are answered in the attempt in ``state`` at the quiz with
        the key ``quiz`` and that this quiz still asks."""
        ids = {self._ids[key]: key for key in state.quizzes[quiz].answers if key in self._ids}
        asked = still_asked(self._pages[quiz], state, ids.keys())
        return frozenset(ids[name] for name in asked)


def _page_by_shown_key(outline: Outline) -> dict[str, str]:
    """The key of each page that a test-out can show, by the key that says that it has shown it."""
    return {page.shown: page.key for page in outline.pages if page.shown}


def _read_or_shown(state: State, page_by_shown_key: Mapping[str, str]) -> frozenset[str]:
    """The keys of the pages that a trainee has read, or shown by a test-out."""
    visited = state.visited
    return visited | {page for shown, page in page_by_shown_key.items() if shown in visited}


def _former_keys(former: Former) -> tuple[str, ...]:
    return (*former.same, *former.changed)


@dataclass(frozen=True, slots=True)
class _IndexEntry:
    id: str
    title: str
    former: Former = NO_FORMER
    kind: str = ""


def _unless_repurposed(
    old: Mapping[str, _IndexEntry], now: Mapping[str, _IndexEntry]
) -> dict[str, _IndexEntry]:
    """The pages of the new course (``now``), without those that were pages to read in the old
    course (``old``) and are now a quiz or record.

    A trainee who has read the earlier page has not completed the quiz that replaced it.
    """
    read_pages = {key: entry.id for key, entry in old.items() if entry.kind == "page"}
    read_ids = {*read_pages.values()}
    return {
        key: entry
        for key, entry in now.items()
        if entry.kind == "page"
        or not (
            entry.id in read_ids
            or any(known_key in read_pages for known_key in (key, *_former_keys(entry.former)))
        )
    }


class _Index:
    """The pages, quizzes, questions and record items that can be done in a course, each by its key
    in the saved state."""

    def __init__(self, outline: Outline) -> None:
        questions = {question.id: question for question in outline.questions}

        def asked(ids: Callable[[Page], tuple[str, ...]]) -> dict[str, _IndexEntry]:
            listed = (questions[name] for page in outline.pages for name in ids(page))
            return {
                question.key: _IndexEntry(question.id, question.prompt, question.former)
                for question in listed
            }

        self.pages = {
            page.key: _IndexEntry(page.id, page.title, page.former, page.kind)
            for page in outline.pages
        }
        self.quizzes = {page.key: self.pages[page.key] for page in outline.pages if page.quiz}
        self.checks = asked(lambda page: page.checks)
        self.asked = asked(lambda page: page.quiz)
        self.walks = {page.key: self.pages[page.key] for page in outline.pages if page.scenario}
        self.scenes = {
            scene.key: _IndexEntry(f"{page.id}/{scene.id}", scene.title, scene.former)
            for page in outline.pages
            if page.scenario
            for scene in page.scenario.scenes
        }
        self.records = {
            item.key: _IndexEntry(item.id, item.text, item.former)
            for page in outline.pages
            for item in page.record
        }


class _KindFates:
    """What happens to each thing of one kind in the old course. Computed once for all trainees."""

    def __init__(
        self, kind: Kind, old: Mapping[str, _IndexEntry], now: Mapping[str, _IndexEntry]
    ) -> None:
        by_id = {entry.id: key for key, entry in now.items()}
        successors = {old: key for key, entry in now.items() for old in _former_keys(entry.former)}
        self._things: dict[str, tuple[int, Thing, str | None]] = {}
        for at, (key, entry) in enumerate(old.items()):
            # An item with the same id is its successor, whatever its revision.
            successor = by_id.get(entry.id, successors.get(key))
            thing = Thing(kind, entry.id, entry.title)
            self._things[key] = (at, thing, key if key in now else successor)

    def successor(self, key: str) -> str | None:
        """The key in the new course of what has this key in the old course.

        ``None`` if the old course has no such key, or the new course no counterpart.
        """
        return self._things[key][2] if key in self._things else None

    def of(
        self, done: Iterable[str], kept: Container[str], unasked: Container[str] = ()
    ) -> Iterator[_FatedThing]:
        """Yield each thing that was done in the old course, such as a visited page, and what
        happens to it (``gone``, ``kept`` or ``again``), in the order of the old course.

        ``done`` are the keys of what the trainee did in the old course, ``kept`` the keys saved in
        the trainee's new state. ``unasked`` are those of ``kept`` whose questions the new course no
        longer asks.
        """
        for _, thing, successor in sorted(self._things[key] for key in done if key in self._things):
            if successor is None or successor in unasked:
                yield thing, "gone"
            else:
                yield thing, "kept" if successor in kept else "again"
