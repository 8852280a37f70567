// What a trainee has to know, and can do, while nothing can be saved
// (facts/accessibility.md#round-the-page).

import { button, el, focusOn } from "../dom/element.ts";
import { askOwnOrigin } from "../lms/reachability.ts";
import { whyUnreachable } from "./loss-reasons.ts";
import { watchOtherPerson } from "./other-person.ts";
import { reopening } from "./reopening.ts";
import type { View, Visit } from "../app/visit.ts";
import type { Say } from "../dom/words.ts";
import type { Timer } from "../lms/pace.ts";
import type { Action } from "../shell/notices.ts";
import type { Copying } from "./copy-answers.ts";

interface LostParts {
  visit: Visit;
  view: View;
  copying: Copying;
  /** Whether another LMS has taken the place of the one that is gone. */
  moved: () => boolean;
  /** Connects to that one. */
  renew: () => void;
  /** Whether this browser has all that was done. */
  kept: () => boolean;
}

// What is wrong may change meanwhile.
const AGAIN = 15000;
// A fresh launch helps then.
const HELPED = ["lost_signed_out", "lost_refused"];

const online = () => navigator.onLine;

/**
 * Shows the notice while saving fails; unsaved-warning.ts takes it away. Once it works again the
 * warning of the Exit button goes.
 */
export function createLost({ visit, view, copying, moved, renew, kept }: LostParts) {
  const { status, notices, say } = view;
  const reopen = (notice: HTMLElement) => reopenCourse(visit, view, copying, notice);
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

/** A promise of the text that says why nothing can be saved, or "" where the LMS refuses. */
const reasonFor = async ({ link }: Visit) =>
  online() && !link.there ? "lost_window" : whyUnreachable({ online, ask: askOwnOrigin });

/**
 * Opens the course again, once the trainee has the answers. Where the text is there to be copied by
 * hand, a second press opens all the same.
 */
async function reopenCourse(
  visit: Visit,
  { status, say, settle }: View,
  copying: Copying,
  notice: HTMLElement,
) {
  const [, copy] = copying.action;
  if (!notice.querySelector(".copy") && !(await copy(notice))) return;
  settle();
  visit.saving.close();
  // The browser need not ask: the trainee has chosen, and has the answers.
  status.tell("off", say("nothing_recorded"));
  reopening()?.();
}

/** Gives what says when something was saved last, "" for never. */
function watchSaved({ status, notices, say }: View) {
  let saved = "";
  status.listen((outcome) => {
    if (outcome !== "saved") return;
    saved = new Date().toLocaleTimeString(say.language(), { hour: "2-digit", minute: "2-digit" });
    notices.hide("exit");
  });
  return () => saved;
}

/** The notice itself, with a `body` of details. */
function createBanner(
  { notices, say }: View,
  copying: Copying,
  body: HTMLElement,
  { retry, reopen }: { retry: () => void; reopen: (notice: HTMLElement) => void },
) {
  let notice: HTMLElement | null = null;
  return {
    show(signedOut: boolean) {
      const focused = notice?.contains(document.activeElement);
      const first: Action = signedOut ? [say("reopen"), reopen] : [say("retry"), retry];
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
 */
function createWatch(timer: Timer, look: () => boolean) {
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
 * What is wrong and what is safe; `reopen(notice)` opens the course again, where that is `offered`.
 */
function createDetails(say: Say, reopen: (notice: HTMLElement) => void) {
  const reason = el("p");
  const safe = el("p");
  const notice = () => reason.closest(".notice") as HTMLElement;
  const open = button(say("reopen"), () => reopen(notice()), { class: "plain" });
  const actions = el("div", { class: "actions", hidden: true }, open);
  const write = (element: HTMLElement, words: string) => {
    if (element.textContent !== words) element.textContent = words;
  };

  return {
    element: el("details", {}, el("summary", {}, say("what_is_safe")), reason, safe, actions),
    tell(
      why: string,
      {
        saved,
        kept,
        helps,
        offered,
      }: { saved: string; kept: boolean; helps: boolean; offered: boolean },
    ) {
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
