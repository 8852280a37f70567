"""What the cache keeps of a course changes no byte of a build, whatever is edited meanwhile."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import markdown, pipeline, zips
from builder import stored as storing
from builder.markdown import Directive, Document, Prose, later, parse
from builder.model import Page
from builder.render.pages import PageRenderer
from builder.stored import Stored
from tests.preview.edits import (
    LINES,
    TOGGLES,
    WORDS,
    Act,
    Staged,
    acts,
    base,
    contents,
    staged,
    toggle,
)
from tests.preview.edits import told as as_told
from tests.validate.courses import TODAY


def with_cache(course: Path, cache: Path) -> Staged:
    """What the stages make of a course with what is kept in a ``cache``."""
    memo = Stored(cache, course, "this program")
    made = staged(course, memo)
    memo.end(made[0] is not None)
    return made


def same(course: Path, cache: Path) -> None:
    """Hold a build with a cache against one without."""
    (files, found, places), (right, wrong, stand) = with_cache(course, cache), staged(course)
    assert as_told(found) == as_told(wrong)
    assert places == stand
    assert (files is None) == (right is None)
    assert contents(files or {}) == contents(right or {})
    for member in (files or {}).values():
        assert member.packed in (b"", zips.deflate(member.read()))


@pytest.mark.parametrize("change", TOGGLES, ids=lambda change: " ".join(change[1].split())[:30])
def test_a_change_and_its_undoing_are_built_as_without_a_cache(
    tmp_path: Path, change: tuple[str, str, str]
) -> None:
    course, cache = base(tmp_path / "course"), tmp_path / "cache"
    with_cache(course, cache)
    for _ in range(2):
        toggle(course, *change)
        same(course, cache)


@given(st.lists(acts(), min_size=1, max_size=8))
@settings(max_examples=25)
def test_whatever_is_edited_is_built_as_without_a_cache(edits: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as place:
        course, cache = base(Path(place) / "course"), Path(place) / "cache"
        with_cache(course, cache)
        for edit in edits:
            try:
                edit(course)
            except OSError:
                continue
            same(course, cache)


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_a_page_that_is_read_later_is_the_page(lines: list[str]) -> None:
    text = "\n\n".join((*lines, WORDS.partition("---\n\n")[2]))
    document = parse(text, 5)
    form = later(lambda: parse(text, 5))
    again = form.read(json.loads(json.dumps(form.write(document))))
    assert blocks(again.blocks) == blocks(document.blocks)
    assert again.faults == document.faults


def blocks(told: Iterable[Prose | Directive]) -> list[object]:
    return [
        (replace(block, tokens=[*block.tokens]), len(block.tokens), block.tokens[-1:])
        if isinstance(block, Prose)
        else (replace(block, blocks=()), blocks(block.blocks))
        for block in told
    ]


@pytest.fixture
def request_of(tmp_path: Path) -> pipeline.Request:
    """A build of a course, with a cache of its own."""
    course, out, cache = (tmp_path / name for name in ("course", "out", "cache"))
    return pipeline.Request(base(course), out, False, False, TODAY, cache=cache)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which pages were read, by their first words, and rendered."""
    done: list[str] = []
    parsing, rendering = markdown.parse, PageRenderer.data

    def parsed(text: str, line: int = 1, notes: bool = True) -> Document:
        done.append(f"read {text.split(maxsplit=1)[0]}")
        return parsing(text, line, notes)

    def data(renderer: PageRenderer, page: Page) -> object:
        done.append(f"render {page.id}")
        return rendering(renderer, page)

    monkeypatch.setattr(markdown, "parse", parsed)
    monkeypatch.setattr(PageRenderer, "data", data)
    return done


def edit(request: pipeline.Request, name: str = "topic.md") -> None:
    page = request.course / "pages" / name
    page.write_text(f"{page.read_text('utf-8')}\nOne more line.\n", "utf-8")


