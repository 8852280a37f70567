// A part of the package that does not come: why, and what helps.

import { button, el } from "../dom/element.ts";
import { findLms } from "../lms/find-api.ts";
import { whyUnreachable } from "./loss-reasons.ts";
import type { Say } from "../dom/words.ts";

interface GoneParts {
  notice: HTMLElement;
  src: string;
  online: () => boolean;
  say: Say;
  leave: () => void;
}

// What helps where a page does not come, but would not where nothing is saved.
const OTHERWISE: Record<string, string> = {
  lost_gone: "replaced",
  lost_signed_out: "page_signed_out",
  "": "gone_unknown",
};

/**
 * Adds to a `notice` that `src` could not be loaded what is known of the reason. Where the package
 * was replaced, the course can be opened again: `leave()` saves and closes the visit before.
 * `online()` is whether there is a line at all.
 */
export async function tellWhyGone({ notice, src, online, say, leave }: GoneParts) {
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
 */
export function reopening(): (() => void) | null {
  const lms = findLms(window);
  if (lms && !lms.around) return null;
  const { location } = lms?.window ?? window;
  return () => location.reload();
}
