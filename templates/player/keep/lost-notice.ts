// The notice while nothing can be saved: the reason, what is safe, and what to do
// (facts/accessibility.md#round-the-page).

import { timeInWords } from "../dom/dates.ts";
import { button, el, focusOn } from "../dom/element.ts";
import { isFinal } from "../shell/course-result.ts";
import { askOwnOrigin } from "../lms/reachability.ts";
import { whyUnreachable } from "./loss-reasons.ts";
import { watchOtherPerson } from "./other-person.ts";
import { reopening } from "./reopening.ts";
import type { View, Visit } from "../app/visit.ts";
import type { Work } from "../app/work.ts";
import type { Say } from "../dom/words.ts";
import type { Timer } from "../lms/pace.ts";
import type { Action } from "../shell/notices.ts";
import type { Copying } from "./copy-answers.ts";

interface LostParts {
  visit: Visit;
  work: Work;
  view: View;
  copying: Copying;
  /** Whether another LMS has replaced the lost one. */
  moved: () => boolean;
  /** Connects to the new LMS. */
  renew: () => void;
  /** Whether the journal of this browser has everything that was done. */
  kept: () => boolean;
}

// Interval in ms for checking the reason again.
const RECHECK_MS = 15000;
// Ms between two tries for which an action of the trainee is the reason.
const ACTED_MS = 5000;
// Reasons for which a fresh launch helps.
const HELPED = ["lost_signed_out", "lost_refused"];

const online = () => navigator.onLine;

/** Shows the notice while saving fails. unsaved-warning.ts hides it. */
export function createLostNotice({ visit, work, view, copying, moved, renew, kept }: LostParts) {
  const { status, notices, say } = view;
  const reopen = (notice: HTMLElement) => reopenCourse(visit, view, copying, notice);
  const details = createDetails(say, reopen);
  const banner = createBanner(view, copying, details.element, { retry, reopen });
  const watch = createWatch(view.timer, again);
  const lastSaved = watchSaved(view);
  const isOther = watchOtherPerson(visit.link);
  let shown = false;
  // After a logout Moodle accepts nothing more from this window, even after a new login
  // (facts/moodle.md#entry-mode-attempts), so the advice stays until a save succeeds.
  let signedOut = false;
  const show = () => banner.show(lineFor(visit, work, signedOut), signedOut);
  const acted = createActed(() => visit.saving.save());

  async function explain() {
    // Reopening would show the other person's course.
    const why = isOther() && online() ? "lost_other_person" : await reasonFor(visit);
    if (!shown) return;
    signedOut ||= why === "lost_signed_out";
    show();
    const known = why || (signedOut ? "lost_signed_out" : refusal(visit));
    const helps = HELPED.includes(known) && reopening() !== null;
    details.tell(known, { saved: lastSaved(), kept: kept(), helps, offered: helps && !signedOut });
  }

  /** Checks again; returns whether to continue checking. */
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
    show();
    explain();
  }

  function begin() {
    shown = true;
    copying.prepare();
    // Replaces the shorter notice of unsaved-warning.ts.
    notices.hide("save");
    show();
    explain();
    watch();
    acted.watch();
  }

  status.whileFailing(begin, () => {
    shown = false;
    signedOut = false;
    acted.end();
  });
  for (const type of ["online", "offline"]) addEventListener(type, () => shown && explain());
}

/** The text key of what an LMS does that can be reached. */
const refusal = ({ saving }: Visit) => (saving.cut() ? "lost_cut" : "lost_refused");

/** The text key of the one line that stays on the screen. */
function lineFor({ saving }: Visit, { store: { state } }: Work, signedOut: boolean) {
  if (signedOut) return reopening() ? "signed_out" : "signed_out_close";
  if (isFinal(state.status) && saving.settled()) return "end_stored";
  return online() ? "not_saved_notice" : "not_saved_offline";
}

/** Calls `save()` with what the trainee does next, at most every ACTED_MS. */
function createActed(save: () => void) {
  let latest = 0;
  function act() {
    if (performance.now() - latest < ACTED_MS) return;
    latest = performance.now();
    save();
  }
  return {
    watch() {
      latest = performance.now();
      addEventListener("click", act, true);
    },
    end: () => removeEventListener("click", act, true),
  };
}

/** Resolves to the text key of the reason; "" if the LMS refuses although it can be reached. */
const reasonFor = async ({ link }: Visit) =>
  online() && !link.there ? "lost_window" : whyUnreachable({ online, ask: askOwnOrigin });

/**
 * Reopens the course after copying the answers. If copying failed, the text is shown for copying by
 * hand, and a second press reopens.
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
  // Prevents the browser's question before leaving: the trainee has chosen, and has the answers.
  status.tell("off", "nothing_recorded");
  reopening()?.();
}

/** Returns a function that returns the time of the last save, "" if there was none. */
function watchSaved({ status, notices, say }: View) {
  let saved: Date | null = null;
  status.listen((outcome) => {
    if (outcome !== "saved") return;
    saved = new Date();
    notices.hide("exit");
  });
  return () => (saved ? timeInWords(say, saved) : "");
}

/** The notice, with `body` for details. */
function createBanner(
  { notices, say }: View,
  copying: Copying,
  body: HTMLElement,
  { retry, reopen }: { retry: () => void; reopen: (notice: HTMLElement) => void },
) {
  let notice: HTMLElement | null = null;
  return {
    /** @param words The text key. */
    show(words: string, signedOut: boolean) {
      const focused = notice?.contains(document.activeElement);
      const first: Action = signedOut ? [say("reopen"), reopen] : [say("retry"), retry];
      const closes = signedOut && !reopening();
      const before = notice;
      notice = notices.show("save", say(words), {
        alert: true,
        body: [body],
        actions: [...(closes ? [] : [first]), copying.action],
      });
      notice.toggleAttribute("data-act", signedOut);
      if (focused && notice !== before) focusOn(notice.querySelector(":scope > .actions button"));
    },
  };
}

/**
 * Returns a function that starts calling `look()` every RECHECK_MS while that returns true. Only
 * the watch started last continues.
 */
function createWatch(timer: Timer, look: () => boolean) {
  let latest = 0;
  return () => {
    latest += 1;
    const mine = latest;
    const wait = () =>
      timer(() => {
        if (mine === latest && look()) wait();
      }, RECHECK_MS);
    wait();
  };
}

/**
 * The details: what is wrong and what is safe. The button that reopens the course shows if
 * `offered`.
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
