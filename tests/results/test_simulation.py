"""Statements about random quizzes whose truth is known: planted faults are found, and fewer than
one statement in 100 contradicts the truth."""

from collections import Counter

import pytest

from builder.results import advice, figures, joining
from builder.results.advice import Statement
from tests.results import simulated
from tests.results.simulated import Item, Quizzed

FAULTS = {"key": "key", "dead": "nobody", "drop": "version", "hard": "hard", "easy": "easy"}
"""The kind of the statement that finds each planted fault."""


def share(quizzed: Quizzed, item: Item, option: str) -> float:
    """The share of all people who choose an option, whichever version they had."""
    had = [at for at in range(len(quizzed.people)) if item.only in (None, at)]
    chosen = sum(item.share(option, at) * quizzed.people[at] for at in had)
    return chosen / sum(quizzed.people[at] for at in had)


def contradicts(said: Statement, quizzed: Quizzed, item: Item) -> bool:
    """Whether a statement about a question is false."""
    had = [at for at in range(len(quizzed.people)) if item.only in (None, at)]
    true = [quizzed.discrimination(item, at) for at in had]
    if said.kind == "key":
        return item.fault != "key" or said.option != item.known
    if said.kind == "version":
        return item.fault != "drop"
    if said.kind == "hard":
        return share(quizzed, item, item.key) >= advice.HARD
    if said.kind == "easy":
        return share(quizzed, item, item.key) < advice.EASY
    if said.kind == "nobody":
        bound = figures.RARE * 100
        if "up to" in said.finding:
            bound = int(said.finding.partition("up to ")[2].split()[0])
        return share(quizzed, item, said.option) * 100 > bound
    return min(true) >= (0 if said.kind == "negative" else advice.WEAK)


def tried(seeds: range) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """Statements by kind, the false ones, planted faults, and those that were found."""
    said, false, planted, found = (Counter[str]() for _ in range(4))
    for seed in seeds:
        quizzed = simulated.quiz(seed)
        joined = joining.join(simulated.report(quizzed, seed), quizzed.packages)
        assert +joined.rows == {"counted": sum(quizzed.people)}
        by_id = {one.asked.question.id: one for one in figures.question_figures(joined)}
        for item in quizzed.items:
            if item.only is not None and item.only < len(quizzed.people) - 1:
                # The newest version does not have it, so that nothing is said.
                assert advice.statements(by_id[item.name]) == ()
                continue
            statements = advice.statements(by_id[item.name])
            said.update(one.kind for one in statements)
            false.update(one.kind for one in statements if contradicts(one, quizzed, item))
            # A question of one version cannot become worse with a version.
            if item.fault and not (item.fault == "drop" and item.only is not None):
                planted[item.fault] += 1
                found[item.fault] += any(
                    one.kind == FAULTS[item.fault] and one.option in (item.dead or one.option)
                    for one in statements
                )
    return said, false, planted, found


@pytest.mark.thorough
def test_500_quizzes() -> None:
    said, false, planted, found = tried(range(500))
    assert false.total() * 100 < said.total()
    assert said.total() > 3_000
    for fault, count in planted.items():
        assert found[fault] >= 0.9 * count, fault
        assert count > 200, fault
    assert found.total() >= 0.95 * planted.total()


@pytest.mark.whole
def test_some_quizzes() -> None:
    said, false, planted, found = tried(range(500, 525))
    assert false.total() <= 1
    assert said.total() > 100
    assert planted.keys() == FAULTS.keys()
    assert found.total() >= 0.9 * planted.total()
