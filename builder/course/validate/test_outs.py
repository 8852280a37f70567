"""Rules for test-outs: tests at the start of a module, which replace reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from builder.base.printing import format_count
from builder.course import guessing, keys
from builder.course.questions import Question
from builder.course.shaping import written
from builder.course.test_out import PREFIX, tries
from builder.course.validate.material import Material, Tested
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position


def untracked(material: Material) -> Iterator[Diagnostic]:
    """Reject test-outs in a course that does not save which pages are done."""
    if material.course.tracking.pages == "none":
        for tested in material.tests:
            yield problem("test-out-untracked", tested.place.key)


def pass_marks(material: Material) -> Iterator[Diagnostic]:
    """Reject test-outs that everybody passes."""
    for tested in material.tests:
        own = tested.shape.pass_mark
        if not (material.course.tracking.pass_mark if own is None else own):
            place = tested.place if own is None else tested.place.find(["pass_mark"])
            yield problem("test-out-pass-mark", place.key)


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
            yield _short(tested)


def _unknown(key: str, name: str, tested: Tested, known: Known) -> Diagnostic:
    words = {"what": key, "name": name, "did_you_mean": known.did_you_mean(name)}
    return problem("draw-unknown", tested.place.find([key]).at, **words)


def _source(tested: Tested) -> tuple[str, str]:
    """Where a test-out takes its questions from, and how to add some, in words."""
    shape, module = tested.shape, tested.module.title
    where = f" in the bank “{shape.bank}”" if shape.bank else ""
    where += f" with the tag “{shape.tag}”" if shape.tag else ""
    if not where:
        pages = f"pages of “{module}”"
        return f" about the {pages}", f"Add questions whose “source:” is one of the {pages}"
    more = f"Add questions with “tags: {shape.tag}”" if shape.tag else "Add questions"
    return where, more + (f" to the bank “{shape.bank}”" if shape.bank else "")


def _short(tested: Tested) -> Diagnostic:
    count, left = tested.shape.count, len(tested.matching)
    where, more = _source(tested)
    has = {0: "there is no question", 1: "there is only 1 question"}
    words = has.get(left, f"there are only {left} questions")
    less = f"write “count: {left}” or less" if left else "delete “test_out:”"
    return problem(
        "test-out-short",
        tested.place.find(["count"]).at,
        count="1 question" if count == 1 else f"{count} questions",
        left=f"{words} with a right answer{where}",
        fix=f"{more}, or {less}",
    )


def of_quizzes(material: Material) -> Iterator[Diagnostic]:
    """Report test-outs that ask questions of quizzes, because too few others match them."""
    for tested in material.tests:
        spare, count = len(tested.spare), tested.shape.count
        if not material.questions_whole or spare >= count or len(tested.matching) < count:
            continue
        _, more = _source(tested)
        less = f", or write “count: {spare}” or less" if spare else ""
        yield problem(
            "test-out-repeats-quiz",
            tested.place.find(["count"]).at,
            left=_in_no_quiz(spare, len(tested.matching)),
            fix=f"{more}, at least {count - spare} that no quiz asks{less}",
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
                pool=format_count(pool, "question"),
                attempts=str(allowed),
                needed=str(shape.count * shape.attempts),
            )


def guessable(material: Material) -> Iterator[Diagnostic]:
    """Report test-outs that many people would pass with answers at random."""
    for tested in material.tests:
        shape, own = tested.shape, tested.shape.pass_mark
        pool = [item.question for item in tested.pool]
        mark = material.course.tracking.pass_mark if own is None else own
        if not material.questions_whole or len(pool) < shape.count or not mark:
            continue
        allowed = tries(len(pool), shape.count, shape.attempts)
        chance = guessing.chance_to_pass(pool, shape.count, mark, allowed)
        if chance > guessing.LIKELY:
            yield problem(
                "test-out-guessable",
                tested.place.find(["count"]).at,
                people=guessing.in_words(chance),
                questions=format_count(shape.count, "question"),
                tries=format_count(allowed, "try", "tries"),
                fix=_harder(tested, pool, mark),
            )


def _harder(tested: Tested, pool: Sequence[Question], mark: int) -> str:
    """How to make a test-out harder to pass by guessing."""
    shape = tested.shape
    more = guessing.advise(pool, shape.count, mark, shape.attempts)
    if more:
        return f"Write “count: {more}”"
    _, add = _source(tested)
    return f"{add}, and write a larger number after “count:”"


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
    guessable,
    shared,
    identities,
)
