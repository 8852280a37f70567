"""Each statement is made where the figures support it, and not below its bound."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from builder.results import advice, figures, joining
from builder.results.advice import Statement
from builder.results.model import Answer, Attempt, Report
from builder.results.packages import Package
from builder.results.tally import Entry, Tally
from tests.results import simulated

FILLERS = 6
"""Questions that those who know get right, and the others wrong."""


def package(key: str, multiple: bool = False, version: int = 0, options: str = "abcd") -> Package:
    items = [
        simulated.Item(name, options, "a", key, {}, 1, (0.0,))
        for name in ("asked", *(f"filler{at}" for at in range(FILLERS)))
    ]
    made = simulated.package(items, version)
    first, *others = made.outline.questions
    if multiple:
        pattern = f"{{{','.join(key)}}}"
        answer = {"right": list(key), "multiple": True, "credit": "all"}
        first = replace(first, patterns=(pattern,), right=",".join(key), answer=answer)
    outline = replace(made.outline, questions=(first, *others))
    return Package(made.path, outline, made.label)


def said(
    able: Sequence[str],
    others: Sequence[str],
    made: Package | None = None,
    newest: Package | None = None,
) -> tuple[Statement, ...]:
    """What is said about a question, if these are the responses of those who know the rest, and of
    the others. Responses of several letters are of several options."""
    made = made or package("a")
    key = "".join(sorted(made.outline.questions[0].answer["right"]))
    attempts = []
    for at, response in enumerate((*able, *others)):
        # Half of the fillers vary, so that the rest of the quiz has more than two values.
        knows = at < len(able)
        rest = [1.0 if knows or number < at % 3 else 0.0 for number in range(FILLERS)]
        given = [Answer("quiz--asked", ",".join(response), "", float(response == key))]
        given += [Answer(f"quiz--filler{n}", "a", "", value) for n, value in enumerate(rest)]
        attempts.append(Attempt((f"P{at}",), 0, at, 1, "2026-11", None, tuple(given)))
    title = made.outline.title
    packages = [made, newest] if newest else [made]
    joined = joining.join([Report("r.txt", (title,), attempts)], packages)
    assert joined.rows["counted"] == len(attempts)
    [found] = [one for one in figures.question_figures(joined) if one.asked.question.id == "asked"]
    return advice.statements(found)


def kinds(statements: Sequence[Statement]) -> list[tuple[str, str]]:
    return [(one.kind, one.option) for one in statements]


def test_wrong_key() -> None:
    [found] = said("b" * 14 + "c", "abcd" * 4)
    assert (found.kind, found.option) == ("key", "b")
    assert found.finding == (
        "14 of the 15 people who do best in the rest of the quiz chose “b”, which the key calls "
        "wrong"
    )


def test_popular_mistake_of_weak_group_suggests_no_wrong_key() -> None:
    assert "key" not in dict(kinds(said("a" * 12 + "bbb", "b" * 15)))


def test_mistake_of_nearly_everybody_is_hard_not_wrong_key() -> None:
    found = said("b" * 14 + "a", "b" * 14 + "a")
    assert [one for one in kinds(found) if one[0] != "nobody"] == [("hard", "")]


def test_wrong_key_among_several_right_options() -> None:
    """Those who know choose a and c; the key has a and b."""
    found = said(["ac"] * 15, ["ab", "b", "d", "abd", "bd"] * 3, package("ab", multiple=True))
    assert kinds(found) == [("key", "b"), ("key", "c")]
    assert "15 of the 15 people" in found[0].finding
    assert "left out “b”, which the key requires" in found[0].finding
    assert "chose “c”, which the key calls wrong" in found[1].finding


def test_several_right_options_that_only_some_know() -> None:
    found = said(["ab"] * 12 + ["a"] * 3, ["a", "b", "cd", "ab", "d"] * 3, package("ab", True))
    assert "key" not in dict(kinds(found))


def test_those_who_do_well_are_wrong() -> None:
    found = said("bcd" * 8, "a" * 24)
    assert ("negative", "") in kinds(found)


@pytest.mark.parametrize(
    ("people", "expected"),
    [(9, []), (10, [("hint", "b")]), (19, [("hint", "b")]), (20, [("hard", "")])],
)
def test_few_people_give_hints_and_fewer_nothing(
    people: int, expected: list[tuple[str, str]]
) -> None:
    able = "bcd" * 20
    assert kinds(said(able[: people // 2], able[: people - people // 2])) == expected


def test_hint_states_its_uncertainty() -> None:
    [found] = said("aaaaab", "aaabbb")
    assert (found.kind, found.option, found.finding) == (
        *("hint", "b"),
        "4 of 12 people chose “b”, which the key calls wrong. This is only a hint, from few "
        "people: of many, 13 to 61 in 100 might",
    )
    assert found.advice == "Look at the question"
    # One fewer is less than a third.
    assert said("aaaaaa", "aaabbb") == ()
    [split] = said("aaaaab", "bbccdd")
    assert (split.option, split.finding) == (
        "",
        "12 people got 42 % of the points. This is only a hint, from few people: many might get "
        "19 to 69 %",
    )


def test_hint_about_a_right_option_that_is_left_out() -> None:
    both = package("ac", multiple=True)
    [found] = said(["ac"] * 6, ["a", "a", "a", "a", "ac", "ac"], both)
    assert (found.kind, found.option) == ("hint", "c")
    assert found.finding.startswith("4 of 12 people left out “c”, which the key requires. ")


def test_hard_needs_more_than_a_few_wrong_answers() -> None:
    assert kinds(said("a" * 12 + "bcd", "bcd" * 4 + "aaa")) == []


def test_easy() -> None:
    [found] = said("a" * 20, "a" * 19 + "b", package("a", options="ab"))
    assert found.kind == "easy"
    assert found.finding == (
        "Nearly everybody is right at the first try: 98 % of the points of 40 people"
    )


def test_unchosen_option_advice_states_its_certainty() -> None:
    found = said("a" * 15 + "b" * 5, "a" * 4 + "b" * 8 + "c" * 8)
    assert [(one.kind, one.option, one.finding) for one in found] == [
        ("nobody", "d", "Nobody of 40 people chose “d”. Of many people, up to 12 in 100 might")
    ]
    many = said("a" * 80 + "b" * 20, "a" * 20 + "b" * 40 + "c" * 39 + "d")
    assert [(one.kind, one.option, one.finding) for one in many] == [
        ("nobody", "d", "1 of 200 people chose “d”")
    ]
    assert many[0].advice == "Replace it with a mistake that people really make, or delete it"


def test_weak_needs_many_people() -> None:
    assert kinds(said("aaabcd" * 50, "aaabcd" * 50)) == [("weak", "")]
    assert kinds(said("aaabcd" * 5, "aaabcd" * 5)) == []


def test_question_that_the_newest_package_lacks_has_no_statement() -> None:
    made = package("a")
    newest = package("a", version=1)
    [page] = newest.outline.pages
    assert page.rules
    left = page.quiz[1:]
    outline = replace(
        newest.outline,
        questions=newest.outline.questions[1:],
        pages=(replace(page, quiz=left, rules=replace(page.rules, fixed=left)),),
    )
    assert said("b" * 15, "bcd" * 5, made) != ()
    assert said("b" * 15, "bcd" * 5, made, Package(Path("1.zip"), outline, "1.1.0")) == ()


def test_changed_question_gets_no_advice_from_old_answers() -> None:
    made = package("a")
    asked, *others = package("b", version=1).outline.questions
    newer = replace(
        made.outline, version="1.1.0", questions=(replace(asked, fingerprint="y"), *others)
    )
    assert said("b" * 15, "bcd" * 5, made) != ()
    assert said("b" * 15, "bcd" * 5, made, Package(Path("1.zip"), newer, "1.1.0")) == ()


def versions(before: str, after: str) -> tuple[Statement, ...]:
    """What is said if people with the first and the second version gave these responses."""
    packages = [package("a"), package("a", version=1)]
    # Another right answer to one of the other questions tells the versions apart.
    asked, filler, *others = packages[1].outline.questions
    questions = (asked, replace(filler, patterns=("a", "d")), *others)
    newer = replace(packages[1].outline, questions=questions)
    packages[1] = Package(Path("1.zip"), newer, "1.1.0")
    reports = []
    for version, responses in enumerate((before, after)):
        attempts = []
        for at, response in enumerate(responses):
            given = [Answer("quiz--asked", response, "", float(response == "a"))]
            given += [
                Answer(f"quiz--filler{n}", "a", ("a", "a,d")[version], float((at + n) % 3 > 0))
                for n in range(FILLERS)
            ]
            person = (f"P{version} {at}",)
            attempts.append(Attempt(person, version, at, 1, "", None, tuple(given)))
        reports.append(Report(f"{version}", (packages[version].outline.title,), attempts))
    joined = joining.join(reports, packages)
    found = figures.question_figures(joined)[0]
    assert found.asked.question.id == "asked"
    return advice.statements(found)


def test_worse_since_a_version() -> None:
    found = versions("a" * 27 + "bcd", "a" * 12 + "bcd" * 6)
    assert [one.finding for one in found if one.kind == "version"] == [
        "Wrong more often since version 1.1.0: 40 % of the points, before 90 %"
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a" * 27 + "bcd", "a" * 24 + "bcd" * 2),  # as good as before
        ("a" * 12 + "bcd" * 6, "a" * 27 + "bcd"),  # better than before
        ("a" * 18 + "b", "b" * 30),  # too few before
    ],
)
def test_not_worse_since_a_version(before: str, after: str) -> None:
    assert "version" not in dict(kinds(versions(before, after)))


def test_question_that_became_harder_still_tells_people_apart() -> None:
    """Within each version those who do well in the rest are right more often, although the later
    version has better people and fewer right answers."""
    entries: Counter[Entry] = Counter()
    for version, (rests, right) in enumerate((((0.2, 0.4), (18, 28)), ((0.6, 0.8), (2, 12)))):
        for rest, number in zip(rests, right, strict=True):
            entries[version, "a", 1.0, rest, 1.0] += number
            entries[version, "b", 0.0, rest, 0.0] += 30 - number
    asked = next(iter(package("a").asked.values()))
    mixed = Tally(asked, entries)
    apart = Tally(asked, entries, versions={0: (0,), 1: (1,)})
    assert (mixed.discrimination() or 0) < -0.3
    assert (apart.discrimination() or 0) > 0.3
    for version in (0, 1):
        alone = (apart.of({version}).discrimination(), mixed.of({version}).discrimination())
        assert alone[0] == alone[1]
