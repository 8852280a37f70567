"""The cache of compiled templates, and invalid files in its place."""

import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from builder.package.render.templates import Compiled


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html.j2").write_text("Hello {{ name }}.", "utf-8")
    return folder


def shown(folder: Path, options: str = "") -> str:
    """What another process would show."""
    cache = Compiled(folder, options)
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=cache)
    return environment.get_template("page.html.j2").render(name="Sam")


def kept(folder: Path) -> Path:
    return Path(cache_from_source(str(folder / "page.html.j2")))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that Jinja compiles."""
    names: list[str] = []
    compile_ = Environment.compile

    def output(self: Environment, source: str, name: str, *rest: object) -> object:
        names.append(name)
        return compile_(self, source, name, *rest)

    monkeypatch.setattr(Environment, "compile", output)
    return names


def test_a_template_is_compiled_once(templates: Path, compiled: list[str]) -> None:
    assert [shown(templates), shown(templates)] == ["Hello Sam.", "Hello Sam."]
    assert compiled == ["page.html.j2"]


def test_another_text_or_another_option_is_compiled_again(
    templates: Path, compiled: list[str]
) -> None:
    shown(templates)
    shown(templates, "trim")
    (templates / "page.html.j2").write_text("Bye {{ name }}.", "utf-8")
    assert shown(templates, "trim") == "Bye Sam."
    assert len(compiled) == 3


@pytest.mark.parametrize("cut", [0, 10, 32, 60, -1])
def test_a_file_that_was_cut_or_changed_counts_as_none(
    templates: Path, cut: int, compiled: list[str]
) -> None:
    shown(templates)
    whole = kept(templates).read_bytes()
    for broken in (whole[:cut], whole[:cut] + b"?" + whole[cut:], b"?" * 100):
        kept(templates).write_bytes(broken)
        assert shown(templates) == "Hello Sam."
        assert kept(templates).read_bytes() == whole
    assert len(compiled) == 4


def test_a_folder_stands_where_the_file_should_be(templates: Path) -> None:
    kept(templates).mkdir(parents=True)
    assert shown(templates) == "Hello Sam."
    assert [*kept(templates).parent.iterdir()] == [kept(templates)]


def test_nothing_is_written_where_python_may_write_nothing(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(templates) == "Hello Sam."
    assert not kept(templates).exists()
