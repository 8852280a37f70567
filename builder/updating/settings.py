"""Compares the settings of a course and of its quizzes, and explains what each change means for
trainees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.course.model import Tracking
from builder.package.outline import Outline, Page, Rules
from builder.updating.changes import Pairs


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that changed, with its old and new value as text.

    ``page`` is the id of its quiz or page, or empty for the course. ``meaning`` explains the change
    in sentences. ``costs`` is whether something that a trainee has done now counts for less.
    """

    page: str
    name: str
    old: str
    new: str
    meaning: str
    costs: bool = False


def settings(old: Outline, new: Outline, matched: Pairs) -> tuple[Setting, ...]:
    """Every setting that differs between the outlines ``old`` and ``new``: first those of the
    course, then those of quizzes, then locks of pages."""
    quizzes = [
        (pair.old.rules, pair.new.rules, pair.new)
        for pair in matched.pages
        if pair.old and pair.new and pair.old.rules and pair.new.rules
    ]
    # A question with a new id is still the same question in its draw.
    names = {pair.old.id: pair.new.id for pair in matched.questions if pair.old and pair.new}
    return (
        *_course_settings(old, new),
        *(setting for quiz in quizzes for setting in _quiz_settings(*quiz, names)),
        *_cover_settings(matched),
        *_lock_settings(old, new, matched),
    )


def _changed(
    page: str, name: str, old: object, new: object, meaning: str, costs: bool = False
) -> Iterator[Setting]:
    """Yield the setting ``name`` if its value has changed from ``old`` to ``new``. ``page``,
    ``meaning`` and ``costs`` are as in ``Setting``."""
    if old != new:
        yield Setting(page, name, _format_value(old), _format_value(new), meaning, costs)


def _course_settings(old: Outline, new: Outline) -> Iterator[Setting]:
    meaning = "An existing activity keeps its name in the LMS."
    yield from _changed("", "title", old.title, new.title, meaning)
    was, now = (_module_titles(outline) for outline in (old, new))
    yield from _changed("", "modules", was, now, "Progress and scores do not change.")
    yield from _changed(
        "",
        "certificate",
        old.certificate,
        new.certificate,
        "Trainees who finish from now on can print one with the date. Those who finished earlier "
        "can print one that says that the date is not known."
        if new.certificate
        else "Nobody can print one any longer. Saved dates are kept while there is room, in case "
        "the certificate returns.",
    )
    yield from _tracking_settings(old.tracking, new.tracking)


def _tracking_settings(old: Tracking, new: Tracking) -> Iterator[Setting]:
    def changed(name: str, meaning: str, costs: bool = False) -> Iterator[Setting]:
        before, after = getattr(old, name), getattr(new, name)
        yield from _changed("", f"tracking.{name}", before, after, meaning, costs)

    yield from changed(
        "pages",
        "Until now, visited pages were not saved: for trainees who have not finished, no page "
        "counts as visited."
        if new.pages == "all"
        else "Trainees no longer have to read the pages. Practice answers are no longer saved.",
        costs=True,
    )
    yield from changed(
        "report",
        f"Trainees who finish from now on are reported as “{_report_status(new.report)}”. Those "
        f"who finished earlier stay “{_report_status(old.report)}”: in Moodle, set the activity's "
        "completion to accept both statuses.",
    )
    yield from changed(
        "score",
        "For trainees who have not finished, the score is reported to the LMS at their next visit."
        if new.score
        else "The LMS no longer gets a score. It keeps the scores that it has.",
    )
    yield from changed(
        "mastery",
        _mastery_meaning(old.mastery, new.mastery),
        costs=new.mastery is not None and (old.mastery is None or new.mastery > old.mastery),
    )
    yield from changed(
        "failed",
        "Trainees who use up their attempts from now on stay incomplete, and no LMS gives them a "
        "new attempt automatically. Those who have failed stay failed."
        if new.failed == "never"
        else "Trainees who have used up their attempts without passing fail at their next visit.",
        costs=new.failed != "never",
    )
    yield from changed(
        "journal",
        "Data that the LMS has not confirmed is also saved in the trainee's browser."
        if new.journal
        else "Data that a browser has saved for the LMS is no longer sent.",
        costs=not new.journal,
    )


def _mastery_meaning(old: int | None, new: int | None) -> str:
    if new is None:
        return (
            "LMSs no longer set the status by it. Scores are now also reported before the course "
            "is finished: for trainees who have started, at their next visit."
        )
    if old is None:
        return (
            "An LMS that uses it sets trainees who have started and have a lower score to “failed” "
            "when they next leave the course. From now on, no score is reported before the course "
            "is finished."
        )
    if new > old:
        return (
            "An LMS that uses it may set trainees who passed with a lower score to “failed” if "
            "they open the course again and the LMS does not treat that as a review."
        )
    return "A score that reaches the new mark passes in the LMS as in the course."


def _module_titles(outline: Outline) -> str:
    return ", ".join(module.title for module in outline.modules if module.title) or "none"


def _report_status(report: str) -> str:
    return "completed" if report == "completed" else "passed"


