"""Problems with an author's files while the package is made, with their positions."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from builder.course import state
from builder.package import archive, manifest, pipeline, render, verify
from builder.package.artifacts import Result
from builder.updating import commands

GOOD = Path(__file__).parent.parent / "golden" / "course"
MAP = "![A map of the site](media/map.png)"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "course"))


def build(course: Path) -> Result:
    output = course.parent / "out"
    request = pipeline.Request(course, output, release=True, strict=True, today=date(2026, 1, 31))
    return pipeline.build(request)


def printed(course: Path) -> list[str]:
    result = build(course)
    assert not result.made
    return [str(one) for one in result.diagnostics]


def use(course: Path, *names: str) -> None:
    """Link to files from the second page."""
    page = course / "pages" / "topic.md"
    links = "\n\n".join(f"[{name}](../{name})" for name in names)
    page.write_text(f"{page.read_text('utf-8')}\n\n{links}\n", "utf-8")


def script(element: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n\n<{element}/></svg>'


def test_refused_image_is_named_by_its_course_path(course: Path) -> None:
    (course / "media" / "plans").mkdir()
    (course / "media" / "a.svg").write_text(script("script"), "utf-8")
    (course / "media" / "plans" / "b.svg").write_text(script("foreignObject"), "utf-8")
    use(course, "media/a.svg", "media/plans/b.svg")
    assert printed(course) == [
        "media/a.svg:3: error file-refused “media/a.svg” would run a program or show a page: it "
        "has a script element.",
        "media/plans/b.svg:3: error file-refused “media/plans/b.svg” would run a program or show a "
        "page: it has a foreignObject element.",
    ]
    assert "plain SVG" in build(course).diagnostics[0].hint
    assert list((course.parent / "out").iterdir()) == []


def during(step: str, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Let something happen right before a stage."""
    module = {"manifest.build": manifest, "verify.judge": verify}[step]
    name = step.partition(".")[2]
    stage = getattr(module, name)

    def run(*arguments: object) -> object:
        happens()
        return stage(*arguments)

    monkeypatch.setattr(module, name, run)


def test_each_step_of_a_build_is_done_once(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(course)
    assert first.summary
    done = []
    for module, name in ((render, "render"), (state, "worst"), (manifest, "build")):
        step = getattr(module, name)

        def counted(*arguments: object, step=step, name=name) -> object:
            done.append(name)
            return step(*arguments)

        monkeypatch.setattr(module, name, counted)
    since = pipeline.Request(
        course,
        course.parent / "new",
        True,
        True,
        date(2026, 1, 31),
        commands.since(first.summary.path),
    )
    result = pipeline.build(since)
    assert result.summary
    assert result.summary.digest == first.summary.digest
    assert done == ["worst", "render", "build"]


def test_a_file_that_is_deleted_during_the_build(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    during("manifest.build", monkeypatch, (course / "media" / "map.png").unlink)
    assert printed(course) == [
        "media/map.png: error file-unreadable This cannot be read: it has been deleted meanwhile."
    ]


def test_a_file_that_is_changed_during_the_build(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = course / "media" / "map.png"
    during("manifest.build", monkeypatch, lambda: image.write_bytes(image.read_bytes()[:-1]))
    assert printed(course) == [
        "media/map.png: error file-changed This file was changed while the package was made."
    ]
    assert list((course.parent / "out").iterdir()) == []


def test_file_deleted_during_verification_does_not_break_build(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    during("verify.judge", monkeypatch, (course / "media" / "map.png").unlink)
    assert build(course).made


def test_oversized_package_is_rejected_before_writing(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_MAX_ZIP", 5 << 20)
    for name in ("one", "two"):
        (course / "media" / f"{name}.pdf").write_bytes(b"%PDF-" + name.encode() * (1 << 20))
    use(course, "media/one.pdf", "media/two.pdf")
    [found] = build(course).diagnostics
    assert (found.code, found.position.path) == ("package-too-large", "good-course-1.0.0.zip")
    assert found.hint.endswith(": media/two.pdf (3 MB), media/one.pdf (3 MB).")
    assert not (course.parent / "out").exists()


def test_a_long_table_is_packed_like_any_file(course: Path) -> None:
    (course / "media" / "table.csv").write_text("2026-01-31;yes;no\n" * 140_000, "utf-8")
    use(course, "media/table.csv")
    assert build(course).made


@pytest.mark.whole
@pytest.mark.parametrize(
    "text",
    [
        r"Write `\u003cimg src=https://x.example/y` there.",
        "Write `<img src=https://x.example/y>` there.",
        "    <img src='//x.example/y'>\n    @import 'https://x.example/y';",
        f"The digest is {'0' * 64}.",
    ],
)
@pytest.mark.parametrize("name", ["start.md", "topic.md"])
def test_markup_shown_as_text_does_not_stop_build(course: Path, name: str, text: str) -> None:
    page = course / "pages" / name
    page.write_text(f"{page.read_text('utf-8')}\n\n{text}\n", "utf-8")
    assert build(course).made


def test_earlier_package_is_mentioned_only_if_it_exists(course: Path) -> None:
    assert build(course).made
    (course / "pages" / "start.md").unlink()
    assert build(course).kept
    shutil.rmtree(course.parent / "out")
    assert not build(course).kept
