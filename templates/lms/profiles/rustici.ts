// An LMS with the Rustici Engine (SCORM Cloud, Blackboard, Canvas and others). Its sources are not
// public; known are
//   attributes  settings of a course, and their values for SCORM 1.2 on SCORM Cloud: README and
//               lib/attributes.md of github.com/apprentx/scormcloud-api-wrapper
//   mastery     support.scorm.com, 206167486, "Mastery Score and SCORM 1.2"
//   unload      support.scorm.com, 360035814314, "Blocked SCORM Exit Postbacks with Google Chrome
//               80 and Above"
// Everything else is plain SCORM 1.2, or marked "assumed".

import { CHILDREN, LISTS, MODEL, RW, text } from "../model.ts";
import { createProfile, type Body } from "../profile.ts";
import { store } from "../stored.ts";
import type { Profile } from "../profile-contract.ts";
import type { Runtime } from "../runtime.ts";

interface Memory {
  /** Whether there is something to send. */
  due: boolean;
  /** Whether a request is being sent. */
  busy: boolean;
}

// attributes, commCommitFrequency: ms between saving requests.
const PERIOD_MS = 10_000;

export const profile: Profile<Memory, Body> = createProfile({
  name: "Rustici Engine (SCORM Cloud)",
  product: "the vendor's documents, the rest assumed",
  special:
    "Saves in the background; assumed: LMSCommit is true before it has, and what failed goes " +
    "with the next request, however often. Chrome denies it a last request while the page goes " +
    "away, so that what was written then can be lost.",
  settings: {
    // mastery: whether the mastery score decides although the course has set a status; attributes:
    // it does not.
    scoreOverridesStatus: false,
  },
  variants: { "score overrides status": { scoreOverridesStatus: true } },

  // attributes, suspendDataMaxLength: 4096 characters by default; any characters, assumed.
  model: () => ({
    elements: { ...MODEL, "cmi.suspend_data": { access: RW, takes: text(4096) } },
    children: CHILDREN,
    lists: LISTS,
  }),
  memory: () => ({ due: false, busy: false }),
  // Assumed: at once rather than at the end of the period, and always true.
  onCommit(rt) {
    rt.memory.due = true;
    sendDue(rt);
    return true;
  },
  // attributes, finishCausesImmediateCommit. unload: synchronous during unload, which Chrome
  // denies.
  onFinish(rt) {
    const body: Body = { kind: "finish", values: Object.fromEntries(rt.values) };
    if (!rt.transport.leaving()) {
      rt.transport.later(body);
      return true;
    }
    try {
      rt.transport.sync(body);
    } catch {
      // It has already returned true.
    }
    return true;
  },
  // mastery: compared with the raw score if the course has set no status.
  receive: (record, message, settings) =>
    store(record, message, (status) => settings.scoreOverridesStatus || status === "not attempted"),
});

/**
 * Assumed: one request at a time; a failed one is repeated with the next, although attributes,
 * commMaxFailedSubmissions, sets a limit.
 */
function sendDue(rt: Runtime<Memory, Body>) {
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
      rt.timer(() => sendDue(rt), PERIOD_MS);
    }
  });
}
