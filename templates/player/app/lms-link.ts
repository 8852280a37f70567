// The way to the LMS: found, opened and read at the start of a visit, or later.

import { readLaunch, type Launch } from "../lms/launch-values.ts";
import { createSession, type Session } from "../lms/session.ts";
import type { OldCopy } from "../keep/old-copy.ts";
import type { Api } from "../lms/find-api.ts";

/** The way to the LMS, which may come late, be gone, and be replaced by another one. */
export interface Link {
  session: Session;
  /** What the LMS said at its start. */
  launch: Launch;
  /** What is known of an old copy of the LMS's page. */
  old: OldCopy;
  /** Whether anything stands round the page. */
  placed: boolean;
  /** Whether the LMS has been read: until then nothing is known of it and nothing written. */
  readonly known: boolean;
  /** Whether the LMS that the visit was opened with is still there: its window may be gone. */
  readonly there: boolean;
  /** Whether another one has taken its place. */
  readonly moved: boolean;
  /** Try what has not succeeded yet. */
  connect(): void;
  /** Give up, without a call, the LMS that is gone, and connect to the other one. */
  replace(): void;
}

/**
 * `find()` gives the LMS's API; `log(message)` hears of refused calls. An LMS that has said an
 * `old` copy is called no more. `placed` is whether anything stands round the page.
 */
export function createLink(
  find: () => Api | null,
  log: (message: string) => void,
  old: OldCopy,
  placed: boolean,
): Link {
  let api: Api | null = null;
  // Once a visit runs, this page knows more than the LMS that takes the place of another.
  let replaced = false;
  // Session and launch are there once it was tried to connect.
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
      // Some make the object anew each time that it is asked for.
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
