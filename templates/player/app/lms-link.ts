// The way to the LMS: found, opened and read at the start of a visit, or later.

import { readLaunch } from "../lms/launch-values.js";
import { createSession } from "../lms/session.js";

/** @import {Api, Link, OldCopy, Session} from "../types" */

/**
 * `find()` gives the LMS's API; `log(message)` hears of refused calls. An LMS that has said an
 * `old` copy is called no more. `placed` is whether anything stands round the page.
 *
 * @param {() => Api | null} find
 * @param {(message: string) => void} log
 * @param {OldCopy} old
 * @param {boolean} placed
 * @returns {Link}
 */
export function createLink(find, log, old, placed) {
  /** @type {Api | null} */
  let api = null;
  // Once a visit runs, this page knows more than the LMS that takes the place of another.
  let replaced = false;
  // Session and launch are there once it was tried to connect.
  const link = /** @type {Link} */ ({
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
        link.session = /** @type {Session} */ (createSession(api, log));
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
  });
  return link;
}
