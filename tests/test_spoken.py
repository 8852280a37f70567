"""What a screen reader gets of each component of the showcase, as golden files.

``tests/golden/aria/COMPONENT.yaml`` holds the accessibility snapshots of its states, one after
another, as Playwright writes them (facts/accessibility.md, check 30). Addresses are left out:
nobody hears them. ``pytest tests/test_spoken.py --regenerate`` writes the files: read the diff
aloud."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from builder.course.questions import TYPES
from tests.support.shown import TAKEN, shown

GOLDEN = Path(__file__).parent / "golden" / "aria"


def written(states: dict[str, str]) -> str:
    return "\n".join(f"# {state}\n{snapshot}\n" for state, snapshot in states.items())


def file_of(component: str) -> Path:
    return GOLDEN / f"{component.replace(' ', '-')}.yaml"


def test_what_a_screen_reader_gets(
    showcase: Path,
    new_context: Callable[..., BrowserContext],
    expected: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> None:
    expected.append("503")
    told = shown(showcase, new_context, tmp_path_factory)["spoken"]
    spoken = {file_of(component): written(states) for component, states in told.items()}
    if request.config.getoption("--regenerate"):
        for path in GOLDEN.glob("*.yaml"):
            path.unlink()
        for path, text in spoken.items():
            path.write_text(text, "utf-8", newline="\n")
    golden = {path: path.read_text("utf-8") for path in GOLDEN.glob("*.yaml")}
    assert changes(golden, spoken) == []


def changes(golden: dict[Path, str], spoken: dict[Path, str]) -> list[str]:
    """The lines that differ, as in a diff."""
    return [
        line
        for path in sorted({*golden, *spoken})
        for line in difflib.unified_diff(
            golden.get(path, "").splitlines(),
            spoken.get(path, "").splitlines(),
            f"golden/{path.name}",
            path.name,
            lineterm="",
            n=1,
        )
    ]


def test_every_block_type_of_question_and_test_out_is_heard() -> None:
    names = [path.stem for path in GOLDEN.glob("*.yaml")]
    assert {name for name in TAKEN if f"block-{name}" not in names} == set()
    assert [name for name in names if name.startswith("test-out-")] == ["test-out-blocks"]
    assert {one for one in TYPES if not any(f"question-{one}-" in name for name in names)} == set()
