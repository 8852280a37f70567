"""Rules for quizzes: draws, scored questions, and tracking settings that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from builder.course import marks
from builder.course.model import Course, Draw
from builder.course.shaping import written
from builder.course.sources import Place
from builder.course.validate.material import Material, PageItem
from builder.course.validate.shapes import DrawShape
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic

_TEST_SIZE = 3
"""Minimum number of questions of a quiz that is treated as a test; a smaller quiz may only be a
sample or a confirmation."""


def draws(material: Material) -> Iterator[Diagnostic]:
    """Require that each draw of a quiz names an existing bank or tag, and that it matches enough
    questions."""
    banks = {PurePosixPath(path).stem: None for path in material.sources.questions}
    tags = {tag: None for item in material.questions for tag in item.shape.tags}
    known = {"bank": Known(banks), "tag": Known(tags)}
    # Duplicate ids, which are reported, may be the only reason why a draw has too few questions.
    can_count = material.questions_whole and len(material.by_id) == len(material.questions)
    for page in material.pages.values():
        for index, draw in enumerate(page.shape.quiz.draw if page.shape.quiz else ()):
            place = page.front("quiz", "draw", index)
            if draw.bank is None and draw.tag is None:
                yield problem("draw-source", place.key)
            elif draw.bank and draw.bank not in banks and not material.failed("questions"):
                yield _unknown("bank", draw.bank, place, known["bank"])
            elif draw.tag and draw.tag not in tags and material.questions_whole:
                yield _unknown("tag", draw.tag, place, known["tag"])
            elif can_count:
                yield from _check_draw_size(page, index, draw, material)


def _unknown(key: str, name: str, place: Place, known: Known) -> Diagnostic:
    words = {"what": key, "name": name, "did_you_mean": known.did_you_mean(name)}
    return problem("draw-unknown", place.find([key]).at, **words)


def _check_draw_size(
    page: PageItem, index: int, draw: DrawShape, material: Material
) -> Iterator[Diagnostic]:
    left = len(material.pools[page.path][index])
    if left >= draw.count:
        return
    taken = len(list(material.matching(draw))) - left
    enough = left and _allows_mistakes(page, index, left, material)
    less = f"write “count: {left}”" if enough else "delete this draw"
    where = f" in the bank “{draw.bank}”" if draw.bank else ""
    where += f" with the tag “{draw.tag}”" if draw.tag else ""
    more = f"Add questions with “tags: {draw.tag}”" if draw.tag else "Add questions"
    more += f" to the bank “{draw.bank}”" if draw.bank else ""
    if taken:
        used = "1 is" if taken == 1 else f"{taken} are"
        remaining = (
            f"{f'only {left}' if left else 'none'}{where} {'are' if left > 1 else 'is'} left: "
            f"{used} already used elsewhere on this page or in a draw before it"
        )
        order = (
            " If two draws can pick the same questions, put the one that has fewer to choose from "
            "first."
        )
    else:
        has = "there is only 1 question" if left == 1 else f"there are only {left} questions"
        remaining, order = f"{has if left else 'there is no question'}{where}", ""
    yield problem(
        "draw-short",
        page.front("quiz", "draw", index, "count").at,
        count="1 question" if draw.count == 1 else f"{draw.count} questions",
        left=remaining,
        fix=f"{more}, or {less}.{order}",
    )


def _allows_mistakes(page: PageItem, index: int, count: int, material: Material) -> bool:
    """Whether a quiz can be passed with a mistake if one of its draws has this count."""
    own = _own_pass_mark(page)
    percent = material.course.tracking.pass_mark if own is None else own
    rules = page.shape.quiz
    fixed = [material.by_id[one].question for one in page.shape.questions if one in material.by_id]
    pools = [tuple(item.question for item in pool) for pool in material.pools[page.path]]
    counts = [draw.count for draw in rules.draw] if rules else []
    counts[index] = count
    draws = [Draw(*draw) for draw in zip(counts, pools, strict=True)]
    return not marks.allows_no_mistake(marks.of_questions(fixed, draws, percent)[1], percent)


def unscored(material: Material) -> Iterator[Diagnostic]:
    """Require that every attempt at a quiz asks at least one scored question."""
    for page in material.pages.values():
        fixed = page.shape.questions
        known = page.whole and all(name in material.by_id for name in fixed)
        if page.shape.kind != "quiz" or not known or not material.questions_whole:
            continue
        if not fixed and not any(material.pools[page.path]):
            continue
        if any(material.by_id[name].answering.scored for name in fixed):
            continue
        if not any(_always_scored(page, material)):
            yield problem("quiz-unscored", page.front("kind").at)


def _always_scored(page: PageItem, material: Material) -> Iterator[bool]:
    drawn = page.shape.quiz.draw if page.shape.quiz else ()
    for draw, pool in zip(drawn, material.pools[page.path], strict=True):
        yield sum(not item.answering.scored for item in pool) < min(draw.count, len(pool))


def repeated(material: Material) -> Iterator[Diagnostic]:
    """Report quizzes that ask only questions that pages also ask for practice, where trainees see
    the right answers."""
    practised = {check.argument for page in material.pages.values() for check in page.checks()}
    for page in material.pages.values():
        drawn = (item.shape.id for pool in material.pools[page.path] for item in pool)
        asked = {*page.shape.questions, *drawn}
        if page.shape.kind == "quiz" and len(asked) >= _TEST_SIZE and asked <= practised:
            key = "questions" if page.shape.questions else "quiz"
            yield problem("quiz-repeats-practice", page.front(key).key, count=str(len(asked)))


def mark_unused(material: Material) -> Iterator[Diagnostic]:
    """Report a pass mark under ``tracking:`` that no quiz uses."""
    tracking = material.course.tracking
    if "pass_mark" not in written(tracking):
        return
    quizzes = [page.shape.quiz for page in material.pages.values() if page.shape.kind == "quiz"]
    if any(rules is None or rules.pass_mark is None for rules in quizzes):
        return
    if any(page.scenario and page.scenario.weight for page in material.pages.values()):
        return
    if any(tested.shape.pass_mark is None for tested in material.tests):
        return
    reason, fix = "the course has no quiz", "Delete it, or add a quiz."
    if quizzes:
        reason = "each quiz has its own pass mark"
        fix = "Delete it, or delete the “pass_mark:” of a quiz that should use it."
    words = {"pass_mark": str(tracking.pass_mark), "reason": reason, "fix": fix}
    yield problem("pass-mark-unused", material.course_place("tracking", "pass_mark").key, **words)


def mastery(material: Material) -> int | None:
    """The mastery score for the manifest: the first pass mark of a quiz, else that of the course;
    ``None`` if the author does not want one."""
    if material.course.tracking.mastery == "none":
        return None
    own = [mark for page in _quizzes(material) if (mark := _own_pass_mark(page)) is not None]
    return own[0] if own else material.course.tracking.pass_mark


def conflicts(material: Material) -> Iterator[Diagnostic]:
    """Report settings under which an LMS that applies the mastery score would set another status
    than the player."""
    tracking = material.course.tracking
    if tracking.mastery == "none" or not material.whole:
        return
    position = material.course_place("tracking", "mastery").at
    for reason, fix in _conflicts(material):
        yield problem("mastery-conflict", position, reason=reason, fix=fix)


def _conflicts(material: Material) -> Iterator[tuple[str, str]]:
    tracking, quizzes = material.course.tracking, _quizzes(material)
    if not quizzes:
        yield "the course has no quiz and no scenario with a weight", "Delete “mastery:”"
        return
    if not tracking.score:
        yield (
            "with “score: no” the LMS gets no score to compare with the pass mark",
            "Delete “mastery:”, or delete “score: no”",
        )
    if tracking.report == "completed":
        yield (
            "an LMS that uses it changes the reported “completed” to “passed”",
            "Delete “mastery:”, or write “report: passed-failed”",
        )
    if len(quizzes) > 1 and any(_own_pass_mark(page) is not None for page in quizzes):
        yield (
            "a quiz has its own pass mark, but an LMS has only one for the whole course",
            "Delete “mastery:”, or delete the “pass_mark:” of every quiz",
        )
    elif mastery(material) == 0:
        yield "Moodle ignores a pass mark of 0", "Delete “mastery:”, or raise the pass mark"
    if any(_kept_score(page, material) == "last" for page in quizzes):
        yield (
            "with “keep: last” a later score may be lower, and an LMS would then fail trainees who "
            "have passed",
            "Delete “mastery:”, or write “keep: best”",
        )


def _quizzes(material: Material) -> list[PageItem]:
    """The pages that are part of the score: quizzes, and scenarios with a weight."""
    return [
        page
        for page in material.pages.values()
        if page.shape.kind == "quiz" or (page.scenario and page.scenario.weight)
    ]


def _own_pass_mark(page: PageItem) -> int | None:
    return page.shape.quiz.pass_mark if page.shape.quiz else None


def _kept_score(page: PageItem, material: Material) -> str:
    if page.scenario:
        return page.scenario.keep
    return (page.shape.quiz and page.shape.quiz.keep) or material.course.tracking.keep


def signed(material: Material, course: Course) -> Iterator[Diagnostic]:
    """Report signatories of the certificate in ``course.yaml`` if ``course``, the model made from
    the material, has no certificate."""
    shape = material.course.certificate
    if not shape.signed_by or course.certificate is not None:
        return
    if shape.show is False:
        reason = "“show: no” switches it off"
    elif any(page.record for page in course.pages):
        reason = "the course has a record, which trainees print instead"
    else:
        reason = "a trainee's saved progress is near its limit, so there is no room for the date"
    place = material.course_place("certificate", "signed_by")
    yield problem("certificate-unused", place.key, reason=reason)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    draws,
    unscored,
    conflicts,
)
