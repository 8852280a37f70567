"""What a check looks at: a page in one state, in a browser's tab, and what was seen before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import CDPSession, Frame, Page, Request

HERE = Path(__file__).resolve().parent
SHARED = (HERE / "probes" / "shared.js").read_text("utf-8")
WINDOW = (1024, 700)
"""The window in which the crawl works, in CSS pixels."""
MOST_FRAMES = 1000
"""How often it is looked whether a script has arrived."""
ONWARD = "article.passed .outcome button, body:not(:has(article.passed)) #next"
"""The button to the next page: in the result of a passed quiz, otherwise below the page."""
BEGUN = "#begin:visible, .cover .resume, #next:not([hidden])"
"""What there is once a course can be used."""

Need = Literal["view", "change", "empty", "answered", "action", "course", "documents"]
"""What a check needs to see: every state; a state that an action led to; the answer to an empty
form; the answer to a filled one; an action itself; a course as a whole; all HTML of a crawl."""


@cache
def probe(name: str) -> str:
    """The source of probes/NAME.js: an expression that gives an object of functions."""
    return (HERE / "probes" / f"{name}.js").read_text("utf-8")


# A page is asked thousands of things: what asks stays in it as long as its document does.
INSTALL = """() => {{ {shared}
  window.a11yProbes = {{ ...window.a11yProbes, {group}: {probe} }}; }}"""
ASK = """async ([group, name, argument]) =>
  window.a11yProbes?.[group] ? [await window.a11yProbes[group][name](argument)] : null"""


# What comes late, or stays in motion, is looked at as it is.
SETTLED = """async (size) => {
  // After the frame: what hears of a change of size, or of the focus, has done its part.
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await frame();
  const sized = ([width, height]) => top.innerWidth === width && top.innerHeight === height;
  for (let frames = 1; size && !sized(size) && frames < 100; frames += 1) await frame();
  const short = (one) => one.effect.getComputedTiming().endTime <= 1000;
  const running = document
    .getAnimations()
    .filter((one) => one.playState === "running" && short(one));
  await Promise.allSettled(running.map((one) => one.finished));
}"""


@dataclass(frozen=True, slots=True)
class Place:
    """Which state of which page a view is, in the words of the report."""

    course: str
    page: str
    state: str
    mode: str
    scheme: str = "light"
    direction: str = "ltr"

    def __str__(self) -> str:
        return f"{self.course}, {self.page}, {self.state} ({self.mode}, {self.scheme})"


@dataclass(slots=True)
class Memory:
    """What one crawl has seen so far: some checks compare views."""

    titles: dict[str, str] = field(default_factory=dict)
    """Title of a window → the page that has it."""

    looks: set[tuple[str, ...]] = field(default_factory=set)
    """What need not be looked at again, since it looks the same wherever it stands."""

    seen: set[tuple[str, ...]] = field(default_factory=set)
    """Looks of elements that were in a view."""

    verdicts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Question → verdict → what was read out."""

    requests: list[str] = field(default_factory=list)
    """Every address asked for since the last view."""

    documents: dict[str, str] = field(default_factory=dict)
    """The HTML of each view, by a name."""

    def next(self) -> Memory:
        """The memory for another crawl, which need not look at the same again."""
        return Memory(looks=self.looks, seen=self.seen)


class Tab:
    """A tab of the browser with a course in it, in a frame or in the window itself."""

    def __init__(self, page: Page, mode: str, scheme: str = "light") -> None:
        self.page = page
        self.mode = mode
        self.scheme = scheme
        self._media: dict[str, Any] = {}
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self._contexts: dict[str, int] = {}
        self._objects: dict[tuple[int, int], str] = {}
        self._scripts: set[Request] = set()
        page.on("request", self._ask)
        page.on("requestfinished", lambda request: self._scripts.discard(request))
        page.on("requestfailed", lambda request: self._scripts.discard(request))
        self.cdp.on("Runtime.executionContextCreated", self._remember)
        self.cdp.send("Runtime.enable")
        page.set_viewport_size({"width": WINDOW[0], "height": WINDOW[1]})
        self.media()

    def _ask(self, request: Request) -> None:
        if request.resource_type == "script":
            self._scripts.add(request)

    def _remember(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context["auxData"].get("isDefault"):
            self._contexts[context["auxData"]["frameId"]] = context["id"]

    @property
    def frame(self) -> Frame:
        if self.mode == "frame":
            found = self.page.frame("sco")
            assert found
            return found
        return self.page.main_frame

    @property
    def frame_id(self) -> str:
        """The frame's id in the protocol of Chromium's developer tools."""
        tree = self.cdp.send("Page.getFrameTree")["frameTree"]
        for child in tree.get("childFrames", []):
            if self.mode == "frame" and child["frame"].get("name") == "sco":
                return str(child["frame"]["id"])
        return str(tree["frame"]["id"])

    def objects(self, backends: list[int]) -> list[str]:
        """The ids of elements in scripts, by their nodes' ids in the accessibility tree. Most nodes
        stay for many views."""
        context = self.context_id
        for backend in backends:
            if (context, backend) not in self._objects:
                resolved = self.cdp.send("DOM.resolveNode", {"backendNodeId": backend})
                self._objects[context, backend] = resolved["object"]["objectId"]
        return [self._objects[context, backend] for backend in backends]

    @property
    def context_id(self) -> int:
        """Where the frame's own scripts run."""
        return self._contexts[self.frame_id]

    def console(self, expression: str) -> Any:
        """Evaluate with what the developer tools' console has besides, getEventListeners above
        all."""
        result = self.cdp.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": self.context_id,
                "includeCommandLineAPI": True,
                "returnByValue": True,
            },
        )
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"])
        return result["result"].get("value")

    def size(self, width: int, height: int) -> None:
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})
            self.frame.evaluate(SETTLED, [width, height])

    def media(self, **features: Any) -> None:
        """Emulate; what is not named is as the crawl has it."""
        usual: dict[str, Any] = {
            "media": "screen",
            "color_scheme": self.scheme,
            "forced_colors": "none",
            "reduced_motion": "no-preference",
        }
        if self._media != usual | features:
            self._media = usual | features
            self.page.emulate_media(**self._media)

    def restore(self) -> None:
        self.media()
        self.size(*WINDOW)

    def settle(self) -> None:
        """Let the page do what it does of its own in the next frames; what fades in is there."""
        self.frame.evaluate(SETTLED)

    def fetched(self) -> None:
        """Let the page do what it does once the scripts that it asks for are there."""
        self.settle()
        for _ in range(MOST_FRAMES):
            if not self._scripts:
                return
            self.settle()
            # A script that has arrived still has to run.
            if not self._scripts:
                self.settle()


