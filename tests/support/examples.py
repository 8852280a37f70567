"""The examples that ``explain`` shows: lines of a golden case's file, wrong and right."""

from __future__ import annotations

from dataclasses import dataclass

from builder.cli.explain import FILE_NAMES
from tests.support import cases
from tests.support.golden import CASES, GOLDEN, lines

OF_OTHERS = GOLDEN / "examples.txt"


@dataclass(frozen=True)
class Example:
    """The example of a code: the ``wrong`` lines of a ``file``, and the ``right`` ones.

    Both are file names if ``file`` is ``FILE_NAMES``. ``case`` is the golden case with the file.
    """

    code: str
    file: str
    wrong: str
    right: str
    case: str = ""


def of_files() -> list[Example]:
    """The examples of codes about documents, banks, reviews and returned translations, which no
    course has.

    ``file`` may also be a command in a terminal.
    """
    found = []
    for code, text in cases.read(OF_OTHERS).items():
        [part] = cases.parts(text)
        assert part.word == "example", code
        found.append(_read(code, part.rest, lines(part.text)))
    return found


def read() -> list[Example]:
    """The example of each code that has one in a course."""
    found = [
        _read(case.code, case.example[0], case.example[1:], case.name)
        for case in CASES
        if case.example
    ]
    assert len({example.code for example in found}) == len(found), "one example a code"
    return found


def _read(code: str, file: str, shown: tuple[str, ...], case: str = "") -> Example:
    wrong, right = ("\n".join(some) for some in cases.split_signs("\n".join(shown)))
    assert file == FILE_NAMES or (wrong and right), code
    return Example(code, file, wrong, right, case)


def as_shipped() -> dict[str, dict[str, str]]:
    """What ``templates/examples.json`` holds."""
    return {
        example.code: {"file": example.file, "wrong": example.wrong, "right": example.right}
        for example in (*read(), *of_files())
    }
