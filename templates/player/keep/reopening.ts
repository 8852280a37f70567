// A part of the package that does not come: why, and what helps.

import { button, el } from "../dom/element.js";
import { findLms } from "../lms/find-api.js";
import { whyUnreachable } from "./loss-reasons.js";

/** @import {Say} from "../types" */
/**
 * @typedef {object} GoneParts
 * @property {HTMLElement} notice
 * @property {string} src
 * @property {() => boolean} online
 * @property {Say} say
 * @property {() => void} leave
 */

// What helps where a page does not come, but would not where nothing is saved.
/** @type {Record<string, string>} */
const OTHERWISE = { lost_gone: "replaced", lost_signed_out: "page_signed_out", "": "gone_unknown" };

/**
 * Adds to a `notice` that `src` could not be loaded what is known of the reason. Where the package
 * was replaced, the course can be opened again: `leave()` saves and closes the visit before.
 * `online()` is whether there is a line at all.
 *
 * @param {GoneParts} parts
 */
export async function tellWhyGone({ notice, src, online, say, leave }) {
  // From disk nothing can be asked for.
  const ask = () => fetch(src, { method: "HEAD", cache: "no-store" });
  const why = /^http/.test(location.protocol)
    ? await whyUnreachable({ online, ask, script: true })
    : "";
  for (const old of notice.querySelectorAll(".why")) old.remove();
  notice.querySelector("p")?.after(el("p", { class: "why" }, say(OTHERWISE[why] ?? why)));
  const reopen = why === "lost_gone" && reopening();
  if (!reopen) return;
  const open = button(
    say("reopen"),
    () => {
      leave();
      reopen();
    },
    { class: "plain why" },
  );
  (notice.querySelector(".actions") ?? notice).append(open);
}

/**
 * What opens the course again, as a fresh launch of the LMS round it; null where that is for the
 * trainee.
 *
 * @returns {(() => void) | null}
 */
export function reopening() {
  const lms = findLms(window);
  if (lms && !lms.around) return null;
  const { location } = lms?.window ?? window;
  return () => location.reload();
}
