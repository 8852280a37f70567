"""Checks 25 to 30: what assistive technology is told."""

from __future__ import annotations

from typing import Any

from tests.a11y.check import Check, Findings
from tests.a11y.view import View

NAMED = ("button", "link", "radio", "checkbox", "textbox", "combobox", "tab", "switch", "searchbox",
         "menuitem", "DisclosureTriangle")  # fmt: skip

# The words of a control that can be seen: those of its label, or its own. A symbol without letters
# is no word.
VISIBLE = """function (...elements) {
  const spoken = (it) => it.nodeType === Node.TEXT_NODE ? it.data
    : it.nodeType !== Node.ELEMENT_NODE || it.ariaHidden === "true" || !it.checkVisibility() ? ""
    : [...it.childNodes].map(spoken).join("");
  return elements.map((it) => {
    const field = it.matches("input, select, textarea");
    const words = field ? [...(it.labels ?? [])].map(spoken).join(" ") : spoken(it);
    return [words, it.outerHTML.slice(0, 160), it.type ?? "", it.name ?? ""];
  });
}"""


def elements(view: View, nodes: list[dict[str, Any]]) -> list[list[str]]:
    """Visible words, HTML, type and name of the elements of nodes of the tree."""
    ids = view.tab.objects([node["backend"] for node in nodes])
    if not ids:
        return []
    given = view.tab.cdp.send(
        "Runtime.callFunctionOn",
        {
            "functionDeclaration": VISIBLE,
            "objectId": ids[0],
            "arguments": [{"objectId": one} for one in ids],
            "returnByValue": True,
        },
    )
    found: list[list[str]] = given["result"]["value"]
    return found


def groups(view: View) -> Findings:
    """Radio buttons, and boxes that belong together, stand in a group with a name."""
    boxes = [node for node in view.tree if node["role"] in ("radio", "checkbox")]
    about = elements(view, boxes)
    names = [(kind, name) for _, _, kind, name in about]
    found = []
    for node, (_, html, kind, name) in zip(boxes, about, strict=True):
        if kind == "checkbox" and names.count((kind, name)) < 2:
            continue
        if not any(
            one["role"] in ("group", "radiogroup") and one["name"].strip()
            for one in node["parents"]
        ):
            found.append(f"it stands in no group with a name: {html}")
    return found


def toggles(view: View) -> Findings:
    """Each aria-expanded flips with its region; no region is toggled by a button without it."""
    found = []
    action = view.action
    if action and action["toggled"] and not action["moved"] and not action["into"]:
        tells = action["expanded"] is not None or 'role="tab"' in action["control"]
        if not tells and action["plain"]:
            found.append(f"{action['toggled'][0]} is toggled by {action['control']}")
    stood = view.ask("tree", "toggles")
    touched = False
    for at, (look, _) in enumerate(stood):
        # One toggle may hide another: the search closes the contents.
        if (touched and not view.ask("tree", "visible", at)) or not view.new("toggle", *look):
            continue
        touched = True
        for _ in range(2):
            before = view.ask("tree", "expanded", at)
            view.ask("action", "before")
            _toggle(view, at)
            changed = view.ask("action", "after")["toggled"]
            if view.ask("tree", "expanded", at) == before or not changed:
                found.append(f"aria-expanded stays {before}, or nothing changes: {look}")
                break
    # Later checks find the view as it was.
    for at, (_, before) in enumerate(stood if touched else ()):
        if view.ask("tree", "visible", at) and view.ask("tree", "expanded", at) != before:
            _toggle(view, at)
    return found


def _toggle(view: View, at: int) -> None:
    """Press a toggle by the keyboard."""
    view.ask("tree", "focusToggle", at)
    view.tab.page.keyboard.press("Enter")
    # What is opened for the first time may have to be fetched.
    view.tab.fetched()


def announced(view: View) -> Findings:
    """After Check the focus moves to the feedback, or a status tells of it, not both."""
    assert view.action
    if view.action["into"] and view.action["told"]:
        return ["the feedback has the focus and is told by a status, too"]
    if not view.action["into"] and not view.action["told"]:
        return [f"the feedback is not told: {view.action['focus']} has the focus"]
    return []


def verdict_in_words(view: View) -> Findings:
    """What is read out after a right answer differs from that after a wrong one."""
    assert view.action
    if "verdict" not in view.action:
        return []
    told = spoken_feedback(view)
    if not told:
        return ["nothing is read out"]
    known = view.memory.verdicts.setdefault(view.action["question"], {})
    known[view.action["verdict"]] = told
    if {"right", "wrong"} <= known.keys() and known["right"] == known["wrong"]:
        return [f"right or wrong, it says “{told}”"]
    return []


def spoken_feedback(view: View) -> str:
    """The texts in the accessibility tree of what the last action has shown or told."""
    given = view.tab.cdp.send(
        "Runtime.evaluate",
        {"expression": "window.a11yTold", "contextId": view.tab.context_id},
    )["result"]
    if "objectId" not in given:
        return ""
    node = view.tab.cdp.send("DOM.describeNode", {"objectId": given["objectId"]})["node"]
    within = node["backendNodeId"]
    return " ".join(
        one["name"]
        for one in view.tree
        if one["role"] in ("StaticText", "image", "img") and within in one["within"]
    )


def refusal(view: View) -> Findings:
    """No answer: the focus is in a summary whose links lead to controls that are marked."""
    assert view.action
    given = view.action["refusal"]
    found = []
    if not given["inSummary"]:
        found.append(f"the focus is not in a summary but on {view.action['focus']}")
    found += [
        f"the link “{words}” leads to no control" for words, _, hits in given["links"] if not hits
    ]
    if not given["wrong"]:
        found.append("no control has aria-invalid")
    found += [f"nothing describes what is wrong with {html}" for html in given["undescribed"]]
    return found


def plain(text: str) -> str:
    return " ".join("".join(one if one.isalnum() else " " for one in text.casefold()).split())


def names(view: View) -> Findings:
    """The name of a control holds its visible words."""
    nodes = [
        node
        for node in view.tree
        if node["role"] in NAMED and node["backend"] and node["focusable"]
    ]
    return [
        f"it is named “{node['name']}” and shows “{' '.join(words.split())}”: {html}"
        for node, (words, html, _, _) in zip(nodes, elements(view, nodes), strict=True)
        if plain(words) not in plain(node["name"])
    ]


CHECKS = (
    Check(25, "sets of options have a name", "1.3.1, 3.3.2", groups),
    Check(26, "what opens says whether it is open", "4.1.2", toggles),
    Check(27, "feedback is told once", "4.1.3", announced, "answered"),
    Check(28, "right and wrong differ in words", "1.4.1", verdict_in_words, "answered"),
    Check(29, "no answer: a summary leads to the controls", "3.3.1, 3.3.3", refusal, "empty"),
    Check(30, "names hold the visible words", "2.5.3, 4.1.2", names),
)
