// What to do when the browser's Back shows an old copy of the LMS's page (visit-mark.ts): reload
// it, or tell the trainee.

import { findLms } from "../lms/find-api.ts";
import { decode } from "../state/codec.ts";
import { wayOut } from "./old-copy-way-out.ts";
import type { View } from "../app/visit.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { MarkKeeper } from "./visit-mark.ts";

// Moodle puts the attempt into the address of the course's frame (module.js, scorm_activate_item).
const ATTEMPT = /[?&]attempt=(\d+)/;
// If the LMS's page has not been reloaded after this time in ms, reloading is considered
// impossible.
const RELOAD_TIMEOUT_MS = 8000;

/** Returns a function that handles an old copy, given the `launch` values of its visit. */
export function createReturning(
  mark: MarkKeeper,
  { status, notices, say, timer }: View,
): (launch: Launch) => void {
  const lms = (): { window: Window; around: boolean } =>
    findLms(window) ?? { window, around: true };

  function open() {
    mark.keep({ reloaded: true });
    lms().window.location.reload();
  }

  function tell(way: "ask" | "close") {
    const shut = way === "close";
    status.tell("off", "nothing_recorded");
    notices.show("mode", say(shut ? "visit_closed" : "old_copy"), {
      alert: true,
      actions: shut ? [] : [[say("reopen"), open]],
    });
  }

  return (launch) => {
    const frame = window.frameElement as HTMLIFrameElement | null;
    const [, attempt = 0] = ATTEMPT.exec(`${frame?.src} ${document.referrer}`) ?? [];
    const way = wayOut({
      mark: mark.read(),
      lmsState: decode(launch.state),
      attempt: Number(attempt),
      around: lms().around,
      online: navigator.onLine,
    });
    if (way !== "reload") return tell(way);
    open();
    return timer(() => tell("ask"), RELOAD_TIMEOUT_MS);
  };
}
