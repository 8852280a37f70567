// What the LMS says at the start of a visit. "" is unknown: several LMSs answer little.

/** Read once, in a running session; without one everything is unknown. */
export function readLaunch(session) {
  const state = session.read("cmi.suspend_data");
  const core = (name) => session.get(`cmi.core.${name}`);
  const mode = core("lesson_mode") || "normal";
  return {
    /** Whether this visit is recorded: looking back must leave everything as it is. */
    recording: session.state === "running" && mode === "normal" && state !== null,
    /** Whether the result counts; the state is kept either way. */
    credit: core("credit") !== "no-credit",
    status: core("lesson_status"),
    score: core("score.raw"),
    location: core("lesson_location"),
    learner: core("student_name"),
    /** What was kept, null where the LMS failed to say: it may be there all the same. */
    state,
    interactions: session.get("cmi.interactions._count"),
  };
}

/** The text that says how this visit differs from one that is recorded and counts, or null. */
export function visitNotice(session, { recording, credit, state }) {
  if (!session.found) return null;
  if (session.state !== "running") return "lms_refused";
  if (state === null) return "state_failed";
  if (!recording) return "looking_back";
  return credit ? null : "no_credit";
}
