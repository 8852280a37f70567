// The browser's side of old-copy-rule.ts: whose memory it is, and how the LMS's page was come to.

import { findLms } from "../lms/find-api.ts";
import { isOldCopy } from "./old-copy-rule.ts";
import { placeOf } from "./place.ts";
import { createMark, type MarkKeeper } from "./visit-mark.ts";
import { decode } from "../state/codec.ts";
import type { Launch } from "../lms/launch-values.ts";

/** What is known of an old copy of the LMS's page. */
export interface OldCopy {
  mark: MarkKeeper;
  /** What the LMS had said of the visit, where that is an old copy. */
  launch: Launch | null;
  /** Whether the LMS's page was loaded anew because of one. */
  left: boolean | undefined;
  /** Whether what an LMS that is there has said is an old copy. */
  isOld(launch: Launch): boolean;
}

type Lms = { window: Window; around: boolean };

// By the numbers that Safari 14 has instead.
const TYPES = ["navigate", "reload", "back_forward"];

/** Of the course in this window. */
export function createOldCopy(): OldCopy {
  // In the memory of the LMS's tab: that is the one that goes back.
  const mark = createMark(() => (findLms(window) as Lms).window.sessionStorage, placeOf(location));
  const copy: OldCopy = {
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
      } = findLms(window) as Lms;
      const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
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
