"""Sentences about what changed between two versions."""

from typing import get_args

from builder.package.outline import Outline
from builder.results.evidence import changes
from builder.updating import Kind, Note
from tests.support.courses import course, page, story
from tests.updating.outlines import outline

STORY = (
    "## The call {#call}\n\nShe asks.\n\n"
    "- [Promise it](#promise){a .poor}\n- [Explain](#explain){b .good}\n\n"
    "## You promise {#promise}\n\n- [Explain after all](#explain){a .good}\n\n"
    "## You explain {#explain}\n\n::: ending good\nShe was helped.\n:::\n"
)


def scenario(body: str) -> Outline:
    return outline(course(page("first"), story("s", body)))


def test_changes_of_scenes_are_described() -> None:
    edited = (
        STORY.replace("[Promise it](#promise){a .poor}", "[Promise it](#explain){a .fair}")
        .replace("She asks.", "She asks again.")
        .replace("#promise", "#instead")
        + "\n## You wait {#wait}\n\n::: ending poor\nNothing happens.\n:::\n"
    )
    old, new = (changes.Content(scenario(body), {}) for body in (STORY, edited))
    found = "\n".join(changes.describe(old, new))
    for sentence in (
        "The scene “The call”: its words changed; a choice leads to another scene; a choice or the "
        "ending has another quality.",
        "The scene “You wait”: is new.",
        "The scene “You promise”: was removed.",
    ):
        assert sentence in found


def test_every_kind_and_note_has_words() -> None:
    assert changes.KINDS.keys() == {*get_args(Kind)}
    assert changes.NOTES.keys() == {*get_args(Note)}
