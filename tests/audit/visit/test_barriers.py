"""What a visit takes for a barrier in the pages of a course."""

from __future__ import annotations

from playwright.sync_api import Page

from builder.audit.visit import observers

BUTTONS = "<button>One</button><br><button>Two</button>"


def rules_of(page: Page, body: str, styles: str = "") -> list[str]:
    """The rules of axe that a page breaks."""
    page.set_content(
        f'<!doctype html><html lang="en"><title>Course</title><style>{styles}</style>'
        f"<main><h1>Question</h1>{body}</main>"
    )
    script = observers.axe_source()
    assert script
    axe = observers.Axe(script)
    axe.look(page.frames, "Question")
    return [one.rule for one in axe.found]


def test_small_target_set_by_author_is_a_barrier(page: Page) -> None:
    assert rules_of(page, BUTTONS, "button { padding: 0; font-size: 10px }") == ["target-size"]


def test_controls_as_the_browser_makes_them_may_be_small(page: Page) -> None:
    # WCAG 2.2, 2.5.8, has it as an exception, of which axe knows nothing.
    radios = "".join(
        f'<p style="margin:0"><label><input type="radio" name="q">{n}</label>' for n in "ab"
    )
    assert rules_of(page, BUTTONS + radios) == []
    assert rules_of(page, BUTTONS, "button { font-weight: bold; height: 18px }") == ["target-size"]
