"""However a trainee answers, the state is never longer than the builder reckons."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import state
from builder.course.model import Certificate, Course, Draw, Page, QuizRules
from builder.course.questions import Question
from builder.course.state import CheckState, QuizState, RecordState, State
from tests.support.courses import COURSE, course, item, page, question, story

DAY = "9999-12-31"


def longest(one: Question) -> str:
    # A text whose every character takes two letters and a bit more.
    return "a" if one.room <= 1 else "-" * (one.room // 2) + "A" * (one.room % 2)


def fullest(made: Course) -> State:
    """The state of a trainee who does everything there is to do, as long as it can be."""
    tracked = made.tracking.pages == "all"
    scenes = [scene for page in made.pages for scene in page.scenes()]
    return State(
        attempt="z" * 8,
        saves=state.SAVES_LIMIT,
        status="passed",
        bookmark=made.pages[0].key,
        score=state.BEST_LIMIT,
        visited=frozenset(page.key for page in made.pages if tracked),
        checks={
            one.key: CheckState(state.TRIES_LIMIT, True, longest(one))
            for page in made.pages
            for one in page.checks
            if tracked
        }
        | {
            scene.key: CheckState(state.TRIES_LIMIT, True, "a" if scene.choices else "")
            for scene in scenes
        },
        quizzes={
            page.key: QuizState(
                state.ATTEMPTS_LIMIT,
                state.BEST_LIMIT,
                True,
                {one.key: longest(one) for one in page.fixed()}
                | {scene.key: "a" for scene in page.scenes() if scene.choices},
            )
            for page in made.pages
            if page.quiz or page.scenario
        },
        records={
            item.key: RecordState(DAY, "-" * (item.limit // 2))
            for page in made.pages
            for item in page.record
        },
        finished=DAY if made.certificate or any(page.record for page in made.pages) else None,
    )


@pytest.mark.parametrize("certificate", [None, Certificate()])
@pytest.mark.parametrize("tracked", ["all", "none"])
def test_the_worst_case_is_the_size_of_the_fullest_state(
    tracked: str, certificate: Certificate | None
) -> None:
    tracking = replace(COURSE.tracking, pages=tracked)
    made = replace(COURSE, tracking=tracking, certificate=certificate)
    assert state.worst(made).size == len(state.encode(fullest(made)))


def chain(decisions: int) -> str:
    """Scenes in a row, the last with an ending."""
    scenes = [f"## Scene {{#s{at}}}\n\n- [On](#s{at + 1}){{a .good}}" for at in range(decisions)]
    return "\n\n".join([*scenes, f"## End {{#s{decisions}}}\n\n::: ending good\nOver.\n:::"])


def some_page(number: int, rooms: list[int], kind: str) -> Page:
    asked = tuple(
        replace(question(f"{kind}-{number}-{at}"), room=room) for at, room in enumerate(rooms)
    )
    if kind == "quiz":
        return page(f"quiz-{number}", kind="quiz", quiz=asked)
    if kind == "scenario":
        return story(f"scenario-{number}", chain(len(rooms)))
    if kind == "record":
        items = tuple(item(f"{number}-{at}", 2 * room) for at, room in enumerate(rooms))
        return page(f"record-{number}", kind="record", record=items)
    return page(f"page-{number}", checks=asked)


COURSES = st.lists(
    st.tuples(
        st.lists(st.integers(1, 60), max_size=12),
        st.sampled_from(["page", "quiz", "record", "scenario"]),
    ),
    min_size=1,
    max_size=12,
).map(
    lambda pages: course(
        *(some_page(at, *one) for at, one in enumerate(pages)),
        # One course in two has one.
        certificate=Certificate() if len(pages) % 2 else None,
    )
)


@pytest.mark.whole
@given(COURSES, st.data())
def test_no_trainee_needs_more_than_the_worst_case(made: Course, data: st.DataObject) -> None:
    whole = fullest(made)

    def some(values: dict) -> dict:
        kept = data.draw(st.sets(st.sampled_from(sorted(values)))) if values else ()
        return {key: values[key] for key in kept}

    less = replace(
        whole,
        visited=frozenset(some(dict.fromkeys(whole.visited))),
        checks=some(whole.checks),
        quizzes={
            key: replace(quiz, answers=some(quiz.answers))
            for key, quiz in some(whole.quizzes).items()
        },
        records=some(whole.records),
    )
    worst = state.worst(made).size
    assert len(state.encode(less)) <= worst
    # Nor is it reckoned much longer than it can be.
    assert worst - len(state.encode(whole)) <= 4 + 2 * len(made.pages)


def test_draw_reserves_space_for_its_longest_questions() -> None:
    single, several = question("single"), replace(question("several", "ac"), room=5)
    longest_one = replace(question("longest"), room=9)
    rules = QuizRules(draws=(Draw(2, (single, longest_one, several)),))
    drawn = page("quiz", kind="quiz", quiz=(single, longest_one, several), rules=rules)
    answers = {several.key: "-" * 2 + "A", longest_one.key: "-" * 4 + "A"}
    quiz = QuizState(state.ATTEMPTS_LIMIT, state.BEST_LIMIT, True, answers)
    whole = replace(fullest(course(drawn)), quizzes={drawn.key: quiz})
    assert 0 <= state.worst(course(drawn)).size - len(state.encode(whole)) <= 1


def test_the_largest_contributors_come_first() -> None:
    assert state.worst(COURSE).parts == (
        ("the answer to the record question “one”", 506),
        ("the answer to the record question “two”", 306),
        ("the frame", 46),
        ("the quiz “Quiz”", 20),
        ("visited pages", 18),
        ("the day of completion", 14),
        ("ids of record answers", 10),
        ("ids of quizzes", 7),
        ("ids of practice questions", 6),
        ("practice answers", 2),
    )


def test_a_long_answer_is_named_by_itself() -> None:
    reflection = replace(question("first-thoughts"), room=500)
    assert state.worst(course(page("first", checks=(reflection,)))).parts[0] == (
        "the answer to “first-thoughts”",
        504,
    )


MIX = [*[1] * 148, *[4] * 40, *[8] * 20, *[4] * 15, *[13] * 10, *[16] * 17]
"""Letters of the answers of 250 questions (facts/policy.md#state): 60 true-false, 80 single, 8
likert; 40 multiple; 20 matching; 15 sequencing; 10 numeric; 15 fill-in and 2 performance."""


def test_two_hundred_pages_with_250_questions_and_three_reflections_fit() -> None:
    rooms = [*MIX, 500, 500, 500]
    asked = [replace(question(f"q{at}"), room=room) for at, room in enumerate(rooms)]
    made = course(*(page(f"p{at}", checks=tuple(asked[at::200])) for at in range(200)))
    worst = state.worst(made)
    assert worst.size <= state.LIMIT
    assert len(state.encode(fullest(made))) <= worst.size <= len(state.encode(fullest(made))) + 2
    one_more = page("more", checks=(replace(question("more"), room=500),))
    assert state.worst(course(*made.pages, one_more)).size > state.LIMIT


def test_record_date_is_dropped_if_space_is_short() -> None:
    def sized(limit: int, certificate: Certificate | None = None) -> state.Worst:
        items = (item("one", 3000), item("two", limit))
        made = course(page("record", kind="record", record=items), certificate=certificate)
        return state.worst(made)

    plain = sized(600).size - state.day_size()
    room = 600 + state.LIMIT - plain
    assert "the day of completion" in dict(sized(room - state.day_size()).parts)
    assert sized(room - state.day_size()).size == state.LIMIT
    # One letter more, and the day of a record is left out; that of a certificate is not.
    for limit in (room - state.day_size() + 1, room):
        assert "the day of completion" not in dict(sized(limit).parts)
        assert sized(limit).size == plain + limit - 600 <= state.LIMIT
        assert sized(limit, Certificate()).size > state.LIMIT


@pytest.mark.parametrize("record", [False, True])
def test_space_is_reserved_for_language_and_translated_answers(
    record: bool,
) -> None:
    def word(name: str, room: int) -> Question:
        return replace(
            question(name), type="fill-in", answer={"accepted": ["x"], "forgive": []}, room=room
        )

    def in_language(tag: str, first: int, second: int) -> Course:
        asked = (word("one", first), word("two", second))
        others = (page("record", kind="record", record=(item("own", 100),)),) if record else ()
        return course(page("page", checks=asked), *others, language=tag)

    others = (in_language("pl", 80, 60), in_language("pa-Guru", 60, 90))
    made = replace(in_language("en", 60, 60), translations=others)
    # The longest of each question, whichever languages they were given in.
    rooms = [(80, "pa-Guru"), (90, "pa-Guru")]
    answers = {
        one.key: CheckState(state.TRIES_LIMIT, True, f"{'-' * (size // 2)}\n{tag}")
        for one, (size, tag) in zip(made.pages[0].checks, rooms, strict=True)
    }
    full = replace(fullest(made), checks=answers, language="pa-Guru")
    length = len(state.encode(full))
    assert length <= state.worst(made).size <= length + 7
    assert ("the chosen language", 26) in state.worst(made).parts
    assert state.worst(in_language("en", 60, 60)).size < state.worst(made).size


def test_typed_answer_in_another_alphabet_fits_with_language() -> None:
    word = replace(question("word"), type="fill-in", answer={"accepted": ["x"]}, room=60)
    asked = course(page("page", checks=(word,)))
    made = replace(asked, translations=(replace(asked, language="pl"),))
    # Two letters start the run of the alphabet; only the mark of the language ends it.
    answer = CheckState(state.TRIES_LIMIT, True, f"{'ა' * 58}\npl")
    full = replace(fullest(made), checks={word.key: answer}, language="pl")
    assert state.room("ა" * 58) == word.room
    assert len(state.encode(full)) <= state.worst(made).size


def test_scenario_reserves_longest_path_or_all_looping_scenes() -> None:
    ends = "## End {#end}\n\n::: ending good\nOver.\n:::"
    short = "## One {#one}\n\n- [End](#end){a .good}\n- [Two](#two){b .poor}\n\n"
    two = "## Two {#two}\n\n- [End](#end){a .good}\n\n"
    back = "## Two {#two}\n\n- [Back](#one){a .good}\n\n"

    def walk(text: str) -> int:
        return dict(state.worst(course(story("s", text))).parts)["the walk through “S”"]

    assert walk(short + two + ends) == walk(short + back + ends)
    alone = "## One {#one}\n\n- [End](#end){a .good}\n\n" + ends
    assert walk(short + back + ends) > walk(alone)


@pytest.mark.whole
def test_more_scenes_than_a_state_can_count_are_too_long() -> None:
    scenes = "".join(
        f"## S {at} {{#s{at}}}\n\n- [On](#s{at + 1}){{a .good}}\n\n" for at in range(99)
    )
    ends = "## End {#s99}\n\n::: ending good\nOver.\n:::"
    pages = [story(f"s{at}", scenes + ends) for at in range(42)]
    assert state.worst(course(*pages)).size > state.LIMIT
