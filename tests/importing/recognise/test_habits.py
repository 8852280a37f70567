"""How people write questions, records, contacts and lists of addresses: `habits.txt` says what is
read and what is made of it, `prose.txt` what has to stay as it is. ``--regenerate`` writes what is
made again: read the difference aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing.recognise import recognise
from tests.importing.recognise.documents import cases, document, language_of, told

_HERE = Path(__file__).parent
_FILES = ("habits.txt", "prose.txt")
_CASES = [(name, *case) for name in _FILES for case in cases(_HERE / name)]


@pytest.fixture(scope="module", autouse=True)
def _regenerated(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--regenerate"):
        return
    for name in _FILES:
        text = ""
        for title, given, _ in cases(_HERE / name):
            made = told(recognise(document(given, language_of(title))))
            text += f"=== {title}\n{given}\n---\n{made}\n\n"
        (_HERE / name).write_text(text.rstrip("\n") + "\n", encoding="utf-8")


@pytest.mark.whole
@pytest.mark.parametrize(
    ("title", "given", "expected"),
    [case[1:] for case in _CASES],
    ids=[f"{name}: {title}" for name, title, *_ in _CASES],
)
def test_what_is_made_of_it(title: str, given: str, expected: str) -> None:
    assert told(recognise(document(given, language_of(title)))) == expected


@pytest.mark.parametrize(
    ("title", "given"),
    [(title, given) for name, title, given, _ in _CASES if name == "prose.txt"],
)
def test_prose_stays_prose(title: str, given: str) -> None:
    before = document(given, language_of(title))
    assert recognise(before).blocks == before.blocks


@pytest.mark.whole
@pytest.mark.parametrize(("title", "given"), [case[1:3] for case in _CASES])
def test_twice_is_once(title: str, given: str) -> None:
    once = recognise(document(given, language_of(title)))
    assert recognise(once) == once
