"""Puts into the README what the commands say of three edits of the WFI 1 course.

``<!-- EDIT: COMMAND -->`` stands before a block of text; the block becomes what ``scorm-builder
COMMAND`` says now. ``before`` and ``after`` are the course before and after the edit,
``before.zip`` and ``after.zip`` their packages. Digests are left out: they change with every change
of the player.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from builder.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"<!-- ([a-z-]+): (.+?) -->\n```\n.*?```\n", re.DOTALL)
_DIGEST = re.compile(", digest [0-9a-f]{16}")


def _put(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise LookupError(f"{path.name} has no “{old}”")
    path.write_text(text.replace(old, new, 1), "utf-8")


def _typo() -> None:
    _put(Path("before/pages/before-you-start.md"), "Your progress is", "Your progres is")
    _put(Path("after/course.yaml"), '"1.0.0"', '"1.0.1"')


def _answer() -> None:
    _put(Path("before/questions/definition.yaml"), "answer: 18", "answer: 16")
    _put(Path("after/questions/definition.yaml"), "answer: 18", "answer: 18\n  revision: 2")
    _put(Path("after/course.yaml"), '"1.0.0"', '"1.0.2"')


_QUOTES = (
    "Child Sexual Exploitation is a form of child abuse which is complex and can manifest itself "
    "in different ways.",
    "It can occur through use of technology without the child's immediate recognition",
)


def _page() -> None:
    # Sentences of the course itself: it is not for us to write more about its subject.
    questions = "".join(
        f"- id: in-short-{number}\n  type: true-false\n  prompt: {quote}\n  answer: true\n"
        f"  source: in-short\n  quote: {quote}\n"
        for number, quote in enumerate(_QUOTES, 1)
    )
    Path("after/questions/in-short.yaml").write_text(questions, "utf-8")
    checks = "".join(f"\n::: check in-short-{number}\n" for number in (1, 2))
    body = "\n\n".join(_QUOTES)
    Path("after/pages/in-short.md").write_text(
        f"---\ntitle: In short\n---\n{body}\n{checks}", "utf-8"
    )
    _put(
        Path("after/course.yaml"),
        "  - extent-and-nature.md",
        "  - in-short.md\n  - extent-and-nature.md",
    )
    _put(Path("after/course.yaml"), '"1.0.0"', '"1.1.0"')


EDITS: Mapping[str, Callable[[], None]] = {
    "typo": _typo,
    "answer": _answer,
    "page": _page,
}


def compose(text: str) -> str:
    """A text with every block as the commands have it now."""
    return _BLOCK.sub(lambda block: _said(block[1], block[2]), text)


def _said(edit: str, command: str) -> str:
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name in ("before", "after"):
            shutil.copytree(ROOT / "course", name)
        EDITS[edit]()
        for name in ("before", "after"):
            _run("build", name, "-o", "dist")
            [made] = Path("dist").glob("*.zip")
            made.rename(f"{name}.zip")
        output = _DIGEST.sub("", _run(*command.split()))
    shown = f"$ scorm-builder {command}\n{output}"
    return f"<!-- {edit}: {command} -->\n```\n{shown}```\n"


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    if result.stderr:
        raise RuntimeError(result.stderr)
    return result.stdout


if __name__ == "__main__":
    README.write_text(compose(README.read_text("utf-8")), "utf-8")
