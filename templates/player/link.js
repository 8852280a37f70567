// The way to the LMS: found, opened and read at the start of a visit, or later.

import { readLaunch } from "./launch.js";
import { createSession } from "./session.js";

/** `find()` gives the LMS's API or null; `log(message)` hears of refused calls. */
export function createLink(find, log) {
  const link = {
    /** The visit's session. */
    session: null,
    /** What the LMS said at its start. */
    launch: null,
    /** What saves, in a visit that is recorded; else null. */
    saving: null,
    /** Whether the LMS has been read: until then nothing is known of it and nothing written. */
    get known() {
      return link.session.state === "running" && link.launch.state !== null;
    },
    /** Try what has not succeeded yet. */
    connect() {
      if (!link.session?.found) link.session = createSession(find(), log);
      link.session.initialise();
      link.launch = readLaunch(link.session);
    },
  };
  return link;
}
