"""How the scenes and choices of a page are read."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import keys, markdown
from builder.course.approvals import parts
from builder.course.keys import Former
from builder.course.markdown import Element
from builder.course.scenarios.drawing import Label, draw
from builder.course.scenarios.model import Scene
from builder.course.scenarios.proof import prove
from builder.course.scenarios.reading import read
from builder.package.key import write
from builder.package.outline import parse, to_json
from builder.package.plan import plan
from builder.package.render import render
from tests.render.rendered import chunk
from tests.render.rendered import outline as listed
from tests.support.courses import course, page, story
from tests.support.translations import write_po
from tests.updating.outlines import outline
from tests.validate.courses import changed, judge

STORY = """
*Listen.*

## The call {#call}

She asks **you**.

1. A list without links is text.

::: callout Careful
Do not promise.
:::

- [Promise *it*](#promise){a .poor}: you cannot.
- [Explain](#explain){b .good}

  Silence.

  - Then a nod.

## You promise {#promise was=keep,hold}

1. [Go **back**](#call){a .fair} Again.
2. [Explain](#explain){z .good}

### Later

## You explain {#explain}

::: ending good
She was helped.
:::
"""
FRONT = "---\ntitle: A call\nkind: scenario\n---\n"


def words(scene: Scene) -> list[tuple[str, str, str, str, str]]:
    return [
        (
            *(choice.id, choice.to, choice.quality, markdown.plain(choice.words, {})),
            markdown.plain(choice.feedback, {}) if choice.feedback else "",
        )
        for choice in scene.choices
    ]


def test_scenes_choices_and_endings_are_read() -> None:
    body = STORY.replace("### Later\n", "").replace("1. [Go", "### Later\n\n1. [Go")
    found = read(markdown.parse(body))
    assert found.faults == ()
    call, promise, explain = found.scenes
    assert [scene.id for scene in found.scenes] == ["call", "promise", "explain"]
    assert promise.heading.was == ("keep", "hold")
    assert words(call) == [
        ("a", "promise", "poor", "Promise it", "you cannot."),
        ("b", "explain", "good", "Explain", "Silence.\nThen a nod."),
    ]
    assert words(promise) == [
        ("a", "call", "fair", "Go back", "Again."),
        ("z", "explain", "good", "Explain", ""),
    ]
    assert [getattr(block, "name", "prose") for block in call.blocks] == ["prose", "callout"]
    assert explain.ending
    assert explain.ending.quality == "good"


def test_text_after_the_choices_is_a_fault() -> None:
    found = read(markdown.parse(STORY))
    assert [(one.code, one.line) for one in found.faults] == [("scene-continues", 26)]


def test_reading_a_scene_takes_linear_time_for_choices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = "- [Go on](#end){a .good}\n" * 400
    parsed = markdown.parse(f"## The call {{#call}}\n\n{items}")
    looked: list[Element] = []
    original = Element.leading_link

    def leading_link(element: Element) -> object:
        looked.append(element)
        return original(element)

    monkeypatch.setattr(Element, "leading_link", leading_link)
    found = read(parsed)
    assert len(found.scenes[0].choices) == 400
    assert len(looked) < 5 * 400


def test_unknown_scene_message_lists_at_most_100_scenes() -> None:
    scenes = "".join(f"## S {at} {{#s{at}}}\n\n- [On](#x{at}){{a .good}}\n\n" for at in range(101))
    faults = read(markdown.parse(scenes)).faults
    assert len(faults) == 101
    assert {fault.words["known"] for fault in faults} == {
        ", ".join([*(f"s{at}" for at in range(100)), "…"])
    }


SHORT = """## The call {#call}

- [Promise](#promise){a .poor} You *cannot*.
- [Explain](#explain){b .good}

## You promise {#promise}

::: ending poor
Nobody was told.
:::

## You explain {#explain}

::: ending good
She was helped.
:::
"""
HTML = """<p>First.</p>
<div class="scenario">
<section class="scene" data-scene="call" aria-labelledby="scene-call">
<h2 id="scene-call" tabindex="-1"><span class="scene-number">1. </span>The call</h2>
<ul class="scene-choices">
<li data-choice="a"><a href="#scene-promise">Promise</a> <span class="go-to">Go to 2</span>
<div class="choice-feedback">
<p>You <em>cannot</em>.</p>
</div></li>
<li data-choice="b"><a href="#scene-explain">Explain</a> <span class="go-to">Go to 3</span></li>
</ul>
</section>
<section class="scene" data-scene="promise" aria-labelledby="scene-promise">
<h2 id="scene-promise" tabindex="-1"><span class="scene-number">2. </span>You promise</h2>
<div class="ending" data-ending="poor">
<p class="ending-quality">Poor ending</p>
<p>Nobody was told.</p>
</div>
</section>
<section class="scene" data-scene="explain" aria-labelledby="scene-explain">
<h2 id="scene-explain" tabindex="-1"><span class="scene-number">3. </span>You explain</h2>
<div class="ending" data-ending="good">
<p class="ending-quality">Good ending</p>
<p>She was helped.</p>
</div>
</section>
</div>"""


def lines(html: str) -> list[str]:
    return [line for line in html.split("\n") if line.strip()]


def test_the_page_can_be_read_without_javascript() -> None:
    made = chunk(render(plan(course(page("first"), story("s", f"First.\n\n{SHORT}")))), "s")
    assert lines(made["html"].partition("</h1>\n")[2]) == lines(HTML)


def test_block_heading_in_scene_is_below_scene_heading() -> None:
    told = SHORT.replace("- [Promise]", "::: callout Who can help\nThe lead.\n:::\n\n- [Promise]")
    assert told != SHORT
    made = chunk(render(plan(course(page("first"), story("s", told)))), "s")
    assert "<h3>Who can help</h3>" in made["html"]


def test_the_start_is_the_first_scene_on_paper() -> None:
    whole = story("s", SHORT.replace("(#explain){b", "(#call){b") + "", start="promise").scenario
    assert whole
    assert whole.numbers == {"promise": 1, "call": 2, "explain": 3}


def test_the_player_gets_scenes_and_keys() -> None:
    rules = {"complete": "good", "weight": 2.0, "attempts": 3, "keep": "last"}
    made = render(plan(course(page("first"), story("s", SHORT, **rules))))
    key = {name: keys.key("scene", f"s/{name}") for name in ("call", "promise", "explain")}
    data = chunk(made, "s")["scenario"]
    assert (data.keys(), data["start"]) == ({"start", "scenes"}, "call")
    assert data["scenes"][0] == {
        "id": "call",
        "key": key["call"],
        "title": "The call",
        "choices": [
            {"id": "a", "to": "promise", "quality": "poor", "text": "Promise"},
            {"id": "b", "to": "explain", "quality": "good", "text": "Explain"},
        ],
        "ending": None,
    }
    assert [one["ending"] for one in data["scenes"]] == [None, "poor", "good"]
    entry = listed(made)["pages"][1]
    assert entry["needs"] == {"scenario": [*key.values()]}
    ends = [key["explain"]]
    assert entry["scenario"] == {"ends": ends, "weight": 2.0, "attempts": 3, "keep": "last"}


@pytest.mark.parametrize(("keep", "attempts"), [("first", 1), ("best", 0)])
def test_the_player_gets_how_many_walks_count(keep: str, attempts: int) -> None:
    made = render(plan(course(page("first"), story("s", SHORT, weight=1.0, keep=keep))))
    rules = listed(made)["pages"][1]["scenario"]
    assert (rules["attempts"], rules["keep"]) == (attempts, keep)


def test_a_package_of_an_earlier_version_lets_the_first_walk_count() -> None:
    made = to_json(outline(course(page("first"), story("s", SHORT, weight=1.0))))
    scenario = made["pages"][1]["scenario"]
    del scenario["attempts"], scenario["keep"]
    read = parse(json.dumps(made).encode()).pages[1].scenario
    assert read
    assert (read.keep, read.limit) == ("first", 1)


def test_course_json_can_be_read_back() -> None:
    made = outline(course(page("first"), story("s", SHORT)))
    scenario = made.pages[1].scenario
    assert scenario
    assert [(one.id, one.title, one.ending) for one in scenario.scenes] == [
        ("call", "The call", None),
        ("promise", "You promise", "poor"),
        ("explain", "You explain", "good"),
    ]
    assert to_json(made)["pages"][1]["scenario"]["scenes"][0]["choices"][1]["to"] == "explain"


def test_a_page_says_whether_decisions_show_their_quality(tmp_path: Path) -> None:
    for rule, told in (("reveal: always\n", True), ("reveal: never\n", None), ("", None)):
        made = changed(
            tmp_path / f"{told}{len(rule)}",
            ("course.yaml", "  - checklist.md", "  - checklist.md\n  - story.md"),
        )
        (made / "pages/story.md").write_text(FRONT.replace("---\n", f"---\n{rule}", 1) + SHORT)
        read, _ = judge(made)
        assert read
        [page] = [one for one in read.pages if one.scenario]
        assert chunk(render(plan(read)), page.id)["scenario"].get("reveal") is told


def test_the_key_to_reports_names_scenes_and_choices() -> None:
    text = write(plan(course(page("first"), story("s", SHORT)))).decode("utf-8-sig")
    assert text.splitlines()[1:] == [
        '"s--call","S","scenario","choice","The call","","a: Promise; b: Explain","","b","0"'
    ]


def test_the_words_to_approve_have_qualities_and_targets() -> None:
    [part] = [
        one for one in parts(course(page("first"), story("s", SHORT))) if one.id == "scenario/s"
    ]
    assert part.words.split("\n")[2:] == [
        *("start: call", "complete: ending", "scene call: The call"),
        *("a poor: Promise → promise", "→ You cannot.", "b good: Explain → explain"),
        *("scene promise: You promise", "ending poor:", "Nobody was told."),
        *("scene explain: You explain", "ending good:", "She was helped."),
    ]
    for old, new in (
        ("{b .good}", "{b .fair}"),
        ("(#promise)", "(#explain)"),
        ("ending poor", "ending fair"),
    ):
        whole = course(page("first"), story("s", SHORT.replace(old, new)))
        [other] = [one for one in parts(whole) if one.id == "scenario/s"]
        assert other.code != part.code, new
    shown = course(page("first"), story("s", SHORT, reveal=True))
    [other] = [one for one in parts(shown) if one.id == "scenario/s"]
    assert other.words.split("\n")[4] == "reveal: always"
    renamed = SHORT.replace("{#promise}", "{#kept was=promise}").replace("(#promise)", "(#kept)")
    [same] = [
        one for one in parts(course(page("first"), story("s", renamed))) if one.id == "scenario/s"
    ]
    assert same.code == part.code


def translated(folder: Path, body: str, texts: dict[str, str]) -> Path:
    made = changed(folder, ("course.yaml", "  - checklist.md", "  - checklist.md\n  - story.md"))
    (made / "pages/story.md").write_text(FRONT + body, "utf-8")
    write_po(made, "pl", texts)
    return made


def test_a_translation_keeps_the_marks_of_its_choices(tmp_path: Path) -> None:
    source = "[Explain](#explain){b .good}"
    for number, (text, problems) in enumerate(
        {
            "[Wyjaśnij](#explain){b .good}": [],
            "[Wyjaśnij](#explain)": ["translation-different"],
            "[Wyjaśnij](#explain){b .poor}": ["translation-different"],
        }.items()
    ):
        folder = translated(tmp_path / str(number), SHORT, {source: text, "The call": "Telefon"})
        _, found = judge(folder)
        assert [one.code for one in found if one.code == "translation-different"] == problems


def test_scene_translation_follows_current_and_earlier_ids(tmp_path: Path) -> None:
    folder = translated(tmp_path / "a", SHORT, {"You promise": "Obiecujesz"})
    po = (folder / "translations/pl.po").read_text("utf-8")
    assert 'msgctxt "page/story/scene/promise"\nmsgid "You promise"' in po
    shown = course(page("first"), story("s", SHORT, reveal=True))
    [other] = [one for one in parts(shown) if one.id == "scenario/s"]
    assert other.words.split("\n")[4] == "reveal: always"
    renamed = SHORT.replace("{#promise}", "{#kept was=promise}").replace("(#promise)", "(#kept)")
    (folder / "pages/story.md").write_text(FRONT + renamed, "utf-8")
    made, _ = judge(folder)
    assert made
    scenario = made.translations[0].pages[-1].scenario
    assert scenario
    assert [scene.heading.text for scene in scenario.scenes] == [
        "The call",
        "Obiecujesz",
        "You explain",
    ]
    assert [scene.id for scene in scenario.scenes] == ["call", "kept", "explain"]


NAMES = "abcdefghij"


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A scenario of any shape, also one that fails its proof."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    scenes = []
    for name in names:
        targets = draw(st.lists(st.sampled_from(names), max_size=4))
        qualities = [draw(st.sampled_from(["good", "fair", "poor"])) for _ in targets]
        choices = [
            f"- [To {to} & <{at}>](#{to}){{{at} .{quality}}}"
            for at, (to, quality) in enumerate(zip(targets, qualities, strict=True))
        ]
        end = ["::: ending fair\nOver.\n:::"]
        scenes.append("\n".join([f"## A \\<scene\\> & {name} {{#{name}}}\n", *(choices or end)]))
    return "\n\n".join(scenes)


@pytest.mark.whole
@given(bodies())
def test_a_map_is_well_formed_without_overlapping_boxes(body: str) -> None:
    whole = story("s", body).scenario
    assert whole
    labels = {scene.id: Label(scene.heading.text, "x & y") for scene in whole.scenes}
    drawn = ET.fromstring(draw(whole, prove(whole), labels, "ltr"))
    space = "{http://www.w3.org/2000/svg}"
    groups = [one for one in drawn.iter(f"{space}g") if "data-scene" in one.attrib]
    assert {one.attrib["data-scene"] for one in groups} == {scene.id for scene in whole.scenes}
    boxes = [
        tuple(float(rect.attrib[side]) for side in ("x", "y", "width", "height"))
        for rect in drawn.iter(f"{space}rect")
    ]
    right, bottom = map(float, drawn.attrib["viewBox"].split()[2:])
    for at, (x, y, width, height) in enumerate(boxes):
        assert x >= 0 <= y
        assert x + width <= right
        assert y + height <= bottom
        for left, top, *_ in boxes[at + 1 :]:
            assert abs(left - x) >= width or abs(top - y) >= height
    paths = len([*drawn.iter(f"{space}path")])
    # Each line has a head.
    assert paths == 2 * sum(len(scene.choices) for scene in whole.scenes)


def test_a_revision_makes_the_decisions_new(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "a", ("course.yaml", "  - checklist.md", "  - checklist.md\n  - story.md")
    )
    front = FRONT.replace("kind:", "revision: 2\nkind:")
    (folder / "pages/story.md").write_text(front + SHORT, "utf-8")
    made, _ = judge(folder)
    assert made
    scene = made.pages[-1].scenes()[0]
    assert scene.key == keys.key("scene", "story/call", 2)
    assert scene.former == Former(changed=(keys.key("scene", "story/call", 1),))
