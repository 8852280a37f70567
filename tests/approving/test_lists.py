"""Lists of approvals: what each line says, and what cannot be taken."""

from datetime import date

import pytest

from builder.approving import Row, rows
from builder.diagnostics.diagnostic import Position

DAY = date(2026, 1, 31)


def row(line: int, part: str, **more: object) -> Row:
    return Row(Position("list", line), part, "7K2Q-M9XR", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "page/a 7K2Q-M9XR\n",
        "page/a,7k2qm9xr\n",
        "  page/a;\t7K2Q-M9XR  ",
        "part,code\npage/a,7K2Q-M9XR\n",
        "Title;Part;Words code\nA;page/a;7k2q m9xr\n;;\n",
        'code\tpart\n7K2Q-M9XR\t"page/a"\n',
    ],
)
def test_a_part_and_its_code(text: str) -> None:
    head = text.startswith(("part", "Title", "code"))
    assert rows(text, "list") == ((row(2 if head else 1, "page/a"),), ())


def test_notes_and_empty_lines_say_nothing() -> None:
    assert rows("# signed by post\n\npage/a 7K2Q-M9XR\n", "list") == ((row(3, "page/a"),), ())


def test_a_table_says_who_and_when_and_what_nobody_signed() -> None:
    text = (
        "Part,Title,Code,Name,Date,Signature\n"
        'page/a,"One\ntwo",7K2Q-M9XR,Sam  Lee,2026-01-31,\n'
        "page/b,Two,7K2Q-M9XR,,,\n"
        "page/c,Three,7K2Q-M9XR,Jo,,\n"
    )
    assert rows(text, "list") == (
        (
            row(2, "page/a", by="Sam Lee", on=DAY),
            row(4, "page/b", by=""),
            row(5, "page/c", by="Jo"),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("page/a\n", "it does not consist of a part and its code"),
        ("page/a 0O0O-1111\n", "it does not consist of a part and its code"),
        ("page/a 7K2Q-M9XR Sam\n", "it does not consist of a part and its code"),
        ("part,code\n,7K2Q-M9XR\n", "it does not consist of a part and its code"),
        ("part,code,name,date\np,7K2Q-M9XR,Sam,31/01/2026\n", "“31/01/2026” is not a day"),
        ("part,code,name\n\np,,Sam\n", "it does not consist of a part and its code"),
    ],
)
def test_an_invalid_line_is_explained(text: str, words: str) -> None:
    taken, [found] = rows(text, "list")
    assert taken == ()
    assert found.code == "sheet-line"
    assert words in found.message
    assert found.position.line == text.rstrip("\n").count("\n") + 1
