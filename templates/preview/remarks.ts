// The Remarks tab: open remarks of reviewers, those on the current page first.

import { el, part } from "./element.ts";
import type { Desk } from "./desk.ts";
import type { OpenPlace, Place } from "./places.ts";

/** An open remark of a reviewer. */
export interface Remark {
  id: string;
  kind: "comment" | "reply" | "change";
  /** Who made it, and when. */
  author: string;
  about: string;
  added: string;
  text: string;
  /** Ids of the pages that show its subject. */
  pages: string[];
  place: Place;
}

const MAX_REMARKS = 200;
const KINDS = { comment: "Comment", reply: "Reply", change: "Change" };

export function createRemarks(desk: Desk, open: OpenPlace) {
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

function list(some: Remark[], open: OpenPlace) {
  if (!some.length) return el("p", {}, "No remark is open.");
  const more = some.length - MAX_REMARKS;
  return el(
    "ul",
    {},
    some.slice(0, MAX_REMARKS).map((one) => el("li", {}, draw(one, open))),
    more > 0 && el("li", {}, `And ${more} more.`),
  );
}

function draw({ id, kind, author, about, added, text, place }: Remark, open: OpenPlace) {
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
