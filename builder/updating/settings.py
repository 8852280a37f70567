"""Compares the settings of a course and its quizzes, and explains each change to trainees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.course.model import Tracking
from builder.package.outline import Outline, Page, Rules
from builder.updating.changes import Pairs


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that changed.

    ``page`` is the id of the quiz or page, empty for the course. ``costs`` is whether something
    that a trainee has done now counts for less.
    """

    page: str
    name: str
    old: str
    new: str
    meaning: str
    costs: bool = False


def settings(old: Outline, new: Outline, matched: Pairs) -> tuple[Setting, ...]:
    """Every setting that changed, those of the course first."""
    quizzes = [
        (pair.old.rules, pair.new.rules, pair.new)
        for pair in matched.pages
        if pair.old and pair.new and pair.old.rules and pair.new.rules
    ]
    # A renamed question is still the same question of its draw.
    names = {pair.old.id: pair.new.id for pair in matched.questions if pair.old and pair.new}
    return (
        *_course_settings(old, new),
        *(setting for quiz in quizzes for setting in _quiz_settings(*quiz, names)),
        *_lock_settings(old, new, matched),
    )


def _course_settings(old: Outline, new: Outline) -> Iterator[Setting]:
    if old.title != new.title:
        meaning = "An activity that is there keeps its own name in the LMS."
        yield Setting("", "title", old.title, new.title, meaning)
    was, now = (_module_titles(outline) for outline in (old, new))
    if was != now:
        yield Setting("", "modules", was, now, "Nothing that counts changes.")
    if old.certificate != new.certificate:
        yield _certificate_setting(new.certificate)
    before, after = old.tracking, new.tracking
    if before.pages != after.pages:
        yield Setting(
            page="",
            name="tracking.pages",
            old=before.pages,
            new=after.pages,
            meaning=(
                "Which pages were read was not kept until now: those who have not finished start "
                "at none."
                if after.pages == "all"
                else "Pages need not be read any more. Practice answers are not kept any more."
            ),
            costs=True,
        )
    if before.report != after.report:
        yield Setting(
            page="",
            name="tracking.report",
            old=before.report,
            new=after.report,
            meaning="Those who finish from now on are reported as "
            f"“{_report_status(after.report)}”. Those "
            f"who finished before stay “{_report_status(before.report)}”: in Moodle, let the "
            "activity's "
            "completion accept both words.",
        )
    yield from _tracking_settings(before, after)


def _certificate_setting(has_certificate: bool) -> Setting:
    meaning = (
        "Whoever finishes from now on can print one with the day. Those who have finished before "
        "can print one that says that the day is not known."
        if has_certificate
        else "Nobody can print one any more. The days that are kept stay while there is room, in "
        "case it comes back."
    )
    return Setting(
        "",
        "certificate",
        _format_value(not has_certificate),
        _format_value(has_certificate),
        meaning,
    )


def _tracking_settings(old: Tracking, new: Tracking) -> Iterator[Setting]:
    if old.score != new.score:
        yield Setting(
            page="",
            name="tracking.score",
            old=_format_value(old.score),
            new=_format_value(new.score),
            meaning="The LMS is told the score at the next visit of those who have not finished."
            if new.score
            else "The LMS is told no score any more. Those that it has stay.",
        )
    if old.mastery != new.mastery:
        yield Setting(
            page="",
            name="tracking.mastery",
            old=_format_value("none" if old.mastery is None else old.mastery),
            new=_format_value("none" if new.mastery is None else new.mastery),
            meaning=_mastery_meaning(old.mastery, new.mastery),
            costs=new.mastery is not None and (old.mastery is None or new.mastery > old.mastery),
        )
    if old.failed != new.failed:
        never = new.failed == "never"
        yield Setting(
            page="",
            name="tracking.failed",
            old=old.failed,
            new=new.failed,
            meaning="Those who use up their attempts from now on stay incomplete, and no LMS gives "
            "them a new attempt by itself. Those who have failed stay failed."
            if never
            else "Those who have used up their attempts without passing fail at their next visit.",
            costs=not never,
        )
    if old.journal != new.journal:
        yield Setting(
            page="",
            name="tracking.journal",
            old=_format_value(old.journal),
            new=_format_value(new.journal),
            meaning="What the LMS has not confirmed is kept in the trainee's browser, too."
            if new.journal
            else "What a browser still keeps for the LMS is not added any more.",
            costs=not new.journal,
        )


