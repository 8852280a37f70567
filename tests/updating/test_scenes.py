"""What happens to those who are in the middle of a scenario when it is edited."""

from dataclasses import replace

import pytest

from builder import updating
from builder.cli.report import comparison as reported
from builder.course.state import CheckState, QuizState, State, encode
from builder.package.outline import Outline
from builder.updating import Change, Row, compare, explain
from builder.updating.rehearsal import WalkOutlook
from tests.support.courses import course, page, story
from tests.updating.outlines import outline

CALL = "## The call {#call}\n\nShe asks.\n\n"
CHOICES = "- [Promise it](#promise){a .poor}\n- [Explain](#explain){b .good} Silence.\n\n"
PROMISE = "## You promise {#promise}\n\n- [Explain after all](#explain){a .good}\n\n"
END = "## You explain {#explain}\n\n::: ending good\nShe was helped.\n:::\n"
STORY = CALL + CHOICES + PROMISE + END


def scenario(body: str, **rules: object) -> Outline:
    return outline(course(page("first"), story("s", body, **rules)))


OLD = scenario(STORY)
KEYS = {scene.id: scene.key for scene in OLD.pages[1].scenario.scenes}  # type: ignore[union-attr]
HALF_WAY = State(
    attempt="aaaaaaaa",
    saves=3,
    status="incomplete",
    bookmark=OLD.pages[1].key,
    visited=frozenset((OLD.pages[0].key,)),
    checks={KEYS["call"]: CheckState(1, False, "a")},
    quizzes={OLD.pages[1].key: QuizState(1, None, True, {KEYS["call"]: "a"})},
)


def scene_changes(new: Outline) -> list[tuple[object, ...]]:
    found = compare(OLD, new)
    return [
        (change.id, change.fate, *filter(None, (change.was,)), *change.notes)
        for change in found.of("scene", "kept", "redo", "new", "gone")
        if is_changed(change)
    ]


def is_changed(change: Change) -> bool:
    return bool(change.fate != "kept" or change.was or change.notes)


def test_another_title_of_a_block_is_named() -> None:
    body = STORY.replace("She asks.", "::: callout Look\nShe asks.\n:::")
    found = compare(scenario(body), scenario(body.replace("Look", "Listen")))
    [call] = [change for change in found.of("scene", "kept") if is_changed(change)]
    assert (call.id, call.notes) == ("s/call", ("reworded",))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The call", "A call", [("s/call", "kept", "retitled", "reworded")]),
        ("She asks.", "He asks.", [("s/call", "kept", "reworded")]),
        ("Silence.", "A nod.", [("s/call", "kept", "reworded")]),
        ("{b .good}", "{b .fair}", [("s/call", "kept", "quality")]),
        ("(#promise){a", "(#explain){a", [("s/call", "kept", "rewired")]),
        (
            "after all](#explain){a",
            "after all](#explain){c",
            [("s/promise", "kept", "options-added", "options-removed")],
        ),
    ],
)
def test_an_edit_of_a_scene_is_named(old: str, new: str, expected: list[object]) -> None:
    body = STORY.replace(old, new)
    if "(#promise)" not in body:
        # Nothing else leads there.
        body = body.replace("## You explain", "- [Promise](#promise){z .poor}\n\n## You explain")
    assert [
        one for one in scene_changes(scenario(body)) if one[0] != "s/promise" or "{c" in new
    ] == expected


def test_a_renamed_scene_keeps_the_decision() -> None:
    renamed = STORY.replace("{#promise}", "{#keep was=promise}").replace("(#promise)", "(#keep)")
    found = compare(OLD, scenario(renamed))
    assert scene_changes(scenario(renamed)) == [("s/keep", "kept", "s/promise")]
    assert (found.lost, found.safe) == (False, True)


def test_a_scene_renamed_without_was_looks_like_a_mistake() -> None:
    renamed = STORY.replace("#promise", "#keep")
    found = compare(OLD, scenario(renamed))
    assert [(one.code, one.id) for one in found.suspicions] == [("was", "s/keep")]
    assert "“{#keep was=promise}”" in found.suspicions[0].hint
    assert found.lost
    assert "Scenes" in reported.text(found)


def test_swapped_choice_text_under_same_id_is_suspicious() -> None:
    swapped = STORY.replace(
        "[Promise it](#promise){a .poor}", "[Ring her mother](#promise){a .poor}"
    )
    found = compare(OLD, scenario(swapped))
    assert [(one.code, one.id) for one in found.suspicions] == [("letter", "s/call")]


def test_rules_of_a_scenario_are_settings() -> None:
    found = compare(OLD, scenario(STORY, complete="good", weight=2.0))
    assert [(one.page, one.name, one.old, one.new, one.costs) for one in found.settings] == [
        ("s", "complete", "ending", "good", True),
        ("s", "weight", "none", "2", True),
    ]


def test_a_state_is_explained_by_scenes() -> None:
    [walk] = explain(OLD, encode(HALF_WAY), show_text=False).scenarios
    assert (walk.id, walk.walks, walk.score, walk.at) == ("s", 1, None, "You promise")
    [decision] = walk.decisions
    assert (decision.scene, decision.choice, decision.text, decision.quality) == (
        *("call", "a", "Promise it", "poor"),
    )
    ended = replace(HALF_WAY, checks={**HALF_WAY.checks, KEYS["explain"]: CheckState(1, True, "")})
    assert explain(OLD, encode(ended), show_text=False).scenarios[0].endings == ("You explain",)
    assert explain(OLD, encode(HALF_WAY), show_text=False).unknown.checks == 0


def rehearsed(new: Outline) -> updating.Outlook:
    [found] = updating.rehearse(
        OLD, new, [Row("Ann", encode(HALF_WAY), "incomplete", "", "s")]
    ).trainees
    return found


def test_trainee_in_renamed_scene_stays_there() -> None:
    renamed = STORY.replace("{#promise}", "{#keep was=promise}").replace("(#promise)", "(#keep)")
    found = rehearsed(scenario(renamed.replace("You promise", "You keep it")))
    assert found.walks == (WalkOutlook("s", "S", "You promise", "You keep it"),)
    assert not found.loses


def test_trainee_returns_to_last_scene_that_still_exists() -> None:
    found = rehearsed(scenario(CALL + "- [Explain](#explain){b .good} Silence.\n\n" + END))
    assert found.walks == (WalkOutlook("s", "S", "You promise", "The call"),)


def test_trainee_follows_choice_with_changed_target() -> None:
    body = STORY.replace("(#promise){a", "(#other){a") + (
        "\n## Another way {#other}\n\n- [Promise](#promise){a .poor}\n"
    )
    assert rehearsed(scenario(body)).walks == (WalkOutlook("s", "S", "You promise", "Another way"),)
