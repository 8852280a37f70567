"""What ``make engines`` says of its cells; and a walk, so that walks keep up with the course."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.engines import firefox, table, webkit
from tests.engines.engine import Engine, Missing, Size
from tests.engines.table import ENGINES, Cell, advice, compared

STORED = {"status": "passed", "interactions": [("one", "t")]}
PLACE = "Two windows, slow calls, firefox, 390"


def test_differences_from_first_engine_are_reported() -> None:
    twice = STORED | {"interactions": [("one", "t"), ("one", "t")]}
    cells = [Cell("chromium", "390", "windows", STORED), Cell("firefox", "390", "windows", twice)]
    assert compared(cells) == [
        f"WRONG  {PLACE}: interactions is [('one', 't'), ('one', 't')], "
        "in chromium, 390 [('one', 't')]"
    ]
    assert compared([cells[0], Cell("firefox", "390", "windows", {"status": "passed"})]) == [
        f"WRONG  {PLACE}: interactions is None, in chromium, 390 [('one', 't')]"
    ]
    assert compared([cells[0], cells[0]]) == []


def test_failed_cell_is_not_compared_with_other_cells() -> None:
    cells = [
        Cell("chromium", "390", "windows", {}, wrong="Unreached: page one does not come"),
        Cell("firefox", "390", "windows", STORED),
        Cell("webkit", "390", "windows", STORED),
    ]
    [told] = compared(cells)
    assert told == (
        "WRONG  Two windows, slow calls, chromium, 390: Unreached: page one does not come"
    )
    rows = table.table(cells, [told]).splitlines()
    assert "Two windows, slow calls         WRONG      right      right" in rows


@pytest.mark.parametrize("engine", [firefox.firefox, webkit.webkit])
def test_an_engine_that_is_not_there_names_its_packages(
    engine: Callable[[Size], AbstractContextManager[Engine]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Missing), engine((390, 844)):
        raise AssertionError("it runs")


def test_one_sentence_says_what_to_install() -> None:
    cells = [
        Cell("firefox", "390", "leave", {}, missing="firefox-esr"),
        Cell("webkit", "390", "leave", {}, missing="webkit2gtk-driver xvfb"),
        Cell("webkit", "1366", "leave", {}, missing="webkit2gtk-driver xvfb"),
    ]
    assert advice(cells) == (
        "engines: firefox and webkit cannot run here. On Debian, as root: "
        "apt-get install firefox-esr webkit2gtk-driver xvfb"
    )
    assert advice([Cell("chromium", "390", "leave", STORED)]) == ""


def test_what_is_not_there_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert table.main(["netscape"]) == 2
    assert "engines: no netscape; there are: chromium, firefox, webkit, " in capsys.readouterr().err


@pytest.mark.parametrize("size", table.SIZES)
def test_a_trainee_leaves_and_comes_back(size: str, unpacked: Path) -> None:
    # Playwright runs once in a thread, and other tests may have it in this one.
    with ThreadPoolExecutor(1) as pool:
        playing = pool.submit(
            table.play, (next(iter(ENGINES)), size, "leave"), {"course": unpacked}
        )
    cell = playing.result()
    assert cell.wrong == ""
    assert cell.found["first"]["place"] == "key-risks"
