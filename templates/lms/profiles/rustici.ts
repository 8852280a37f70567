// An LMS with the Rustici Engine in it (SCORM Cloud, Blackboard, Canvas and others). Its sources
// are not public; known are
//   attributes  what can be set of a course, and how it is set for one of SCORM 1.2 on SCORM Cloud:
//               README and lib/attributes.md of github.com/apprentx/scormcloud-api-wrapper
//   mastery     support.scorm.com, 206167486, "Mastery Score and SCORM 1.2"
//   unload      support.scorm.com, 360035814314, "Blocked SCORM Exit Postbacks with Google Chrome
//               80 and Above"
// Everything else is SCORM 1.2 as it stands, or says "assumed".

import { CHILDREN, LISTS, MODEL, RW, text } from "../model.ts";
import { createProfile, type Body } from "../profile.ts";
import { store } from "../stored.ts";
import type { Profile } from "../profile-contract.ts";
import type { Runtime } from "../runtime.ts";

/** What the page remembers. */
interface Memory {
  /** Whether there is something to be sent. */
  due: boolean;
  /** Whether a request is on its way. */
  busy: boolean;
}

// attributes, commCommitFrequency: milliseconds between the requests that save.
const PERIOD = 10_000;

export const profile: Profile<Memory, Body> = createProfile({
  name: "Rustici Engine (SCORM Cloud)",
  product: "the vendor's documents, the rest assumed",
  special:
    "Saves in the background; assumed: LMSCommit is true before it has, and what failed goes " +
    "with the next request, however often. Chrome denies it a last request while the page goes " +
    "away, so that what was written then can be lost.",
  settings: {
    // mastery: whether the mastery score decides although the course has told a status; attributes:
    // it does not.
    scoreOverridesStatus: false,
  },
  variants: { "score overrides status": { scoreOverridesStatus: true } },

  // attributes, suspendDataMaxLength: 4096 characters unless an administrator says otherwise; of
  // any kind, assumed.
  model: () => ({
    elements: { ...MODEL, "cmi.suspend_data": { access: RW, takes: text(4096) } },
    children: CHILDREN,
    lists: LISTS,
  }),
  memory: () => ({ due: false, busy: false }),
  // Assumed: at once rather than at the end of the period, and true whatever becomes of it.
  onCommit(rt) {
    rt.memory.due = true;
    sendDue(rt);
    return true;
  },
  // attributes, finishCausesImmediateCommit. unload: synchronous while the page goes away, which
  // Chrome denies.
  onFinish(rt) {
    const body: Body = { kind: "finish", values: Object.fromEntries(rt.values) };
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
  // mastery: compared with the raw score where the course has told no status.
  receive: (record, message, settings) =>
    store(record, message, (status) => settings.scoreOverridesStatus || status === "not attempted"),
});

/**
 * Assumed: one request at a time; what failed goes with the next, although attributes,
 * commMaxFailedSubmissions, has an end.
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
      rt.timer(() => sendDue(rt), PERIOD);
    }
  });
}
