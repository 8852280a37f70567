"""Another LMS takes the place of the one that a visit was opened with."""

from tests.player.conftest import Player
from tests.player.lived_course import COURSE, QUESTIONS


def test_new_lms_receives_each_answer_once(
    player: Player,
) -> None:
    answers = [["one", QUESTIONS["chk1"]], ["one", QUESTIONS["chk2"]]]
    later = [["two", QUESTIONS["chk3"]]]
    found = player("renewed", COURSE | {"answers": answers, "later": later})
    assert found["ids"][1] == ["one--question-chk1", "one--question-chk2", "two--question-chk3"]
    assert not found["calledAgain"]
