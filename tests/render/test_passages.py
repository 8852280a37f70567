"""Links from a question to the passage that it quotes: the ids of passages, and where there are
none."""

import json
import re
from dataclasses import replace

import pytest

from builder.base.cache import MemoryCache
from builder.course.questions import Quotation
from builder.package.artifacts import Member
from builder.package.plan import plan
from builder.package.render import render
from tests.render.rendered import chunk, text
from tests.support.courses import course, page, question, translated

PARAGRAPH = "Intro.\n\nKeep calm.\n\n- Call.\n- Wait.\n  - Sit.\n"


def quiz(*quotes: tuple[str, ...]):
    asked = [
        question(f"q{at}", quotation=Quotation("second", quote)) for at, quote in enumerate(quotes)
    ]
    return page("quiz", kind="quiz", quiz=tuple(asked))


def rendered(body: str, *quotes: tuple[str, ...]) -> list[Member]:
    return render(plan(course(page("first"), page("second", body), quiz(*quotes))))


def ids(members: list[Member]) -> list[str]:
    found = re.findall(r'<(\w+)[^>]* id="([^"]*)"', chunk(members, "second")["html"])
    return [f"{tag} {name}" for tag, name in found]


def links(members: list[Member]) -> list[str]:
    """Where each question leads to; the same in its feedback and in the results of the quiz."""
    questions = chunk(members, "quiz")["questions"].values()
    shown = [re.findall('href="#/second/?([^"]*)"', one["because"])[-1] for one in questions]
    assert shown == [one["source"].get("anchor", "") for one in questions]
    return shown


def test_only_quoted_elements_get_ids_for_question_links() -> None:
    made = rendered(PARAGRAPH, ("Keep calm",), ("Wait.",), ("Sit",), ("calm",))
    assert ids(made) == ["p p-3", "li p-6", "li p-7"]
    assert links(made) == ["p-3", "p-6", "p-7", "p-3"]
    assert ids(rendered(PARAGRAPH)) == []


def test_the_first_of_several_quoted_elements_counts() -> None:
    made = rendered(PARAGRAPH, ("Call.", "Wait"), ("calm … Sit",))
    assert links(made) == ["p-5", "p-3"]
    assert ids(made) == ["p p-3", "li p-5"]


def test_quoted_table_cell_gets_its_own_id() -> None:
    made = rendered("| Sign | Act |\n| --- | :-: |\n| Red | Stop |\n", ("Red",), ("Stop",))
    assert links(made) == ["p-3", "p-3-2"]
    assert ids(made) == ["td p-3", "td p-3-2"]


@pytest.mark.parametrize(
    ("body", "quote", "anchor"),
    [
        ("## Calm {#p-3}\n\nKeep calm.", "Calm", "h-p-3"),
        ("## Calm {#p-3}\n\nKeep calm.", "Keep calm", "p-3"),
        ("::: accordion Signs\n::: reveal One\nKeep calm.\n:::\n:::", "Keep calm", "p-3"),
        ("::: tabs Signs\n::: tab One\n- Keep calm.\n:::\n:::", "Keep calm", "p-3"),
        ("> Keep calm.", "Keep calm", "p-1"),
        ("Word[^a].\n\n[^a]: Keep calm.", "Keep calm", "p-3"),
        ("Calm\n: Keep calm.", "Keep calm", "p-2"),
        ("Calm\n: Keep it.", "Calm", "p-1"),
        # Other pages show definitions, too.
        ("::: glossary\nCalm\n: Keep quiet.\n:::", "Keep quiet", "h-calm"),
        # Only one of the cards is shown at a time.
        ("## Part\n\n::: flashcards Cards\nCalm\n: Keep quiet.\n:::", "Keep quiet", "h-part"),
        ("Calm.", "Second", ""),
    ],
)
def test_where_a_link_leads(body: str, quote: str, anchor: str) -> None:
    made = rendered(body, (quote,))
    html = chunk(made, "second")["html"]
    assert links(made) == [anchor]
    assert not anchor or html.count(f' id="{anchor}"') == 1


def test_an_element_has_the_same_id_in_each_language() -> None:
    made = course(page("first"), page("second", PARAGRAPH), quiz(("Keep calm",)))
    polish = translated(made, "pl")
    planned = plan(replace(made, translations=(polish,)))
    chunks = [one.read().decode() for one in render(planned) if "pages/second" in one.name]
    assert len(chunks) == 2
    assert all('<p id=\\"p-3\\">' in one for one in chunks)


def test_quotation_by_question_does_not_mark_page_changed() -> None:
    def fingerprint(*quotes: tuple[str, ...]) -> str:
        outline = json.loads(text(rendered(PARAGRAPH, *quotes), "course.json"))
        return {one["id"]: one["fingerprint"] for one in outline["pages"]}["second"]

    assert fingerprint() == fingerprint(("Keep calm",))


def test_a_cached_page_gets_the_id_of_a_new_quotation() -> None:
    first, second = page("first"), page("second", PARAGRAPH)
    cache = MemoryCache()
    for quotes in ((), (("Keep calm",),), (("Wait",),)):
        made = course(first, second, quiz(*quotes) if quotes else page("quiz"))
        html = chunk(render(plan(made), cache), "second")["html"]
        assert html == chunk(render(plan(made)), "second")["html"]
        assert (' id="p-' in html) == bool(quotes)
