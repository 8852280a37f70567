"""Rules for settings under ``tracking:`` that have to fit together, since an LMS may judge by
them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builder.course.model import Course
from builder.course.validate.material import Material, PageItem
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic


def mastery(material: Material) -> int | None:
    """The mastery score in the manifest: the pass mark of the course; ``None`` if it has none."""
    if material.course.tracking.mastery == "none":
        return None
    own = [mark for page in _quizzes(material) if (mark := _own_pass_mark(page)) is not None]
    return own[0] if own else material.course.tracking.pass_mark


def conflicts(material: Material) -> Iterator[Diagnostic]:
    """Report settings with which an LMS that judges by the mastery score contradicts the player."""
    tracking = material.course.tracking
    if tracking.mastery == "none" or not material.whole:
        return
    position = material.course_place("tracking", "mastery").at
    for reason, fix in _conflicts(material):
        yield problem("mastery-conflict", position, reason=reason, fix=fix)


def _conflicts(material: Material) -> Iterator[tuple[str, str]]:
    tracking, quizzes = material.course.tracking, _quizzes(material)
    if not quizzes:
        yield "the course has no quiz", "Delete “mastery:”"
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
            "Delete “mastery:”, or the “pass_mark:” of every quiz",
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
    return [page for page in material.pages.values() if page.shape.kind == "quiz"]


def _own_pass_mark(page: PageItem) -> int | None:
    return page.shape.quiz.pass_mark if page.shape.quiz else None


def _kept_score(page: PageItem, material: Material) -> str:
    return (page.shape.quiz and page.shape.quiz.keep) or material.course.tracking.keep


def signed(material: Material, course: Course) -> Iterator[Diagnostic]:
    """Report a certificate's signers in ``course.yaml`` if the course has no certificate."""
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


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (conflicts,)