def _mastery_meaning(old: int | None, new: int | None) -> str:
    if new is None:
        return (
            "No LMS judges by it any more. A score is told before the course is finished, too: "
            "those who are half-way have theirs told at their next visit."
        )
    if old is None:
        return (
            "An LMS that judges by it makes “failed” of those who are half-way and have a lower "
            "score there, as soon as they leave the course again. From now on no score is told "
            "before the course is finished."
        )
    if new > old:
        return (
            "An LMS that judges by it may make “failed” of those who passed with a lower score, "
            "where they open the course again and it does not count as review."
        )
    return "A score that reaches the new mark passes in the LMS as in the course."


def _module_titles(outline: Outline) -> str:
    return ", ".join(module.title for module in outline.modules if module.title) or "none"


def _report_status(report: str) -> str:
    return "completed" if report == "completed" else "passed"


def _quiz_settings(
    old: Rules, new: Rules, page: Page, names: Mapping[str, str]
) -> Iterator[Setting]:
    def setting(name: str, before: object, after: object, meaning: str, costs: bool) -> Setting:
        return Setting(page.id, name, _format_value(before), _format_value(after), meaning, costs)

    if old.pass_mark != new.pass_mark:
        raised = new.pass_mark > old.pass_mark
        yield setting(
            "pass_mark",
            old.pass_mark,
            new.pass_mark,
            "Those who have passed the course stay passed. A score between the two marks does not "
            "pass any more for those who are half-way."
            if raised
            else "A score that reaches the new mark passes at the trainee's next visit.",
            raised,
        )
    if old.attempts != new.attempts:
        fewer = bool(new.attempts) and (not old.attempts or new.attempts < old.attempts)
        yield setting(
            "attempts",
            old.attempts or "no limit",
            new.attempts or "no limit",
            "Attempts made before count: those who have used as many have none left, and fail if "
            "they have not passed."
            if fewer
            else "Those who are half-way may try again.",
            fewer,
        )
    if old.keep != new.keep:
        yield setting("keep", old.keep, new.keep, "It holds from the next attempt on.", False)
    if old.weight != new.weight or old.alone != new.alone:
        yield setting(*_weight_setting(old, new), False)
    if _draw_pools(old, names) != _draw_pools(new, names):
        was, now = _format_draws(old), _format_draws(new)
        yield setting(
            "draw",
            was,
            now if now != was else f"{now}, of other questions",
            "What is drawn may change in an attempt under way; questions already answered stay in "
            "it as far as there is room.",
            _may_exceed_draws(old, new, names),
        )
    if old.retake != new.retake:
        yield setting("retake", old.retake, new.retake, "It holds from the next attempt on.", False)
    if old.feedback != new.feedback:
        yield setting("feedback", old.feedback, new.feedback, "Nothing that counts changes.", False)
    for name in ("shuffle_questions", "shuffle_options"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield setting(name, was, now, "Nothing that counts changes.", False)


def _weight_setting(old: Rules, new: Rules) -> tuple[str, object, object, str]:
    """A change of a quiz's share in the score: name, old value, new value, meaning."""
    if old.weight != new.weight:
        meaning = (
            "The course's score is computed anew at the next visit of those who have not finished."
        )
        return "weight", old.weight, new.weight, meaning
    how = "by itself" if new.alone else "together with others"
    return "alone", old.alone, new.alone, f"The quiz is judged {how} now."


def _format_value(value: object) -> str:
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
    """Whether an attempt under way may have more answers than a draw now has room for."""
    before = _draw_pools(old, names)
    before += [(1, frozenset({names.get(name, name)})) for name in old.fixed]
    # In an attempt under way at least one question has no answer yet.
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
            yield Setting(
                page=pair.new.id,
                name="locked",
                old=_format_locks(old_locks),
                new=_format_locks(new_locks),
                meaning="It stays open for those who have read it, and for all who have finished."
                if new_locks
                else "Nobody waits any more.",
            )


def _page_locks(outline: Outline) -> dict[str, list[tuple[str, ...]]]:
    """What each page waits for, including its module's lock: the kind, then the names."""
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
