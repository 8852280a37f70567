"""A course with a scenario: a call, with a good, a fair and a poor ending."""

from dataclasses import replace
from typing import Any

from builder.course import markdown
from builder.course.markdown import Prose
from builder.course.model import Course, Page
from builder.course.scenarios.model import Scenario
from tests.support.courses import page, story

CALL = """\
It is four o'clock.

## The call {#call}

Somebody asks you **not to tell anybody**.

- [Promise it](#promise){a .poor} You *cannot* promise that.
- [Say whom you have to tell](#explain){b .good} Silence, then a nod.
- [Hang up](#monday){c .fair}

## A promise {#promise}

Now you know.

- [Keep it](#alone){a .poor} Nobody else knows.
- [Take it back](#call){b .good} She stays on the line.

## An explanation {#explain}

She listens.

- [Explain the next steps](#told){a .good} She has two questions.
- [Tell her not to worry](#told){b .fair} That tells her nothing.

## Monday {#monday}

::: ending fair
You lost three days.
:::

## The right person {#told}

::: ending good
You were honest.
:::

## Alone {#alone}

::: ending poor
She is alone with it.
:::
"""


def scenario(**rules: Any) -> Page:
    return replace(story("walk", CALL, **rules), title="A call on Friday")


def pages(**rules: Any) -> tuple[Page, ...]:
    """A page, the scenario with these rules, and another page."""
    return page("first", "Keep calm."), scenario(**rules), page("last", "The end.")


def in_language(made: Course, tag: str) -> Course:
    """The course with the scenario in a language: each text has the tag before it."""
    scenarios = {one.id: _translated(one.scenario, tag) for one in made.pages if one.scenario}
    return replace(
        made,
        modules=tuple(
            replace(
                module,
                pages=tuple(replace(one, scenario=scenarios.get(one.id)) for one in module.pages),
            )
            for module in made.modules
        ),
    )


def _translated(whole: Scenario, tag: str) -> Scenario:
    def words(prose: Prose) -> Prose:
        return markdown.inline(f"{tag} {markdown.plain(prose, {})}")

    return replace(
        whole,
        scenes=tuple(
            replace(
                scene,
                words=words(scene.words),
                choices=tuple(
                    replace(
                        choice,
                        words=words(choice.words),
                        feedback=choice.feedback and words(choice.feedback),
                    )
                    for choice in scene.choices
                ),
            )
            for scene in whole.scenes
        ),
    )
