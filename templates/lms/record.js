// What an LMS holds of one trainee: a fold of what reached its server, in the order of arrival.

/**
 * A record, from `messages` of these types:
 *   package  a course was uploaded, or replaced the one before: { item, mastery, launchData,
 *            version }; the same files again are no message
 *   held     the trainee has this already: { values }, element → value
 *   launch   the trainee opened the course: { mode, credit, attempt: "new" or "", learner: {id, name} }
 *   copy     the browser showed the page of an earlier launch again: the LMS heard nothing of it
 *   data     the run-time sent something: { attempt, mode, credit, means, body }
 */
export function fold(profile, settings, messages) {
  const record = { package: { item: "", mastery: "", launchData: "" }, attempt: 1, attempts: { 1: {} }, grade: null };
  for (const message of structuredClone(messages)) ON[message.type](record, message, profile, settings);
  return record;
}

const ON = {
  package(record, { item, mastery, launchData }, profile, settings) {
    const next = { item, mastery, launchData };
    if (record.package.item) profile.replaced(record, next, settings);
    record.package = next;
  },
  held(record, { values }) {
    Object.assign(record.attempts[record.attempt], values);
  },
  launch(record, message, profile, settings) {
    profile.launched(record, message, settings);
  },
  copy() {},
  data(record, message, profile, settings) {
    profile.receive(record, message, settings);
  },
};

/** What `profile.held` says, and the grade. */
export function summary(profile, record, settings) {
  return { ...profile.held(record, settings), grade: profile.grade(record, settings) };
}
