"""The styles: the same for every direction of writing, colours in one place."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "templates/css"
FILES = sorted(CSS.rglob("*.css"))
SIDES = re.compile(r"(?<!--)\b(left|right)\b")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")


def declarations(file: Path) -> list[tuple[str, str]]:
    """Each property with its value, in order; custom properties have names of their own."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    bodies = re.findall(r"\{([^{}]*)\}", text)
    return [
        (name.strip(), value.strip())
        for body in bodies
        for name, colon, value in (one.partition(":") for one in body.split(";"))
        if colon
    ]


def one_sided(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Declarations that name a side, unless the next one says it again without naming one."""
    following = [*found[1:], ("", "")]
    return [
        (name, value)
        for (name, value), (next_name, next_value) in zip(found, following, strict=False)
        if not name.startswith("--")
        and (SIDES.search(name) or SIDES.search(value.partition("/")[0]))
        and not (next_name == name and "inline" in next_value)
    ]


@pytest.mark.whole
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_style_names_a_side_of_the_screen(file: Path) -> None:
    assert one_sided(declarations(file)) == []


@pytest.mark.parametrize(
    ("styles", "found"),
    [
        ("a{margin-left:1px}", ["margin-left"]),
        ("a{text-align:right}", ["text-align"]),
        ("a{color:red;left:0}", ["left"]),
        ("a{background:linear-gradient(to right,red,blue)}", ["background"]),
        ("a{float:right;float:inline-end}", []),
        ("a{float:right;margin:0}", ["float"]),
        ("@media print{a{border-right:0}}", ["border-right"]),
        ("a{color:var(--right);--right-soft:red;margin-inline-start:0}", []),
    ],
)
def test_a_side_is_found(tmp_path: Path, styles: str, found: list[str]) -> None:
    (tmp_path / "a.css").write_text(styles, "utf-8")
    assert [name for name, _ in one_sided(declarations(tmp_path / "a.css"))] == found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_colours_stand_with_the_tokens(file: Path) -> None:
    if file.name not in ("tokens.css", "verdicts.css", "print.css"):
        assert [one for one in declarations(file) if COLOUR.search(one[1])] == []
