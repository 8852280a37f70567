"""Makes a refresher: the package for people who completed an earlier version of a course.

A SCORM 1.2 attempt starts empty, and no package can read what another one saved. So the version
that people completed is chosen when the refresher is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import builder
from builder.base.printing import format_count
from builder.course import guessing, refreshing, state
from builder.course.model import Course, PageNews, Refresher, RefresherRules
from builder.course.refreshing import Effort, Untested
from builder.course.test_out import count_questions
from builder.course.test_settings import Settings, with_more_questions
from builder.course.validate.shapes import VERSION_PATTERN
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.package import plan, render
from builder.package.artifacts import OUTLINE
from builder.package.render.news import runs
from builder.updating.contents import Contents, contents_among, pages_in, read_contents
from builder.updating.news import PageChange, find_news
from builder.updating.relearnt import AnswerChange

_COURSE = Position("course.yaml")
_NUMBERS = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})*")
_VERSION = re.compile(VERSION_PATTERN)
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A refresher of a course, and what it asks.

    ``course`` is the refresher. ``since`` is the version that its trainees completed. ``changes``
    are the pages on which something is new, including those that need not be read. ``answers`` are
    the questions whose right answer has changed. ``untested`` are the modules that have no
    test-out. ``asks`` is what the refresher asks of a trainee who passes every test-out, ``whole``
    what the course asks.
    """

    course: Course
    since: str
    changes: tuple[PageChange, ...]
    answers: tuple[AnswerChange, ...]
    untested: tuple[Untested, ...]
    asks: Effort
    whole: Effort


def make_refresher(
    course: Course, old: Path, questions: int
) -> tuple[Refreshed | None, tuple[Diagnostic, ...]]:
    """Make the refresher of a course for people who completed the package ``old``, or report why
    that is not possible.

    Each test-out asks ``questions`` questions.
    """
    before, unreadable = read_contents(old)
    if before is None:
        return None, unreadable
    rules = course.refreshers
    found = tuple(_refusals(before, course, Position(old.name)))
    if rules is None:
        found = (*found, problem("refresher-title", _COURSE))
    if found or rules is None:
        return None, found
    made = compose_refresher(course, before, rules, questions)
    news = made.course.refresher.news if made.course.refresher else {}
    if not news:
        return None, (_unchanged(before, made, Position(old.name)),)
    sized, worst = refreshing.with_worst_state(made.course)
    if worst.size > state.LIMIT:
        return None, (problem("refresher-state", _COURSE, size=worst.size, limit=state.LIMIT),)
    return replace(made, course=sized), tuple(_guessable(sized, course))


def _guessable(refresher: Course, course: Course) -> Iterator[Diagnostic]:
    """Report the tests of a refresher that many people would pass with answers at random. Those
    that the author has written are reported with the course."""
    own = {page.id for module in course.modules if module.test_out for page in module.pages}
    for module in refresher.modules:
        test = module.test_out
        if test is None or module.pages[0].id in own:
            continue
        [draw] = test.draws
        now = Settings(draw.questions, draw.count, test.pass_mark, test.attempts)
        if now.guessable:
            better = with_more_questions(now)
            yield problem(
                "refresher-guessable",
                _COURSE,
                people=guessing.in_words(now.chance),
                module=_module_name(module.title),
                questions=format_count(draw.count, "question"),
                tries=format_count(now.tries, "try", "tries"),
                fix=f"Build with “--outcome-questions {better.count}”"
                if better
                else "Add questions about its pages, and build with more “--outcome-questions”",
            )


def forecast_refresher(
    course: Course, before: Contents, questions: int
) -> Mapping[str, tuple[str, ...]]:
    """What a refresher of ``course`` for people who completed the package ``before`` would ask, in
    sentences by heading (``describe_refresher``).

    Empty if there can be no refresher, or nothing is new. For a course without refreshers, has only
    the effort.
    """
    if [*_refusals(before, course, _COURSE)]:
        return {}
    rules = course.refreshers or RefresherRules(course.title, certificate=course.certificate)
    made = compose_refresher(course, before, rules, questions)
    if not (made.course.refresher and made.course.refresher.news):
        return {}
    groups = describe_refresher(made)
    return groups if course.refreshers else {"effort": groups["effort"]}


