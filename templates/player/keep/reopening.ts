// A file of the package that does not load: the reason, and how to reopen the course.

import { button, el } from "../dom/element.ts";
import { findLms } from "../lms/find-api.ts";
import { askOwnOrigin } from "../lms/reachability.ts";
import { whyUnreachable } from "./loss-reasons.ts";
import type { Say } from "../dom/words.ts";

interface GoneParts {
  notice: HTMLElement;
  src: string;
  online: () => boolean;
  say: Say;
  leave: () => void;
}

// Texts for a missing file where they differ from those for a failed save.
const FILE_TEXTS: Record<string, string> = {
  lost_gone: "replaced",
  lost_signed_out: "page_signed_out",
  "": "gone_unknown",
};

/**
 * Adds to a `notice` about the missing file `src` why it did not load. If the package was replaced,
 * adds a button that reopens the course after `leave()`, which saves and closes the visit.
 * `online()` returns whether the browser is online.
 */
export async function explainMissingFile({ notice, src, online, say, leave }: GoneParts) {
  const ask = () => fetch(src, { method: "HEAD", cache: "no-store" });
  let why = "";
  // A page opened from disk cannot make requests.
  if (/^http/.test(location.protocol)) {
    why = await whyUnreachable({ online, ask, script: true });
    // Only this file may be blocked.
    if (why === "lost_unreachable") why = await whyUnreachable({ online, ask: askOwnOrigin });
  }
  for (const old of notice.querySelectorAll(".why")) old.remove();
  notice.querySelector("p")?.after(el("p", { class: "why" }, say(FILE_TEXTS[why] ?? why)));
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
 * A function that reopens the course by reloading the LMS's page around it; null if the trainee has
 * to launch it again.
 */
export function reopening(): (() => void) | null {
  const lms = findLms(window);
  if (lms && !lms.around) return null;
  const { location } = lms?.window ?? window;
  return () => location.reload();
}
