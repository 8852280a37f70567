"""Build time grows linearly with the number of pages, in every stage."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from builder.base.cache import MemoryCache
from builder.course import load, validate
from builder.package import archive as package
from builder.package import key, manifest, plan, render, verify
from builder.package.artifacts import DIGEST_PLACEHOLDER, MANIFEST, Member, Plan
from builder.preview.warm import Warm
from tests.support.growth import linear
from tests.validate.courses import TODAY
from tools.generate import generate

PAGES = 40


@dataclass(frozen=True)
class Built:
    """A course of some pages, and all that is made of it on the way."""

    folder: Path
    plan: Plan
    files: tuple[Member, ...]
    package: Path


@pytest.fixture(scope="module")
def built() -> Iterator[Callable[[int], Built]]:
    place = Path(tempfile.mkdtemp())

    @cache
    def of(pages: int) -> Built:
        folder = place / str(pages)
        generate(folder, pages)
        sources, _ = load.load(folder)
        assert sources
        course = validate.validate(sources, TODAY).course
        assert course
        planned = plan.plan(course)
        files = render.render(planned)
        listing = manifest.build(planned, [file.name for file in files])
        sealed, _ = package.seal([*files, Member(MANIFEST, listing)])
        path = place / f"{pages}.zip"
        package.write(sealed, path)
        return Built(folder, planned, tuple(sealed), path)

    yield of
    shutil.rmtree(place)


def validated(built: Built) -> object:
    sources, _ = load.load(built.folder)
    assert sources
    return validate.validate(sources, TODAY)


PARTS: dict[str, Callable[[Built], object]] = {
    "load and validate": validated,
    "plan and key": lambda built: key.write(plan.plan(built.plan.course)),
    "render, search and outline": lambda built: render.render(built.plan),
    "render, with a memory": lambda built: render.render(built.plan, MemoryCache()),
    "manifest": lambda built: manifest.build(built.plan, [file.name for file in built.files]),
    "verify": lambda built: verify.judge(built.package),
}


@pytest.mark.whole
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_part_grows_with_its_pages(
    part: Callable[[Built], object], built: Callable[[int], Built]
) -> None:
    linear(part, built, PAGES)


@pytest.mark.whole
def test_a_second_look_grows_with_the_pages(built: Callable[[int], Built]) -> None:
    def warm(pages: int) -> Warm:
        course = Warm(built(pages).folder, TODAY)
        assert course.refresh().good
        return course

    linear(lambda course: course.refresh(), warm, PAGES)


def test_the_digest_grows_with_what_it_is_of() -> None:
    def members(size: int) -> list[Member]:
        pages = [Member(f"pages/{name}.js", b"x" * 20_000) for name in range(size)]
        stated = DIGEST_PLACEHOLDER.encode()
        return [*pages, Member("index.html", stated), Member("course.json", stated)]

    linear(package.seal, members, 200)
