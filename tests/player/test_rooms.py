"""tools/rooms.mjs holds the player's rooms apart, and finds each kind of wrong import."""

import shutil
from pathlib import Path

import pytest

from tests.support.commands import finish
from tests.support.node import node

ROOT = Path(__file__).resolve().parent.parent.parent
PLAYER = ROOT / "templates/player"


def check(folder: Path) -> tuple[int, str, list[str]]:
    """The exit code of the check, its last line and its faults."""
    command = [node(), "tools/rooms.mjs", str(folder)]
    ended = finish(command, cwd=ROOT)
    faults = [line.removeprefix("rooms: ") for line in ended.stderr.splitlines()]
    return ended.returncode, ended.stdout.strip(), faults


@pytest.mark.whole
def test_every_module_is_checked_and_has_no_fault() -> None:
    code, said, faults = check(PLAYER)
    modules = len(list(PLAYER.rglob("*.ts")))
    assert (code, faults) == (0, [])
    assert said.startswith(f"rooms: {modules} modules, ")
    assert said.endswith(" imports, 0 faults")


UP = 'import { plan } from "../lms/batch.ts";\nconsole.log(plan);\n'
PLANTED = {
    "a room above": ("dom/element.ts", UP, "dom/element.ts uses lms/batch.ts: lms/ is not below"),
    "a neighbour": ("page/table.ts", UP, "page/table.ts uses lms/batch.ts: lms/ is not below"),
    "a type of a room above": (
        "state/days.ts",
        'import type { Queue } from "../lms/queue.ts";\nexport type Q = Queue;\n',
        "state/days.ts uses a type of lms/queue.ts: lms/ is not below",
    ),
    "a part": (
        "app/rules.ts",
        'import "../parts/shell-left.ts";\n',
        "app/rules.ts uses parts/shell-left.ts: parts/ is not below",
    ),
    "an import when it runs": (
        "state/days.ts",
        'import("../lms/batch.ts");\n',
        "state/days.ts uses lms/batch.ts: lms/ is not below",
    ),
    "a module outside": (
        "state/days.ts",
        'import { x } from "../../outside.ts";\nconsole.log(x);\n',
        "state/days.ts uses ../outside.ts, which is outside the player",
    ),
    "a circle": (
        "lms/settle.ts",
        'import { createOutcomes } from "./outcomes.ts";\nconsole.log(createOutcomes);\n',
        "a circle: lms/outcomes.ts > lms/settle.ts > lms/outcomes.ts",
    ),
    "a module that nothing uses": (
        "dom/alone.ts",
        "export const alone = 1;\n",
        "dom/alone.ts is used by nothing",
    ),
    "a module in no room": ("alone.ts", "export const alone = 1;\n", "alone.ts is in no room"),
}


@pytest.mark.whole
@pytest.mark.parametrize("name", PLANTED)
def test_a_wrong_import_is_found(name: str, tmp_path: Path) -> None:
    shutil.copytree(PLAYER, tmp_path / "player")
    (tmp_path / "outside.ts").write_text("export const x = 1;\n", "utf-8")
    module, source, fault = PLANTED[name]
    path = tmp_path / "player" / module
    path.write_text(source + (path.read_text("utf-8") if path.exists() else ""), "utf-8")
    code, _, faults = check(tmp_path / "player")
    assert code == 1
    assert fault in faults