@dataclass
class View:
    """A page in a state. A check may change window, media and focus, and has to restore them."""

    tab: Tab
    place: Place
    memory: Memory
    title: str
    """Of the course: every title of the window ends in it."""

    language: str = "en"
    needs: frozenset[str] = frozenset({"view"})
    """Which checks it is for."""

    action: dict[str, Any] | None = None
    """What the action that led here did: see ``act`` of the probes."""

    target: int = 44
    """The least size of what a finger has to hit, in CSS pixels: 24 by WCAG, 44 by
    facts/accessibility.md."""

    once: bool = True
    """Whether what looks the same need not be looked at again in this crawl."""

    thorough: bool = True
    """Whether the crawl takes the words of every state to be new."""

    familiar: bool = False
    """Whether its words are in another view, too."""

    answers: bool = False
    """Whether it is a state of questions, a record or a scenario that answers led to."""

    @property
    def frame(self) -> Frame:
        return self.tab.frame

    @cached_property
    def news(self) -> tuple[bool, bool]:
        """Whether something in it looks like nothing before; and whether that can have the focus,
        or stays where it is while the page scrolls."""
        given = self.ask("visual", "looks")
        looks, controls = ({tuple(one) for one in given[key]} for key in ("looks", "controls"))
        fresh = bool(looks - self.memory.seen), bool(controls - self.memory.seen)
        self.memory.seen |= looks | controls
        return fresh

    @property
    def looks_new(self) -> bool:
        return self.news[0]

    @property
    def acts_new(self) -> bool:
        """Whether a control in it looks like none before; a thorough crawl takes controls to be
        new where anything is."""
        return self.news[0] if self.thorough else self.news[1]

    @property
    def reads_new(self) -> bool:
        """Whether it has words, or something looks, like nothing before."""
        return self.thorough or self.looks_new or not self.familiar

    def ask(self, group: str, name: str, argument: Any = None) -> Any:
        """What the function of a group's probes says of this view."""
        answer = self.frame.evaluate(ASK, [group, name, argument])
        if answer is None:
            self.frame.evaluate(
                INSTALL.format(shared=SHARED, group=group, probe=probe(group).strip())
            )
            answer = self.frame.evaluate(ASK, [group, name, argument])
        return answer[0]

    @cached_property
    def tree(self) -> list[dict[str, Any]]:
        """The accessibility tree, as Chromium gives it to assistive technology: its nodes that
        are not ignored, in their order in the document, each with ``role``, ``name``,
        ``backend``, ``level``, ``parents``, nearest first, and ``within``: the backends of all
        elements that it stands in."""
        given = self.tab.cdp.send("Accessibility.getFullAXTree", {"frameId": self.tab.frame_id})
        nodes = {node["nodeId"]: node for node in given["nodes"]}

        def plain(node: dict[str, Any]) -> dict[str, Any]:
            values = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            return {
                "role": node.get("role", {}).get("value", ""),
                "name": node.get("name", {}).get("value", ""),
                "backend": node.get("backendDOMNodeId"),
                "level": values.get("level"),
                "focusable": values.get("focusable", False),
            }

        # Chromium gives them level by level: what lies deeper would come after all that does not.
        def with_those_below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
            yield node
            for child in node.get("childIds", []):
                if child in nodes:
                    yield from with_those_below(nodes[child])

        def above(node: dict[str, Any]) -> list[dict[str, Any]]:
            found = []
            while parent := nodes.get(node.get("parentId", "")):
                found.append(parent)
                node = parent
            return found

        return [
            plain(node)
            | {
                "parents": [plain(one) for one in above(node) if not one.get("ignored")],
                "within": {one.get("backendDOMNodeId") for one in above(node)},
            }
            for node in with_those_below(given["nodes"][0])
            if not node.get("ignored")
        ]

    def new(self, *look: str) -> bool:
        """Whether nothing that looks like this has been seen in the crawl."""
        if self.once and look in self.memory.looks:
            return False
        self.memory.looks.add(look)
        return True
