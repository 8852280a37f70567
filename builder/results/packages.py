"""The packages that reports are joined to, and what each of their questions reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from builder.base.immutable import immutable, unfolding
from builder.base.printing import safe
from builder.course.questions import TYPES
from builder.package import verify
from builder.package.outline import Outline, Page, Question, Scene
from builder.results import naming
from builder.results.reading.tables import ReportError
from builder.updating import read

_MOST_PATTERNS = 5
"""Maximum number of right answers that the player reports for a question
(``templates/player/lms/interactions.ts``)."""


def joined(question: Question, patterns: Sequence[str]) -> str:
    """Right answers of a question as Moodle's report joins them."""
    typed = question.interaction == "fill-in"
    return ",".join(map(safe, patterns[:_MOST_PATTERNS]) if typed else patterns[:_MOST_PATTERNS])


@immutable
class Asked:
    """A question on a page, or one statement of it that is reported separately.

    ``part`` is the id of the statement, or empty. ``is_quiz`` is whether it counts for a score
    there.
    """

    page: Page
    question: Question
    part: str
    is_quiz: bool

    @property
    def use(self) -> str:
        """What the page asks it for: ``quiz``, ``test-out``, ``scenario`` or ``practice``. The
        answers of a test-out do not count for a score, and are kept like those of practice; so are
        decisions in a scenario."""
        if self.page.scenario and self.question.id not in self.page.checks:
            return "scenario"
        if self.page.covers:
            return "test-out"
        return "quiz" if self.is_quiz else "practice"

    @property
    def id(self) -> str:
        """The id under which the player reports answers (``builder.package.key``)."""
        return "--".join(filter(None, (self.page.id, self.question.id, self.part)))

    @property
    def prompt(self) -> str:
        """The words of the question, with those of the statement."""
        words = [self.question.prompt, self.question.texts.get(self.part, "")]
        return " – ".join(" ".join(one.split()) for one in words if one)

    @property
    def judged(self) -> bool:
        """Whether answers are right or wrong."""
        return self.question.scored

    @property
    def typed(self) -> bool:
        """Whether a response is the trainee's own text."""
        kind = TYPES.get(self.question.type)
        return kind is not None and kind.typed

    @property
    def pattern(self) -> str:
        """The right answers as Moodle's report joins them."""
        return joined(self.question, self.question.patterns)

    @property
    def has_language(self) -> bool:
        """Whether the player reports in which translation an answer was typed."""
        return self.typed and self.judged


@immutable
class Quiz:
    """What the quiz of a page can ask: ``fixed`` always, and from each pool of ``draws`` as many
    questions as its number. The ids are those of interactions."""

    page: Page
    fixed: frozenset[str]
    order: tuple[str, ...]
    is_ordered: bool
    drawn: int
    drawable: frozenset[str]

    def is_complete(self, ids: frozenset[str]) -> bool:
        """Whether these are the ids of the answers of a whole round."""
        return ids >= self.fixed and len(ids - self.fixed) == self.drawn

    def begins_with(self, ids: Sequence[str]) -> bool:
        """Whether a round of this quiz can begin with these answers, in this order."""
        return self.is_ordered and self.order[: len(ids)] == tuple(ids)


@unfolding
class Package:
    """A package at ``path``. ``label`` is its version, with the language if packages in several
    languages are given."""

    path: Path
    outline: Outline
    label: str

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.path.name

    @cached_property
    def asked(self) -> Mapping[str, Asked]:
        """Everything that the package can report, by the id of the interaction."""
        return {one.id: one for one in _asked(self.outline)}

    @property
    def reported(self) -> Iterator[str]:
        """The ids of all interactions that a report can have, apart from that of the version."""
        yield from self.asked
        yield from (page.id for page in self.outline.pages if page.covers)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that trainees can choose, beginning with that of the source."""
        return (self.outline.language, *(one.language for one in self.outline.translations))

    @cached_property
    def spoken(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The languages in which a question has these right answers, by the id of the interaction
        and the right answers as Moodle's report joins them."""
        found: dict[tuple[str, str], set[str]] = {}
        for name, one in self.asked.items():
            found.setdefault((name, one.pattern), set()).add(self.outline.language)
            for other in self.outline.translations:
                texts = other.questions.get(one.question.id)
                translated = texts.patterns if texts else ()
                pattern = joined(one.question, translated) if translated else one.pattern
                found.setdefault((name, pattern), set()).add(other.language)
        return {key: frozenset(languages) for key, languages in found.items()}

    @cached_property
    def quizzes(self) -> Mapping[str, Quiz]:
        """The quizzes by the id of their page."""
        pages = (
            page for page in self.outline.pages if page.quiz and page.rules and not page.covers
        )
        return {page.id: self._quiz(page) for page in pages}

    def _quiz(self, page: Page) -> Quiz:
        rules = page.rules
        assert rules is not None
        ids: dict[str, list[str]] = {}
        for one in self.asked.values():
            if one.is_quiz and one.page.id == page.id:
                ids.setdefault(one.question.id, []).append(one.id)
        fixed = [one for name in rules.fixed for one in ids.get(name, ())]
        drawable = {one for draw in rules.draws for name in draw.questions for one in ids[name]}
        return Quiz(
            page,
            frozenset(fixed),
            tuple(one for name in page.quiz for one in ids.get(name, ())),
            not rules.shuffle_questions and not rules.draws,
            sum(draw.count for draw in rules.draws),
            frozenset(drawable - set(fixed)),
        )


