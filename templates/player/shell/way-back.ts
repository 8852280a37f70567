// The button that leads from a view that is no page to where the trainee was.

import { button } from "../dom/element.ts";
import { COVER, END } from "./routes.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

/**
 * Gives `back(before)`, the button to a page, null for the cover; and `fromResult(show)`, which
 * shows the result: whoever looks up something from there goes back there, until a page is on view
 * again, of which `paged()` hears.
 *
 * @param title Of the course.
 */
export function createWayBack(say: Say, title: string) {
  let judged = false;
  return {
    back(before: Page | null) {
      const name = judged ? say("end") : (before?.title ?? title);
      const to = judged ? END : before ? `#/${before.id}` : COVER;
      const lead = () => {
        location.hash = to;
      };
      return button(say("back", { title: name }), lead, { class: "plain" });
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