def test_only_what_changed_is_read_and_rendered(
    request_of: pipeline.Request, work: list[str]
) -> None:
    pipeline.build(request_of)
    work.clear()
    edit(request_of, "checklist.md")
    pipeline.build(request_of)
    # The first page is shown from the start; the glossary and a quoted page are looked into.
    assert [done for done in work if done.startswith("render")] == [
        "render start",
        "render checklist",
    ]
    assert len(work) - 2 == 4 < len(list((request_of.course / "pages").iterdir()))


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def rebuilt(request: pipeline.Request) -> None:
    """Edit and build: whatever is in the cache, it is the build that knows none."""
    edit(request)
    apart = replace(request, output=request.output.with_name("apart"), cache=None)
    kept, without = pipeline.build(request), pipeline.build(apart)
    assert kept.made
    assert as_told(kept.diagnostics) == as_told(without.diagnostics)
    assert files(request.output) == files(apart.output)


def checked(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda kept: b"",
    "cut": lambda kept: kept[:-10],
    "one byte": lambda kept: kept[:-10] + bytes([kept[-10] ^ 1]) + kept[-9:],
    "foreign": lambda kept: b"\x80\x04\x95",
    "no lines": lambda kept: checked(b""),
    "another program": lambda kept: checked(kept.partition(b"\n")[2].replace(b'"', b'"0', 1)),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_a_broken_or_foreign_cache_is_none(
    request_of: pipeline.Request, damage: Callable[[bytes], bytes]
) -> None:
    pipeline.build(request_of)
    [kept] = request_of.cache.glob("*.parts")
    before = kept.read_bytes()
    kept.write_bytes(damage(before))
    rebuilt(request_of)


def closed(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("no folder")


def occupied(cache: Path) -> None:
    [kept] = cache.glob("*.parts")
    kept.unlink()
    kept.mkdir()


@pytest.mark.parametrize("spoilt", [closed, occupied])
def test_a_cache_that_cannot_be_written_to_is_none(
    request_of: pipeline.Request, spoilt: Callable[[Path], None]
) -> None:
    pipeline.build(request_of)
    spoilt(request_of.cache)
    rebuilt(request_of)
    rebuilt(request_of)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file that is always full")
def test_a_disk_that_is_full_is_none(
    request_of: pipeline.Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build(request_of)
    opened = Path.open

    def full(path: Path, *how: Any, **more: Any) -> object:
        place = Path("/dev/full") if ".parts." in path.name else path
        return opened(place, *how, **more)

    monkeypatch.setattr(Path, "open", full)
    rebuilt(request_of)


def test_a_course_that_is_too_large_is_not_kept(
    request_of: pipeline.Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "_LARGEST", 5_000)
    rebuilt(request_of)
    assert not list(request_of.cache.glob("*.parts*"))


def test_courses_that_were_built_long_ago_go(
    request_of: pipeline.Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "_MOST", 2)
    for number in range(4):
        course = shutil.copytree(request_of.course, request_of.course.with_name(f"c-{number}"))
        pipeline.build(replace(request_of, course=Path(course)))
    assert len(list(request_of.cache.glob("*.parts*"))) == 2


def test_what_nobody_asks_for_any_more_goes(request_of: pipeline.Request) -> None:
    pipeline.build(request_of)
    [kept] = request_of.cache.glob("*.parts")
    once = kept.stat().st_size
    for _ in range(5):
        edit(request_of)
        pipeline.build(request_of)
    assert kept.stat().st_size < once + 2_000


def test_a_build_that_fails_leaves_the_cache_as_it_was(request_of: pipeline.Request) -> None:
    pipeline.build(request_of)
    before = files(request_of.cache)
    listed = request_of.course / "course.yaml"
    listed.write_text(listed.read_text("utf-8").replace("start.md", "gone.md"), "utf-8")
    assert not pipeline.build(request_of).made
    assert files(request_of.cache) == before
