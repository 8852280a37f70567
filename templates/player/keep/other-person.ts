// Detects that another person has opened a course in this browser. The LMS's page does not tell who
// has signed in since, but the course that they open does.

import { sha256 } from "./sha256.ts";
import type { Link } from "../app/lms-link.ts";

/**
 * Posts a hash of this trainee's id to other windows. Returns a function that returns whether the
 * last hash received was another person's.
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
    // Browsers that deny storage may have no channel.
  }
  return () => Boolean(latest && own() && latest !== own());
}
