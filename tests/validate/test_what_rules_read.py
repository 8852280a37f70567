"""In the preview a rule is judged again only where what it is said to read has changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from builder.course import load
from builder.course.validate import OF_BOTH, OF_FRONTS, OF_QUESTIONS, Rule
from builder.course.validate.gather import gather
from builder.course.validate.material import Material
from tests.validate.courses import GOOD, TODAY


class Unread(Mapping[Any, Any]):
    """What nobody may look at."""

    def __getattribute__(self, name: str) -> Any:
        pytest.fail(f"something else is read: {name}")

    def __getitem__(self, key: object) -> Any:
        pytest.fail(f"something else is read: {key}")

    def __iter__(self) -> Any:
        pytest.fail("something else is gone through")

    def __len__(self) -> int:
        pytest.fail("something else is counted")


def unread() -> Any:
    return Unread()


@pytest.fixture(scope="module")
def material() -> Material:
    sources, _ = load.load(GOOD)
    assert sources
    return gather(sources, TODAY)[0]


def without_bodies(material: Material) -> Material:
    files = {path: replace(file, body=unread()) for path, file in material.sources.pages.items()}
    pages = {
        path: replace(page, file=files[path], document=unread())
        for path, page in material.pages.items()
    }
    sources = replace(
        material.sources, pages=files, media=unread(), styles=unread(), captions=unread()
    )
    return replace(material, pages=pages, sources=sources, approvals=unread())


def without_questions(material: Material) -> Material:
    names = dict.fromkeys(material.sources.questions, unread())
    sources = replace(material.sources, questions=names)
    return replace(material, sources=sources, questions=unread(), question_ids=unread())


def without_pages(material: Material) -> Material:
    return replace(material, pages=unread(), sources=replace(material.sources, pages=unread()))


def named(rules: frozenset[Rule]) -> list[Any]:
    return [
        pytest.param(rule, id=f"{rule.__module__}.{rule.__name__}")
        for rule in sorted(rules, key=lambda rule: (rule.__module__, rule.__name__))
    ]


@pytest.mark.parametrize("rule", named(OF_FRONTS))
def test_rules_of_front_matter_read_neither_bodies_nor_questions(
    material: Material, rule: Rule
) -> None:
    list(rule(without_questions(without_bodies(material))))


@pytest.mark.parametrize("rule", named(OF_QUESTIONS))
def test_rules_of_questions_read_no_pages(material: Material, rule: Rule) -> None:
    list(rule(without_pages(without_bodies(material))))


@pytest.mark.parametrize("rule", named(OF_BOTH))
def test_rules_of_both_read_no_bodies(material: Material, rule: Rule) -> None:
    list(rule(without_bodies(material)))
