// What is not saved would be gone with the window: the trainee is told, and the browser asks.

import { showRetry } from "../shell/retry-notice.ts";
import type { VisitParts } from "../app/visit.ts";

/** Whether the trainee has left in a hurry (quick-exit.ts). */
export const isLeft = () => document.documentElement.classList.contains("leaving");

/**
 * Needs nothing that would still have to be loaded: at that moment it may not come. As long as this
 * is `alone()`, a notice says what there is to say; lost-notice.ts, which comes with shell-visit,
 * says more in its place.
 */
export function watchUnsaved({ visit, view }: VisitParts, alone: () => boolean) {
  // Never for those who leave in a hurry.
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
