// What a trainee is told when the LMS has been read: what kind of visit this is, what became of
// earlier ones, and where they can go on.

import { el } from "../dom/element.js";
import { visitNotice } from "../lms/launch-values.js";
import { resumePage } from "../shell/resume-page.js";
import { showFinished } from "../shell/finished.js";
import { showResume } from "../shell/resume.js";
import { startAgain } from "../state/state.js";
import { notSeen } from "../state/edits.js";

/** @import {CertificateWays, EarlierVisits, Key, Outline, Page, Say, State} from "../types" */
/** @import {Store, SurroundingsParts, View} from "../types" */

/**
 * @param {Pick<SurroundingsParts, "visit" | "course" | "work" | "view">} parts
 * @param {CertificateWays | null} certificate
 */
export function createWelcome(parts, certificate) {
  const { view } = parts;
  const { link } = parts.visit;
  const { store, resuming } = parts.work;
  const { navigation, notices, say, guard } = view;
  let hide = /** @type {() => void} */ (() => {});
  // Beside “nothing is recorded”, going on or starting again would promise what does not happen.
  const lookingBack = () => link.known && !link.launch.recording;

  function choice() {
    const { page } = resuming;
    const finished = showFinished(parts, certificate);
    hide = finished ?? hide;
    if (!page) return;
    // Whoever was here just now, and came back to an old copy, goes on, as if the page had stayed.
    if (link.old.left) {
      history.replaceState(null, "", `#/${page.id}`);
      return navigation.go(page.id);
    }
    if (!finished && !lookingBack()) hide = showChoice(store, view, page);
  }

  const welcome = {
    /**
     * Tell what there is to know.
     *
     * @param {EarlierVisits} earlier
     */
    tell(earlier) {
      const mode = visitNotice(link.launch);
      const place = lookingBack() ? lastPlace(resuming.page, say) : [];
      if (mode) notices.show("mode", say(mode), { body: place });
      if (link.launch.state && !earlier.read) notices.show("state", say("state_unreadable"));
      // What was late leaves a gap in a report, the day says itself that it is not known.
      if (store.state.lost.length > 2) notices.show("state", say("state_damaged"));
      if (earlier.changed)
        tellChanged(view, parts.course.outline, { ...store.state, visited: earlier.seen });
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
      if (!navigation.atStart || /^#\/./.test(location.hash)) return;
      const page = resumePage(parts.course.outline.pages, { ...store.state, bookmark }, "");
      if (!page) return;
      store.state.bookmark = bookmark;
      resuming.page = page;
      hide();
      welcome.offer();
    },
    /** Take the choice away. */
    hide: () => hide(),
  };
  return welcome;
}

/**
 * @param {Store} store
 * @param {View} view
 * @param {Page} page
 */
function showChoice(store, { navigation, say, resumed }, page) {
  const cover = document.getElementById("cover-actions");
  return showResume({
    place: cover ?? /** @type {HTMLElement} */ (document.getElementById("notices")),
    covered: Boolean(cover),
    page,
    say,
    resume: () => navigation.go(page.id),
    restart() {
      resumed();
      store.change(startAgain);
      navigation.restart();
    },
  });
}

/**
 * @param {View} view
 * @param {Outline} outline
 * @param {State} state As the trainee has seen the course.
 */
function tellChanged({ notices, say }, outline, state) {
  const close = () => notices.hide("course");
  notices.show("course", say("course_changed"), {
    body: pagesToSee(outline, state, say),
    actions: [[say("close"), close]],
  });
}

/**
 * @param {Page | null} page
 * @param {Say} say
 */
function lastPlace(page, say) {
  if (!page) return [];
  const words = say("resume_text", { title: page.title });
  return [el("p", {}, el("a", { href: `#/${page.id}` }, words))];
}

/**
 * Links to what an edit has brought before the place where the trainee was.
 *
 * @param {Outline} outline
 * @param {State} state
 * @param {Say} say
 */
function pagesToSee(outline, state, say) {
  const links = notSeen(outline, state).map(({ id, title }) =>
    el("li", {}, el("a", { href: `#/${id}` }, title)),
  );
  return links.length ? [el("p", {}, say("not_seen")), el("ul", {}, ...links)] : [];
}
