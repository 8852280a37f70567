// What a trainee is told when the LMS has been read: what kind of visit this is, what became of
// earlier ones, and where they can go on.

import { notSeen } from "../state/edits.js";
import { el } from "../dom/element.js";
import { visitNotice } from "../lms/launch-values.js";
import { resumePage, showResume } from "../shell/resume.js";
import { startAgain } from "../state/state.js";

/** @import {EarlierVisits, Key, VisitParts} from "../types" */

/**
 * What mountVisit needs of it.
 *
 * @param {VisitParts} parts
 */
export function createWelcome({
  outline,
  store,
  link,
  copy,
  navigation,
  notices,
  say,
  guard,
  resuming,
  resumed,
}) {
  const { state } = store;
  /** @type {() => void} */
  let hide = () => {};
  // Beside “nothing is recorded”, going on or starting again would promise what does not happen.
  const lookingBack = () => link.known && !link.launch.recording;

  function choice() {
    const { page } = resuming;
    if (!page) return;
    const resume = () => navigation.go(page.id);
    // Whoever was here just now, and came back to an old copy, goes on, as if the page had stayed.
    if (copy.left) {
      history.replaceState(null, "", `#/${page.id}`);
      return resume();
    }
    if (lookingBack()) return;
    hide = showResume({
      place: /** @type {HTMLElement} */ (document.getElementById("notices")),
      page,
      say,
      resume,
      restart() {
        resumed();
        store.change(startAgain);
        navigation.restart();
      },
    });
  }

  function lastPlace() {
    const { page } = resuming;
    if (!page) return [];
    const words = say("resume_text", { title: page.title });
    return [el("p", {}, el("a", { href: `#/${page.id}` }, words))];
  }

  const welcome = {
    /**
     * Tell what there is to know.
     *
     * @param {EarlierVisits} earlier
     */
    tell(earlier) {
      const mode = visitNotice(link.launch);
      if (mode) notices.show("mode", say(mode), { body: lookingBack() ? lastPlace() : [] });
      if (link.launch.state && !earlier.read) notices.show("state", say("state_unreadable"));
      // Without what was late, a report has a gap, and the trainee has lost nothing.
      if (state.lost.length > 1) notices.show("state", say("state_damaged"));
      if (earlier.changed) {
        const pages = notSeen(outline, { ...state, visited: earlier.seen });
        const links = pages.map(({ id, title }) =>
          el("li", {}, el("a", { href: `#/${id}` }, title)),
        );
        const body = links.length ? [el("p", {}, say("not_seen")), el("ul", {}, ...links)] : [];
        notices.show("course", say("course_changed"), { body });
      }
    },
    /** Offer to go on at the page of `resuming`, if there is one. */
    offer: () => guard("resume", choice),
    /**
     * More of the trainee's work is there: whoever is still on the first page may go on at
     * `bookmark`.
     *
     * @param {Key} bookmark
     */
    move(bookmark) {
      if (navigation.current !== outline.pages[0] || /^#\//.test(location.hash)) return;
      const page = resumePage(outline.pages, { ...state, bookmark }, "");
      if (!page) return;
      state.bookmark = bookmark;
      resuming.page = page;
      hide();
      welcome.offer();
    },
    /** Take the choice away. */
    hide: () => hide(),
  };
  return welcome;
}
