"""Joins reports to packages by the ids of answers, and accounts for every row and every answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from builder.results import crediting, languages, overlap, versions
from builder.results.model import Answer, AnswerFate, Attempt, Fate, Report, Result
from builder.results.packages import Asked, Package

_PRACTICE, _UNKNOWN = "(practice)", "(unknown)"
"""Used in place of the id of a page; no id has parentheses."""
_MOST_CACHED = 20_000


@dataclass(slots=True)
class Sitting:
    """The answers of one person that count: to a quiz, in ``answers``, or to practice questions.

    ``versions`` are the indices of the packages that the answers fit, ``languages`` the languages
    in which they can have been given. ``last`` are the last answers by id of the interaction, if
    they differ from the first. ``rounds`` is the number of rounds of the quiz. ``points`` are the
    score of the first round and the best possible score, once they are known
    (``builder.results.grouping.score``).
    """

    versions: tuple[int, ...]
    languages: tuple[str, ...]
    report: int
    month: str
    minutes: float | None
    answers: tuple[Answer, ...]
    last: Mapping[str, Answer]
    rounds: int = 1
    points: tuple[float, float] | None = None


@dataclass(slots=True)
class Joined:
    """Reports joined to packages.

    ``rows`` counts the rows of all reports by what happened to them, ``answers`` the answers.
    ``quizzes`` has, for each quiz by the id of its page, the sittings that count. ``practice`` has
    those of practice questions. ``unknown`` counts answers by the id of an interaction that no
    package has. ``outside`` counts, by id of interaction, the first answers in quizzes that do not
    count, such as half-way ones. ``doubtful`` counts answers that a spreadsheet may have changed.
    ``unclear`` counts, by the index of a report without results, the answers that the packages
    which they fit judge differently.
    ``named`` lists the rows that do not count: report, row, the person, and what happened.
    """

    packages: tuple[Package, ...]
    reports: tuple[Report, ...]
    rows: Counter[Fate] = field(default_factory=Counter)
    answers: Counter[AnswerFate] = field(default_factory=Counter)
    quizzes: dict[str, list[Sitting]] = field(default_factory=dict)
    practice: list[Sitting] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)
    doubtful: Counter[str] = field(default_factory=Counter)
    unclear: Counter[int] = field(default_factory=Counter)
    named: list[tuple[str, int, str, Fate]] = field(default_factory=list)

    @property
    def asked(self) -> dict[str, Asked]:
        """Everything that the packages can report, by id; of several versions the newest."""
        found: dict[str, Asked] = {}
        for package in self.packages:
            found.update(package.asked)
        return found

    @property
    def translations(self) -> frozenset[str]:
        """The tags of the translations in the packages."""
        return frozenset(name for package in self.packages for name in package.languages[1:])


def join(reports: Sequence[Report], packages: Sequence[Package]) -> Joined:
    """Join the rows of reports to the questions of packages."""
    joined = Joined(tuple(packages), tuple(reports))
    joiner = _Joiner(joined)
    attempts = [attempt for report in reports for attempt in report.attempts]
    repeated = overlap.repeated(attempts) if len(reports) > 1 else ()
    since = overlap.started_elsewhere(attempts) if len(reports) > 1 else ()
    first: dict[tuple[str, ...], int] = {}
    for one in attempts:
        if one.number is not None:
            first[one.person] = min(one.number, first.get(one.person, one.number))
    for one in attempts:
        if id(one) in repeated:
            fate: Fate = "twice"
            joiner.leave(one)
        elif one.number is None:
            fate = "since" if id(one) in since else "never"
        elif not one.answers:
            fate = "opened"
        else:
            fate = joiner.join(one, is_first=one.number == first[one.person])
        joined.rows[fate] += 1
        if fate not in ("counted", "practice"):
            person = " ".join(filter(None, one.person))
            joined.named.append((reports[one.report].name, one.row, person, fate))
    return joined


class _Joiner:
    """Adds rows to ``joined``."""

    def __init__(self, joined: Joined) -> None:
        self.joined = joined
        self.asked = joined.asked
        self.translations = joined.translations
        self.quiz_pages = {page for package in joined.packages for page in package.quizzes}
        self.reworded = set(_reworded(joined.packages))
        self.eligible = [_eligible(joined.packages, report) for report in joined.reports]
        labels = [versions.label_of(package.outline) for package in joined.packages]
        self.by_version = {label: at for at, label in enumerate(labels)}
        self.pages: dict[str, str] = {}
        self.complete: dict[tuple[int, str, tuple[str, ...]], list[int]] = {}
        self.evidence: dict[tuple[str, str], frozenset[int]] = {}
        self.credits: dict[tuple[int, tuple[int, ...], Answer], set[Result]] = {}

    def leave(self, attempt: Attempt) -> None:
        """Account for the answers of a row that does not count."""
        self.joined.answers["left"] += len(attempt.answers)

    def join(self, attempt: Attempt, is_first: bool) -> Fate:
        """Account for a row with answers."""
        quizzes: dict[str, list[Answer]] = {}
        practice: list[Answer] = []
        unknown: list[Answer] = []
        for answer in attempt.answers:
            page = self.pages.get(answer.interaction)
            if page is None:
                page = self._page(answer.interaction)
            if page == _PRACTICE:
                practice.append(answer)
            elif page == _UNKNOWN:
                unknown.append(answer)
            else:
                quizzes.setdefault(page, []).append(answer)
            if answer.interaction not in self.asked:
                self.joined.unknown[answer.interaction] += 1
        if len(unknown) == len(attempt.answers):
            self.joined.answers["gone"] += len(unknown)
            return "unknown"
        if not is_first:
            self.leave(attempt)
            return "later"
        self.joined.answers["gone"] += len(unknown)
        self._add_practice(attempt, practice)
        fates = {self._add_quiz(attempt, page, answers) for page, answers in quizzes.items()}
        order: tuple[Fate, ...] = ("counted", "mixed", "foreign", "halfway")
        return next((fate for fate in order if fate in fates), "practice")

    def _page(self, interaction: str) -> str:
        """The page of the quiz that an answer belongs to, or ``_PRACTICE`` or ``_UNKNOWN``."""
        known = self.asked.get(interaction)
        if known is not None:
            page = known.page.id if known.is_quiz else _PRACTICE
        else:
            # Another version of a quiz can have questions that no given package has.
            page = interaction.partition("--")[0]
            page = page if page in self.quiz_pages else _UNKNOWN
        self.pages[interaction] = page
        return page

    def _add_practice(self, attempt: Attempt, answers: Sequence[Answer]) -> None:
        tries: dict[str, list[Answer]] = defaultdict(list)
        for one in answers:
            tries[one.interaction].append(one)
        for found in tries.values():
            self.joined.answers["first"] += 1
            self.joined.answers["last"] += len(found) > 1
            self.joined.answers["other"] += max(len(found) - 2, 0)
            self._note_doubts(found[:1])
        if tries:
            fits = [
                at
                for at in self.eligible[attempt.report]
                if tries.keys() <= self.joined.packages[at].asked.keys()
            ]
            reported, _ = self._reported(answers)
            narrowed = reported or self._narrow(fits, answers)
            fitting = narrowed or tuple(self.eligible[attempt.report])
            first = tuple(found[0] for found in tries.values())
            last = {name: found[-1] for name, found in tries.items() if len(found) > 1}
            self.joined.practice.append(self._sitting(fitting, attempt, None, first, last))

    def _sitting(
        self,
        packages: tuple[int, ...],
        attempt: Attempt,
        minutes: float | None,
        first: tuple[Answer, ...],
        last: Mapping[str, Answer],
        rounds: int = 1,
    ) -> Sitting:
        """The answers of a row that count, judged by the key if the report has no results."""
        if not self.joined.reports[attempt.report].has_results:
            first = tuple(self._judged(attempt.report, packages, one) for one in first)
            last = {name: self._judged(attempt.report, packages, one) for name, one in last.items()}
        spoken = self._languages(packages, first)
        return Sitting(
            packages, spoken, attempt.report, attempt.month, minutes, first, last, rounds
        )

    def _judged(self, report: int, packages: tuple[int, ...], answer: Answer) -> Answer:
        """The answer with its result by the key of those of ``packages`` that it fits, or of
        another one: a later round can be of a newer version."""
        key = (report, packages, answer)
        found = self.credits.get(key)
        if found is None:
            fits = self._fitting_one(report, answer)
            found = {
                crediting.credit(self.joined.packages[at], answer.interaction, answer.response)
                for at in fits.intersection(packages) or fits
            }
            self.credits[key] = found
        self.joined.unclear[report] += len(found) > 1
        return replace(answer, result=next(iter(found)) if len(found) == 1 else None)

    def _fitting_one(self, report: int, answer: Answer) -> frozenset[int]:
        """The packages in which a single answer can have been given."""
        asking = [
            at
            for at in self.eligible[report]
            if answer.interaction in self.joined.packages[at].asked
        ]
        reported = self.by_version.get(answer.version)
        return frozenset({reported} if reported in asking else self._narrow(asking, (answer,)))

    def _add_quiz(self, attempt: Attempt, page: str, answers: Sequence[Answer]) -> Fate:
        """Account for the answers of one row to the quiz of a page."""
        first, repeated, later, mixed = self._first_round(attempt.report, page, answers)
        ids = [one.interaction for one in first.values()]
        complete = self._complete(attempt.report, page, ids)
        found = self._narrow(complete, tuple(first.values()))
        reported, differ = self._reported(tuple(first.values()))
        if reported is not None:
            found = tuple(at for at in complete if at in reported)
            mixed = mixed or differ
        if mixed or not found:
            self.joined.answers["left"] += len(answers)
            self.joined.outside.update(ids)
            if reported == () or not self._fitting(attempt.report, page, ids):
                return "foreign"
            return "mixed" if mixed else "halfway"
        counts = self.joined.answers
        counts["counted"] += len(first)
        counts["repeated"] += repeated
        counts["round"] += len(later)
        last = {one.interaction: one for one in later}
        rounds = 1 + max(Counter(one.interaction for one in later).values(), default=0)
        self._note_doubts(tuple(first.values()))
        minutes = attempt.minutes if rounds == 1 else None
        self.joined.quizzes.setdefault(page, []).append(
            self._sitting(found, attempt, minutes, tuple(first.values()), last, rounds)
        )
        return "counted"

    def _first_round(
        self, report: int, page: str, answers: Sequence[Answer]
    ) -> tuple[dict[str, Answer], int, list[Answer], bool]:
        """Split the answers to a quiz: the first round by id, the number of answers that were sent
        twice in it, the later rounds, and whether the first round is of two versions."""
        first: dict[str, Answer] = {}
        repeated = 0
        for at, one in enumerate(answers):
            before = first.get(one.interaction)
            if before is None:
                first[one.interaction] = one
            elif self._complete(report, page, list(first)):
                return first, repeated, list(answers[at:]), False
            # The course sends an answer again if the LMS may have lost it.
            elif before.response == one.response and one.interaction not in self.reworded:
                repeated += 1
            else:
                return first, repeated, [], True
        return first, repeated, [], False

    def _reported(self, answers: Sequence[Answer]) -> tuple[tuple[int, ...] | None, bool]:
        """The packages that the player reported with these answers, and whether a question differs
        between them. ``None`` if it reported none, as earlier players did."""
        names = {one.version for one in answers}
        if names == {""}:
            return None, False
        places = {self.by_version.get(name) for name in names}
        found = tuple(sorted(at for at in places if at is not None))
        return found, len(names) > 1 and (None in places or self._differ(found, answers))

    def _differ(self, places: Sequence[int], answers: Sequence[Answer]) -> bool:
        """Whether one of these questions is not the same in all of these packages."""
        for one in answers:
            asked = [self.joined.packages[at].asked.get(one.interaction) for at in places]
            if len({found and found.question.wording for found in asked}) > 1:
                return True
            if len({found and found.question.fingerprint for found in asked}) > 1:
                return True
        return False

    def _fitting(self, report: int, page: str, ids: Sequence[str]) -> list[int]:
        """The packages whose quiz can begin with these answers."""
        known = frozenset(ids)
        fits = []
        ordered = []
        for at in self.eligible[report]:
            quiz = self.joined.packages[at].quizzes.get(page)
            if quiz and known <= quiz.fixed | quiz.drawable:
                fits.append(at)
                if quiz.begins_with(ids):
                    ordered.append(at)
        return ordered or fits

    def _complete(self, report: int, page: str, ids: Sequence[str]) -> list[int]:
        """The packages of whose quiz these are the answers of a whole round."""
        key = (report, page, tuple(ids))
        if key not in self.complete:
            known = frozenset(ids)
            found = [
                at
                for at in self._fitting(report, page, ids)
                if self.joined.packages[at].quizzes[page].is_complete(known)
            ]
            if len(self.complete) >= _MOST_CACHED:
                return found
            self.complete[key] = found
        return self.complete[key]

    def _narrow(self, versions: Sequence[int], answers: Sequence[Answer]) -> tuple[int, ...]:
        """The versions whose right answers are those of the report, if some are."""
        left = frozenset(versions)
        if len(left) > 1:
            for one in answers:
                same = left & self._with_pattern(one)
                left = same or left
        return tuple(sorted(left))

    def _languages(self, versions: Sequence[int], answers: Sequence[Answer]) -> tuple[str, ...]:
        """The languages of these packages in which answers were typed. Without typed answers, those
        whose right answers are those of the report."""
        packages = [self.joined.packages[at] for at in versions]
        left = dict.fromkeys(name for one in packages for name in one.languages)
        if len(left) < 2:
            return tuple(left)
        typed = set(self._typed_in(packages, answers))
        if found := tuple(name for name in left if name in typed):
            return found
        for one in answers:
            key = (one.interaction, one.pattern)
            same = {name for package in packages for name in package.spoken.get(key, ())}
            left = {name: None for name in left if name in same} or left
        return tuple(left)

    def _typed_in(self, packages: Sequence[Package], answers: Sequence[Answer]) -> Iterator[str]:
        """Yield the languages in which answers were typed."""
        for one in answers:
            if one.response and self.asked[one.interaction].has_language:
                tag, _ = languages.split(one.response, self.translations)
                yield from (tag,) if tag else (package.outline.language for package in packages)

    def _with_pattern(self, answer: Answer) -> frozenset[int]:
        key = (answer.interaction, answer.pattern)
        if key not in self.evidence:
            self.evidence[key] = frozenset(
                at
                for at, package in enumerate(self.joined.packages)
                if (not answer.pattern and answer.interaction in package.asked)
                or key in package.spoken
            )
        return self.evidence[key]

    def _note_doubts(self, answers: Sequence[Answer]) -> None:
        for one in answers:
            if one.doubtful and self.asked[one.interaction].typed:
                self.joined.doubtful[one.interaction] += 1


def _reworded(packages: Sequence[Package]) -> Iterator[str]:
    """Yield the ids of answers to questions whose revision differs between packages."""
    revisions: dict[str, set[int]] = defaultdict(set)
    for package in packages:
        for name, asked in package.asked.items():
            revisions[name].add(asked.question.revision)
    yield from (name for name, found in revisions.items() if len(found) > 1)


def _eligible(packages: Sequence[Package], report: Report) -> list[int]:
    """The packages that a report can be about: those in the language whose title is the heading of
    a column.

    The title says nothing about the version: an LMS shows that of the newest package in an
    activity, also for rows of earlier ones.
    """
    languages = {
        one.outline.language for one in packages if one.outline.title in report.titles
    } or {one.outline.language for one in packages}
    return [at for at, one in enumerate(packages) if one.outline.language in languages]
