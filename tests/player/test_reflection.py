"""What the LMS and the review show of a reflection."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player

LIMIT = 255
PRIVATE = {"answer": {"limit": 500, "kept": False}}
KEPT = {"answer": {"limit": 500, "kept": True}}


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("I would talk to my lead.", "I would talk to my lead."),
        ("One\r\ntwo\t three\n", "One two three"),
        ("{both}", "(both)"),
        ("x" * 255, "x" * 255),
        ("x" * 256, "x" * 254 + "…"),
        ("x" * 253 + "🙂🙂", "x" * 253 + "…"),
        ("قلق", "قلق"),
    ],
)
def test_the_text_as_scorm_takes_it(player: Player, text: str, reported: str) -> None:
    said = player("reported", "reflection", KEPT, text)
    assert said == [{"part": "", "response": reported}]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_one_line_that_fits(player: Player, text: str) -> None:
    reported = player("reportable", text)
    assert len(reported.encode("utf-16-le")) // 2 <= LIMIT
    assert not {"{", "}"} & set(reported)
    assert not [one for one in reported if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")]
    assert player("fits", "fill-in", reported)


def test_an_answer_is_described_in_its_own_words(player: Player) -> None:
    texts = {"not_kept": "not kept"}
    assert player("describe", "reflection", KEPT, "My lead\nfirst", texts) == "My lead\nfirst"
    assert player("describe", "reflection", PRIVATE, "x", texts) == "not kept"
    assert player("describe", "reflection", PRIVATE, "", texts) == ""