def _refusals(before: Contents, course: Course, at: Position) -> Iterator[Diagnostic]:
    """Why nobody can get a refresher of ``course`` since the package ``before``, whose file is
    ``at``."""
    outline = before.outline
    if not _VERSION.fullmatch(outline.version) or not _DIGEST.fullmatch(outline.digest):
        # They become part of the name and the identifiers of the refresher.
        what = "digest" if _VERSION.fullmatch(outline.version) else "version"
        wrong = f"“{what}” in its {OUTLINE} is not what it should be"
        yield problem("package-foreign", at, problem=wrong)
        return
    if _version(outline.builder) > _version(builder.__version__):
        yield problem("refresher-builder", at, made=outline.builder, here=builder.__version__)
    if outline.id != course.id:
        yield problem("refresher-other", at, old=outline.id, new=course.id)
        return
    if outline.refresher:
        whole = f"{course.id}-{outline.version}.zip"
        yield problem("refresher-since", at, whole=whole, version=outline.version)
    elif _version(outline.version) > _version(course.version):
        yield problem("refresher-newer", at, old=outline.version, new=course.version)
    if course.in_language(outline.language) is None:
        yield problem("refresher-language", at, language=outline.language)
    if course.tracking.pages != "all":
        yield problem("refresher-tracking", _COURSE)


def _version(text: str) -> tuple[int, ...]:
    """A version as numbers that can be compared; empty if it has other parts."""
    return tuple(map(int, text.split("."))) if _NUMBERS.fullmatch(text) else ()


def _unchanged(before: Contents, made: Refreshed, at: Position) -> Diagnostic:
    minor = [change.id for change in made.changes if change.minor]
    because = f", apart from changes that are judged as minor ({', '.join(minor)})" if minor else ""
    return problem("refresher-unchanged", at, version=before.outline.version, because=because)


def compose_refresher(
    course: Course, before: Contents, rules: RefresherRules, questions: int
) -> Refreshed:
    """The refresher of a course for people who completed the package ``before``, even if nothing is
    new for them."""
    since = Refresher(before.outline.digest, before.outline.version, before.reviewed_on)
    base = refreshing.base_refresher(course, since, rules)
    files = render.render(plan.plan(base))
    same = base.in_language(before.outline.language)
    assert same
    # A translation alone is a course like any other, with titles and digests of its own words.
    own = files if same is base else render.render(plan.plan(replace(same, translations=())))
    after = contents_among(own)
    same_whole = course.in_language(before.outline.language)
    assert same_whole
    found = find_news(before, after, same, same_whole)
    news = {change.id: change.news for change in found.pages if not change.minor}
    counts = {change.id: change.count for change in found.pages}
    in_languages = {
        one.language: dict(_in_language(news, counts, one, pages_in(files, tag)))
        for tag, one in (("", base), *((one.language, one) for one in base.translations))
    }
    marked = refreshing.with_news(base, in_languages, [one.id for one in found.answers])
    tested, untested = refreshing.with_test_outs(marked, course, questions)
    asking = refreshing.with_asked_again(tested, course)
    return Refreshed(
        course=asking,
        since=before.outline.version,
        changes=found.pages,
        answers=found.answers,
        untested=untested,
        asks=refreshing.effort(asking),
        whole=refreshing.effort(course),
    )


def _in_language(
    news: Mapping[str, PageNews],
    counts: Mapping[str, int],
    course: Course,
    pages: Mapping[str, str],
) -> Iterator[tuple[str, PageNews]]:
    """Yield what is new on each page in the language of ``course``; ``pages`` are their HTML. A
    page has no marks if its number of runs of text differs from ``counts``."""
    for page in course.pages:
        if one := news.get(page.id):
            same = len(runs(pages[page.id])) == counts[page.id]
            yield page.id, one if same else replace(one, marks={})


