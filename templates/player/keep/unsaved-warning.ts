// While saving fails: the browser asks before leaving, and a notice is shown.

import { showRetry } from "../shell/retry-notice.ts";
import type { VisitParts } from "../app/visit.ts";

/** Whether the trainee has used quick exit (quick-exit.ts). */
export const isLeft = () => document.documentElement.classList.contains("leaving");

/**
 * Part of the player itself, because nothing more may load at that moment. While `alone()`, a short
 * notice is shown; lost-notice.ts, in shell-visit, replaces it.
 */
export function watchUnsaved({ visit, view }: VisitParts, alone: () => boolean) {
  // Not after quick exit, where a question would hold the trainee back.
  function hold(event: BeforeUnloadEvent) {
    if (isLeft()) return;
    event.preventDefault();
    event.returnValue = "";
  }

  view.status.whileFailing(
    () => {
      addEventListener("beforeunload", hold);
      if (alone()) showRetry(view, "save", view.say("not_saved_notice"), () => visit.saving.save());
    },
    () => {
      removeEventListener("beforeunload", hold);
      view.notices.hide("save");
    },
  );
}
