// Connects old-copy-rule.ts to the browser: session storage and navigation type of the LMS's page.

import { findLms } from "../lms/find-api.ts";
import { isOldCopy } from "./old-copy-rule.ts";
import { placeOf } from "./place.ts";
import { createMark, type MarkKeeper } from "./visit-mark.ts";
import { decode } from "../state/codec.ts";
import type { Launch } from "../lms/launch-values.ts";

/** What is known about an old copy of the LMS's page. */
export interface OldCopy {
  mark: MarkKeeper;
  /** The launch values, if they are an old copy; else null. */
  launch: Launch | null;
  /** Whether the LMS's page was reloaded because it was an old copy. */
  left: boolean | undefined;
  /** Whether these launch values are an old copy. */
  isOld(launch: Launch): boolean;
}

type Lms = { window: Window; around: boolean };

// Navigation types by their numbers in the older API, which Safari 14 has.
const TYPES = ["navigate", "reload", "back_forward"];

export function createOldCopy(): OldCopy {
  // The storage of the LMS's tab, because Back is pressed there.
  const mark = createMark(() => (findLms(window) as Lms).window.sessionStorage, placeOf(location));
  const copy: OldCopy = {
    mark,
    launch: null,
    left: false,
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
