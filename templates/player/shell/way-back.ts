// The button that leads from a view that is no page to where the trainee was.

import { button } from "../dom/element.js";
import { COVER, END } from "./routes.js";

/** @import {Page, Say} from "../types" */

/**
 * Gives `back(before)`, the button to a page, null for the cover; and `fromResult(show)`, which
 * shows the result: whoever looks up something from there goes back there, until a page is on view
 * again, of which `paged()` hears.
 *
 * @param {Say} say
 * @param {string} title Of the course.
 */
export function createWayBack(say, title) {
  let judged = false;
  return {
    /** @param {Page | null} before */
    back(before) {
      const name = judged ? say("end") : (before?.title ?? title);
      const to = judged ? END : before ? `#/${before.id}` : COVER;
      const lead = () => {
        location.hash = to;
      };
      return button(say("back", { title: name }), lead, { class: "plain" });
    },
    /** @param {() => void} show */
    fromResult(show) {
      judged = false;
      show();
      judged = true;
    },
    paged() {
      judged = false;
    },
  };
}
