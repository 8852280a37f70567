"""Explains an edit of a course in sentences: for each group of trainees, for Moodle, as an
announcement, and as warnings of a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from builder.base.printing import format_count
from builder.course import interface
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Places, Position
from builder.package.outline import Outline
from builder.updating.changes import Change, Fate, Kind
from builder.updating.comparison import Comparison
from builder.updating.languages import LanguageChange
from builder.updating.trainee import Course
from builder.updating.trainee.progress import attempts_limit

Group = Literal["not_started", "half_way", "finished", "failed"]

_KIND_NAMES: Mapping[Kind, str] = {
    "page": "page",
    "question": "question",
    "record": "record item",
    "scene": "scene",
}
_MAX_TITLES = 4
"""Maximum number of titles that a sentence lists; it only counts the rest."""
_MAX_TITLE_LENGTH = 60


def trainees(comparison: Comparison) -> Mapping[Group, tuple[str, ...]]:
    """Sentences that say what the edit means for each group of trainees: those who have not
    started, are half-way, have finished, or have failed."""
    groups: dict[Group, Callable[[Comparison], Iterator[str]]] = {
        "not_started": _not_started,
        "half_way": _half_way,
        "finished": _finished,
        "failed": _failed,
    }
    return {group: tuple(sentences(comparison)) for group, sentences in groups.items()}


def _not_started(comparison: Comparison) -> Iterator[str]:
    yield "They get the new course and lose nothing."


def _half_way(comparison: Comparison) -> Iterator[str]:
    if not comparison.same_course:
        yield "They lose everything: the LMS treats it as a new course."
        return
    kept = [
        format_count(len(same), _KIND_NAMES[kind]) for kind, same in _by_kind(comparison, "kept")
    ]
    if comparison.lost:
        yield (
            f"What they did on {_join_with_and(kept)} counts."
            if kept
            else "Nothing that they did counts."
        )
    else:
        yield "Everything that they did still counts."
    yield from _to_do_sentences(comparison)
    yield from _gone_sentences(comparison)
    for language in comparison.languages:
        if language.fate == "gone":
            yield (
                f"Those who chose {language.name} continue in "
                f"{interface.name_of(comparison.new.language)}, and keep everything that they did."
            )
    titles = {page.id: page.title for page in (*comparison.old.pages, *comparison.new.pages)}
    for setting in comparison.settings:
        if setting.costs:
            yield f"{f'“{titles[setting.page]}”: ' if setting.page else ''}{setting.meaning}"


def _by_kind(comparison: Comparison, fate: Fate) -> Iterator[tuple[Kind, list[Change]]]:
    for kind in _KIND_NAMES:
        if some := list(comparison.of(kind, fate)):
            yield kind, some


def _to_do_sentences(comparison: Comparison) -> Iterator[str]:
    quizzes = {page.id for page in comparison.new.pages if page.kind == "quiz"}
    records = {page.id for page in comparison.new.pages if page.kind == "record"}
    tests = _test_outs(comparison.new)
    redo = list(comparison.of("page", "redo"))
    if read := [change for change in redo if change.id not in quizzes and change.tracked]:
        reason = "it has changed" if len(read) == 1 else "they have changed"
        yield f"They have to read {_list_titles(read)} again, and see a notice that {reason}."
    if taken := [change for change in redo if change.id in quizzes]:
        yield (
            f"They have to take {_list_titles(taken)} again; earlier attempts and scores do not "
            "count."
        )
    new = [change for change in comparison.of("page", "new") if change.id not in tests]
    if shown := [change for change in comparison.of("page", "new") if change.id in tests]:
        yield (
            f"They can take {_list_titles(shown)} instead of reading. Pages that they have read "
            "stay done."
        )
    if read := [change for change in new if change.id not in quizzes | records]:
        needed = comparison.new.tracking.pages == "all"
        titles = _list_titles(read)
        yield (
            f"They have to read {titles}, which {_is_or_are(read)} new."
            if needed
            else f"{titles} {_is_or_are(read)} new to them."
        )
    if taken := [change for change in new if change.id in quizzes]:
        yield f"They have to take {_list_titles(taken)}, which {_is_or_are(taken)} new."
    if filled := [change for change in new if change.id in records]:
        yield f"They have to fill in {_list_titles(filled)}, which {_is_or_are(filled)} new."
    yield from _question_sentences(comparison, quizzes)
    yield from _scene_sentences(comparison)
    if items := [*comparison.of("record", "redo", "new")]:
        yield f"The record has more to fill in: {_list_titles(items)}."


def _question_sentences(comparison: Comparison, quizzes: set[str]) -> Iterator[str]:
    tests = _test_outs(comparison.new)

    def where(questions: Iterable[Change], quiz: bool) -> list[Change]:
        return [
            question
            for question in questions
            if any((page in quizzes) == quiz for page in question.pages if page not in tests)
        ]

    if again := where(comparison.of("question", "redo"), quiz=False):
        count = format_count(len(again), "practice question")
        yield f"{count} {_is_or_are(again)} asked again: {_list_titles(again)}."
    if again := where(comparison.of("question", "redo"), quiz=True):
        yield (
            f"An unfinished attempt asks again: {_list_titles(again)}. Saved scores do not change."
        )
    if new := where(comparison.of("question", "new"), quiz=False):
        yield f"{format_count(len(new), 'practice question')} {_is_or_are(new)} new to them."
    if new := where(comparison.of("question", "new"), quiz=True):
        them = "it" if len(new) == 1 else "them"
        yield (
            f"The quiz has {format_count(len(new), 'new question')}: an unfinished attempt may ask "
            f"{them}; finished attempts do not change."
        )


def _scene_sentences(comparison: Comparison) -> Iterator[str]:
    """What happens to trainees in the middle of a scenario. Scenes of a page that is new, or done
    again as a whole, need no sentence."""
    whole = {change.id for change in comparison.of("page", "new", "redo")}

    def within(*fates: Fate) -> list[Change]:
        return [one for one in comparison.of("scene", *fates) if whole.isdisjoint(one.pages)]

    if again := within("redo"):
        yield f"They decide again in {_list_titles(again)}."
    if within("gone", "redo"):
        yield (
            "Those who are in the middle of a scenario continue in the last scene on their path "
            "that still exists."
        )
    if rewired := [one for one in within("kept") if "rewired" in one.notes]:
        yield (
            f"Choices in {_list_titles(rewired)} now lead to other scenes; earlier decisions stay "
            "recorded."
        )


_GONE_SUBJECTS: Mapping[Kind, tuple[str, str]] = {
    "page": ("", ""),
    "question": ("The question ", "The questions "),
    "record": ("The answer to ", "The answers to "),
    "scene": ("The scene ", "The scenes "),
}


def _test_outs(outline: Outline) -> set[str]:
    """The ids of the pages that are test-outs."""
    return {page.id for page in outline.pages if page.covers}


def _gone_sentences(comparison: Comparison) -> Iterator[str]:
    tests = _test_outs(comparison.old)
    if gone := [change for change in comparison.of("page", "gone") if change.id in tests]:
        yield (
            f"{_list_titles(gone)} {_is_or_are(gone)} removed: they have to read the pages that "
            "only this test has shown."
        )
    for kind, all_gone in _by_kind(comparison, "gone"):
        if gone := [one for one in all_gone if one.tracked and one.id not in tests]:
            singular, plural = _GONE_SUBJECTS[kind]
            yield (
                f"{singular if len(gone) == 1 else plural}{_list_titles(gone)} {_is_or_are(gone)} "
                "removed; the saved data is deleted when the space is needed."
            )


def _finished(comparison: Comparison) -> Iterator[str]:
    if not comparison.same_course:
        yield "They lose their result: the LMS treats it as a new course."
        return
    yield "They stay finished, with their status and score, whatever has changed."
    tests = _test_outs(comparison.new)
    if unread := [one for one in comparison.of("page", "redo", "new") if one.id not in tests]:
        yield f"The course tells them that it has changed, and lists {_list_titles(unread)}."
        yield "To do it again, they need a new attempt in the LMS."


def _failed(comparison: Comparison) -> Iterator[str]:
    scored = Course(comparison.old).scored
    if not scored:
        yield "There are none: the course had no quiz."
    elif not any(attempts_limit(page) for page in scored):
        yield "There are none: attempts had no limit."
    elif comparison.old.tracking.failed == "never":
        yield "There are none: the course never reported a failure."
    elif not comparison.same_course:
        yield "They start again: the LMS treats it as a new course."
    else:
        yield "They stay failed until the LMS gives them a new attempt."
        yield "A new attempt starts from nothing, with the new course."
        if raised := _with_more_attempts(comparison):
            yield (
                f"Where the LMS still records what they do, they can try {_join_with_and(raised)} "
                "again, and “failed” may become “passed”."
            )


def _with_more_attempts(comparison: Comparison) -> list[str]:
    """The titles of the quizzes and scenarios in which more attempts count than before."""
    before = {page.key: attempts_limit(page) for page in Course(comparison.old).scored}
    titles = []
    for page in Course(comparison.new).scored:
        was = next((before[key] for key in (page.key, *page.former.same) if key in before), 0)
        now = attempts_limit(page)
        if was and (not now or now > was):
            titles.append(f"“{_shorten(page.title)}”")
    return titles


def lms(comparison: Comparison) -> tuple[str, ...]:
    """Sentences that say what Moodle does when the new package replaces the old one
    (facts/moodle.md)."""
    if comparison.identical:
        return ("The packages are the same, byte for byte: Moodle does nothing.",)
    if not comparison.same_course:
        return (
            "The SCO has a new identifier. If you replace the package in the same activity, Moodle "
            "deletes everyone's tracks and grades.",
            "If you add it as a new activity, the old one does not change.",
        )
    renamed = {change.id for change in comparison.of("page", "kept", "redo") if change.was}
    again = [
        change
        for change in comparison.of("question", "kept", "redo")
        if change.was or "moved" in change.notes or not renamed.isdisjoint(change.pages)
    ]
    reports = (
        "From now on, LMS reports list the answers to "
        f"{format_count(len(again), 'question')} under other ids, which are in the key beside the "
        "package.",
    )
    altered = (
        "Both packages have the same build id but different bytes: one was changed or zipped "
        "again. Only their course.json files were compared.",
    )
    return (
        *(altered if comparison.is_build_altered else ()),
        "The SCO's identifier is the same: everyone keeps their tracks and grades, and nobody gets "
        "a new attempt.",
        "Trainees who have finished or failed open the course for review, and nothing is saved.",
        "Changed files have new names, so browsers do not show old ones from their cache.",
        "A page that is open while you replace the package continues with the old course.",
        *(reports if again else ()),
    )


def announcement(comparison: Comparison) -> tuple[str, ...]:
    """Sentences to announce to trainees before the new package is uploaded; empty if no
    announcement is needed."""
    return tuple(_announcement(comparison))


def _announcement(comparison: Comparison) -> Iterator[str]:
    if not comparison.same_course:
        yield "This course replaces the previous one. What you did there does not count here."
        yield "Print or copy what you wrote there, as long as you can still open it."
        return
    if items := [*comparison.of("record", "gone", "redo")]:
        yield f"Print or copy your record before the course changes: {_list_titles(items)}."
    if again := [change for change in comparison.of("page", "redo") if change.tracked]:
        has = "has" if len(again) == 1 else "have"
        yield f"{_list_titles(again)} {has} changed: please do it again, if you have not finished."
    if new := list(comparison.of("page", "new")):
        yield (
            f"{_list_titles(new)} {_is_or_are(new)} new. Please read it, even if you have finished."
        )
    if asked := list(comparison.of("question", "redo")):
        has = "has" if len(asked) == 1 else "have"
        count = format_count(len(asked), "question")
        yield f"{count} {has} changed and {_is_or_are(asked)} asked again."
    if again or new or asked:
        yield "Everything else that you have done still counts."


def _list_titles(changes: Sequence[Change]) -> str:
    titles = [f"“{_shorten(change.title)}”" for change in changes[:_MAX_TITLES]]
    more = len(changes) - len(titles)
    return _join_with_and([*titles, f"{more} more"] if more else titles)


def _shorten(title: str) -> str:
    """Shorten a title that is too long for a sentence, between words if possible."""
    if len(title) <= _MAX_TITLE_LENGTH:
        return title
    start = title[:_MAX_TITLE_LENGTH]
    return f"{(start.rpartition(' ')[0] or start).rstrip()}…"


def _join_with_and(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _is_or_are(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"


_COURSE = Position("course.yaml")


def warnings(comparison: Comparison, places: Places) -> Iterator[Diagnostic]:
    """Yield a warning for everything that trainees lose, and for every edit that looks like a
    mistake.

    ``places`` are positions in the new course; a warning about something that is gone points at
    course.yaml.
    """
    for suspicion in comparison.suspicions:
        position = places.get((suspicion.kind, suspicion.id), _COURSE)
        yield problem("since-odd", position, problem=suspicion.message, hint=suspicion.hint)
    for change in comparison.changes:
        if change.lost:
            position = places.get((change.kind, change.id), _COURSE)
            message, hint = _loss_message(change)
            yield problem("since-lost", position, problem=message, hint=hint)
    for setting in comparison.settings:
        if setting.costs:
            message = (
                f"{setting.name} was {setting.old} and is now {setting.new}. {setting.meaning}"
            )
            position = places.get(("page", setting.page), _COURSE)
            yield problem(
                "since-lost",
                position,
                problem=message,
                hint=f"Keep {setting.name} as it was",
            )


def _loss_message(change: Change) -> tuple[str, str]:
    subject = f"the {_KIND_NAMES[change.kind]} “{change.was or change.id}”"
    if change.fate == "gone" and change.kind == "scene":
        old = change.id.rpartition("/")[2]
        hint = f"Keep it, or write “was={old}” after the id of its successor"
        return f"{subject} was removed.", hint
    if change.fate == "gone":
        return f"{subject} was removed.", "Keep it, or list its id under “was:” of its successor"
    why = " Its revision was raised." if change.why == "revision" else ""
    if change.kind == "scene":
        return f"the decision in {subject} no longer counts.{why}", "Do not change its id"
    return f"{subject} no longer counts as done.{why}", "Do not change its id, kind and revision"


def meaning(change: LanguageChange, new: Outline) -> Iterator[str]:
    """Yield sentences that say what a change of a language means for trainees who get the package
    ``new``."""
    if change.fate == "gone":
        yield (
            "It was removed. Trainees who chose it continue in "
            f"{interface.name_of(new.language)}, and keep their progress and their scores."
        )
        return
    if change.fate == "new":
        yield "It is new. Trainees can choose it at any time, and keep their progress and scores."
    counts = (
        (change.pages, "page"),
        (change.questions, "question"),
        (change.records, "record item"),
    )
    parts = [format_count(len(ids), word) for ids, word in counts if ids]
    parts += ["the titles of the course or of its modules"] if change.retitled else []
    if parts:
        yield f"Changed texts: {', '.join(parts)}. Trainees keep everything."
    if change.accepted:
        listed = ", ".join(change.accepted)
        yield (
            f"Changed accepted answers: {listed}. They apply to answers from now on; saved results "
            "do not change."
        )
    if change.untranslated or change.untranslated_before:
        before = f" ({change.untranslated_before:,} before)" if change.fate == "kept" else ""
        yield f"Still in the source language: {format_count(change.untranslated, 'text')}{before}."
    if change.draft:
        yield "It is a draft."
    if not change.changed:
        yield "As before."
