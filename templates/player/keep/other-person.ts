// Whether somebody else has opened a course in this browser since: the LMS's page cannot say that
// they have signed in, but the course that they open can.

import { sha256 } from "./sha256.ts";
import type { Link } from "../app/lms-link.ts";

/**
 * Tells other windows whose visit this is, by a hash, and gives what says whether the latest to
 * tell was somebody else.
 */
export function watchOtherPerson(link: Link) {
  const own = () => (link.known && link.launch.id ? sha256(link.launch.id) : "");
  let latest = "";
  try {
    const channel = new BroadcastChannel("scorm-builder learner");
    channel.onmessage = ({ data }) => {
      latest = String(data);
    };
    if (own()) channel.postMessage(own());
  } catch {
    // Where storage is denied, nothing is known of other windows.
  }
  return () => Boolean(latest && own() && latest !== own());
}
