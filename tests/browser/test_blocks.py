"""The blocks of a page, where they do more than stand there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from builder.course.sources import MediaFile
from tests.browser.conftest import Sco
from tests.support.courses import page as make_page

Show = Callable[[str], None]


@pytest.fixture
def show(page: Page, sco: Sco, serve: Callable[[Path], str]) -> Show:
    """Open a page with these blocks; one before it leads to its heading “deep”."""

    def open_page(body: str) -> None:
        first = make_page("first", "See [the depth](second.md#deep).")
        page.goto(f"{serve(sco(first, make_page('second', body)))}/index.html")
        page.get_by_role("button", name="Next: Second").click()
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("Second")
        expect(heading).to_be_focused()

    return open_page


REVEAL = "::: reveal Why?\nBecause.\n\n## Deep {#deep}\n\nDown here.\n:::"


def test_reveal_opens_by_keyboard_by_link_and_in_print(page: Page, show: Show) -> None:
    show(REVEAL)
    text = page.get_by_text("Because.")
    expect(text).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(text).to_be_visible()
    # Its frame holds no empty line at its end.
    expect(page.get_by_text("Down here.")).to_have_css("margin-bottom", "0px")
    page.keyboard.press("Enter")
    expect(text).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(text).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(text).to_be_hidden()
    page.get_by_role("button", name="Previous: First").click()
    page.get_by_role("link", name="the depth").click()
    expect(page.get_by_role("heading", name="Deep")).to_be_focused()
    expect(text).to_be_visible()


TABS = (
    ":::: tabs Where you work\n::: tab At home\nCall.\n:::\n"
    "::: tab At school\nAsk.\n\n#### Deep {#deep}\n\nDown here.\n:::\n"
    "::: tab Outside\nGo in.\n:::\n::::"
)


def test_tabs_open_by_arrow_keys_and_by_links(page: Page, show: Show) -> None:
    show(TABS)
    home, school, outside = (
        page.get_by_role("tablist", name="Where you work").get_by_role("tab").all()
    )
    page.keyboard.press("Tab")
    expect(home).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_have_accessible_name("At home")
    for key, tab in (("ArrowRight", school), ("End", outside), ("ArrowRight", home)):
        page.keyboard.press(key)
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.keyboard.press("ArrowLeft")
    expect(school).to_be_focused()
    panel = page.get_by_role("tabpanel", name="At school")
    expect(panel).to_contain_text("Down here.")
    expect(page.get_by_text("Call.")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(panel).to_be_focused()
    outside.click()
    expect(page.get_by_text("Go in.")).to_be_visible()
    page.evaluate("document.documentElement.dir = 'ltr'")

    page.get_by_role("button", name="Previous: First").click()
    page.get_by_role("link", name="the depth").click()
    expect(page.get_by_role("heading", name="Deep")).to_be_focused()
    expect(page.get_by_role("tab", name="At school")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Outside").click()
    page.evaluate("location.hash = '#/first'")
    page.evaluate("location.hash = '#/second'")
    page.evaluate("location.hash = '#/second/h-deep'")
    expect(page.get_by_role("heading", name="Deep")).to_be_focused()


def test_tabs_are_stacked_on_small_screens_and_in_print(page: Page, show: Show) -> None:
    show(TABS)
    page.emulate_media(media="print")
    for words in ("At home", "Call.", "Ask.", "Outside", "Go in."):
        expect(page.locator("main").get_by_text(words).locator("visible=true")).to_have_count(1)
    page.emulate_media(media="screen")
    page.get_by_role("tab", name="At school").click()
    page.set_viewport_size({"width": 320, "height": 640})
    expect(page.get_by_role("heading", name="Outside")).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(0)
    expect(page.get_by_text("Call.")).to_be_visible()
    page.set_viewport_size({"width": 900, "height": 640})
    expect(page.get_by_text("Call.")).to_be_hidden()
    expect(page.get_by_text("Ask.")).to_be_visible()


ACCORDION = ":::: accordion Why\n::: reveal One\nFirst.\n:::\n::: reveal Two\nSecond.\n:::\n::::"


def test_accordion_button_opens_and_closes_all_parts(page: Page, show: Show) -> None:
    show(ACCORDION)
    first, second = page.get_by_text("First."), page.get_by_text("Second.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Open all", expanded=False)).to_be_focused()
    page.get_by_text("One", exact=True).click()
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    page.get_by_role("button", name="Open all").press("Enter")
    expect(second).to_be_visible()
    every = page.get_by_role("button", name="Close all", expanded=True)
    page.get_by_text("Two", exact=True).click()
    expect(every).to_have_count(0)
    page.get_by_text("Two", exact=True).click()
    every.click()
    expect(first).to_be_hidden()
    expect(second).to_be_hidden()


FLASHCARDS = "::: flashcards Again\nWho?\n: You.\n\nWhen?\n: Now.\n:::"


def test_flashcards_turn_and_remember_answers_for_this_visit(page: Page, show: Show) -> None:
    show(FLASHCARDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Turn the card", expanded=True)).to_be_focused()
    expect(page.get_by_text("You.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You.")).to_be_hidden()
    expect(page.get_by_text("When?")).to_be_hidden()
    page.emulate_media(media="print")
    for words in ("Who?", "You.", "When?", "Now."):
        expect(page.get_by_text(words)).to_be_visible()
    page.emulate_media(media="screen")

    turn = page.get_by_role("button", name="Turn the card")
    turn.click()
    page.get_by_role("button", name="Not yet").click()
    expect(page.get_by_text("Card 2 of 2 When?")).to_be_focused()
    # It is where it was after another page.
    page.get_by_role("button", name="Previous: First").click()
    page.get_by_role("button", name="Next: Second").click()
    turn.click()
    page.get_by_role("button", name="I knew it").click()
    expect(page.get_by_text("You knew 1 of 2.")).to_be_focused()
    page.get_by_role("button", name="Practise the missed ones").click()
    expect(page.get_by_text("Card 1 of 1 Who?")).to_be_focused()
    turn.click()
    page.get_by_role("button", name="I knew it").click()
    expect(page.get_by_text("You knew 2 of 2.")).to_be_focused()
    expect(page.get_by_role("button", name="Practise the missed ones")).to_be_hidden()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("Card 1 of 2 Who?")).to_be_focused()
    turn.click()
    page.get_by_role("button", name="I knew it").click()
    page.reload()
    expect(page.get_by_text("Card 1 of 2 Who?")).to_be_visible()


@pytest.mark.parametrize("from_disk", [False, True], ids=["in an LMS", "from disk"])
def test_a_video_waits_for_the_trainee_and_has_its_captions(
    page: Page, showcase: Path, serve: Callable[[Path], str], from_disk: bool
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = showcase.as_uri() if from_disk else serve(showcase)
    page.goto(f"{address}/index.html#/recordings")
    video = page.locator("video")
    video.wait_for()
    track = "document.querySelector('track')"
    page.wait_for_function(f"() => {track}.readyState === 2")
    assert page.evaluate(f"[...{track}.track.cues].map((cue) => cue.text)") == [
        "[Water runs out of a can]",
        "Water slowly, close to the soil.",
    ]
    assert page.evaluate(f"{track}.track.mode") == "showing"
    assert not [url for url in asked if url.endswith((".mp4", ".webm", ".wav"))]
    # A browser without a codec for one of the two plays the other.
    assert page.evaluate(
        "async () => { const it = document.querySelector('video'); it.muted = true; "
        "await it.play(); return it.videoWidth; }"
    )
    assert page.evaluate(
        "async () => { const it = document.querySelector('audio'); it.muted = true; "
        "await it.play(); return it.duration; }"
    ) == pytest.approx(1.6)
    page.get_by_text("Transcript: The doorbell").click()
    expect(page.get_by_text("Two tones, the second one lower")).to_be_visible()


def test_without_javascript_everything_is_there_to_read_and_on_paper(
    new_context: Callable[..., BrowserContext], sco: Sco, serve: Callable[[Path], str]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    folder = sco(make_page("first", TABS + "\n\n" + REVEAL))
    page.goto(f"{serve(folder)}/index.html")
    for words in ("At home", "Call.", "Ask.", "Outside", "Go in."):
        expect(page.locator("main").get_by_text(words, exact=True)).to_be_visible()
    expect(page.get_by_text("Because.")).to_be_hidden()
    page.get_by_text("Why?").click()
    expect(page.get_by_text("Because.")).to_be_visible()
    page.get_by_text("Why?").click()
    page.emulate_media(media="print")
    expect(page.get_by_text("Because.")).to_be_visible()


def test_audio_in_tab_stops_when_tab_changes(
    page: Page, sco: Sco, serve: Callable[[Path], str]
) -> None:
    file = Path(__file__).parent.parent / "showcase/media/doorbell.wav"
    body = (
        ":::: tabs Sounds\n::: tab Bell\n::::: audio Bell\n- [Bell](media/doorbell.wav)\n\n"
        "It rings.\n:::::\n:::\n::: tab Silence\nNothing.\n:::\n::::"
    )
    media = (MediaFile("media/doorbell.wav", file, 9644, "0" * 64),)
    page.goto(f"{serve(sco(make_page('first', body), fields={'media': media}))}/index.html")
    page.get_by_role("tab", name="Silence").wait_for()
    page.evaluate(
        "async () => { const it = document.querySelector('audio'); it.muted = it.loop = true; "
        "await it.play(); }"
    )
    page.get_by_role("tab", name="Silence").click()
    assert page.evaluate("document.querySelector('audio').paused")


def test_captions_are_turned_on_and_not_left_to_the_browser(
    page: Page, showcase: Path, serve: Callable[[Path], str]
) -> None:
    # WebKit shows no captions by the attribute alone.
    page.add_init_script(
        """window.turned = [];
        const mode = Object.getOwnPropertyDescriptor(TextTrack.prototype, "mode");
        Object.defineProperty(TextTrack.prototype, "mode", {
          ...mode,
          set(value) { turned.push([this.language, value]); mode.set.call(this, value); },
        });"""
    )
    page.goto(f"{serve(showcase)}/index.html#/recordings")
    page.locator("track").first.wait_for(state="attached")
    page.wait_for_function("() => turned.length")
    language = page.locator("track[default]").get_attribute("srclang")
    assert page.evaluate("turned") == [[language, "showing"]]
    assert page.evaluate("document.querySelector('track[default]').track.mode") == "showing"