def _quiz_settings(
    old: Rules, new: Rules, page: Page, names: Mapping[str, str]
) -> Iterator[Setting]:
    def changed(
        name: str, before: object, after: object, meaning: str, costs: bool = False
    ) -> Iterator[Setting]:
        yield from _changed(page.id, name, before, after, meaning, costs)

    raised = new.pass_mark > old.pass_mark and not page.covers
    yield from changed(
        "pass_mark",
        old.pass_mark,
        new.pass_mark,
        "It applies from the next attempt. Pages that were shown by a test stay done."
        if page.covers
        else "Trainees who have passed the course stay passed. For the others, a score between the "
        "two marks no longer passes."
        if raised
        else "A score that reaches the new mark passes at the trainee's next visit.",
        raised,
    )
    fewer = bool(new.attempts) and (not old.attempts or new.attempts < old.attempts)
    yield from changed(
        "attempts",
        old.attempts or "no limit",
        new.attempts or "no limit",
        "Earlier attempts count: trainees who have used that many must read the pages."
        if fewer and page.covers
        else "Earlier attempts count: trainees who have used that many have none left, and fail if "
        "they have not passed."
        if fewer
        else "Trainees who have not finished can try again.",
        fewer,
    )
    yield from changed("keep", old.keep, new.keep, "It applies from the next attempt.")
    yield from changed(*_weight_setting(old, new))
    if _draw_pools(old, names) != _draw_pools(new, names):
        was, now = _format_draws(old), _format_draws(new)
        yield from changed(
            "draw",
            was,
            now if now != was else f"{now}, from other questions",
            "The questions of an unfinished attempt may change; answered questions stay in it "
            "while there is room.",
            _may_exceed_draws(old, new, names),
        )
    yield from changed("retake", old.retake, new.retake, "It applies from the next attempt.")
    for name in ("feedback", "shuffle_questions", "shuffle_options"):
        was, now = getattr(old, name), getattr(new, name)
        yield from changed(name, was, now, "Progress and scores do not change.")


def _cover_settings(matched: Pairs) -> Iterator[Setting]:
    """The changes in which pages a test-out replaces."""
    names = {pair.old.id: pair.new.id for pair in matched.pages if pair.old and pair.new}
    for pair in matched.pages:
        if not (pair.old and pair.new and pair.new.covers):
            continue
        before = [names.get(name, name) for name in pair.old.covers]
        less = not set(before) <= set(pair.new.covers)
        yield from _changed(
            pair.new.id,
            "replaces",
            ", ".join(before),
            ", ".join(pair.new.covers),
            "Trainees have to read pages that it no longer replaces, even if a test has shown them."
            if less
            else "It applies from the next attempt.",
            less,
        )


def _weight_setting(old: Rules, new: Rules) -> tuple[str, object, object, str]:
    """The name, old value, new value and meaning of a change in how a quiz counts: its weight in
    the course's score, or whether it has its own pass mark."""
    if old.weight != new.weight:
        meaning = (
            "For trainees who have not finished, the course's score is recalculated at their next "
            "visit."
        )
        return "weight", old.weight, new.weight, meaning
    meaning = (
        "The quiz now has its own pass mark."
        if new.alone
        else "The quiz now counts towards the course's pass mark."
    )
    return "alone", old.alone, new.alone, meaning


def _format_value(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def _draw_pools(rules: Rules, names: Mapping[str, str]) -> list[tuple[int, frozenset[str]]]:
    return [
        (draw.count, frozenset(names.get(question, question) for question in draw.questions))
        for draw in rules.draws
    ]


def _may_exceed_draws(old: Rules, new: Rules, names: Mapping[str, str]) -> bool:
    """Whether an unfinished attempt at a quiz with the rules ``old`` may have more answers to
    questions of a draw than that draw asks by the rules ``new``. ``names`` maps the old ids of
    questions to their new ids."""
    before = _draw_pools(old, names)
    before += [(1, frozenset({names.get(name, name)})) for name in old.fixed]
    # At least one question of an unfinished attempt has no answer yet.
    most = sum(count for count, _ in before) - 1
    for draw in new.draws:
        now = frozenset(draw.questions)
        answered = sum(min(count, len(questions & now)) for count, questions in before)
        if min(answered, most) > draw.count:
            return True
    return False


def _format_draws(rules: Rules) -> str:
    draws = [f"{draw.count} of {len(draw.questions)}" for draw in rules.draws]
    return ", ".join(draws) or "nothing"


def _lock_settings(old: Outline, new: Outline, matched: Pairs) -> Iterator[Setting]:
    names = {pair.old.id: pair.new.id for pair in matched.pages if pair.old and pair.new}
    before = {names.get(page): lock for page, lock in _page_locks(old).items()}
    after = _page_locks(new)
    for pair in matched.pages:
        if not (pair.old and pair.new):
            continue
        old_locks, new_locks = before.get(pair.new.id, []), after[pair.new.id]
        old_locks = [tuple(names.get(name, name) for name in ids) for ids in old_locks]
        if sorted(old_locks) != sorted(new_locks):
            meaning = (
                "It stays open for trainees who have read it, and for everyone who has finished."
                if new_locks
                else "The page is no longer locked."
            )
            was, now = _format_locks(old_locks), _format_locks(new_locks)
            yield Setting(pair.new.id, "locked", was, now, meaning)


def _page_locks(outline: Outline) -> dict[str, list[tuple[str, ...]]]:
    """The locks of each page by page id, including the locks of its module. Each lock is its kind,
    then the ids or titles that it waits for."""
    modules = {page: module.lock for module in outline.modules for page in module.pages}
    return {
        page.id: [
            (kind, *names)
            for lock in (modules[page.id], page.lock)
            for kind, names in sorted(lock.items())
        ]
        for page in outline.pages
    }


def _format_locks(locks: list[tuple[str, ...]]) -> str:
    return "; ".join(", ".join(names) for _, *names in locks) or "open"
