"""Generates saved states of trainees at every stage of a course, from the first page to the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

from builder.course.questions import TYPES
from builder.course.state import CheckState, QuizState, RecordState, State
from builder.package.outline import Outline, Page, Question, Scenario
from builder.updating.trainee import Course, Trainee
from builder.updating.trainee.locks import Gate
from builder.updating.trainee.progress import gate_open, page_status
from builder.updating.trainee.tracking import COMPLETED
from builder.updating.walks import best_way, mean

_ATTEMPT = "AAAAAAAA"
_ANSWER_TEXT = "An answer."
_DAY = "2026-01-31"


@dataclass(frozen=True, slots=True)
class Stage:
    """A generated saved state, with a name that says how far the trainee is."""

    name: str
    state: State


def stages(outline: Outline) -> Iterator[Stage]:
    """Generate the stages of a trainee who takes the pages in order, answers correctly and passes.

    For each quiz, also generates the stages of a trainee who stops in the middle or does not pass.
    """
    way = _Walk(outline)
    *before, last = (stage for page in way.pages() for stage in way.visit(page))
    yield from before
    finished = way.trainee.reported_result()[0] in COMPLETED
    yield Stage("finished everything", last.state) if finished else last


def failed_stage(outline: Outline) -> Stage | None:
    """The stage of a trainee who has done everything but failed every quiz that can be failed, and
    decided badly in every scenario in which a limited number of walks counts.

    ``None`` if the course never reports ``failed``.
    """
    way = _Walk(outline)
    for page in way.pages():
        for _ in way.visit(page):
            pass
    done = way.state.quizzes
    lost = {
        page.key: replace(
            done[page.key], attempts=page.rules.attempts, best=page.rules.pass_mark * 100 // 2
        )
        for page in outline.pages
        if page.quiz
        and page.rules
        and page.rules.attempts
        and page.rules.pass_mark
        and not page.covers
    }
    lost |= {
        page.key: replace(done[page.key], attempts=page.scenario.limit, best=0)
        for page in outline.pages
        if page.scenario and page.scenario.weight and page.scenario.limit
    }
    way.state = replace(way.state, status="incomplete", score=None)
    state = way.save(quizzes=done | lost)
    return Stage("did not pass in any attempt", state) if state.status == "failed" else None


class _LockedPages:
    """The pages that are still locked, with the number of their gates (the conditions of their
    locks) that are still closed."""

    def __init__(self, course: Course) -> None:
        self.gates = {name: len(set(gates)) for name, gates in course.gates_by_page.items()}
        self._pages_by_gate: dict[Gate, list[str]] = {}
        for name, gates in course.gates_by_page.items():
            for gate in dict.fromkeys(gates):
                self._pages_by_gate.setdefault(gate, []).append(name)
        self._pages_left = {gate: len(gate.pages) for gate in self._pages_by_gate}
        self._gates_by_page: dict[str, list[Gate]] = {}
        for gate in self._pages_by_gate:
            for page in gate.pages:
                self._gates_by_page.setdefault(page.id, []).append(gate)

    def opened_by(self, page: Page, state: State) -> Iterator[str]:
        """Record that ``page`` was visited, and yield the ids of the pages that open because of
        it."""
        for gate in self._gates_by_page.get(page.id, ()):
            self._pages_left[gate] -= gate_open(Gate((page,), gate.until), state)
            if self._pages_left[gate]:
                continue
            for name in self._pages_by_gate[gate]:
                self.gates[name] -= 1
                if not self.gates[name]:
                    del self.gates[name]
                    yield name

    def all(self) -> list[str]:
        """Open every page that is still locked; returns the ids of these pages."""
        opened = list(self.gates)
        self.gates.clear()
        self._gates_by_page.clear()
        return opened


class _Walk:
    def __init__(self, outline: Outline) -> None:
        self.course = Course(outline)
        self.questions = {question.id: question for question in outline.questions}
        finished = "" if outline.keeps_day else None
        self.state = State(
            _ATTEMPT, 0, "incomplete", "", edition=outline.edition, finished=finished
        )

    @property
    def trainee(self) -> Trainee:
        return Trainee(self.course, self.state)

    def pages(self) -> Iterator[Page]:
        """Yield the pages in the order in which a trainee can open them: always the first in the
        course that is open and was not yielded yet."""
        pages = self.course.outline.pages
        places = {page.id: at for at, page in enumerate(pages)}
        locked = _LockedPages(self.course)
        ready = [at for at, page in enumerate(pages) if page.id not in locked.gates]
        heapify(ready)
        while ready:
            page = pages[heappop(ready)]
            yield page
            # A trainee who has finished may open every page.
            finished = self.state.status in COMPLETED
            opened = locked.all() if finished else locked.opened_by(page, self.state)
            for name in opened:
                heappush(ready, places[name])

    def save(self, **changes: object) -> State:
        """Return the state with these fields changed, as the player would save it."""
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        trainee = Trainee(self.course, state)
        status, score = trainee.reported_result()
        finished = trainee.finish_date(_DAY)
        state = replace(state, status=status, score=score, saves=state.saves + 1, finished=finished)
        if self.course.outline.tracking.pages == "all":
            return state
        scenes = {
            scene.key
            for page in self.course.outline.pages
            if page.scenario
            for scene in page.scenario.scenes
        }
        decided = {key: check for key, check in state.checks.items() if key in scenes}
        return replace(state, visited=frozenset(), checks=decided)

    def visit(self, page: Page) -> Iterator[Stage]:
        checks = {self.questions[name].key: name for name in page.checks}
        answers = {
            key: CheckState(1, True, response(self.questions[name])) for key, name in checks.items()
        }
        self.state = replace(
            self.state,
            visited=self.state.visited | {page.key},
            bookmark=page.key,
            checks=self.state.checks | answers,
        )
        if page.covers and page.rules:
            yield from self._test_out(page)
        elif page.quiz and page.rules:
            yield from self._quiz(page)
        elif page.record:
            yield from self._record(page)
        elif page.scenario:
            yield from self._scenario(page, page.scenario)
        self.state = self.save()
        if not page.quiz and not page.record and not page.scenario:
            yield Stage(f"read “{page.title}”", self.state)

    def _quiz(self, page: Page) -> Iterator[Stage]:
        *before, last = self._attempts(page)
        yield from before
        self.state = last.state
        yield last

    def _test_out(self, page: Page) -> Iterator[Stage]:
        """The stages of a trainee who takes a test-out. Later stages are those of one who reads."""
        *before, last = self._attempts(page)
        yield from before
        pages = (one for one in self.course.outline.pages if one.id in page.covers)
        shown = {one.shown for one in pages if page_status(one, self.state) == "not_started"}
        passed = replace(last.state, visited=last.state.visited | shown)
        yield Stage(last.name, passed)

    def _attempts(self, page: Page) -> Iterator[Stage]:
        """The stages of one quiz or test-out; the last one has passed it."""
        assert page.rules
        asked = [*page.rules.fixed]
        for draw in page.rules.draws:
            asked += draw.questions[: draw.count]
        answers = {
            self.questions[question].key: response(self.questions[question]) for question in asked
        }

        def with_quiz(quiz: QuizState) -> State:
            return self.save(quizzes=self.state.quizzes | {page.key: quiz})

        some = dict(list(answers.items())[: len(answers) // 2])
        yield Stage(
            f"started but did not finish “{page.title}”", with_quiz(QuizState(1, None, True, some))
        )
        mark = page.rules.pass_mark
        if mark:
            below = QuizState(page.rules.attempts or 1, mark * 100 // 2, False, answers)
            used = " in every attempt" if page.rules.attempts else ""
            yield Stage(f"did not pass “{page.title}”{used}", with_quiz(below))
        done = "passed" if mark else "took"
        yield Stage(f"{done} “{page.title}”", with_quiz(QuizState(1, 100_00, False, answers)))

    def _scenario(self, page: Page, scenario: Scenario) -> Iterator[Stage]:
        way = best_way(scenario)

        def walked(count: int, best: int | None) -> State:
            decisions = {
                scene.key: CheckState(1, choice.quality == "good", choice.id)
                for scene, choice in way[:count]
            }
            if best is not None:
                end = way[-1][1].to if way else scenario.start
                last = next(one for one in scenario.scenes if one.id == end)
                decisions[last.key] = CheckState(1, last.ending == "good", "")
            answers = {scene.key: choice.id for scene, choice in way[:count]}
            quiz = QuizState(1, best, best is None, answers)
            return self.save(
                checks=self.state.checks | decisions,
                quizzes=self.state.quizzes | {page.key: quiz},
            )

        if len(way) > 1:
            name = f"started but did not finish “{page.title}”"
            yield Stage(name, walked(len(way) // 2, None))
        if scenario.weight:
            yield Stage(f"decided badly in “{page.title}”", walked(len(way), 0))
        self.state = walked(len(way), mean(choice.quality for _, choice in way))
        yield Stage(f"walked through “{page.title}”", self.state)

    def _record(self, page: Page) -> Iterator[Stage]:
        filled = {item.key: RecordState(_DAY, _ANSWER_TEXT[: item.limit]) for item in page.record}
        first = page.record[0].key
        if len(filled) > 1:
            some = self.save(records=self.state.records | {first: filled[first]})
            yield Stage(f"filled in part of “{page.title}”", some)
        self.state = self.save(records=self.state.records | filled)
        yield Stage(f"filled in “{page.title}”", self.state)


def response(question: Question) -> str:
    """The right response to a question as the player saves it, or any response if none is right;
    empty if the type is unknown."""
    kind = TYPES.get(question.type)
    return kind.right_response(question) if kind else ""
