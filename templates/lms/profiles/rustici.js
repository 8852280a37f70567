// An LMS with the Rustici Engine in it (SCORM Cloud, Blackboard, Canvas and others), as far as its vendor's documents tell:
// SCORM12.md 4. Its sources are not public, so that much of this is SCORM 1.2 as it stands.

import { CHILDREN, LISTS, MODEL, RW, text } from "../model.js";
import { createProfile } from "../profile.js";

// Milliseconds between requests that fail.
const RETRY = 10_000;

export const profile = createProfile({
  name: "Rustici Engine (SCORM Cloud)",
  product: "the vendor's documents, SCORM12.md 4",
  special:
    "Sends in the background, and LMSCommit is true before it has; Chrome denies it a last request while the page goes " +
    "away, so that what was written then can be lost.",

  // Its package properties let suspend_data be longer than SCORM 1.2 does; 64000 unless an administrator says otherwise.
  model: () => ({
    elements: { ...MODEL, "cmi.suspend_data": { access: RW, takes: text(64000) } }, children: CHILDREN, lists: LISTS,
  }),
  onCommit(rt) {
    rt.memory.due = true;
    sendDue(rt);
    return true;
  },
  // SCORM12.md 4: synchronous while the page goes away, which Chrome denies since version 80.
  onFinish(rt) {
    const body = { kind: "finish", values: Object.fromEntries(rt.values) };
    if (!rt.transport.leaving()) {
      rt.transport.later(body);
      return true;
    }
    try {
      rt.transport.sync(body);
    } catch {
      // It has said that all is well by then.
    }
    return true;
  },
});

/** One request at a time; what failed goes with the next. */
function sendDue(rt) {
  const { memory, transport } = rt;
  if (memory.busy || !memory.due) return;
  memory.busy = true;
  memory.due = false;
  transport.later({ kind: "commit", values: Object.fromEntries(rt.values) }).then((ok) => {
    memory.busy = false;
    if (ok) {
      sendDue(rt);
    } else {
      memory.due = true;
      rt.timer(() => sendDue(rt), RETRY);
    }
  });
}
