"""What a browser keeps to of the content security policy, from a server and from disk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from builder.base import css
from builder.package.verify import content
from tests.support.foreign import OUT, drawings, styles

CALLS = """(out) => {
  window.refused = new Set();
  addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
  const add = (name, attributes, parent = document.body) =>
    parent.append(Object.assign(document.createElement(name), attributes));
  add("script", { src: `${out}a.js` });
  add("script", { textContent: "window.ran = true" });
  add("img", { src: `${out}a.png` });
  add("link", { rel: "stylesheet", href: `${out}a.css` }, document.head);
  add("video", { src: `${out}a.mp4`, preload: "auto" });
  add("object", { data: `${out}a` });
  add("base", { href: out }, document.head);
  const style = `@font-face{font-family:out;src:url(${out}a.woff)}`;
  add("style", { textContent: style }, document.head);
  fetch(`${out}a`).catch(() => 0);
  document.fonts.load("1em out").catch(() => 0);
}"""
REFUSED = [
    *("base-uri", "connect-src", "font-src", "img-src", "media-src", "object-src"),
    *("script-src-elem", "style-src-elem"),
]


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("#next")).to_be_visible()


@pytest.mark.parametrize("served", [True, False], ids=["served", "from disk"])
def test_policy_blocks_external_requests_and_foreign_scripts(
    served: bool,
    unpacked: Path,
    serve: Callable[[Path], str],
    new_context: Callable[..., BrowserContext],
    faults: list[str],
) -> None:
    page = new_context().new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    opened(page, (serve(unpacked) if served else unpacked.as_uri()) + "/index.html")
    page.get_by_role("button", name="Next").click()
    assert faults == []
    page.evaluate(CALLS, OUT)
    page.wait_for_function("(all) => all.every((one) => refused.has(one))", arg=REFUSED)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.baseURI") == page.url
    assert not [url for url in asked if url.startswith(OUT)]
    faults.clear()


def is_accepted(sheet: str) -> bool:
    return not any(isinstance(one, css.Import) or one.outside for one in css.read(sheet))


def test_no_style_sheet_that_is_accepted_calls_out(
    new_context: Callable[..., BrowserContext],
    serve: Callable[[Path], str],
    tmp_path: Path,
    faults: list[str],
) -> None:
    accepted = [sheet for sheet in styles(1_500) if is_accepted(sheet)]
    assert len(accepted) > 300
    calling = [
        f"p{{background:url({OUT}0)}}",
        f"@font-face{{font-family:f;src:url({OUT}1)}}p{{font-family:f}}",
        f'p{{--a:"{OUT}2";background:image-set(url(a.png) 1x,url({OUT}3) 2x),url({OUT}2)}}',
    ]
    address = serve(tmp_path)
    seen = called(new_context, address, tmp_path, SHEETS, [*accepted[:20], *calling])
    assert {f"{OUT}{at}" for at in (0, 1, 2)} <= seen
    assert called(new_context, address, tmp_path, SHEETS, accepted) == set()
    # What Chromium finds no file for, and what it cannot reach.
    faults.clear()


def test_no_drawing_that_is_accepted_runs_or_calls_out(
    new_context: Callable[..., BrowserContext],
    serve: Callable[[Path], str],
    tmp_path: Path,
    faults: list[str],
) -> None:
    drawn = [*drawings(1_500)]
    accepted = [one.decode() for one in drawn if not content.judge("a.svg", one)]
    assert len(accepted) > 100
    address = serve(tmp_path)
    bad = '<svg xmlns="http://www.w3.org/2000/svg"><script>parent.ran = 1</script></svg>'
    with pytest.raises(AssertionError, match="ran"):
        called(new_context, address, tmp_path, DRAWINGS, [bad])
    assert called(new_context, address, tmp_path, DRAWINGS, accepted) == set()
    faults.clear()


SHEETS = """async (sheets) => {
  for (const sheet of sheets) {
    const host = document.body.appendChild(document.createElement("div"));
    const root = host.attachShadow({ mode: "open" });
    const words = Object.assign(document.createElement("p"), { textContent: "a" });
    root.append(Object.assign(document.createElement("style"), { textContent: sheet }), words);
    // Fonts are those of a document.
    if (!sheet.includes("@font-face")) continue;
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.contentDocument.body.append(root.firstChild.cloneNode(true), words.cloneNode(true));
    frame.contentDocument.body.getBoundingClientRect();
  }
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
DRAWINGS = """async (drawings) => {
  const open = async (text) => {
    const frame = document.createElement("iframe");
    const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    await new Promise((done) => {
      frame.onload = done;
      frame.src = url;
      document.body.append(frame);
    });
    frame.remove();
  };
  // Twenty at once.
  while (drawings.length) await Promise.all(drawings.splice(0, 20).map(open));
}"""
"""Each as a document of its own, as where somebody opens the file by itself."""


def called(
    new_context: Callable[..., BrowserContext],
    address: str,
    folder: Path,
    script: str,
    given: list[str],
) -> set[str]:
    """What Chromium asks for elsewhere because of what it is given; no script may run."""
    page = new_context().new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    (folder / "page.html").write_text("<!doctype html><title>All</title>")
    page.goto(f"{address}/page.html")
    page.evaluate(script, given)
    assert page.evaluate("window.ran") is None, "a script ran"
    page.close()
    return {url for url in asked if url.startswith(OUT)}
