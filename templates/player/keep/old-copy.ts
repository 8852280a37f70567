// The browser's side of old-copy-rule.js: whose memory it is, and how the LMS's page was come to.

import { findLms } from "../lms/find-api.js";
import { isOldCopy } from "./old-copy-rule.js";
import { placeOf } from "./place.js";
import { createMark } from "./visit-mark.js";
import { decode } from "../state/codec.js";

/** @import {OldCopy} from "../types" */
/** @typedef {{window: Window, around: boolean}} Lms */

// By the numbers that Safari 14 has instead.
const TYPES = ["navigate", "reload", "back_forward"];

/**
 * Of the course in this window.
 *
 * @returns {OldCopy}
 */
export function createOldCopy() {
  // In the memory of the LMS's tab: that is the one that goes back.
  const mark = createMark(
    () => /** @type {Lms} */ (findLms(window)).window.sessionStorage,
    placeOf(location),
  );
  /** @type {OldCopy} */
  const copy = {
    mark,
    /** What the LMS had said of the visit, where that is an old copy; else null. */
    launch: null,
    /** Whether the LMS's page was loaded anew because of one. */
    left: false,
    /** Whether `launch`, which an LMS that is there has said, is an old copy. */
    isOld(launch) {
      const {
        window: { performance },
        around,
      } = /** @type {Lms} */ (findLms(window));
      const [entry] = /** @type {PerformanceNavigationTiming[]} */ (
        performance.getEntriesByType("navigation")
      );
      const type = entry?.type ?? TYPES[performance.navigation?.type];
      const before = mark.read();
      const old = launch.recording && isOldCopy(type, around, decode(launch.state), before);
      if (old) copy.launch = launch;
      else {
        copy.left = before?.reloaded;
        if (copy.left) mark.keep({ reloaded: false });
      }
      return old;
    },
  };
  return copy;
}
