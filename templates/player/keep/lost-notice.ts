// What a trainee has to know, and can do, while nothing can be saved
// (facts/accessibility.md#round-the-page).

import { button, el, focusOn } from "../dom/element.js";
import { askOwnOrigin } from "../lms/reachability.js";
import { whyUnreachable } from "./loss-reasons.js";
import { watchOtherPerson } from "./other-person.js";
import { reopening } from "./reopening.js";

/** @import {Action, Copying, Say, Timer, View, Visit} from "../types" */
/**
 * @typedef {object} LostParts
 * @property {Visit} visit
 * @property {View} view
 * @property {Copying} copying
 * @property {() => boolean} moved Whether another LMS has taken the place of the one that is gone.
 * @property {() => void} renew Connects to that one.
 * @property {() => boolean} kept Whether this browser has all that was done.
 */

// What is wrong may change meanwhile.
const AGAIN = 15000;
// A fresh launch helps then.
const HELPED = ["lost_signed_out", "lost_refused"];

const online = () => navigator.onLine;

/**
 * Shows the notice while saving fails; unsaved-warning.js takes it away. Once it works again the
 * warning of the Exit button goes.
 *
 * @param {LostParts} parts
 */
export function createLost({ visit, view, copying, moved, renew, kept }) {
  const { status, notices, say } = view;
  /** @param {HTMLElement} notice */
  const reopen = (notice) => reopenCourse(visit, view, copying, notice);
  const details = createDetails(say, reopen);
  const banner = createBanner(view, copying, details.element, { retry, reopen });
  const watch = createWatch(view.timer, again);
  const savedAt = watchSaved(view);
  const isOther = watchOtherPerson(visit.link);
  let shown = false;
  // Moodle takes nothing more from this window then, even after a new login
  // (facts/moodle.md#entry-mode-attempts): the advice stays until something is saved.
  let signedOut = false;

  async function explain() {
    // What would be opened again is somebody else's course then.
    const why = isOther() && online() ? "lost_other_person" : await reasonFor(visit);
    if (!shown) return;
    if (why === "lost_signed_out" && !signedOut) {
      signedOut = true;
      banner.show(signedOut);
    }
    const known = why || (signedOut ? "lost_signed_out" : "lost_refused");
    const helps = HELPED.includes(known) && reopening() !== null;
    details.tell(known, { saved: savedAt(), kept: kept(), helps, offered: helps && !signedOut });
  }

  /** Whether it has to be looked at once more. */
  function again() {
    if (!shown) return false;
    if (moved()) renew();
    explain();
    return true;
  }

  function retry() {
    if (moved()) renew();
    else visit.saving.save();
    if (!shown) return;
    banner.show(signedOut);
    explain();
  }

  function begin() {
    shown = true;
    copying.prepare();
    // What the player said of it by itself.
    notices.hide("save");
    banner.show(signedOut);
    explain();
    watch();
  }

  status.whileFailing(begin, () => {
    shown = false;
    signedOut = false;
  });
  for (const type of ["online", "offline"]) addEventListener(type, () => shown && explain());
}

/**
 * A promise of the text that says why nothing can be saved, or "" where the LMS refuses.
 *
 * @param {Visit} visit
 */
const reasonFor = async ({ link }) =>
  online() && !link.there ? "lost_window" : whyUnreachable({ online, ask: askOwnOrigin });

/**
 * Opens the course again, once the trainee has the answers. Where the text is there to be copied by
 * hand, a second press opens all the same.
 *
 * @param {Visit} visit
 * @param {View} view
 * @param {Copying} copying
 * @param {HTMLElement} notice
 */
async function reopenCourse(visit, { status, say, settle }, copying, notice) {
  const [, copy] = copying.action;
  if (!notice.querySelector(".copy") && !(await copy(notice))) return;
  settle();
  visit.saving.close();
  // The browser need not ask: the trainee has chosen, and has the answers.
  status.tell("off", say("nothing_recorded"));
  reopening()?.();
}

/**
 * Gives what says when something was saved last, "" for never.
 *
 * @param {View} view
 */
function watchSaved({ status, notices, say }) {
  let saved = "";
  status.listen((outcome) => {
    if (outcome !== "saved") return;
    saved = new Date().toLocaleTimeString(say.language, { hour: "2-digit", minute: "2-digit" });
    notices.hide("exit");
  });
  return () => saved;
}

/**
 * The notice itself, with a `body` of details.
 *
 * @param {View} view
 * @param {Copying} copying
 * @param {HTMLElement} body
 * @param {{retry: () => void, reopen: (notice: HTMLElement) => void}} acts
 */
function createBanner({ notices, say }, copying, body, { retry, reopen }) {
  /** @type {HTMLElement | null} */
  let notice = null;
  return {
    /** @param {boolean} signedOut */
    show(signedOut) {
      const focused = notice?.contains(document.activeElement);
      /** @type {Action} */
      const first = signedOut ? [say("reopen"), reopen] : [say("retry"), retry];
      const closes = signedOut && !reopening();
      const words = closes ? "signed_out_close" : signedOut ? "signed_out" : "not_saved_notice";
      const before = notice;
      notice = notices.show("save", say(words), {
        alert: true,
        body: [body],
        actions: [...(closes ? [] : [first]), copying.action],
      });
      if (focused && notice !== before) focusOn(notice.querySelector(":scope > .actions button"));
    },
  };
}

/**
 * Calls `look()` every so often, for as long as that says so. Of several watches begun in turn only
 * the latest goes on.
 *
 * @param {Timer} timer
 * @param {() => boolean} look
 */
function createWatch(timer, look) {
  let latest = 0;
  return () => {
    latest += 1;
    const mine = latest;
    const wait = () =>
      timer(() => {
        if (mine === latest && look()) wait();
      }, AGAIN);
    wait();
  };
}

/**
 * What is wrong and what is safe; `reopen(notice)` opens the course again, where that is
 * `offered`.
 *
 * @param {Say} say
 * @param {(notice: HTMLElement) => void} reopen
 */
function createDetails(say, reopen) {
  const reason = el("p");
  const safe = el("p");
  const notice = () => /** @type {HTMLElement} */ (reason.closest(".notice"));
  const open = button(say("reopen"), () => reopen(notice()), { class: "plain" });
  const actions = el("div", { class: "actions", hidden: true }, open);
  /**
   * @param {HTMLElement} element
   * @param {string} words
   */
  const write = (element, words) => {
    if (element.textContent !== words) element.textContent = words;
  };

  return {
    element: el("details", {}, el("summary", {}, say("what_is_safe")), reason, safe, actions),
    /**
     * @param {string} why
     * @param {{saved: string, kept: boolean, helps: boolean, offered: boolean}} known
     */
    tell(why, { saved, kept, helps, offered }) {
      const words = [
        saved ? say("saved_at", { time: saved }) : say("saved_never"),
        say(kept ? "kept_in_browser" : "kept_in_window"),
        ...(helps ? [say("reopen_copies")] : []),
      ];
      write(reason, say(why));
      write(safe, words.join(" "));
      actions.hidden = !offered;
    },
  };
}
