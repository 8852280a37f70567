// The Back button of views that are not pages.

import { button } from "../dom/element.ts";
import { COVER, END } from "./routes.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

/**
 * `back(before)` returns the button to a page, null for the cover. `fromResult(show)` shows the
 * result; views opened from there lead back to it, until `paged()` is called because a page is
 * shown.
 */
export function createWayBack(say: Say, course: { title: string }) {
  let judged = false;
  return {
    back(before: Page | null) {
      const name = judged ? say("end") : (before?.title ?? course.title);
      const to = judged ? END : before ? `#/${before.id}` : COVER;
      const lead = () => {
        location.hash = to;
      };
      return button(say("back", { title: name }), lead, { class: "plain back" });
    },
    fromResult(show: () => void) {
      judged = false;
      show();
      judged = true;
    },
    paged() {
      judged = false;
    },
  };
}
