"""Fill-in in the player: it forgives what the builder forgives, and tells what was typed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.base.printing import safe
from builder.course.questions.fill_in import normalize_answer
from tests.player.conftest import Player

FULL = 10_000
FORGIVE = ("case", "spaces", "accents")
# Characters of this Python's Unicode; the two have had no capitals in it, in later ones they do.
# A text field has no line breaks.
letters = st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\n\u019b\u0264")
# What composes, folds or is left out, more often than by chance.
tricky = st.sampled_from(
    "eE\u0301\u00e9\u1e9e\u00df\u03a3\u03c3\u03c2\u0130\u0131 \u00a0\u200b\u2019'\u2013-"
)
texts = st.text(letters | tricky, max_size=12)


def question(*accepted: str, forgive: tuple[str, ...] = ("case", "spaces")) -> dict[str, Any]:
    return {"scored": True, "answer": {"accepted": accepted, "forgive": forgive, "room": 60}}


@pytest.mark.whole
@given(text=texts, forgive=st.sets(st.sampled_from(FORGIVE)).map(sorted))
def test_player_and_builder_forgive_alike(player: Player, text: str, forgive: list[str]) -> None:
    assert player("forgiven", text, forgive) == normalize_answer(text, forgive)


@pytest.mark.whole
@given(accepted=st.lists(texts, min_size=1, max_size=3), typed=texts)
def test_right_is_what_the_builder_takes_for_the_same(
    player: Player, accepted: list[str], typed: str
) -> None:
    same = {normalize_answer(one, ("case", "spaces")) for one in accepted}
    credit = FULL if normalize_answer(typed, ("case", "spaces")) in same else 0
    assert player("credit", "fill-in", question(*accepted), typed) == credit


def test_braces_in_typed_answer_are_replaced_for_lms(player: Player) -> None:
    told = player("reported", "fill-in", question("a"), "Tŷ {1}")
    assert told == [{"part": "", "response": "Tŷ (1)"}]
    assert player("describe", "fill-in", question("a"), "Tŷ {1}") == "Tŷ {1}"


@pytest.mark.parametrize("by", [None, {"": ["fire"], "fr": ["feu"]}])
def test_answer_in_removed_language_is_still_shown_and_judged(
    player: Player, by: dict[str, list[str]] | None
) -> None:
    asked = question("fire")
    if by:
        asked["answer"]["by"] = by
    for typed, credit in (("ogień", 0), ("fire", FULL)):
        kept = f"{typed}\npl"
        assert player("describe", "fill-in", asked, kept) == typed
        assert player("reported", "fill-in", asked, kept) == [{"part": "", "response": typed}]
        assert player("credit", "fill-in", asked, kept) == credit


def test_a_restored_answer_keeps_its_language(player: Player) -> None:
    asked = question("fire")
    asked["answer"]["by"] = {"": ["fire"], "fr": ["feu"]}
    steps = [("", "restore", "feu\nfr"), ("", "look")]
    assert player("typedAnswers", asked, steps) == ["feu\nfr", "feu\nfr"]
    steps = [("fr", "restore", "fire"), ("fr", "look")]
    assert player("typedAnswers", asked, steps) == ["fire", "fire"]


def test_retyped_text_is_an_answer_in_current_language(
    player: Player,
) -> None:
    asked = question("fire")
    asked["answer"]["by"] = {"": ["fire"], "fr": ["feu"]}
    steps = [("", "restore", "fire\nfr"), ("", "type", "fire"), ("fr", "type", "fire")]
    assert player("typedAnswers", asked, steps) == ["fire\nfr", "fire", "fire\nfr"]
    # “Try again” empties the field without an event.
    steps = [("fr", "restore", "feu"), ("fr", "clear", "feu"), ("fr", "type", "feu")]
    assert player("typedAnswers", asked, steps) == ["feu", "", "feu\nfr"]


def test_text_keeps_its_language_while_the_page_changes_its_own(player: Player) -> None:
    asked = question("fire")
    asked["answer"]["by"] = {"": ["fire"], "fr": ["feu"]}
    steps = [("fr", "type", "feu"), ("", "turn", ""), ("", "type", "feu")]
    assert player("typedAnswers", asked, steps) == ["feu\nfr", "feu\nfr", "feu"]


def test_feedback_lists_answers_in_the_language_of_the_answer(player: Player) -> None:
    asked = question("fire", "help")
    polish = ["ogień", "pomoc"]
    asked["answer"] |= {"by": {"": ["fire", "help"], "pl": polish}, "source": "en"}
    texts = {"accepted": "Accepted: {answer}", "also_accepted": "Also accepted: {answer}"}

    def feedback(response: str) -> list[str]:
        found: list[str] = player("feedback", "fill-in", asked, response, texts)
        return found

    assert player("credit", "fill-in", asked, "ogień\npl") == FULL
    other = '<p>Also accepted: <span lang="pl" dir="auto">pomoc</span></p>'
    assert feedback("ogień\npl") == [other]
    both = '<p>Accepted: <span lang="pl" dir="auto">ogień; pomoc</span></p>'
    assert feedback("fire\npl") == [both]
    assert feedback("fire") == ["<p>Also accepted: help</p>"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("wrong", ["<p>Accepted: R&amp;D; &lt;b>; a; A</p>"]),
        ("<B>", ["<p>Also accepted: R&amp;D; a; A</p>"]),
        ("a", ["<p>Also accepted: R&amp;D; &lt;b></p>"]),
    ],
)
def test_feedback_shows_the_other_accepted_answers(
    player: Player, typed: str, said: list[str]
) -> None:
    texts = {"accepted": "Accepted: {answer}", "also_accepted": "Also accepted: {answer}"}
    asked = question("R&D", "<b>", "a", "A")
    assert player("feedback", "fill-in", asked, typed, texts) == said


def test_feedback_does_not_reveal_answers_early(player: Player) -> None:
    assert player("feedback", "fill-in", question("a", "b"), "c", {}, "en", False) == []


def test_nothing_is_added_to_the_only_answer(player: Player) -> None:
    assert player("feedback", "fill-in", question("a"), "A", {}) == []


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("=1+1", "'=1+1"),
        ("@home", "'@home"),
        ("+44 20", "'+44 20"),
        ("-18 or so", "'-18 or so"),
        ("\uff0d18", "'\uff0d18"),
        ("a; =b", "a; '=b"),
        ("'=1", "''=1"),
        (f"={'x' * 254}", f"'={'x' * 253}"),
        ("-18", "-18"),
        ("-1.5", "-1.5"),
        ("1=1", "1=1"),
    ],
)
def test_no_answer_is_a_formula_in_a_report(player: Player, text: str, sent: str) -> None:
    asked = question(text)
    [told] = player("reported", "fill-in", asked, text)
    assert told["response"] == sent
    # A right answer is the same text as its pattern.
    assert safe(text)[:255] == sent
    # The same rule for what is answered in one's own words.
    assert player("reportable", text)[:254] == sent[:254]
