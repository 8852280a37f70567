// Open remarks of reviewers: those on the page that the trainee sees, then the others.

import { el, part } from "./element.js";

/** @import {Desk, OpenPlace, Remark} from "./types" */

const MOST = 200;
const KINDS = { comment: "Comment", reply: "Reply", change: "Change" };

/** @param {Desk} desk @param {OpenPlace} open */
export function createRemarks(desk, open) {
  const panel = el("div");

  function show() {
    const all = desk.view?.remarks ?? [];
    const here = all.filter(({ pages }) => pages.includes(desk.page));
    const others = all.filter((one) => !here.includes(one));
    panel.replaceChildren(
      part("On this page", list(here, open)),
      part("Elsewhere", list(others, open)),
      el(
        "p",
        { class: "soft" },
        "Reviewers wrote these. Once a remark is done, close it by its code: ",
        el("code", {}, "scorm-builder review COURSE --resolve CODE"),
        " or, with a reason, --decline CODE.",
      ),
    );
  }
  return { panel, show };
}

/** @param {Remark[]} some @param {OpenPlace} open */
function list(some, open) {
  if (!some.length) return el("p", {}, "No remark is open.");
  const more = some.length - MOST;
  return el(
    "ul",
    {},
    some.slice(0, MOST).map((one) => el("li", {}, draw(one, open))),
    more > 0 && el("li", {}, `And ${more} more.`),
  );
}

/** @param {Remark} remark @param {OpenPlace} open */
function draw({ id, kind, author, about, added, text, place }, open) {
  return el(
    "article",
    { class: "problem", "data-severity": "warning" },
    el("p", {}, el("span", { class: "kind" }, KINDS[kind]), " by ", el("bdi", {}, author)),
    about && el("blockquote", { dir: "auto" }, kind === "change" ? el("del", {}, about) : about),
    added && el("blockquote", { dir: "auto" }, el("ins", {}, added)),
    text.split("\n").map((line) => line.trim() !== "" && el("p", { dir: "auto" }, line)),
    el("div", { class: "problem-foot" }, open(place), el("code", { class: "soft" }, id)),
  );
}
