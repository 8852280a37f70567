// A part of the package that does not come: why, and what helps.

import { button, el } from "./element.js";
import { findLms } from "./find-api.js";
import { whyUnreachable } from "./why.js";

/**
 * Adds to a `notice` that `src` could not be loaded what is known of the reason. Where the package
 * was replaced, the course can be opened again: `leave()` saves and closes the visit before.
 * `online()` is whether there is a line at all.
 */
export async function tellWhyGone({ notice, src, online, say, leave }) {
  // From disk nothing can be asked for.
  if (!/^http/.test(location.protocol)) return;
  const ask = () => fetch(src, { method: "HEAD", cache: "no-store" });
  const why = await whyUnreachable({ online, ask, script: true });
  notice.querySelector(".why")?.remove();
  if (!why || !notice.isConnected) return;
  const words = el("p", {}, say(why === "gone" ? "replaced" : `lost_${why}`));
  const reopen = why === "gone" && reopening();
  const more = reopen && el("div", { class: "actions" }, button(say("reopen"), () => {
    leave();
    reopen();
  }));
  notice.append(el("div", { class: "why" }, words, ...(more ? [more] : [])));
}

/** What opens the course again, as a fresh launch of the LMS round it; null where that is for the trainee. */
function reopening() {
  const lms = findLms(window);
  if (lms && !lms.around) return null;
  const { location } = lms?.window ?? window;
  return () => location.reload();
}