def _asked(outline: Outline) -> Iterator[Asked]:
    questions = {question.id: question for question in outline.questions}
    for page in outline.pages:
        for names, is_quiz in ((page.checks, False), (page.quiz, not page.covers)):
            for question in (questions[name] for name in names):
                if question.interaction is None:
                    continue
                parts = question.items if question.type == "likert" and question.items else ("",)
                yield from (Asked(page, question, part, is_quiz) for part in parts)
        for scene in page.scenario.scenes if page.scenario else ():
            if scene.choices:
                yield Asked(page, _decision(page, scene), "", False)


def _decision(page: Page, scene: Scene) -> Question:
    """The first decision in a scene, as a choice without right or wrong: what is good in a story is
    no measure of what people know."""
    return Question(
        id=scene.id,
        key=scene.key,
        former=scene.former,
        revision=page.revision,
        interaction="choice",
        retired=(),
        prompt=scene.title,
        texts={choice.id: choice.text for choice in scene.choices},
        right="",
        room=1,
        type="choice",
        options=tuple(choice.id for choice in scene.choices),
        items=(),
        patterns=(),
        answer={},
        scored=False,
        weight=1,
        fingerprint="",
        wording=" ".join((scene.wording, *(choice.wording for choice in scene.choices))),
    )


def read_packages(paths: Sequence[Path]) -> tuple[tuple[Package, ...], tuple[str, ...]]:
    """Read packages of one course, and sentences about what is unusual about them. Raises
    ``ReportError`` if one cannot be read or two cannot be told apart."""
    found: dict[str, tuple[Path, Outline]] = {}
    notes = []
    names = dict(zip(paths, naming.distinct(paths), strict=True))
    for path in paths:
        outline, problems = read(path)
        if outline is None:
            raise ReportError(f"“{names[path]}”: {problems[0].message} {problems[0].hint}")
        if any(one.code == "package-digest" for one in verify.judge(path)):
            notes.append(
                f"“{names[path]}” was changed after it was built. Its questions may differ from "
                "what trainees saw."
            )
        found.setdefault(outline.digest, (path, outline))
    outlines = [outline for _, outline in found.values()]
    _check_same_course([names[path] for path, _ in found.values()], outlines)
    several = len({outline.language for outline in outlines}) > 1
    packages = tuple(
        Package(
            path,
            outline,
            f"{outline.version} ({outline.language})" if several else outline.version,
        )
        for path, outline in found.values()
    )
    _check_labels(packages, names)
    return tuple(sorted(packages, key=lambda one: _version_key(one.outline.version))), tuple(notes)


def _check_same_course(names: Sequence[str], outlines: Sequence[Outline]) -> None:
    for name, outline in zip(names, outlines, strict=True):
        if outline.id != outlines[0].id:
            raise ReportError(
                f"“{names[0]}” is the course “{outlines[0].id}” and “{name}” is the "
                f"course “{outline.id}”. Name the packages of one course, and run the command "
                "again for the other."
            )


def _check_labels(packages: Sequence[Package], names: Mapping[Path, str]) -> None:
    seen: dict[str, Package] = {}
    for one in packages:
        if (other := seen.setdefault(one.label, one)) is not one:
            raise ReportError(
                f"“{names[other.path]}” and “{names[one.path]}” are both version {one.label}, and "
                "their words or settings differ: answers cannot be assigned to one of them. Name "
                "only the package that trainees had, and give each build its own “version:” in "
                "course.yaml."
            )


def _version_key(version: str) -> list[tuple[int, str]]:
    parts = version.replace("-", ".").split(".")
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
