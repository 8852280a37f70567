// The way to the LMS: found, opened and read at the start of a visit, or later.

import { readLaunch } from "../lms/launch-values.js";
import { createSession } from "../lms/session.js";

/** @import {Launch, Session, Visit} from "../types" */

/**
 * `find()` gives the LMS's API or null; `log(message)` hears of refused calls. `isOld(launch)` is
 * whether that is an old copy (visit-mark.js): nothing more is called then.
 *
 * @param {() => object | null} find
 * @param {(message: string) => void} log
 * @param {(launch: Launch) => boolean} [isOld]
 * @returns {Visit}
 */
export function createLink(find, log, isOld = () => false) {
  /** @type {object | null} */
  let api = null;
  // Once a visit runs, this page knows more than the LMS that takes the place of another.
  let renewed = false;
  /** @type {Visit} */
  const link = {
    /** The visit's session, there once it was tried to connect. */
    session: /** @type {never} */ (null),
    /** What the LMS said at its start. */
    launch: /** @type {never} */ (null),
    /** What saves, in a visit that is recorded; else null. */
    saving: null,
    /** Whether the LMS has been read: until then nothing is known of it and nothing written. */
    get known() {
      return link.session.state === "running" && link.launch.state !== null;
    },
    /** Whether the LMS that the visit was opened with is still there: its window may be gone. */
    get there() {
      return Boolean(find()) && !link.moved;
    },
    /** Whether another one has taken its place. */
    get moved() {
      const now = find();
      // Some make the object anew each time that it is asked for.
      return Boolean(now) && now !== api && now === find();
    },
    /** Try what has not succeeded yet. */
    connect() {
      if (!api) link.session = /** @type {Session} */ (createSession((api = find()), log));
      link.session.initialise();
      link.launch = readLaunch(link.session);
      if (renewed || !link.known || !isOld(link.launch)) return;
      link.session.drop();
      link.launch = readLaunch(link.session);
    },
    /** Give up, without a call, the visit of the LMS that is gone, and connect to the other one. */
    renew() {
      link.session.drop();
      link.saving?.stop();
      link.saving = null;
      api = null;
      renewed = true;
      link.connect();
    },
  };
  return link;
}
