"""What happens to those who are in the middle of a scenario when it is edited."""

from dataclasses import replace
from pathlib import Path

import pytest

from builder import updating
from builder.cli.report import comparison as reported
from builder.cli.report import rehearsal
from builder.course.state import CheckState, QuizState, State, encode
from builder.package.outline import Outline
from builder.updating import Change, Row, commands, compare, explain
from builder.updating.rehearsal import ScenarioOutlook, WalkOutlook
from builder.updating.wording import trainees
from tests.support.courses import course, page, story
from tests.updating.outlines import outline
from tests.validate.courses import TODAY, changed

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


COUNTING = {"weight": 1.0, "keep": "first"}
BEFORE = scenario(STORY, **COUNTING)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # A package that was built before both rules existed lets the first way count.
        (COUNTING, {"weight": 1.0}, [("keep", "first", "best", False, "a better way raises them")]),
        (
            {"weight": 1.0},
            {"weight": 1.0, "keep": "last"},
            [("keep", "best", "last", False, "whose score replaces them")],
        ),
        ({"weight": 1.0}, COUNTING, [("keep", "best", "first", True, "no further way raises it")]),
        (
            {"weight": 1.0},
            {"weight": 1.0, "attempts": 2},
            [("attempts", "no limit", "2", True, "trainees who have begun 2 or more have none")],
        ),
        (
            {"weight": 1.0, "attempts": 2},
            {"weight": 1.0, "attempts": 3},
            [("attempts", "2", "3", False, "can try further ways that count")],
        ),
        # Walks of practice count, too.
        (
            {},
            {"weight": 1.0, "attempts": 2},
            [
                ("weight", "none", "1", True, "The score of the course changes."),
                ("attempts", "no limit", "2", True, "Ways begun before count"),
            ],
        ),
        ({"attempts": 1, "keep": "last"}, {}, []),
    ],
)
def test_diff_says_what_rules_of_the_score_mean(
    old: dict[str, object], new: dict[str, object], expected: list[tuple[object, ...]]
) -> None:
    found = compare(scenario(STORY, **old), scenario(STORY, **new)).settings
    rows = [(one.name, one.old, one.new, one.costs) for one in found]
    assert rows == [row[:4] for row in expected]
    for setting, row in zip(found, expected, strict=True):
        assert str(row[4]) in setting.meaning


FAILED = "They stay failed until the LMS gives them a new attempt."
AGAIN = (
    "Where the LMS still records what they do, they can try “S” again, and “failed” may become "
    "“passed”."
)


@pytest.mark.parametrize(
    ("old", "new", "first", "last"),
    [
        (COUNTING, {"weight": 1.0}, FAILED, AGAIN),
        (COUNTING, COUNTING, FAILED, "A new attempt starts from nothing, with the new course."),
        ({"weight": 1.0, "attempts": 1}, {"weight": 1.0, "attempts": 2}, FAILED, AGAIN),
        ({"weight": 1.0}, COUNTING, *["There are none: attempts had no limit."] * 2),
        ({}, COUNTING, *["There are none: the course had no quiz."] * 2),
    ],
)
def test_who_can_have_failed_in_a_scenario(
    old: dict[str, object], new: dict[str, object], first: str, last: str
) -> None:
    found = trainees(compare(scenario(STORY, **old), scenario(STORY, **new)))["failed"]
    assert (found[0], found[-1]) == (first, last)


def failed(walks: int = 1) -> State:
    """The state of a trainee whose first way was poor, in a package in which the first counted."""
    ways = {KEYS["call"]: "a", KEYS["promise"]: "a"}
    return replace(
        HALF_WAY,
        status="failed",
        score=0,
        visited=frozenset(page.key for page in OLD.pages),
        checks={key: CheckState(1, False, one) for key, one in ways.items()}
        | {KEYS["explain"]: CheckState(1, True, "")},
        quizzes={OLD.pages[1].key: QuizState(walks, 0, False, ways)},
    )


@pytest.mark.parametrize(
    ("walks", "rules", "expected", "words"),
    [
        (
            7,
            {},
            ScenarioOutlook("s", "S", 7, None, 0, better=10_000, result=("passed", 10_000)),
            "score 0%, 7 ways begun, further ways count; a good way gives 100%, and then “passed”, "
            "100%",
        ),
        (
            1,
            {"attempts": 2},
            ScenarioOutlook("s", "S", 1, 1, 0, better=10_000, result=("passed", 10_000)),
            "score 0%, 1 way begun, 1 more counts; a good way gives 100%, and then “passed”, 100%",
        ),
        (
            2,
            {"attempts": 2},
            ScenarioOutlook("s", "S", 2, 0, 0),
            "score 0%, 2 ways begun, no further way counts",
        ),
        (
            1,
            {"keep": "first"},
            ScenarioOutlook("s", "S", 1, 0, 0),
            "score 0%, 1 way begun, no further way counts",
        ),
    ],
)
def test_rehearsal_shows_what_further_ways_can_do(
    walks: int, rules: dict[str, object], expected: ScenarioOutlook, words: str
) -> None:
    rows = [Row("Ann", encode(failed(walks)), "failed", "0", "s")]
    found = updating.rehearse(BEFORE, scenario(STORY, weight=1.0, **rules), rows)
    assert found.trainees[0].scenarios == (expected,)
    assert found.trainees[0].after == ("failed", 0)
    text = rehearsal.text(found, details=True)
    assert f"“S”: {words}" in text
    summary = ["had failed, and can pass with a further way", "has no way left that counts"]
    assert [one in text for one in summary] == [expected.left != 0, expected.left == 0]


def test_a_scenario_without_a_decision_can_be_rehearsed() -> None:
    bare = scenario(END, weight=1.0)
    [*_, last] = updating.stages(bare)
    assert last.state.quizzes[bare.pages[1].key].best == 0
    assert updating.rehearse(bare, bare, [last]).trainees[0].scenarios[0].better is None


def test_generated_trainees_decide_badly_where_a_scenario_counts() -> None:
    names = [stage.name for stage in updating.stages(BEFORE)]
    assert "decided badly in “S”" in names
    lost = updating.failed_stage(BEFORE)
    assert lost
    assert (lost.state.status, lost.state.quizzes[OLD.pages[1].key].best) == ("failed", 0)
    # Without a limit nobody fails.
    assert updating.failed_stage(scenario(STORY, weight=1.0)) is None


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


def test_rehearsal_without_an_export_has_a_trainee_who_failed(tmp_path: Path) -> None:
    """The package before lets the first way count, the one after the best."""

    def folder(name: str, rules: str) -> Path:
        listed = ("course.yaml", "  - checklist.md", "  - checklist.md\n  - s.md")
        mark = ("course.yaml", "pass_mark: 50", "pass_mark: 80")
        front = f"---\ntitle: S\nkind: scenario\nweight: 1\n{rules}---\n"
        return changed(tmp_path / name, listed, mark, ("pages/s.md", "", front + STORY))

    old, new = folder("old", "keep: first\n"), folder("new", "")
    found, problems = commands.rehearse(old, new, None, TODAY)
    assert found
    assert problems == ()
    trainee = found.trainees[-1]
    assert (trainee.learner, trainee.before[0]) == ("did not pass in any attempt", "failed")
    [one] = trainee.scenarios
    assert (one.score, one.better) == (0, 10_000)
    assert one.result
    assert one.result[0] == "passed"
    assert "had failed, and can pass" in rehearsal.text(found, details=False)
