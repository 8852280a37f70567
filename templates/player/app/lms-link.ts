// The connection to the LMS: found, opened and read at the start of a visit, or later.

import { readLaunch, type Launch } from "../lms/launch-values.ts";
import { createSession, type Session } from "../lms/session.ts";
import type { OldCopy } from "../keep/old-copy.ts";
import type { Api } from "../lms/find-api.ts";

/** The connection to the LMS, which may be found late, be lost, and be replaced by another one. */
export interface Link {
  session: Session;
  /** What the LMS said at launch. */
  launch: Launch;
  /** An old copy of the LMS's page, as far as known. */
  old: OldCopy;
  /** Whether the page is in a frame, or a window that another page opened. */
  placed: boolean;
  /** Whether the LMS has been read. Until then nothing is written to it. */
  readonly known: boolean;
  /** Whether the LMS of this visit can still be found: its window may have been closed. */
  readonly there: boolean;
  /** Whether another LMS has taken its place. */
  readonly moved: boolean;
  /** Finds, initialises and reads the LMS, as far as that has not succeeded yet. */
  connect(): void;
  /** Abandons the lost LMS without a call, and connects to the other one. */
  replace(): void;
}

/**
 * `find()` returns the LMS's API; `log(message)` is called for refused calls. An LMS whose launch
 * values are an `old` copy is not called again.
 */
export function createLink(
  find: () => Api | null,
  log: (message: string) => void,
  old: OldCopy,
  placed: boolean,
): Link {
  let api: Api | null = null;
  // A replacement is not checked for an old copy: this page knows more than the new LMS.
  let replaced = false;
  // connect() sets session and launch.
  const link = {
    old,
    placed,
    get known() {
      return link.session.state === "running" && link.launch.state !== null;
    },
    get there() {
      return Boolean(find()) && !link.moved;
    },
    get moved() {
      const now = find();
      // Some LMSs create a new object each time it is read.
      return Boolean(now) && now !== api && now === find();
    },
    connect() {
      if (!api) {
        api = find();
        link.session = createSession(api, log) as Session;
      }
      link.session.initialise();
      link.launch = readLaunch(link.session);
      if (replaced || !link.known || !old.isOld(link.launch)) return;
      link.session.drop();
      link.launch = readLaunch(link.session);
    },
    replace() {
      link.session.drop();
      api = null;
      replaced = true;
      link.connect();
    },
  } as Link;
  return link;
}
