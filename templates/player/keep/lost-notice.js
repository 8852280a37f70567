// What a trainee has to know, and can do, while nothing can be saved (UX.md 1, "LMS-lost banner").

import { button, el, focusOn } from "../dom/element.js";
import { whyUnreachable } from "./loss-reasons.js";

/** @import {Action, Copying, Notices, SaveStatus, Say, Timer, Visit} from "../types" */
/**
 * @typedef {object} LostParts
 * @property {Visit} link
 * @property {SaveStatus} status
 * @property {Notices} notices
 * @property {Say} say
 * @property {Timer} timer
 * @property {() => boolean} online
 * @property {() => Promise<Response>} ask
 * @property {() => boolean} moved
 * @property {() => void} renew
 * @property {Copying} copying
 * @property {() => (() => void) | null} reopening
 * @property {() => void} leave
 * @property {() => boolean} kept
 */

// What is wrong may change meanwhile.
const AGAIN = 15000;

/**
 * Shows the notice while `status` says that saving fails; unsaved-warning.js takes it away. Once it
 * works again the warning of the Exit button goes.
 *
 * `moved()` is whether another LMS has taken the place of the one that is gone, to which `renew()`
 * connects. `ask()` is a request to the package's own origin, `kept()` whether this browser has all
 * that was done. `reopening()` gives what opens the course again, null where that is for the
 * trainee; `leave()` closes the visit before.
 *
 * @param {LostParts} parts
 */
export function createLost({
  link,
  status,
  notices,
  say,
  timer,
  online,
  ask,
  moved,
  renew,
  copying,
  reopening,
  leave,
  kept,
}) {
  const reason = el("p");
  const safe = el("p");
  const open = button(say("reopen"), () => notice && reopen(notice), { class: "plain" });
  const again = el("div", { class: "actions", hidden: true }, open);
  const more = el("details", {}, el("summary", {}, say("what_is_safe")), reason, safe, again);
  /** @type {HTMLElement | null} */
  let notice = null;
  let shown = false;
  let saved = "";
  // Moodle takes nothing more from this window then, even after a new login (MOODLE.md, "Entry,
  // mode, attempts"): the advice stays until something is saved.
  let signedOut = false;
  // Of several watches begun in turn only the latest goes on.
  let latest = 0;

  /**
   * @param {HTMLElement} element
   * @param {string} words
   */
  const write = (element, words) => {
    if (element.textContent !== words) element.textContent = words;
  };

  async function explain() {
    const why = online() && !link.there ? "lost_window" : await whyUnreachable({ online, ask });
    if (!shown) return;
    if (why === "lost_signed_out" && !signedOut) {
      signedOut = true;
      show();
    }
    const known = why || (signedOut ? "lost_signed_out" : "lost_refused");
    const helps = ["lost_signed_out", "lost_refused"].includes(known) && reopening();
    const since = say(kept() ? "kept_in_browser" : "kept_in_window");
    const words = [saved ? say("saved_at", { time: saved }) : say("saved_never"), since];
    write(reason, say(known));
    write(safe, [...words, ...(helps ? [say("reopen_copies")] : [])].join(" "));
    again.hidden = !helps || signedOut;
  }

  function watch() {
    latest += 1;
    const mine = latest;
    const look = () =>
      timer(() => {
        if (!shown || mine !== latest) return;
        if (moved()) renew();
        explain();
        look();
      }, AGAIN);
    look();
  }

  function retry() {
    if (moved()) renew();
    else link.saving?.save();
    if (!shown) return;
    show();
    explain();
  }

  /**
   * Where the text is there to be copied by hand, a second press opens all the same.
   *
   * @param {HTMLElement} place
   */
  async function reopen(place) {
    const [, copy] = copying.action;
    if (!place.querySelector(".copy") && !(await copy(place))) return;
    leave();
    reopening()?.();
  }

  function show() {
    const focused = notice?.contains(document.activeElement);
    /** @type {Action} */
    const first = signedOut ? [say("reopen"), reopen] : [say("retry"), retry];
    const closes = signedOut && !reopening();
    const words = closes ? "signed_out_close" : signedOut ? "signed_out" : "not_saved_notice";
    const before = notice;
    notice = notices.show("save", say(words), {
      alert: true,
      body: [more],
      actions: [...(closes ? [] : [first]), copying.action],
    });
    if (focused && notice !== before) focusOn(notice.querySelector(":scope > .actions button"));
  }

  status.listen((outcome) => {
    if (outcome !== "saved") return;
    saved = new Date().toLocaleTimeString(say.language, { hour: "2-digit", minute: "2-digit" });
    notices.hide("exit");
  });
  status.whileFailing(
    () => {
      shown = true;
      copying.prepare();
      // What the player said of it by itself.
      notices.hide("save");
      show();
      explain();
      watch();
    },
    () => {
      shown = false;
      signedOut = false;
    },
  );
  for (const type of ["online", "offline"]) addEventListener(type, () => shown && explain());
}
