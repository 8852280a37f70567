"""A small course with a player that does everything right, written anew for each fault: one
behaviour changed, everything else as it is."""

from __future__ import annotations

from pathlib import Path

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="small-course" version="1"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="small-course-org">
    <organization identifier="small-course-org"><title>Small course</title>
      <item identifier="small-course-item" identifierref="small-course-res" isvisible="true">
        <title>Small course</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="small-course-res" type="webcontent" adlcp:scormtype="sco"
      href="index.html"><file href="index.html"/></resource>
  </resources>
</manifest>
"""

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Small course</title>
<main></main>
<nav><button type="button" id="next">Next</button>
<button type="button" id="exit">Save and exit</button></nav>
<script>
"use strict";
const PAGES = [
  ["Welcome", "Read this first, and take your time over it."],
  ["Hand washing", "Water, soap, twenty seconds, and a clean towel."],
  ["Question", "When are hands washed?"],
  ["Second question", "Which towel is used?"],
  ["The end", "Everything is read and answered."],
];
const ANSWERS = { 2: ["Before meals", "Never"], 3: ["A clean one", "Any"] };
const api = find();
const work = { page: 0, answers: {} };
let open = false;
let began = Date.now();
let count = 0;
let status = "";
let review = false;
let unsaved = false;

function find() {
  let at = window;
  for (let level = 0; level < 12; level += 1) {
    try {
      if (at.API) return at.API;
    } catch {
      // A page of another site: perhaps the next one has it.
    }
    if (at.parent === at) break;
    at = at.parent;
  }
  try {
    return window.opener?.API ?? null;
  } catch {
    return null;
  }
}

const has = (name) => typeof api?.[name] === "function";
const call = (name, ...args) => (has(name) ? String(api[name](...args)) : "");
const get = (element) => call("LMSGetValue", element);
const set = (element, value) => call("LMSSetValue", element, value);

function start() {
  if (call("LMSInitialize", "") !== "true") return;
  open = true;
  review = get("cmi.core.lesson_mode") === "review";
  count = Number(get("cmi.interactions._count")) || 0;
  const kept = get("cmi.suspend_data");
  if (kept) Object.assign(work, JSON.parse(kept));
  status = work.status || "";
  if (!status && !review) tell("incomplete");
}

function tell(word) {
  status = word;
  work.status = word;
  set("cmi.core.lesson_status", word);
}

function time() {
  const seconds = Math.floor((Date.now() - began) / 1000);
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  const rest = `${two((seconds / 60) % 60)}:${two(seconds % 60)}.00`;
  return `${two(seconds / 3600).padStart(4, "0")}:${rest}`;
}

function save() {
  if (!open || review) return;
  work.saves = (work.saves || 0) + 1;
  set("cmi.suspend_data", JSON.stringify(work));
  set("cmi.core.lesson_location", String(work.page));
  set("cmi.core.session_time", time());
  set("cmi.core.exit", "suspend");
  unsaved = call("LMSCommit", "") !== "true";
}

function leave() {
  if (!open || review) return;
  open = false;
  work.saves = (work.saves || 0) + 1;
  set("cmi.suspend_data", JSON.stringify(work));
  set("cmi.core.session_time", time());
  set("cmi.core.exit", "suspend");
  call("LMSFinish", "");
}

function answer(page, choice) {
  work.answers[page] = choice;
  const at = `cmi.interactions.${count}`;
  count += 1;
  set(`${at}.id`, `question-${page}`);
  set(`${at}.type`, "choice");
  set(`${at}.student_response`, "ab"[choice]);
  set(`${at}.correct_responses.0.pattern`, "a");
  set(`${at}.result`, choice === 0 ? "correct" : "wrong");
  finish();
  save();
}

function finish() {
  if (review || !(2 in work.answers && 3 in work.answers)) return;
  const right = Object.values(work.answers).filter((choice) => choice === 0).length;
  set("cmi.core.score.min", "0");
  set("cmi.core.score.max", "100");
  set("cmi.core.score.raw", String(right * 50));
  tell("passed");
}

function show() {
  const [title, words] = PAGES[work.page];
  const main = document.querySelector("main");
  main.innerHTML = `<h1>${title}</h1><p>${words}</p>`;
  if (ANSWERS[work.page]) main.append(form(work.page));
  if (unsaved) main.insertAdjacentHTML("beforeend", "<p role=alert>Your work is not saved.</p>");
  document.getElementById("next").hidden = work.page === PAGES.length - 1;
}

function form(page) {
  const given = work.answers[page];
  const box = document.createElement("form");
  box.innerHTML = ANSWERS[page].map((text, at) =>
    `<p><label><input type="radio" name="q" value="${at}"> ${text}</label>`).join("") +
    "<p><button>Submit</button>";
  for (const input of box.q) input.disabled = given !== undefined;
  if (given !== undefined) box.q[given].checked = true;
  box.querySelector("button").disabled = given !== undefined;
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!box.q.value) return;
    answer(page, Number(box.q.value));
    show();
  });
  return box;
}

document.getElementById("next").addEventListener("click", () => {
  work.page += 1;
  save();
  show();
});
document.getElementById("exit").addEventListener("click", () => {
  leave();
  document.body.innerHTML = "<h1>You can close this window.</h1>";
});
addEventListener("pagehide", leave);
start();
show();
</script>
"""


def page(*changes: tuple[str, str]) -> str:
    """The course's page, each change made: a text that stands once in it, and the one that takes
    its place."""
    text = PAGE
    for old, new in changes:
        assert text.count(old) == 1, f"stands {text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text


def write(folder: Path, *changes: tuple[str, str], manifest: tuple[str, str] = ("", "")) -> Path:
    """The course in ``folder`` with these changes of its page; ``manifest`` is a change of the
    manifest."""
    old, new = manifest
    assert not old or MANIFEST.count(old) == 1, old
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(page(*changes), "utf-8")
    told = MANIFEST.replace(old, new) if old else MANIFEST
    (folder / "imsmanifest.xml").write_text(told, "utf-8")
    return folder
