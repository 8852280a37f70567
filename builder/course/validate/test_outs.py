"""Rules for test-outs: tests at the start of a module, which replace reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from builder.base.printing import format_count
from builder.course import guessing, keys
from builder.course.marks import WHOLE
from builder.course.shaping import written
from builder.course.test_out import PREFIX, tries
from builder.course.test_settings import USUAL_MARK, Settings, advise
from builder.course.validate.bank import QuestionItem
from builder.course.validate.material import Material, Tested
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_HARDER = "those with more options, with several right options, or with typed answers"


def untracked(material: Material) -> Iterator[Diagnostic]:
    """Reject test-outs in a course that does not save which pages are done."""
    if material.course.tracking.pages == "none":
        for tested in material.tests:
            yield problem("test-out-untracked", tested.place.key)


def pass_marks(material: Material) -> Iterator[Diagnostic]:
    """Reject test-outs that everybody passes."""
    for tested in material.tests:
        own = tested.shape.pass_mark
        if not _mark(tested, material):
            place = tested.place if own is None else tested.place.find(["pass_mark"])
            now = _settings(tested, material)
            fix = f"Write “pass_mark: {USUAL_MARK}” under “test_out:”"
            if now and not (at_usual := replace(now, mark=USUAL_MARK)).sound:
                fix = _why(f"With {USUAL_MARK}%", at_usual) + _better(tested, now)
            mark = "the pass mark under “tracking:”" if own is None else "its pass mark"
            yield problem("test-out-pass-mark", place.key, mark=mark, fix=fix)


def covered(material: Material) -> Iterator[Diagnostic]:
    """Require that each test-out replaces at least one page, and that it replaces pages to read
    only."""
    for tested in material.tests:
        always = tested.always
        names = {entry.path: entry.name for entry in tested.module.entries}
        for page in tested.pages:
            if page.shape.kind != "page" and page.path not in always and page.whole:
                words = {"page": names[page.path], "kind": page.shape.kind}
                yield problem("test-out-kind", tested.place.key, **words)
        known = Known(names.values())
        for index, name in enumerate(tested.shape.always):
            if name not in names.values():
                position = tested.place.find(["always", index]).at
                near = known.did_you_mean(name)
                yield problem("test-out-always", position, page=name, did_you_mean=near)
        if names.keys() <= set(always):
            yield problem("test-out-empty", tested.place.find(["always"]).key)


def sizes(material: Material) -> Iterator[Diagnostic]:
    """Require that each test-out names an existing bank and tag, and that enough questions match
    it."""
    banks = {PurePosixPath(path).stem: None for path in material.sources.questions}
    tags = {tag: None for item in material.questions for tag in item.shape.tags}
    for tested in material.tests:
        shape = tested.shape
        if shape.bank and shape.bank not in banks and not material.failed("questions"):
            yield _unknown("bank", shape.bank, tested, Known(banks))
        elif shape.tag and shape.tag not in tags and material.questions_whole:
            yield _unknown("tag", shape.tag, tested, Known(tags))
        elif material.questions_whole and len(tested.matching) < shape.count:
            yield _short(tested, material)


def _unknown(key: str, name: str, tested: Tested, known: Known) -> Diagnostic:
    words = {"what": key, "name": name, "did_you_mean": known.did_you_mean(name)}
    return problem("draw-unknown", tested.place.find([key]).at, **words)


def _source(tested: Tested, some: str = "questions") -> tuple[str, str]:
    """Where a test-out takes its questions from, and how to add ``some``, in words."""
    shape, module = tested.shape, tested.module.title
    where = f" in the bank “{shape.bank}”" if shape.bank else ""
    where += f" with the tag “{shape.tag}”" if shape.tag else ""
    if not where:
        pages = f"pages of “{module}”"
        return f" about the {pages}", f"Add {some} whose “source:” is one of the {pages}"
    more = f"Add {some} with “tags: {shape.tag}”" if shape.tag else f"Add {some}"
    return where, more + (f" to the bank “{shape.bank}”" if shape.bank else "")


def _short(tested: Tested, material: Material) -> Diagnostic:
    count, left = tested.shape.count, len(tested.matching)
    where, _ = _source(tested)
    has = {0: "there is no question", 1: "there is only 1 question"}
    words = has.get(left, f"there are only {left} questions")
    enough = _is_sound(tested, material, tested.spare)
    less = f"write “count: {len(tested.spare)}”" if enough else "delete “test_out:”"
    return problem(
        "test-out-short",
        tested.place.find(["count"]).at,
        count="1 question" if count == 1 else f"{count} questions",
        left=f"{words} with a right answer{where}",
        fix=f"{_missing(tested, material)}. Or {less}",
    )


def _missing(tested: Tested, material: Material) -> str:
    """How to have enough questions for a test-out, without those that a quiz asks."""
    if not tested.matching:
        return _source(tested, "questions with a right answer")[1]
    count, mark = tested.shape.count, _mark(tested, material)
    matching, spare = (
        [item.question for item in items] for items in (tested.matching, tested.spare)
    )
    now = Settings(tuple(matching), count, mark, tested.shape.attempts).with_missing(spare, count)
    if mark and not now.sound:
        return _why(f"With {format_count(count, 'such question')}", now) + _better(tested, now)
    edits = _edits(tested, now, now)
    return _new_questions(tested, now.missing) + (f". Then {edits}" if edits else "")


def _new_questions(tested: Tested, missing: int, rule: str = "") -> str:
    """How to add so many questions to those that need not be written. ``rule`` is what else the new
    ones have to be, after “should be”."""
    has, some_are_asked = len(tested.spare), len(tested.spare) < len(tested.matching)
    _, add = _source(tested, format_count(missing, "question"))
    if has:
        add += f", beside the {has} {'that no quiz asks' if some_are_asked else 'there already'}"
    rules = " and ".join(filter(None, ("in no quiz" if some_are_asked else "", rule)))
    return f"{add}. The new ones should be {rules}" if rules else add


def of_quizzes(material: Material) -> Iterator[Diagnostic]:
    """Report test-outs that ask questions of quizzes, because too few others match them."""
    for tested in material.tests:
        spare, count = len(tested.spare), tested.shape.count
        if not material.questions_whole or spare >= count or len(tested.matching) < count:
            continue
        less = f". Or write “count: {spare}”" if _is_sound(tested, material, tested.spare) else ""
        yield problem(
            "test-out-repeats-quiz",
            tested.place.find(["count"]).at,
            left=_in_no_quiz(spare, len(tested.matching)),
            fix=f"{_missing(tested, material)}{less}",
        )


def _in_no_quiz(spare: int, matching: int) -> str:
    if not spare:
        return f"all {matching} that it can choose from are in a quiz"
    are = "is" if spare == 1 else "are"
    return f"only {spare} of the {matching} that it can choose from {are} in no quiz"


def few_tries(material: Material) -> Iterator[Diagnostic]:
    """Report ``attempts:`` for which there are too few questions, as each try asks other ones."""
    for tested in material.tests:
        shape, pool = tested.shape, len(tested.pool)
        if "attempts" not in written(shape) or not material.questions_whole or pool < shape.count:
            continue
        allowed = tries(pool, shape.count, shape.attempts)
        if allowed < shape.attempts:
            yield problem(
                "test-out-few-tries",
                tested.place.find(["attempts"]).at,
                tries=format_count(allowed, "try", "tries"),
                pool=str(pool),
                needed=str(shape.count * shape.attempts),
                allowed=str(shape.attempts),
                attempts=str(allowed),
                fix=_more_tries(tested, material, shape.count * shape.attempts),
            )


def _more_tries(tested: Tested, material: Material, needed: int) -> str:
    """The advice to have so many questions, unless more people would then pass who only guess."""
    now = _settings(tested, material)
    if now is None or replace(now, pool=now.with_missing(now.pool, needed).pool).guessable:
        return ""
    return f", or add questions until there are {needed}"


def _is_sound(tested: Tested, material: Material, asked: Sequence[QuestionItem]) -> bool:
    """Whether there is nothing to say against a test-out that asks all these questions."""
    pool = tuple(item.question for item in asked)
    return bool(pool) and Settings(pool, len(pool), _mark(tested, material), 1).sound


def settings(material: Material) -> Iterator[Diagnostic]:
    """Report test-outs that many people would pass with answers at random, and those whose pass
    mark allows no mistake. Who asks more questions mends both, so that there is one message."""
    for tested in material.tests:
        now = _settings(tested, material)
        if now is None or not now.mark or now.sound:
            continue
        if now.guessable:
            yield problem(
                "test-out-guessable",
                tested.place.find(["count"]).at,
                people=guessing.in_words(now.chance),
                need=_needed(now),
                tries=format_count(now.tries, "try", "tries"),
                fix=_better(tested, now),
            )
        else:
            key = "count" if tested.shape.pass_mark is None else "pass_mark"
            whole = "“pass_mark: 100” if nobody may make a mistake"
            yield problem(
                "pass-mark-full",
                tested.place.find([key]).at,
                mark=str(now.mark),
                what="this test-out",
                need=f": trainees need {now.need}" if now.need else "",
                fix=f"{_better(tested, now)}. Or write {whole}",
            )


def _settings(tested: Tested, material: Material) -> Settings | None:
    """What a test-out asks; ``None`` if that is not known, or if there are too few questions."""
    shape = tested.shape
    pool = tuple(item.question for item in tested.pool)
    if not material.questions_whole or len(pool) < shape.count:
        return None
    return Settings(pool, shape.count, _mark(tested, material), shape.attempts)


def _mark(tested: Tested, material: Material) -> int:
    own = tested.shape.pass_mark
    return material.course.tracking.pass_mark if own is None else own


def _needed(now: Settings) -> str:
    need = now.need
    if need is None:
        return f"{now.mark}%"
    if need.points:
        return str(need)
    return f"{format_count(int(need.enough), 'right answer')} of {need.of:g}"


def _why(start: str, tried: Settings) -> str:
    """A sentence that says why settings are not enough."""
    people = f"about {guessing.in_words(tried.chance)} who only guess would pass"
    return f"{start}, {people if tried.guessable else 'one mistake would be too many'}. "


def _better(tested: Tested, now: Settings) -> str:
    """How to make a test-out hard to guess that allows a mistake, and what comes of it."""
    better = advise(now, [item.question for item in tested.spare])
    if better is None:
        return f"Ask other questions: harder to guess are {_HARDER}"
    edits = _edits(tested, now, better)
    if better.missing:
        add = _new_questions(tested, better.missing, "no easier to guess")
        return f"{add}. Then {edits}. {_result(better)}"
    return f"{edits[0].upper()}{edits[1:]}. {_result(better)}"


def _edits(tested: Tested, now: Settings, better: Settings) -> str:
    """The edits of a test-out that lead to better settings."""
    edits = [f"“count: {better.count}”"] if better.count != now.count else []
    if better.mark != now.mark:
        edits.append(f"“pass_mark: {better.mark}”")
    if "attempts" in written(tested.shape) and better.tries < tested.shape.attempts:
        edits.append(f"“attempts: {better.tries}”")
    *others, last = edits or [""]
    listed = f"{', '.join(others)} and {last}" if others else last
    return f"write {listed} under “test_out:”" if edits else ""


def _result(better: Settings) -> str:
    guess = "nobody passes who only guesses, since answers are typed"
    if better.chance:
        people = guessing.in_words(max(better.chance, 0.01))
        guess = f"about {people} who only guess pass"
    whole = f", as a pass mark of {WHOLE}% asks" if better.mark == WHOLE else ""
    tries = format_count(better.tries, "try", "tries")
    return f"Trainees then need {_needed(better)} in {tries}{whole}, and {guess}"


def shared(material: Material) -> Iterator[Diagnostic]:
    """Report test-outs that can ask questions which that of an earlier module can ask, too."""
    taken: dict[str, str] = {}
    for tested in material.tests:
        names = [item.shape.id for item in tested.pool]
        common = [name for name in names if name in taken]
        if common:
            listed = ", ".join(f"“{name}”" for name in common[:3])
            more = f" and {len(common) - 3} more" if len(common) > 3 else ""
            words = {"questions": listed + more, "other": taken[common[0]]}
            yield problem("test-out-shared", tested.place.key, **words)
        taken |= {name: tested.module.title for name in names if name not in taken}


def identities(material: Material) -> Iterator[Diagnostic]:
    """Require that each module has one test-out, and that its keys in the saved state differ from
    those of pages."""
    first: dict[str, Position] = {}
    pages = {
        keys.key("page", page.id, page.shape.revision): (page.id, page.front().at)
        for page in material.pages.values()
    }
    for tested in material.tests:
        module, place = tested.module, tested.place.key
        if module.id in first:
            words = {"module": module.title, "first": first[module.id]}
            yield problem("test-out-repeated", place, **words)
        first.setdefault(module.id, place)
        own = {keys.key("page", PREFIX + module.id): (PREFIX + module.id, place)}
        own |= {
            keys.key("shown", page.id, page.shape.revision): (page.id, page.front().at)
            for page in tested.pages
        }
        for key, (name, position) in own.items():
            if key in pages:
                other, at = pages[key]
                yield problem("id-collision", position, id=name, other=other, first=at)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    untracked,
    pass_marks,
    covered,
    sizes,
    of_quizzes,
    few_tries,
    settings,
    shared,
    identities,
)