def describe_refresher(made: Refreshed) -> Mapping[str, tuple[str, ...]]:
    """What a refresher asks, in sentences by heading."""
    groups = {
        "must_read": tuple(_change_sentence(one) for one in made.changes if not one.minor),
        "judge": (_JUDGE,) if any(_can_be_minor(one) for one in made.changes) else (),
        "asked": tuple(map(_answer_sentence, made.answers)),
        "minor": tuple(f"{one.id} “{one.title}”" for one in made.changes if one.minor),
        "tests": tuple(_test_sentences(made)),
        "no_test": tuple(_untested_sentences(made.untested)),
        "effort": (_effort_sentence(made),),
    }
    return {name: sentences for name, sentences in groups.items() if sentences}


_JUDGE = (
    "If nobody needs to read a change, write “minor:” and its code in the front matter of the page."
)


def _answer_sentence(change: AnswerChange) -> str:
    return f"{change.id}: the right answer was {change.was} and is now {change.now}"


def _can_be_minor(change: PageChange) -> bool:
    return bool(change.code) and not change.minor and not change.news.asks_again


def _change_sentence(change: PageChange) -> str:
    return f"{change.id} “{change.title}”: {_how(change)}"


def _how(change: PageChange) -> str:
    news = change.news
    if news.decisions:
        return "to be done again, because what is a good decision has changed"
    if news.answers:
        return "it asks a question whose right answer has changed"
    return {
        "new": "new",
        "again": "to be read again, because a revision was raised",
        "changed": f"changed, {change.code}",
    }[news.kind]


def _test_sentences(made: Refreshed) -> Iterator[str]:
    for module in made.course.modules:
        if test := module.test_out:
            count = count_questions(test)
            pool = sum(len(draw.questions) for draw in test.draws)
            pages = [page for page in module.pages if page.id not in test.always]
            name = _module_name(module.title)
            if not module.title:
                name += f" ({_titles(page.title for page in pages)})"
            of = f" of {pool}" if pool > count else ""
            yield (
                f"{name}: {format_count(count, 'question')}{of} about "
                f"{format_count(len(pages), 'page')}."
            )


def _untested_sentences(untested: Iterable[Untested]) -> Iterator[str]:
    """Yield why modules have no test: a sentence for each module, and one that names all pages
    outside modules on which nothing is new. Pages with news are named with the news."""
    outside: dict[str, list[str]] = {}
    for one in untested:
        if one.title:
            yield _untested_sentence(one)
        elif one.pages:
            outside.setdefault(one.reason, []).extend(one.pages)
    if outside:
        clauses = (_outside_clause(*one) for one in outside.items())
        yield f"{_module_name('')}: {'; '.join(clauses)}."


def _outside_clause(reason: str, pages: Sequence[str]) -> str:
    if reason == "new":
        return f"{_titles(pages)} must be read or done"
    source = "it" if len(pages) == 1 else "one of them"
    return (
        f"{_titles(pages)} must be read, because too few scored questions have {source} as "
        "“source:”"
    )


def _titles(pages: Iterable[str]) -> str:
    return ", ".join(f"“{title}”" for title in pages)


def _untested_sentence(untested: Untested) -> str:
    reasons = {
        "new": "every page must be read or done.",
        "questions": "must be read, because too few scored questions have one of the pages as "
        "“source:”.",
    }
    return f"{_module_name(untested.title)}: {reasons[untested.reason]}"


def _module_name(title: str) -> str:
    return f"“{title}”" if title else "Pages outside modules"


def _effort_sentence(made: Refreshed) -> str:
    asks, whole = made.asks, made.whole
    tests = f" and {format_count(asks.questions, 'question')}" if asks.questions else ""
    passes = " for a trainee who passes every test" if asks.questions else ""
    return (
        f"{_pages(asks)}{tests}, {_minutes(asks)}{passes}. "
        f"The whole course has {_pages(whole)}, {_minutes(whole)}."
    )


def _pages(effort: Effort) -> str:
    return format_count(effort.pages, "page")


def _minutes(effort: Effort) -> str:
    return f"about {format_count(effort.minutes, 'minute')}"
